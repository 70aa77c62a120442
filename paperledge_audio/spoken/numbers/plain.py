"""Plain numbers: signs, ranges, comparisons, versions, telephone numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers.patterns import DIGITS, END, GROUPED, NUMBER, N
from paperledge_audio.spoken.numbers.quantities import say_range
from paperledge_audio.spoken.numbers.words import (
    cardinal,
    decimal,
    inflect_number,
    label,
    spell_digits,
)
from paperledge_audio.spoken.rules.rule import Context, Saying, rule, text_around

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_SOFTWARE = (
    "Python|PyTorch|TensorFlow|CUDA|cuDNN|Ubuntu|Debian|Node|JAX|Django|Java|Linux|Windows|macOS|"
    "iOS|Android|NumPy|Keras|Rust|Go|GCC|Clang|LLVM|Triton"
)
_COMPARED = {
    "<": "less than", ">": "greater than", "≤": "at most", "≥": "at least", "<=": "at most",
    ">=": "at least", "≪": "much less than", "≫": "much greater than", "⩽": "at most",
    "⩾": "at least", "≲": "at most about", "≳": "at least about",
}  # fmt: skip
_SIGNS = {"-": "minus", "−": "minus", "–": "minus", "+": "plus", "±": "plus or minus",
          "∓": "minus or plus"}  # fmt: skip


_KINDS = re.compile(r"(?<!\w)[A-Z]{3,8}-\d(?:/[\dA-Z]){0,4}$")
_LISTED = re.compile(
    r"\b(?:shapes?|sizes?|dim(?:ension)?s?|tensors?|tuples?|seeds?|kernels?|strides?|patch(?:es)?)$"
)
_ROW = re.compile(
    r"(?<!\w)[A-Z][A-Za-z]{1,9}-\d[\wα-ω.]{0,4}(?:,\s-\d[\wα-ω.]{0,4}){0,6}(?:,?\s(?:and|or|&)\s|,\s)$"
)
_AFTER_A = re.compile(r"\b[Aa]\s$")
_CI = re.compile(r"\bC[rI]?Is?(?P<goes_on>\s?[:,=]\s?|\s(?:of|was)\s?)?$")


def _say_sign(match: re.Match[str], _context: Context) -> Saying:
    """A sign; the hyphen of a further one in a row of names, as in "ASL-2, -3 & -4", is none."""
    before = match.string[max(match.start() - 40, 0) : match.start()]
    return "" if match[1] == "-" and _ROW.search(before) else f"{_SIGNS[match[1]]} "


def _say_about(match: re.Match[str], _context: Context) -> Saying:
    """Said as "roughly" behind "a", which "about" can't follow."""
    start = match.start()
    return "roughly " if _AFTER_A.search(match.string, max(start - 3, 0), start) else "about "


def _say_version(match: re.Match[str], _context: Context) -> Saying:
    words = " point ".join(cardinal(part) for part in match[2].split("."))
    if match[3]:
        words += f" {_STAGES.get(match[3]) or ' '.join(match[3].upper())}"
    if match[4]:
        words += f" {cardinal(match[4])}"
    return f"version {words}" if match[1] else words


def _say_software(match: re.Match[str], _context: Context) -> Saying:
    """After the name of a program the parts of a version are whole numbers: Python 3.11."""
    if not re.search(rf"\b(?:{_SOFTWARE})\s$", match.string[: match.start()]):
        return None
    return " point ".join(label(part) for part in match[1].split(".")) + ("'s" if match[2] else "")


def _say_processor(match: re.Match[str], _context: Context) -> Saying:
    """A processor by its family and number, as "i9-13900K"."""
    family, first, rest, letters = match.groups()
    core = "Core " if match[0].startswith("Core") else ""
    number = f"{cardinal(first)} {label(rest)}" if len(first) == 2 else label(first + rest)
    return f"{core}I {cardinal(family[1])} {number} {' '.join(letters)}".rstrip()


