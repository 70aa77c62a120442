"""Quantities with units in running text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.lexicon.letters import name_letters
from paperledge_audio.spoken.numbers.patterns import TO, N, counts_as_one
from paperledge_audio.spoken.numbers.units import marks, meanings, unnumbered
from paperledge_audio.spoken.numbers.units.grammar import PARTS, Unit, name_below, read_unit
from paperledge_audio.spoken.numbers.units.table import STARTS, UNITS
from paperledge_audio.spoken.numbers.units.variables import is_variable
from paperledge_audio.spoken.numbers.words import cardinal, decimal, span_of
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_NEVER = "(?!)"
_ENDS = unnumbered.ENDS
_NEXT = rf"{_ENDS}|\s[a-z]"
_GUARDS = {
    # symbols that alone are mostly something else: what has to follow them
    "a b B C F G H P S bit bits am it Vs OPS OP FLOP FLOPs Eq Ms ya": _NEVER,
    "U": r"\s(?:of\s)?(?:insulin|heparin|penicillin|thrombin|[a-z]{3,9}ase|botulinum)\b",
    "l pm ac kn nt": _ENDS, "ppt": rf"{_ENDS}|\s[A-Z]{{2}}",
    "y": rf"{_ENDS}|\s(?:after|before|later|old(?:er)?|younger|off|since|earlier|f/u|follow)\b|"
         r"(?<=\.\d\sy)\s[a-z]",
    "ML GL": _NEVER, "bar mo": _NEXT, "d": rf"{_NEXT}|\s=\s\d",
    "N": rf"(?!\s(?:atoms?|ions?|sites?|termin\w+|donors?|dop\w+|rates?|levels?|fertili\w+|"
         rf"sources?|inputs?|treatments?)\b)(?:{_NEXT})",
    "A": rf"{_ENDS}|\s(?:currents?|supply|supplies|fuses?|circuits?|breakers?|loads?|chargers?)\b",
    "K": r"(?!\s(?:of|races?|runs?|people|users|words|tokens|channels?|ions?|atoms?)\b|\s?[A-Z])"
         rf"(?:{_NEXT})", "t": rf"{_ENDS}|\sCO",
    "T": rf"{_ENDS}|\s(?:MRI|MR\b|scanner|magnet|field|fMRI)|"
         r"(?<=\.\d\sT)\s(?!tokens?|param|words?|items?|rows?|operations?)[a-z]",
    "M": r"(?<=⁻[¹²³⁴-⁹]\sM)|(?<=⁻[¹²³⁴-⁹]M)|(?<=⁻¹[⁰-⁹¹²³]\sM)|"
         r"\s(?:[A-Z][A-Za-z]*\d|[A-Z][a-z]?[A-Z]|HCl\b|urea\b|solutions?\b|acids?\b|sucrose\b)",
    "c": r"(?<=\b0\.\dc)|(?<=\b0\.\d\dc)|(?<=\b0\.\d{3}c)|(?<=\b0\.\d{4}c)",
    "cal": r"(?!\s(?:yrs?\b|a\sBP|ka\b|kyr\b|BP\b|BCE?\b|CE\b|AD\b))",
    "as": r"\s(?:pulses?|lasers?|resolution)\b",
    "in": r"\s?(?:[,;:)\]!?]|\.(?!\w)|$)|\s?[x×]\s?\d|\s(?:by\s\d|tall|long|wide|thick|deep|high|"
          r"or|diameter|in\sdiameter|of\s(?:rain|snow|water))\b",
}  # fmt: skip
_ALONE = {
    symbol: re.compile(pattern)
    for symbols, pattern in _GUARDS.items()
    for symbol in symbols.split()
}
_TIED = {
    # symbols behind a hyphen: what has to follow them
    "T": re.compile(""), "in": re.compile(""), "mo": re.compile(""), "y": re.compile(r"[\s-]"),
    "t": re.compile(r"\s(?!tests?\b|statistic|dist)"),
    "d": re.compile(
        r"[\s-](?:window|period|course|cycle|old|trial|visit|mean|average|mortality|survival|lag|"
        r"incubation|forecast|delay|interval|exposure|test|treatment|regimen|stay|follow)"
    ),
    "MP": re.compile(r"(?<!(?<!\d)6-MP)|\s(?:camera|sensor|image|photo|front|rear|selfie)"),
    "MA": re.compile(r"(?!)"),
}  # fmt: skip
_SPACED = frozenset({"A", "y", "K", "N", "M", "d", "t", "l", "in", "pm", "ac", "mo"})
"""Symbols that need a space before them."""
_BY = re.compile(r"\s?[×x]\s?(?=\d)")
"""Between the sides of a rectangle, as in "5 cm × 3 cm"."""
_DOTTED = frozenset({"in", "ft", "lb", "oz", "mi", "yd", "gal", "hr", "min", "deg"})
"""Units that a dot may shorten, as in "a 2-in. slab"."""
_GOES_ON = re.compile(r"\.[\s-][A-Za-z]")
_SMALL = re.compile(r"\.\s[a-z]")
_IN_BRACKETS = re.compile(r"\.\s\(\d")
_SIDE = re.compile(r"\.\s?[×x]\s?\d")
_FEET = re.compile(r"\bft\.?,?\s[\d.]+\s?$")
_LABELS = re.compile(
    r"\b(?:Fig(?:ure|s?\.)|Table|Part|Section|Step|Level|Group|Panel|Phase|Type|No\.|Interstate|Route|"
    r"Highway|Flight|Gate|Room|Line)\s$"
)
_SIZE = re.compile(
    r"\d\s?[x×]\s?[\d.,]+$|(?<![/\d.])(?:1/(?:\d{1,5}|\d{1,3},\d{3})|[2-9]/(?:[2-9]|10|16|32))$|\d/[\d.]{1,6}/[\d.]{1,6}$|\.\d/\d{1,3}\.\d+$"
    r"|\d[\s-]\d/\d{1,2}$"
)
_A_NOUN = re.compile(
    r"\s(?!and\b|but\b|are\b|was\b|were\b|with\b|from\b|for\b|per\b|over\b|wide\b|long\b|deep\b|high\b|"
    r"tall\b|thick\b|each\b|apart\b|away\b|longer\b|more\b|into\b|that\b|which\b|since\b|after\b|before\b|than\b|when\b|while\b|until\b|above\b|below\b|between\b|"
    r"later\b|earlier\b|ago\b|during\b|across\b|within\b|under\b|through\b)"
    r"(?:[a-z]{3,}|[A-Z]{3,}(?!\w))"
)
_MARGIN = re.compile(r"\d\(\d{1,2}\)$")
"""A number with the margin of its last digits, as 2.725(1)."""
_SPREAD_OF = re.compile(r"\d\s?±\s?$")
_FRACTION = re.compile(r"(?<![/\d.])(?<!\d[\s-])(?:1/\d{1,2}|[2-9]/(?:[2-9]|10|16|32))$")
"""A fraction, of a single unit; a larger one is said as a division."""
_AND_MORE = re.compile(r"\d\+$")
_INTERVAL = re.compile(
    r"\bin\s\[[^\[\]]*\]$|\d\s[\[(][-−+]?\d[\d.]*\s?(?:to|[-–,])\s?[-−+]?\d[\d.]*[\])]$"
)
"""What values lie in, as "in [0, 5]", "0.20 [0.15 to 0.25]" and "12 (8–19)"."""
_SCALED = re.compile(r"\d\s(?:hundred|thousand|million|billion|trillion)$")
_MATING = re.compile(r"[−⁻⁺](?=[\s.,;)]|$)")
"""The sign of a yeast's type, as in "972 h−"."""
_NUMBER_IN_LATEX = re.compile(
    r"(?:\$|[=<>≈~]|\\(?:pm|sim|approx|leq?|geq?|lesssim|gtrsim|simeq)(?![a-z]))"
    r"(?:\\(?:times|cdot|pm|sim|approx|[,;])|[\d\s.,^_{}+−~-]){1,30}\$$"
)
_DAYS = re.compile(
    r"\s(?:forecasts?|averages?|means?|lags?|windows?|periods?|strengths?|course|running|trips?)\b"
)
_EVERY = {"min": "minutes", "mo": "months", "h": "hours", "d": "days", "w": "weeks", "wk": "weeks"}


