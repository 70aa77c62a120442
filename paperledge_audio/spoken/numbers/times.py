"""Years, dates and times of day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers.words import cardinal, decade, ordinal, pairs, to_number
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_MONTH_NAMES = """
    January February March April May June July August September October November December
"""
MONTHS = tuple(_MONTH_NAMES.split())
_SHORT = {month[:3]: month for month in MONTHS} | {"Sept": "September"}
_MONTH = rf"((?:{'|'.join(MONTHS)})|(?:{'|'.join(_SHORT)})\.?)"
YEAR = r"(?:1[1-9]|20)\d\d"
_END = r"(?![^\W_]|[.,:]\d|[-–]\d|%)"
_PLURAL = r"(?=[\s-](?!was\b|is\b|has\b|its\b|as\b|this\b|us\b|across\b|versus\b)[a-z]+s\b)"


def _name_month(name: str) -> str:
    return _SHORT.get(name.rstrip("."), name)


def _say_american(match: re.Match[str], _context: Context) -> Saying:
    month, day, year = match.groups()
    if not 1 <= to_number(day) <= 31:
        return None
    words = f"{_name_month(month)} {ordinal(day)}"
    return f"{words}, {pairs(year)}" if year else words


def _say_days(match: re.Match[str], _context: Context) -> Saying:
    month, first, last = match.groups()
    return f"{_name_month(month)} {ordinal(first)} to {ordinal(last)}"


def _say_british(match: re.Match[str], _context: Context) -> Saying:
    the, day, month, year = match.groups()
    if not 1 <= to_number(day) <= 31:
        return None
    words = f"{the or 'the '}{ordinal(day)} of {_name_month(month)}"
    return f"{words} {pairs(year)}" if year else words


def _say_month_year(match: re.Match[str], _context: Context) -> Saying:
    return f"{_name_month(match[1])} {pairs(match[2])}"


def _say_iso(match: re.Match[str], _context: Context) -> Saying:
    year, month, day = match.groups()
    return _say_date(year, to_number(month), day)


def _say_slashed(match: re.Match[str], _context: Context) -> Saying:
    month, day, year = match.groups()
    if to_number(month) > 12:
        month, day = day, month
    return _say_date(year, to_number(month), day)


def _say_date(year: str, month: int, day: str) -> str | None:
    if not (1 <= month <= 12 and 1 <= to_number(day) <= 31):
        return None
    return f"{MONTHS[month - 1]} {ordinal(day)}, {pairs(year)}"


def _say_clock(match: re.Match[str], _context: Context) -> Saying:
    hour, minute, second, half = match.groups()
    if to_number(hour) > 24 or to_number(minute) > 59 or to_number(second or "0") > 59:
        return None
    words = cardinal(hour)
    if to_number(minute):
        words += f" oh {cardinal(minute)}" if minute[0] == "0" else f" {cardinal(minute)}"
    elif not half:
        words += " o'clock" if to_number(hour) <= 12 else " hundred hours"
    if second:
        words += f" and {cardinal(second)} second{'s' * (to_number(second) != 1)}"
    return f"{words} {_say_half(half)}" if half else words


def _say_hour(match: re.Match[str], _context: Context) -> Saying:
    return f"{cardinal(match[1])} {_say_half(match[2])}"


_CLOCK_UNITS = {"h": "hour", "m": "minute", "s": "second"}


def _say_duration(match: re.Match[str], _context: Context) -> Saying:
    """Two neighbouring units, as "2h 30m" or "3m 20s"."""
    first, large, second, small = match.groups()
    if (large, small) not in {("h", "m"), ("m", "s")}:
        return None
    parts = ((first, large), (second, small))
    return " ".join(f"{cardinal(n)} {_CLOCK_UNITS[u]}{'s' * (to_number(n) != 1)}" for n, u in parts)


def _say_half(text: str) -> str:
    return " ".join(re.sub(r"[\s.]", "", text).upper())


def _say_years(match: re.Match[str], _context: Context) -> Saying:
    first, last = match.groups()
    return f"{pairs(first)} to {pairs(last) if len(last) == 4 else cardinal(last)}"


_AGE = re.compile(r"\b(?:the|her|his|my|our|your|their|early|mid|late)[\s-]$")
_MANY = {1: "tens", 2: "hundreds", 3: "thousands"}
_HALF = r"([AaPp]\.?\s?[Mm](?:\.(?=\s+[a-z,]|[,;:)])|(?![\w.])|(?=\.)))"
RULES: tuple[Rule, ...] = (
    rule("date", "d", r"(\d{4})-(\d\d)-(\d\d)(?![\w-])", _say_iso),
    rule("date", "d", r"(\d{1,2})/(\d{1,2})/(\d{4})(?![\w/])", _say_slashed),
    rule("date", "U", rf"{_MONTH}\s(\d{{1,2}})\s?[-–]\s?(\d{{1,2}})(?!\d|[-–%])", _say_days),
    rule("date", "U", rf"{_MONTH}\s(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s({YEAR}))?(?![\w%]|[.,:]\d)",
         _say_american),
    rule("date", "U", rf"{_MONTH},?\s({YEAR})(?![\w%])", _say_month_year),
    rule("date", "Uld", rf"([Tt]he\s)?(\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s{_MONTH}(?![\w])"
         rf"(?:,?\s({YEAR})(?!\w))?", _say_british),
    rule("time", "d", rf"(\d{{1,2}}):(\d\d)(?::(\d\d))?\s?{_HALF}", _say_clock),
    rule("time", "d", r"(\d{1,2}):(\d\d)(?::(\d\d))?()(?![\w:]|[.,]\d)"
         r"(?!\s(?:ratio|split|mix|odds|scale|aspect))", _say_clock),
    rule("time", "d", rf"(\d{{1,2}})\s?{_HALF}", _say_hour),
    rule("duration", "d",
         r"(?<!\d)(\d++)\s?([hm])\s?(\d{1,2})\s?([ms])(?:in|ec)?(?!\w)", _say_duration),
    rule("years", "d", rf"({YEAR})/(\d\d)(?![\w/])",
         lambda m, _c: f"{pairs(m[1])} {cardinal(m[2])}"),
    rule("years", "d", rf"({YEAR})\s?[-–]\s?({YEAR}|\d\d)(?![\w%]|[.,-]\d)", _say_years),
    rule("year", "d", r"(20\d\d)(['’]s)(?!\w)", lambda m, _c: f"{pairs(m[1])}'s"),
    rule("decade", "d", r"((?:1[5-9]|20)\d0)['’]?s(?!\w)", lambda m, _c: decade(m[1])),
    rule("decade", "p", r"['’‘](\d0)s(?!\w)", lambda m, _c: decade(m[1])),
    rule("decade", "d", r"([2-9]0)s(?!\w)",
         lambda m, _c: decade(m[1]) if _AGE.search(m.string[: m.start()]) else None),
    rule("decade", "Ul", r"([Ee]arly|[Mm]id|[Ll]ate)-((?:19|20)?[2-9]0)s(?!\w)",
         lambda m, _c: f"{m[1]} {decade(m[2])}"),
    rule("class of", "p", r"['’](\d\d)(?!\w)", lambda m, _c: cardinal(m[1])),
    rule("many", "d", r"1(0{1,3})s(?=\sof\b)", lambda m, _c: _MANY[len(m[1])]),
)  # fmt: skip
YEARS: tuple[Rule, ...] = (
    rule("number", "d", rf"(?:1[5-9]|20)\d\d{_END}{_PLURAL}", lambda m, _c: cardinal(m[0])),
    rule("year", "d", rf"(?:1[5-9]|20)\d\d{_END}", lambda m, _c: pairs(m[0])),
    rule("year", "d", r"(\d{1,4})\s?(BCE|CE|BC|AD)(?!\w)",
         lambda m, _c: f"{pairs(m[1]) if len(m[1]) == 4 else cardinal(m[1])} {' '.join(m[2])}"),
)  # fmt: skip