def _say_card(match: re.Match[str], _context: Context) -> Saying:
    """A graphics card by its number alone, as in "on one 4090"."""
    near = text_around(match, 60)
    counted = _ONE.search(match.string[max(match.start() - 8, 0) : match.start()])
    return label(match[0]) if counted and _CARD.search(near) else None


_ONE = re.compile(r"\b(?:an?|one|single|two|four|eight|the|this)\s$")
_CARD = re.compile(r"\b(?:GPUs?|RTX|GTX|NVIDIA|Nvidia|CUDA|VRAM|train\w*|Isaac|cards?|inference)\b")
_CELLS = (
    r"(?:(?:,|\sand|\sor)\s\d{4,5}){0,3}\s(?:[A-Z]\S{1,10}\s|lithium(?:-ion)?\s|cylindrical\s)?"
    r"(?:cells?|batter\w+|formats?|packs?)\b"
)
"""Behind the size of a battery's cell, as in "18650 cells"."""


def _say_code(match: re.Match[str], _context: Context) -> Saying:
    """A number in another base, sign by sign, as "0x7FFF"."""
    signs = (cardinal(one) if one.isdecimal() else one.upper() for one in match[2])
    return f"zero {match[1].upper()} {' '.join(signs)}"


def _say_last(sign: str) -> str:
    return sign if sign == "X" else spell_digits(sign)


def _say_comparison(match: re.Match[str], _context: Context) -> Saying:
    return f" {_COMPARED[match[1]]} "


def _say_telephone(match: re.Match[str], _context: Context) -> Saying:
    groups = re.findall(r"\d+", match[0])
    words = ", ".join(spell_digits(group) for group in groups)
    return f" plus {words}" if match[0].lstrip()[0] == "+" else words


def _say_listed(match: re.Match[str], _context: Context) -> Saying:
    """A further kind of one measure, as in "ROUGE-1/2/L"."""
    before = match.string[max(match.start() - 16, 0) : match.start()]
    return (
        f", {label(match[1]) if match[1].isdecimal() else match[1]}"
        if _KINDS.search(before)
        else None
    )


def _say_tuple(match: re.Match[str], _context: Context) -> Saying:
    """Numbers of a list without spaces, as in "shape (3,224,224)"."""
    before = match.string[max(match.start() - 16, 0) : match.start() + 1].rstrip()
    if not _LISTED.search(before):
        return None
    return f" {', '.join(label(one) for one in match[1].split(','))}"


def _say_interval(match: re.Match[str], _context: Context) -> Saying:
    """The bounds behind "CI", as in "95% CI [1.4, 3.9]"."""
    before = _CI.search(match.string[max(match.start() - 10, 0) : match.start()])
    if not before:
        return None
    low_sign, low, high_sign, high = match.groups()
    ends = ((low_sign, low), (high_sign, high))
    said = [f"{_SIGNS[sign] + ' ' if sign else ''}{decimal(bound)}" for sign, bound in ends]
    percent = " percent" if "%" in match[0] else ""
    return f"{' ' if before['goes_on'] else ', '}{' to '.join(said)}{percent}"