def is_meant(unit: Unit, text: str, start: int) -> bool:
    """Whether a number's unit is one, where its symbol alone could be something else.

    `start` is where the symbol starts in `text`.
    """
    symbol = unit.symbol
    first = unit.factors[0].symbol
    no_angle = first in {"″", "′"} and not meanings.is_sky(text, start)
    if no_angle or is_variable(unit, text, start):
        return False
    if text[start - 1] == "-" and symbol in _TIED:
        return bool(_TIED[symbol].match(text, unit.end))
    if symbol == "h" and _MATING.match(text, unit.end):
        return False
    is_base = symbol in {"mC", "fC"} and text[start - 1].isdecimal()  # 5mC is methylcytosine
    return not is_base and _fits(unit, text, start)


def _fits(unit: Unit, text: str, start: int) -> bool:
    """Whether what stands around a symbol is what it needs to be a unit."""
    symbol = unit.symbol
    guard = _ALONE.get(symbol)
    if not guard or (text[start - 1] == "-" and symbol in {"T", "in", "mo", "A", "t"}):
        return True
    if text[start - 1] == "-" and symbol == "d":
        return bool(_DAYS.match(text, unit.end))
    if symbol in _SPACED and not text[start - 1].isspace():
        return False
    in_feet = symbol == "in" and _FEET.search(text[max(start - 20, 0) : start])
    return bool(in_feet or guard.match(text, unit.end))


