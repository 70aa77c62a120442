"""Quantities: units, money, percent, ranges, ratios, powers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers import measures
from paperledge_audio.spoken.numbers.words import (
    cardinal,
    decimal,
    fraction,
    ordinal,
    power,
    to_number,
)
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

DIGITS = r"(?<!\d)\d++"
"""All of the digits that stand together."""
GROUPED = r"(?<!\d)\d{1,3}(?:,\d{3}){1,20}(?!\d)"
"""Digits parted by commas into thousands."""
NUMBER = rf"(?:{GROUPED}|{DIGITS})(?:\.\d++)?|\.\d++"
N = rf"({NUMBER})"
END = r"(?![^\W_]|[.,]\d|_)"
TO = r"\s?(?:[-–—‑]|to)\s?"
SCALES = {
    "k": "thousand", "K": "thousand", "M": "million", "MM": "million", "m": "million",
    "mn": "million", "B": "billion", "b": "billion", "bn": "billion", "Bn": "billion",
    "T": "trillion", "tn": "trillion", "trn": "trillion",
    "thousand": "thousand", "million": "million", "billion": "billion", "trillion": "trillion",
    "hundred": "hundred",
}  # fmt: skip
_SCALE = (
    r"(?:[\s-]?(thousand|million|billion|trillion|hundred|bn|Bn|tn|trn|mn|MM|[kKMBTmb])(?![\w]))?"
)
_CURRENCY = {
    "$": ("dollar", "dollars", "cent"), "US$": ("U S dollar", "U S dollars", "cent"),
    "A$": ("Australian dollar", "Australian dollars", "cent"),
    "C$": ("Canadian dollar", "Canadian dollars", "cent"),
    "HK$": ("Hong Kong dollar", "Hong Kong dollars", "cent"),
    "€": ("euro", "euros", "cent"), "£": ("pound", "pounds", "penny"),
    "¥": ("yen", "yen", ""), "₹": ("rupee", "rupees", ""), "₩": ("won", "won", ""),
    "₽": ("ruble", "rubles", ""), "₿": ("bitcoin", "bitcoin", ""), "CHF": ("franc", "francs", ""),
}  # fmt: skip
_SYMBOL = r"(US\$|HK\$|[AC]\$|CHF\s|[$€£¥₹₩₽₿])\s?"
_COUNTED = (
    "parameters?|params?|tokens?|examples?|images|samples?|words?|users?|people|rows|pairs|"
    "documents?|docs|weights?|frames?|videos|hours?|records?|queries|questions|steps?|papers?|"
    "sentences?|pages?|nodes?|edges?|cells?|years?|dollars|views|downloads|lines|devices?|"
    "conversations?|prompts?|instances?|points?|connections?|neurons?|synapses|stars|galaxies|"
    "active|trainable|total|training|daily|monthly|unique|text|active|human|labeled|non"
)
_PICTURES = (
    "resolutions?|images?|videos?|displays?|TVs?|screens?|UHD|footage|pictures?|monitors?|"
    "streams?|frames|photos?|textures?"
)
_MORE = r"(?=\s(?:more|less|fewer|as|the|better|worse|\w+er\b)(?!\w))"


def say_range(match: re.Match[str], _context: Context) -> Saying:
    """A range of plain numbers; shares of a hundred, as 80-20, are said side by side."""
    above, below = match[1], match[2]
    two_digits = len(above) == len(below) == 2 and (above + below).isdecimal()
    if above >= below and two_digits and to_number(above) + to_number(below) == 100:
        return f"{cardinal(above)} {cardinal(below)}"
    return f"{decimal(match[1])} to {decimal(match[2])}"


def _say_percent(match: re.Match[str], _context: Context) -> Saying:
    return f"{decimal(match[1])} percent"


def _say_percents(match: re.Match[str], _context: Context) -> Saying:
    return f"{decimal(match[1])} to {decimal(match[2])} percent"


_BEFORE_ONE = re.compile(r"\b[Aa]n?\s$")
_THE = re.compile(r"\b(?:[Tt]he|[Tt]his|[Ii]ts|[Tt]heir)\s$")
_BUSINESS = re.compile(
    r"\s(?:[\w-]+\s){0,2}(?:market|industry|company|startup|fund|deal|prize|budget|plan|project|"
    r"grant|bill|business|valuation|investment|acquisition|contract|lawsuit|economy|program)\b"
)
"""What "the $200 billion" may be an adjective of."""


def _counts_as_one(match: re.Match[str]) -> bool:
    """Whether the quantity describes a thing, as in "a 10 ms delay", and so is singular."""
    start = match.start()
    after = match.string[match.end() : match.end() + 2]
    before = match.string[max(start - 6, 0) : start]
    if _BEFORE_ONE.search(before) and re.match(r"[\s-][a-z]", after):
        return True
    return bool(_THE.search(before) and _BUSINESS.match(match.string, match.end()))


def _say_money(match: re.Match[str], _context: Context) -> Saying:
    symbol, first, second, scale, below = match.groups()
    one, many, small = _CURRENCY[symbol.strip()]
    if _counts_as_one(match):
        many = one
    words = decimal(first)
    if second:
        words += f" to {decimal(second)}"
    if scale:
        words += f" {SCALES[scale]} {many}"
    elif not second and small and re.fullmatch(r"[\d,]+\.\d\d", first):
        words = _say_coins(first, one, many, small)
    else:
        words += f" {one if first == '1' and not second else many}"
    if below:
        under = measures.name_unit_below(below) or (
            below if below.islower() and len(below) > 2 else None
        )
        return f"{words} per {under}" if under else None
    return words


def _say_coins(amount: str, one: str, many: str, small: str) -> str:
    whole, cents = amount.replace(",", "").split(".")
    pence = "pence" if small == "penny" else small + "s"
    parts = []
    if to_number(whole):
        parts.append(f"{cardinal(whole)} {one if to_number(whole) == 1 else many}")
    if to_number(cents):
        parts.append(f"{cardinal(cents)} {small if to_number(cents) == 1 else pence}")
    return " and ".join(parts) or f"zero {many}"


def _say_unit(match: re.Match[str], _context: Context) -> Saying:
    first, second, symbol = match.groups()
    name = measures.name_unit(
        symbol, one=_counts_as_one(match) or (first in {"1", "1.0"} and not second)
    )
    if name is None:
        return None
    return f"{decimal(first)} to {decimal(second)} {name}" if second else f"{decimal(first)} {name}"


def _say_unit_adjective(match: re.Match[str], _context: Context) -> Saying:
    """The unit in "a 10-km run": always singular."""
    name = measures.name_unit(match[2], one=True)
    return name and f"{decimal(match[1])} {name}"


def _say_scaled(match: re.Match[str], _context: Context) -> Saying:
    first, second, scale = match.groups()
    words = f"{decimal(first)} to {decimal(second)}" if second else decimal(first)
    return f"{words} {SCALES[scale]}"


def _say_dimensions(match: re.Match[str], _context: Context) -> Saying:
    return " by ".join(decimal(part) for part in re.split(r"\s?[x×X*]\s?", match[0]))


def _say_scientific(match: re.Match[str], _context: Context) -> Saying:
    ten = f"ten {_say_exponent(match['exponent'])}"
    mantissa = match["mantissa"]
    return ten if mantissa in {None, "1"} else f"{decimal(mantissa)} times {ten}"


def _say_raised(match: re.Match[str], _context: Context) -> Saying:
    return f"{decimal(match['base'])} {_say_exponent(match['exponent'])}"


def _say_exponent(exponent: str) -> str:
    return power(exponent.translate(SUPERSCRIPTS).replace("−", "-").strip("^{}+"))


SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿⁱ", "0123456789-+ni")
_FRACTIONS = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5",
    "⅗": "3/5", "⅘": "4/5", "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8", "⅝": "5/8",
    "⅞": "7/8", "⅐": "1/7", "⅑": "1/9", "⅒": "1/10",
}  # fmt: skip


_SAYINGS = {"24/7": "twenty four seven", "9/11": "nine eleven", "20/20": "twenty twenty"}


def _say_fraction(match: re.Match[str], _context: Context) -> Saying:
    above, below = match.groups()
    if words := _SAYINGS.get(f"{above}/{below}"):
        return words
    if to_number(above) + to_number(below) == 100 and min(to_number(above), to_number(below)) >= 10:
        return f"{cardinal(above)} {cardinal(below)}"
    if (len(above) > 2 and len(below) > 2) or _counts_things(match):
        return f"{cardinal(above)} out of {cardinal(below)}"
    return fraction(above, below)


_SCORED = re.compile(
    r"\b(?:scor\w+|rat(?:ed?|es|ing)|grad(?:ed?|es|ing)|got|gets?|mark(?:ed|s)?|solv\w+|"
    r"answer\w*|correct(?:ly)?)\b[^.;:]{0,30}$",
    re.IGNORECASE,
)


def _counts_things(match: re.Match[str]) -> bool:
    """Whether a fraction is a count or a mark, as in "8/10 tasks" or "he got 9/10"."""
    after = match.string[match.end() :]
    scored = _SCORED.search(match.string[max(match.start() - 30, 0) : match.start()])
    if match[1] != "1" and (match[2] == "100" or (match[2] == "10" and scored)):
        return not re.match(r"\s(?:of|the|as|a)\b", after)
    many = to_number(match[2]) >= 5 and match[2] != "8"
    return many and bool(re.match(r"\s[a-z]+s\b", after))


def _say_mixed(match: re.Match[str], _context: Context) -> Saying:
    """A whole number and a fraction: "2 1/2" is two and a half."""
    whole, above, below = match.groups()
    if not 0 < to_number(above) < to_number(below):
        return None
    part = "a half" if (above, below) == ("1", "2") else fraction(above, below)
    return f"{cardinal(whole)} and {part}"


def _say_vulgar(match: re.Match[str], _context: Context) -> Saying:
    words = fraction(*_FRACTIONS[match[2]].split("/"))
    if not match[1]:
        return words
    return f"{cardinal(match[1])} and {'a half' if match[2] == '½' else words}"


def _say_ratio(match: re.Match[str], _context: Context) -> Saying:
    return " to ".join(decimal(part) for part in match[0].split(":"))


_EXPONENT = r"(?P<exponent>\^\{[-−+]?\d+\}|\^[-−+]?\d+|[⁻⁺]?[⁰¹²³⁴-⁹]+)"
_AFTER_POWER = (
    r"(?:(?<=[⁰¹²³⁴-⁹}])|(?<=\^\d)|(?<=\^\d\d)|(?<=\^[-−]\d)|(?<=\^[-−]\d\d)"
    r"|(?<=\de\d)|(?<=\de\d\d)|(?<=\de-\d)|(?<=\de-\d\d))"
)
"""Just behind the exponent of a number."""
_UNIT = r"([¢°℃µμΩÅ\u212bA-Za-z]+[²³23]?(?:/[A-Za-z]+[²³]?)?)"
RULES: tuple[Rule, ...] = (
    rule("scientific notation", "d", rf"(?P<mantissa>{NUMBER})[eE](?P<exponent>[-−+]?\d+){END}",
         _say_scientific),
    rule("scientific notation", "d",
         rf"(?:(?P<mantissa>{NUMBER})\s?[×x·*]\s?)?10{_EXPONENT}{END}", _say_scientific),
    rule("power", "dp", rf"(?P<base>{NUMBER}){_EXPONENT}{END}", _say_raised),
    rule("money", "pU",
         rf"{_SYMBOL}{N}(?:\s?[-–]\s?[$€£]?{N})?{_SCALE}(?:\s?/\s?([A-Za-z]+))?(?!\w)", _say_money),
    rule("count", "d", rf"{N}\s?[×x]\s?(?=[A-Z]{{1,4}}[ -]?\d)", lambda m, _c: f"{decimal(m[1])} "),
    rule("size", "d",
         rf"{DIGITS}(?:\.\d++)?(?:\s?×\s?\d++|[xX]\d++|\s[xX]\s\d++){{1,9}}{END}", _say_dimensions),
    rule("multiple", "d", rf"{N}\s?×{END}(?!\s?\d)", lambda m, _c: f"{decimal(m[1])} times"),
    rule("multiple", "d", rf"{N}[–-]{N}\s?[x×X]{END}(?!\s?\d)",
         lambda m, _c: f"{decimal(m[1])} to {decimal(m[2])} times"),
    rule("multiple", "d", rf"{N}[xX]{_MORE}", lambda m, _c: f"{decimal(m[1])} times"),
    rule("multiple", "d", rf"{N}[xX](?![\w])", lambda m, _c: f"{decimal(m[1])} X"),
    rule("percent", "dp", rf"{N}\s?%?{TO}{N}\s?%", _say_percents),
    rule("percent", "dp", rf"{N}\s?%", _say_percent),
    rule("per mille", "dp", rf"{N}\s?‰", lambda m, _c: f"{decimal(m[1])} per thousand"),
    rule("resolution", "d", rf"([248]|16)K(?=\s(?:{_PICTURES})\b)",
         lambda m, _c: f"{cardinal(m[1])} K"),
    rule("scale", "dp", rf"{N}(?:{TO}{N})?\s?([kKMBT])(?=[\s-](?:{_COUNTED}))", _say_scaled),
    rule("scale", "dp", rf"{N}(?:[–-]{N})?([kKM]|bn|mn|tn)(?![\w])(?!-)"
         r"(?!\s(?:context|window)\b)", _say_scaled),
    rule("unit", "dp", rf"{N}(?:{TO}{N})?\s?{_UNIT}(?![^\W_]|['’])", _say_unit),
    rule("unit", "dp", rf"{N}-([A-Za-zµ]+)(?![\w])", _say_unit_adjective),
    rule("unit", "sp", rf"{_AFTER_POWER}\s?{_UNIT}(?![^\W_]|['’])",
         lambda m, _c: (name := measures.name_unit(m[1], one=False)) and f" {name}"),
    rule("fraction", "p", rf"()({'|'.join(_FRACTIONS)})", _say_vulgar),
    rule("fraction", "d", rf"({DIGITS})\s?({'|'.join(_FRACTIONS)})", _say_vulgar),
    rule("ordinal", "d", rf"({GROUPED}|{DIGITS})(?:st|nd|rd|th|ˢᵗ|ⁿᵈ|ʳᵈ|ᵗʰ)(?!\w)",
         lambda m, _c: ordinal(m[1].replace(",", ""))),
    rule("ratio", "d", rf"{DIGITS}(?:\.\d++)?(?::\d++(?:\.\d++)?){{1,9}}{END}", _say_ratio),
    rule("fraction", "d", r"(\d{1,3})/(\d{1,3})(?:rds|ths|nds|th|rd)(?!\w)",
         lambda m, _c: fraction(m[1], m[2])),
    rule("fraction", "d", r"(\d{1,3})\s(\d{1,2})/(\d{1,2})(?![\d/\w]|,\d)", _say_mixed),
    rule("shares", "d", r"\d{1,3}(?:/\d{1,3}){2,9}(?![\d/\w]|[.,]\d)",
         lambda m, _c: ", ".join(cardinal(part) for part in m[0].split("/"))),
    rule("fraction", "d", r"(\d{1,4})\s?[/⁄]\s?(\d{1,4})(?![\d/\w]|,\d)", _say_fraction),
    rule("height", "d", r"(\d)['’′]\s?(\d{1,2})[\"”″]",
         lambda m, _c: f"{cardinal(m[1])} foot {cardinal(m[2])}"),
)  # fmt: skip