_STAGES = {"a": "A", "b": "B", "rc": "R C", "alpha": "alpha", "beta": "beta", "dev": "dev"}
_STAGE = r"(?:-?(alpha|beta|rc|dev|[a-z])\.?(\d{1,2})?)?"
"""What follows the numbers of a version, as in "v2.0rc1"."""
RULES: tuple[Rule, ...] = (
    rule("telephone number", "dps", r"(?:\+\d{1,3}[\s-])?\(?\d{3}\)?[\s-]\d{3}-\d{4}(?![\w-])|"
         r"\d{3}-\d{4}(?![\w-])|1-\d{3}-\d{3}-\d{4}(?![\w-])|"
         r"\s?\+\d{1,3}(?:\s\(?\d{1,4}\)?){2,5}(?![\w-])|"
         r"(?<![\d.])\d{3}\.\d{3}\.\d{4}(?![\w.])", _say_telephone),
    rule("list", "sp", r"\s?[(\[](\d{1,4}(?:,\d{1,4}){1,6})[)\]]", _say_tuple),
    rule("list", "p", r"/(\d|[A-Z])(?!\w)", _say_listed),
    rule("code", "d", r"(?<=#)(\d{2,4})-(\d{2,6})(?![\w-])",
         lambda m, _c: f"{label(m[1])}, {spell_digits(m[2])}"),
    rule("aeroplane", "d", r"(?<=Boeing\s)(7\d7)(?:-(\d{1,3}))?(?!\w)",
         lambda m, _c: f"{label(m[1])} {label(m[2])}" if m[2] else label(m[1])),
    rule("telephone number", "d",
         r"(?:(?<=\b[Cc]all\s)|(?<=\bcalled\s)|(?<=\b[Dd]ial\s)|(?<=\bcalling\s))911(?!\w)",
         "nine one one"),
    rule("crystal plane", "sp", r"\s?[<⟨{](\d{3})[>⟩}](?!\w)",
         lambda m, _c: f" {spell_digits(m[1])} "),
    rule("aperture", "l", rf"(?<!\w)[fƒ]/{N}{END}", lambda m, _c: f"F {decimal(m[1])}"),
    rule("version", "l", r"(v(?:er\.|ersion\s)?)(\d+(?:\.\d+)*)(?:(?<=\.\d)|(?<=\.\d\d)|(?![a-z]))"
         rf"{_STAGE}(?![^\W_])", _say_version),
    rule("version", "l", r"(?<=[A-Z]\s)v(\d{1,2})s(?!\w)",
         lambda m, _c: f"V {inflect_number(cardinal(m[1]))}"),
    rule("hexadecimal", "d", r"(?<!\w)0([xX])([\dA-Fa-f]{1,16})(?!\w)", _say_code),
    rule("binary", "d", r"(?<!\w)0([bB])([01]{1,32})(?!\w)", _say_code),
    rule("code", "d", r"(?<=\bISSN\s)(\d{4})-(\d{3}[\dX])(?!\w)",
         lambda m, _c: f"{spell_digits(m[1])}, {spell_digits(m[2][:3])} {_say_last(m[2][3])}"),
    rule("code", "d", r"(?:(?<=\bPMID\s)|(?<=\bPMID:\s))\d{5,9}(?!\w)",
         lambda m, _c: spell_digits(m[0])),
    rule("standard", "d", r"(?<![\d.])802\.(\d{1,2})([a-z]{1,2})(?!\w)",
         lambda m, _c: f"eight oh two point {cardinal(m[1])} {' '.join(m[2].upper())}"),
    rule("standard", "d", r"(?<![\d.])802\.(\d{1,2})\.(\d{1,2})(?!\w|\.\d)",
         lambda m, _c: f"eight oh two point {cardinal(m[1])} point {cardinal(m[2])}"),
    rule("number", "d", r"(?<![\d.])\d{1,6}\.\d{1,6}(?=[-‐‑][a-z]{3,}(?!\w))",
         lambda m, _c: decimal(m[0])),
    rule("version", "d", rf"()({DIGITS}(?:\.\d++){{2,9}}){_STAGE}(?![^\W_]|\.\d)", _say_version),
    rule("version", "d", rf"({DIGITS}\.\d++){END}(['’]s(?!\w))?", _say_software),
    rule("version", "p", r"(?<![\w)\]}}])\^(?=\d{1,4}\.\d{1,4}\.\d)", "caret "),
    rule("processor", "Ul",
         r"(?<![\w-])(?:Core\s)?(i[3579])-(\d{1,2})(\d00|\d\d0)([A-Z]{0,2})(?!\w)",
         _say_processor),
    rule("processor", "d", r"(?:(?<=\bPlatinum\s)|(?<=\bGold\s)|(?<=\bXeon\s)|(?<=\bGeForce\s)|"
         r"(?<=\bRadeon\s))\d{4}(?!\w)", lambda m, _c: label(m[0])),
    rule("processor", "d", r"[2-5]0[6-9]0(?=s(?!\w)|\sTi\b|[.,;)]|\s[A-Za-z]|$)", _say_card),
    rule("cell", "d", rf"(18|21|26|14|32)(650|700|500)(?={_CELLS})",
         lambda m, _c: f"{cardinal(m[1])} {label(m[2])}"),
    rule("cell", "d", rf"(?:4680|2170)(?={_CELLS})", lambda m, _c: label(m[0])),
    rule("choices", "d", r"0[-–]1(?=\)?\s(?:loss|matri|knapsack|integer|laws?\b|program|"
         r"linear|variable|vector|valued|label|error))", "zero one"),
    rule("blows", "d", r"1[-–]2(?=\spunch)", "one two"),
    rule("grade", "d", r"(?<=\bPG\s)(\d{2})[-–](\d{2})(?![\w-])",  # of asphalt
         lambda m, _c: f"{label(m[1])} {label(m[2])}"),
    rule("docket", "d", r"(?<=\bNo\.\s)(\d{2})-(\d{2,5})(?![\w-])",
         lambda m, _c: f"{label(m[1])} {label(m[2])}"),
    rule("numbers side by side", "d", r"(?<![\d.–])\d{1,3}(?:–\d{1,3}){2,4}(?![\d.–\w])",
         lambda m, _c: ", ".join(map(cardinal, m[0].split("–")))),
    rule("range", "dp", rf"{N}\s?(?:[–—]|-(?!-))\s?{N}{END}(?!-(?![a-z]))", say_range),
    rule("about", "p", rf"[~≈∼]\s?(?=[$€£]?(?:{NUMBER})|[½¼¾⅓⅔⅛])",
         _say_about),
    rule("confidence interval", "sp",
         rf"\s?[\[(]([-−–+]?)\s?{N}%?(?:,|;|\sto|–)\s?([-−–+]?){N}%?[\])]",
         _say_interval),
    rule("sign", "p", rf"(?<![\w)″′])([-−–+±∓])\s?(?=[$€£]?(?:{NUMBER}))", _say_sign),
    rule("sign", "sp", r"\s?([±∓])\s?", lambda m, _c: f" {_SIGNS[m[1]]} "),
    rule("comparison", "sp", r"\s?(<=|>=|[<>≤≥≪≫⩽⩾≲≳])\s?",
         _say_comparison),
    rule("number sign", "p", r"#(?:\sof\b|\s?(?=[Pp]aram))", "number of "),
    rule("number sign", "p", r"(?:#|№\s?|[Nn]o\.\s)(?=\d)", "number "),
    rule("number", "dp", r"(?<![\w.])\d*\.\d+(?=[α-ω](?!\w))", lambda m, _c: decimal(m[0])),
    rule("number", "p", rf"\.\d+{END}", lambda m, _c: decimal(m[0])),
    rule("number in a name", "d", rf"(?<=[A-Z]{{2}}\s)(?:\d{{4}}|\d{{6}}){END}",
         lambda m, _c: label(m[0])),
    rule("number", "d", rf"(?<!\d)0\d++{END}(?!-\w)", lambda m, _c: spell_digits(m[0])),
    rule("number", "d", rf"{GROUPED}(?:\.\d++)?{END}", lambda m, _c: decimal(m[0])),
    rule("range", "p", r"(?<=\d[A-Za-z%″′°])\s?–\s?(?=\d)", " to "),
    rule("number", "d", rf"{N}(['’]s)(?!\w)", lambda m, _c: f"{decimal(m[1])}'s"),
    rule("number", "d", rf"(?:{NUMBER}){END}(?![-‐‑][^\W_])", lambda m, _c: decimal(m[0])),
)  # fmt: skip
REST = rule("number", "d", r"\d++\.\d++(?!\.\d)|\d+", lambda m, _c: decimal(m[0]))
"""Whatever digits are left."""