def _say_quantity(match: re.Match[str], _context: Context) -> Saying:
    """A number or a range with its unit; "a 10-km run" and "a 10 km run" have a single one."""
    text, start = match.string, match.end()
    first, second, gap = match.groups()
    unit = read_unit(text, start, match.endpos)
    if not unit or (text[unit.end : unit.end + 1] in {"'", "’"} and unit.symbol != "ft"):
        return None
    if not is_meant(unit, text, start):
        return None
    tied = gap == "-" or len(unit.symbol) == 1
    if tied and re.match(r"-\d", text[unit.end : unit.end + 2]):
        return None
    if unit.symbol == "s" and text.startswith((".t.", ".d.", ".e."), unit.end):
        return None  # such that, standard deviation, standard error
    before = text[max(match.start() - 10, 0) : match.start()]
    if len(unit.symbol) == 1 and unit.symbol.isupper() and _LABELS.search(before):
        return None
    exactly_one = first in {"1", "1.0"} and not second and not _SPREAD_OF.search(before)
    one = gap == "-" or exactly_one or counts_as_one(match, unit.end)
    words = span_of(first, second)
    words, end = f"{words} {unit.say(one=one)}", unit.end
    end += _ends_with_dot(text, end, unit, hyphenated=gap == "-")
    if by := _BY.match(text, end, match.endpos):
        words, end = f"{words} by ", by.end()
    return name_letters(text[match.start() : end], words, "unit")


def _ends_with_dot(text: str, end: int, unit: Unit, *, hyphenated: bool) -> bool:
    """Whether a dot belongs to the unit, as in "a 2-in. slab" and "1.5 in. × 3 in."."""
    last = unit.factors[-1].symbol
    looks = [_SIDE, _IN_BRACKETS, *([_GOES_ON] if hyphenated else [])]
    looks += [_SMALL] if last == "deg" else []
    return last in _DOTTED and any(look.match(text, end) for look in looks)


def _say_after_power(match: re.Match[str], _context: Context) -> Saying:
    """The unit behind a power of ten, as in "3×10^8 m/s"."""
    unit = read_unit(match.string, match.end(), match.endpos)
    if not unit or not is_meant(unit, match.string, match.end()):
        return None
    before = match.string[max(match.start() - 40, 0) : match.start()]
    counts = _NUMBER_IN_LATEX.search(before) or unnumbered.needs_no_number(unit)
    if before.endswith("$") and not counts:
        return None
    text = match.string[match.start() : unit.end]
    one = counts_as_one(match, unit.end)
    return name_letters(text, f" {unit.say(one=one)}", "unit")


def _say_after_size(match: re.Match[str], _context: Context) -> Saying:
    """The unit behind sides, millions, a fraction or a bracket: "10x10 ft", "(5 ± 1) MeV"."""
    text, start = match.string, match.end()
    unit = read_unit(text, start, match.endpos)
    if not unit or unit.symbol == "pts" or not is_meant(unit, text, start):
        return None  # "8/74 pts" are patients
    before = text[max(match.start() - 24, 0) : match.start()]
    measures = any(look.search(before) for look in (_SIZE, _MARGIN, _INTERVAL, _SCALED, _AND_MORE))
    hours = unit.symbol == "h" and before[-1] in "kM"
    long = len(unit.factors) > 1 or len(unit.factors[0].symbol) > 1
    if match[0] == "-" and not _SIZE.search(before):
        return None
    if not (measures or hours or (long and before[-1] in ")+kMB½¼¾⅓⅔⅛")):
        return None
    described = _A_NOUN.match(text, unit.end)
    one = match[0] == "-" or described or _FRACTION.search(before) or counts_as_one(match, unit.end)
    words = f" {unit.say(one=bool(one))}"
    return name_letters(text[match.start() : unit.end], words, "unit")


def _say_rate(match: re.Match[str], _context: Context) -> Saying:
    """What something counted is per, as in "cells mL⁻¹" and "0.3 day⁻¹"."""
    symbol, text = match[1], match.string
    unit = read_unit(text, match.start(1), match.endpos)
    if unit and all(factor.exponent < 0 for factor in unit.factors):
        words = " ".join(f"per {factor.say(one=True)}" for factor in unit.factors)
        return name_letters(text[match.start() : unit.end], f" {words}", "unit")
    plain = match[0][-2] in "-−–" and "^" not in match[0]  # as in "the scores won-1"
    return f" per {symbol}" if symbol.islower() and len(symbol) > 2 and not plain else None


def _say_step(match: re.Match[str], _context: Context) -> Saying:
    """How hot and how long, as "95°C/30 s"."""
    heat, scale, time, symbol = match.groups()
    unit = read_unit(symbol)
    name = "Celsius" if scale == "C" else "Fahrenheit"
    length = f"{decimal(time)} {unit.say(one=time == '1')}" if unit else time
    return f"{decimal(heat)} degrees {name} for {length}"


def _say_right_ascension(match: re.Match[str], _context: Context) -> Saying:
    parts = zip(match.groups(), ("hour", "minute", "second"), strict=True)
    return " ".join(f"{decimal(n)} {name}{'s' * (n != '1')}" for n, name in parts if n)


def _say_micro(match: re.Match[str], _context: Context) -> Saying:
    r"""A number whose unit has its prefix between dollar signs, as `5 $\mu$m`."""
    first, second, gap, symbol = match.groups()
    unit = read_unit(f"µ{symbol}")
    if not unit or unit.end <= len(symbol):
        return None
    one = gap == "-" or (first == "1" and not second) or counts_as_one(match)
    words = span_of(first, second)
    return f"{words} {unit.say(one=one)}"


def _say_share(match: re.Match[str], _context: Context) -> Saying:
    """What a dose or a content is referred to, as in "5 mg/kg BW/day" and "12 mg/kg DW"."""
    if not _BY_MASS.search(match.string[max(match.start() - 16, 0) : match.start()]):
        return None
    time = match[2] or match[3]
    return f" of {PARTS[match[1].upper()]}{f' per {name_below(time)}' if time else ''}"


_BY_MASS = re.compile(r"/\s?[kmµμ]?g$|\b[kmµμ]?g(?:⁻¹|\^?[-−]1)$")


def _name_one(symbol: str) -> str:
    return UNITS[symbol].one if symbol in UNITS else symbol


_AFTER_POWER = (
    r"(?:(?<=[⁰¹²³⁴-⁹}])|(?<=\^\d\.\d)|(?<=\^\d\d\.\d)|(?<=\^\d\.\d\d)|(?<=\^\d\d\.\d\d)"
    r"|(?<=10−\d)|(?<=10−\d\d)|(?<=₋[₀-₉])|(?<=₋[₀-₉][₀-₉])"
    r"|(?<=\^\d)|(?<=\^\d\d)|(?<=\^[-−]\d)|(?<=\^[-−]\d\d)"
    r"|(?<=[\d})]\$)|(?<=\de\d)|(?<=\de\d\d)|(?<=\de-\d)|(?<=\de-\d\d))"
)
"""Just behind the exponent of a number."""
RULES: tuple[Rule, ...] = (
    *marks.RULES,
    rule("blood pressure", "d", r"(\d{2,3})\s?/\s?(\d{2,3})\s?mm\s?Hg(?!\w)",
         lambda m, _c: f"{cardinal(m[1])} over {cardinal(m[2])} millimeters of mercury"),
    rule("dose", "l", r"qwk(?!\w)", "every week"),
    rule("dose", "l", r"q(\d{1,2})(?:[-–](\d{1,2}))?\s?(h|d|w|wk|mo|min)(?!\w)",
         lambda m, _c: f"every {' to '.join(map(cardinal, filter(None, m.group(1, 2))))} "
                       f"{_EVERY[m[3]]}"),
    rule("temperature and time", "d", rf"{N}\s?°\s?([CF])\s?/\s?{N}\s?(s|sec|min|h|hr)(?!\w)",
         _say_step),
    rule("right ascension", "d", r"(\d{1,2})[hʰ]\s?(\d{1,2})[mᵐ]\s?"
         r"(?:(\d{1,2}(?:\.\d{1,3})?)[sˢ])?(?!\w)", _say_right_ascension),
    rule("unit", "d", rf"{N}(?:\s|-)?fl\.?\s?oz(?!\w)",
         lambda m, _c: f"{decimal(m[1])} fluid ounce{'' if m[1] == '1' else 's'}"),
    rule("unit", "U", r"([CGT])PU[-\s](hrs?|h|yrs?)(?!\w)",
         lambda m, _c: f"{m[1]} P U {'hours' if m[2][0] == 'h' else 'years'}"),
    rule("unit", "l", r"(?<![\w-])([a-z]{3,9})-(yr|hr)(s?)(?!\w)",
         lambda m, _c: f"{m[1]} {UNITS[m[2]].one}{m[3]}"),
    rule("prefix", "l", r"sub-(?=\d)", "sub "),
    rule("unit", "d", rf"{N}[\s-]?n\.?\smi(?!\w)",
         lambda m, _c: f"{decimal(m[1])} nautical mile{'' if counts_as_one(m) else 's'}"),
    *unnumbered.RULES,
    rule("unit", "p", r"(?:(?<=/\d)|(?<=/\d\d)|(?<=[½¼¾⅓⅔⅛⅜⅝⅞]))-(in|ft|mi|lb|yd|gal|oz)(?!\w)"
         r"(?:\.(?=[\s-]?(?:[a-z]|[A-Z]\d)))?", lambda m, _c: f" {UNITS[m[1]].one}"),
    rule("unit", "s", r"(?:(?<=/\d)|(?<=/\d\d))\s(in|ft|mi|lb)\.(?=[,;)]|\s[×xa-z(])",
         lambda m, _c: f" {UNITS[m[1]].one}"),
    rule("in", "d", r"(\d{1,3})-in-(\d{1,3}(?:,\d{3})*|\d{1,6})(-yr)?(?![\w.])",
         lambda m, _c: f"{cardinal(m[1])} in {decimal(m[2])}{' year' if m[3] else ''}"),
    rule("unit", "d", rf"{N}[\s-]([mb]illion|trillion)-([MLR]_?[☉⊙⊕])(?!\w)",
         lambda m, _c: f"{decimal(m[1])} {m[2]} {UNITS[m[3]].one}"),
    rule("unit", "d", rf"{N}(?:{TO}{N})?(\s?|-)\$\\mu\$\s?([A-Za-z]{{1,3}})(?!\w)", _say_micro),
    rule("unit", "s", r"(?<=\bper)\s°\s?([CF])(?!\w)",
         lambda m, _c: f" {UNITS[f'°{m[1]}'].one}"),
    rule("unit", "ps", r"(?<=[%‰])(?:\s?/\s?(°C|K|decade)|\s(°C|K|decade|yr|a|d|h|min|s|mo|wk|ha|m)"
         r"(?:⁻¹|\^?[-−]1|\^\{-1\}))(?!\w)",
         lambda m, _c: f" per {_name_one(m[1] or m[2])}"),
    rule("per", "p", r"(?<=[A-Za-z])/(?=10(?:[⁰¹²³⁴-⁹]|\^\d))", " per "),
    rule("share", "s", r"(?<=[g¹1])\s(BW|bw|DM|dm|DW|dw|FW|fw|LW|lw)"
         r"(?:\s?/\s?(d|day|h|wk)|[\s·](d|day|h|wk)(?:⁻¹|\^?[-−]1))?(?![\w/-])", _say_share),
    rule("water equivalent", "l", r"w\.\s?e\.(\s(?:yr|a)⁻¹)?",
         lambda m, _c: f"water equivalent{' per year' if m[1] else ''}"),
    *meanings.RULES,
    rule("unit", "dp", rf"{N}(?:{TO}{N})?(\s?|-){STARTS}", _say_quantity),
    rule("unit", "s", r"(?:(?<=[a-z]{3}s)|(?<=\sind\.)|(?<=\d))\s([A-Za-zµμ]{2,12}|[shdmLg])"
         r"(?:⁻[¹²³]|\^-\d|\^\{-\d\}|[-−–]1)(?!\w)", _say_rate),
    rule("unit", "sp", r"(?:(?<=[\d½¼¾⅓⅔⅛])|(?<=\d[kMB+)\]])|(?<=(?:ndred|usand|llion))|(?<=\d)-)"
         rf"(?:(?<=-)|\s){STARTS}", _say_after_size),
    rule("unit", "s", r"(?<=[\d⁰¹²³⁴-⁹])\sHz(?:\^\{?[-−](?:1/2|0\.5)\}?|⁻¹ᐟ²)", " per root hertz"),
    rule("unit", "spUl", rf"{_AFTER_POWER}\s?{STARTS}", _say_after_power),
)  # fmt: skip
