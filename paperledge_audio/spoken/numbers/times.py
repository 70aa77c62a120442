"""Years, dates and times of day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers.words import (
    cardinal,
    decade,
    inflect_number,
    label,
    ordinal,
    pairs,
    to_number,
)
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_MONTH_NAMES = """
    January February March April May June July August September October November December
"""
MONTHS = tuple(_MONTH_NAMES.split())
SHORT_MONTHS = {month[:3]: month for month in MONTHS} | {"Sept": "September"}
_MONTH = rf"((?:{'|'.join(MONTHS)})|(?:{'|'.join(SHORT_MONTHS)})\.?)"
YEAR = r"(?:1[1-9]|2[01])\d\d"
_END = r"(?![^\W_]|[.,:]\d|[-–]\d|%)"
ZONE = re.compile(r"\s?(?:UTC|GMT|Z|[ECMP][DS]?T|local)\b")
_PLURAL = r"(?=[\s-](?!(?:was|is|has|its|as|this|us|across|versus|vs)\b)(?:[a-z]+s|people)\b)"


def _name_month(name: str) -> str:
    return SHORT_MONTHS.get(name.rstrip("."), name)


def _say_american(match: re.Match[str], _context: Context) -> Saying:
    month, day, year = match.groups()
    if not 1 <= to_number(day) <= 31:
        return None
    words = f"{_name_month(month)} {ordinal(day)}"
    return f"{words}, {pairs(year)}" if year else words


def _say_days(match: re.Match[str], _context: Context) -> Saying:
    month, first, last = match.groups()
    return f"{_name_month(month)} {ordinal(first)} to {ordinal(last)}"


def _find_century(year: str) -> str:
    """The first digits of a year that is printed without them."""
    return "20" if to_number(year) < 50 else "19"


def _say_hundreds(match: re.Match[str], _context: Context) -> Saying:
    """A time of day without its colon, as in "0600 UTC"."""
    hour, minute = match.groups()
    words = f"{'oh ' if to_number(hour) else ''}{cardinal(hour)}"
    if not to_number(minute):
        return f"{words} hundred"
    return f"{words} {'oh ' * (minute[0] == '0')}{cardinal(minute)}"


def _say_zone(match: re.Match[str], _context: Context) -> Saying:
    """How far a zone is from UTC, as in "UTC−08:00"."""
    zone, sign, hours, minutes = match.groups()
    words = (
        f"{' '.join(zone)} {'plus' if sign == '+' else 'minus'} {cardinal(str(to_number(hours)))}"
    )
    return words if to_number(minutes or "0") == 0 else f"{words} {cardinal(minutes)}"


def _say_days_before(match: re.Match[str], _context: Context) -> Saying:
    """Days before their month, as in "3–7 November 2021"."""
    first, last, month, year = match.groups()
    if not 0 < to_number(first) < to_number(last) <= 31:
        return None
    words = f"the {ordinal(first)} to the {ordinal(last)} of {_name_month(month)}"
    return f"{words} {pairs(year)}" if year else words


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


def _say_short_date(match: re.Match[str], _context: Context) -> Saying:
    """A date with two digits of its year, behind a word such as "on"."""
    before = match.string[max(match.start() - 12, 0) : match.start()]
    paired = _DATE_BEFORE.search(before) or _DATE_AFTER.match(match.string, match.end())
    if not paired and not _ON.search(before):
        return None
    month, day, year = match.groups()
    return _say_date(_find_century(year) + year, to_number(month), day)


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
    at_clock = re.search(r"\bat\s$", match.string[: match.start()][-4:]) or ZONE.match(
        match.string, match.end()
    )
    if second and not half and not at_clock:
        parts = [(hour, "hour"), (minute, "minute"), (second, "second")]
        counted = [f"{cardinal(n)} {name}{'s' * (to_number(n) != 1)}" for n, name in parts]
        return f"{counted[0]}, {counted[1]} and {counted[2]}"
    if second:
        words += f" and {cardinal(second)} second{'s' * (to_number(second) != 1)}"
    return f"{words} {_say_half(half)}" if half else words


def _say_hours(match: re.Match[str], _context: Context) -> Saying:
    """A range of hours, as "9am–5pm" and "9–11 am"."""
    ends = [
        " ".join(filter(None, (say_time(hour, minute), half and _say_half(half))))
        for hour, minute, half in (match.groups()[:3], match.groups()[3:])
    ]
    return " to ".join(ends)


def say_time(hour: str, minute: str | None) -> str:
    """A time of day without its half, as "nine" and "ten oh five"."""
    if not minute or not to_number(minute):
        return cardinal(hour)
    return f"{cardinal(hour)} {'oh ' * (minute[0] == '0')}{cardinal(minute)}"


def _say_stamp(match: re.Match[str], _context: Context) -> Saying:
    """A date and a time as ISO 8601 has them."""
    year, month, day, hour, minute, _second, zone = match.groups()
    date = _say_date(year, to_number(month), day)
    if not date or to_number(hour) > 24 or to_number(minute) > 59:
        return None
    words = f"{date}, at {say_time(hour, minute)}"
    if not to_number(minute):
        words += " hundred hours"
    if not zone or zone == "Z":
        return f"{words} U T C" if zone else words
    sign = "plus" if zone[0] == "+" else "minus"
    return f"{words} U T C {sign} {cardinal(zone[1:3])}"


def _say_dotted(match: re.Match[str], _context: Context) -> Saying:
    day, month, year = match.groups()
    return _say_date(year, to_number(month), day)


def _say_count(match: re.Match[str], _context: Context) -> Saying:
    """How many there are, as in "1950 patients"; a year in "the 2024 elections"."""
    text = match.string
    dated = _DATED.search(text[max(match.start() - 12, 0) : match.start()])
    if dated and match[0][:2] in {"17", "18", "19", "20"} and not _COUNTED.match(text, match.end()):
        return pairs(match[0])
    return cardinal(match[0])


def _say_day(match: re.Match[str], _context: Context) -> Saying:
    """A day without its year, as "on 12/25"."""
    month, day = match.groups()
    before = match.string[max(match.start() - 16, 0) : match.start()]
    meant = (month, day) == ("12", "25") or (_ON.search(before) and not _DID.search(before))
    if not meant or not (1 <= to_number(month) <= 12 and 12 < to_number(day) <= 31):
        return None
    return f"{MONTHS[to_number(month) - 1]} {ordinal(day)}"


def _say_day_range(match: re.Match[str], _context: Context) -> Saying:
    """From one day to a later one, as in "(Gallup, 5/1–5/18)"; else fractions."""
    numbers = [to_number(part) for part in match.groups()]
    first, last = numbers[:2], numbers[2:]
    dated = all(1 <= month <= 12 and 1 <= day <= 31 for month, day in (first, last))
    parted = {first[1], last[1]} <= {2, 4, 8, 16}  # as inches are
    if not dated or parted or last[1] <= 12 or first >= last:
        return None
    days = (f"{MONTHS[month - 1]} {ordinal(str(day))}" for month, day in (first, last))
    return " to ".join(days)


def _say_figures(match: re.Match[str], _context: Context) -> Saying:
    """Several things with a number for their name, as "4090s"; "3600s" are seconds."""
    words = label(match[1])
    return None if match[1].endswith("00") else inflect_number(words)


def _say_decade(match: re.Match[str], _context: Context) -> Saying:
    """Ten years by their last two digits, where the words around them say that they are years."""
    before = match.string[max(match.start() - 24, 0) : match.start()]
    after = match.string[match.end() : match.end() + 24]
    meant = _AGE.search(before) or _DECADE_BEFORE.search(before) or _DECADE_AFTER.match(after)
    return decade(match[1]) if meant else None


def _say_hour(match: re.Match[str], _context: Context) -> Saying:
    if to_number(match[1]) > 24:
        return None
    return f"{cardinal(match[1])} {_say_half(match[2])}"


def _say_half(text: str) -> str:
    return " ".join(re.sub(r"[\s.]", "", text).upper())


def _say_season(match: re.Match[str], _context: Context) -> Saying:
    """A year and the end of what began in it, as "1995/96"."""
    first, last = match.groups()
    if not 0 < (to_number(last) - to_number(first[2:])) % 100 < 10:
        return None
    if last == "00":
        return f"{pairs(first)} {pairs(str(to_number(first) + 1))}"
    return f"{pairs(first)} {'oh ' if last[0] == '0' else ''}{cardinal(last)}"


def _say_years(match: re.Match[str], _context: Context) -> Saying:
    first, last = match[1], match[2].lstrip("'’")
    if _MEASURED.match(match.string, match.end()):
        return None
    if last == "20":  # "to twenty" alone would be too short to follow
        last = first[:2] + last
    return f"{pairs(first)} to {pairs(last) if len(last) == 4 else cardinal(last)}"


_MEASURED = re.compile(
    r"\s?(?:[nµmck]?m|°|K|[kMGT]?Hz|m?g|kg|[kM]?[VW]|[GMT]B|ms|k?pc|cm⁻¹|ppm|bp)(?![\w’'])"
)
"""A unit behind what else would be years, as in "1530–1565 nm"."""
_DATED = re.compile(
    r"(?:\b(?i:the|in|by|until|before|after|during|since)|(?:1[789]|20)\d\d,?\s(?:and|or|to)"
    r"|(?<![A-Z])[A-Z]{3,8})\s$"
)
"""What stands before a year rather than before a count."""
_COUNTED = re.compile(
    r"[\s-](?:people|participants|patients|users|subjects|students|respondents|volunteers|"
    r"adults|children|workers|men|women|samples|images|videos|frames|tokens|words|sentences|items|"
    r"documents|pages|examples|questions|prompts|trials|tasks|steps|runs|genes|proteins|cells|"
    r"neurons|species|parameters|dimensions|pixels|bits|bytes|cores|nodes|points|stars|galaxies|"
    r"hours|minutes|seconds|days|years|dollars|euros|units|units|times|rows|lines|pairs)\b"
)
_AGE = re.compile(r"\b(?:[Tt]he|[Hh]er|[Hh]is|my|our|your|their|early|mid|late)[\s-]$")
_DECADE_BEFORE = re.compile(r"\d0s(?:\s?(?:and|or|to|&|–|-|,)\s|[–-])$|['’]\d0s(?:,| and)\s$")
_DECADE_AFTER = re.compile(
    r"\s(?:and|or|to)\s(?:the\s)?['’]?[2-9]0s\b|"
    r"\s(?:music|rock|pop|films?|movies?|style|era|kids?|hits?|synth|TV|fashion|sci-fi|songs?|bands?|"
    r"vibes?|look|feel|disco|punk|funk|soul|hair|nostalgia|aesthetics?|sitcoms?|cartoons?|slang|"
    r"revival|throwback|decor|icons?)\b"
)
_DATE_BEFORE = re.compile(r"\d/\d\d\s?(?:to|through|until|and|[-–])\s?$")
_DATE_AFTER = re.compile(r"\s?(?:to|through|until|and|[-–])\s?\d{1,2}/\d{1,2}/\d\d(?!\d)")
_ON = re.compile(
    r"(?:@|\b(?:as\sof|[Oo]n|[Bb]y|[Uu]ntil|[Ss]ince|[Dd]ue|[Dd]ated|[Bb]efore|[Aa]fter|[Pp]osted|[Uu]pdated|"
    r"[Ff]iled|[Cc]losed|[Oo]pened|[Ee]nded|[Ll]aunched|[Rr]eleased|[Pp]ublished|[Aa]ccessed|[Ss]igned|[Ee]ffective))\s$"
)
_DID = re.compile(
    r"\b(?:worse|better|best|well|right|wrong|correct|failed|passed|agreed|won)\son\s$"
)
"""Before a count rather than a day, as in "worse on 11/14"."""
_MANY = {1: "tens", 2: "hundreds", 3: "thousands"}
_HALF = r"([AaPp]\.?\s?[Mm](?:\.(?=\s+[a-z,]|[,;:)])|(?![\w.])|(?=\.)))"
RULES: tuple[Rule, ...] = (
    rule("date", "d", r"(\d{4})-(\d\d)-(\d\d)(?![\w-])", _say_iso),
    rule("date", "d", r"(\d{4})/(\d{1,2})/(\d{1,2})(?![\w/])", _say_iso),
    rule("date", "d", r"(\d{1,2})/(\d{1,2})/(\d{4})(?![\w/])", _say_slashed),
    rule("date", "d", r"(?<![\d/.])(?:(0[1-9]|1[0-2])|(?:(?<=rom\s)|(?<=ince\s)|(?<=etween\s)|"
         r"(?<=and\s)|(?<=to\s)|(?<=in\s))([1-9]))/((?:19|20)\d\d)(?![\w/])",
         lambda m, _c: f"{MONTHS[int(m[1] or m[2]) - 1]} {pairs(m[3])}"),
    rule("date", "d", r"(\d{1,2})/(\d{1,2})/(\d\d)(?![\w/])", _say_short_date),
    rule("date", "d", rf"(\d{{1,2}})\s?[-–]\s?(\d{{1,2}})\s{_MONTH}(?:\s({YEAR}))?(?!\w)",
         _say_days_before),
    rule("zone", "U", r"(UTC|GMT)\s?([+−-])(\d{1,2})(?::?(\d\d))?(?!\w)",
         _say_zone),
    rule("light and dark", "d", r"(\d{1,2}):(\d{1,2})[\s-]?h(?=[\s-](?:light|L\s?[:/]\s?D|dark))",
         lambda m, _c: f"{cardinal(m[1])} to {cardinal(m[2])} hour"),
    rule("date", "U", rf"{_MONTH}\s(\d{{1,2}})\s?[-–]\s?(\d{{1,2}})(?!\d|[-–%])", _say_days),
    rule("date", "U", rf"{_MONTH}\s(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s({YEAR}))?(?![\w%]|[.,:]\d)",
         _say_american),
    rule("date", "U", rf"{_MONTH},?\s({YEAR})(?![\w%])", _say_month_year),
    rule("date", "U", rf"{_MONTH}\s['’](\d\d)(?!\w)",
         lambda m, _c: f"{_name_month(m[1])} {pairs(_find_century(m[2]) + m[2])}"),
    rule("date", "Uld", rf"([Tt]he\s)?(\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s{_MONTH}(?![\w])"
         rf"(?:,?\s({YEAR})(?!\w))?", _say_british),
    rule("date", "d", r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?"
         r"(Z|[+−-]\d\d:?\d\d)?(?![\w:])", _say_stamp),
    rule("date", "d", r"(\d{1,2})\.(\d{1,2})\.((?:1[1-9]|2[01])\d\d)(?![\w]|\.\d)", _say_dotted),
    rule("date", "d", r"(\d{1,2})/(\d{1,2})\s?[–-]\s?(\d{1,2})/(\d{1,2})(?![\d/\w])",
         _say_day_range),
    rule("date", "d", r"(\d{1,2})/(\d{1,2})(?![\d/\w]|[.,]\d|\s[a-z]{3,}s\b)", _say_day),
    rule("time", "d", rf"(?<!\d)(\d{{1,2}})(?::(\d\d))?\s?([AaPp]\.?\s?[Mm]\.?)?\s?(?:[-–—]|to)\s?"
         rf"(\d{{1,2}})(?::(\d\d))?\s?{_HALF}", _say_hours),
    rule("time", "d", rf"(\d{{1,2}}):(\d\d)(?::(\d\d))?\s?{_HALF}", _say_clock),
    rule("time", "d", r"(\d{1,2}):(\d\d)(?::(\d\d))?()(?![\w:]|[.,]\d)"
         r"(?!(?:,?\s(?:and|or)\s\d{1,2}:\d{1,2}|,\s\d{1,2}:\d{1,2}){0,4}"
         r"\s(?:ratio|slopes?|split|mix|odds|scale|aspect|dilution|to\s"
         r"(?!\d{1,2}:[0-5]\d(?:[.,;)]|$|\s(?:UTC|GMT|[A-Z]{2,4}T\b|local|on\b|the\snext)))))",
         _say_clock),
    rule("time", "d", rf"(\d{{1,2}})\s?{_HALF}", _say_hour),
    rule("range", "p", r"(?<=\d:\d\d)[–-](?=\d{1,2}:\d\d(?!\w))", " to "),
    rule("time", "d", r"(0\d)([0-5]\d)(?=\s?(?:UTC|GMT|Z|hours|hrs|h|local|[ECMP][SD]?T)(?!\w))",
         _say_hundreds),
    rule("years", "d", rf"({YEAR})/(\d\d)(?![\w/])", _say_season),
    rule("years", "d", rf"({YEAR})(?:\s?[-–]\s?(?={YEAR})|[-–]|\s[-–]\s(?!\d\d\s[a-z]))"
         rf"({YEAR}|['’]?\d\d)(?![\w%]|[.,-]\d)", _say_years),
    rule("year", "d", r"(20\d\d)(['’]s)(?!\w)", lambda m, _c: f"{pairs(m[1])}'s"),
    rule("decade", "d", r"((?:1[5-9]|20)\d0)['’]?s(?!\w)", lambda m, _c: decade(m[1])),
    rule("decade", "p", r"['’‘](\d0)s(?!\w)", lambda m, _c: decade(m[1])),
    rule("decade", "d", r"((?:1[1-4]|21)\d0)['’]?s(?!\w)",
         lambda m, _c: decade(m[1]) if _AGE.search(m.string[: m.start()][-8:]) else None),
    rule("figures", "d", r"(\d{4})s(?!\w)", _say_figures),
    rule("decade", "d", r"([2-9]0)s(?!\w)", _say_decade),
    rule("decade", "Ul", r"([Ee]arly|[Mm]id|[Ll]ate)-((?:19|20)?[2-9]0)s(?!\w)",
         lambda m, _c: f"{m[1]} {decade(m[2])}"),
    rule("ordinal", "Ul", r"([Ee]arly|[Mm]id|[Ll]ate|[Pp]ost|[Pp]re|[Tt]urn-of-the)[-‐‑]"
         r"(\d{1,2})(?:st|nd|rd|th)(?!\w)",
         lambda m, _c: f"{m[1].replace('-', ' ')} {ordinal(m[2])}"),
    rule("class of", "p", r"['’](\d\d)(?!\w)",
         lambda m, _c: f"{'oh ' * (m[1][0] == '0')}{cardinal(m[1]) if m[1] != '00' else 'oh'}"),
    rule("many", "d", r"1(,?0{1,3})s(?=\sof\b)", lambda m, _c: _MANY[m[1].count("0")]),
    rule("many", "d", r"1(0{1,2}),?000s(?=\sof\b)",
         lambda m, _c: f"{_MANY[len(m[1])]} of thousands"),
)  # fmt: skip
YEARS: tuple[Rule, ...] = (
    rule("year", "d", r"(?:(?<=\b[Ii]n\s)(?!10(?:24|80))|(?<=[a-z]\s\())10[1-9]\d(?=\)|,\s[^\d\s])",
         lambda m, _c: pairs(m[0])),
    rule("number", "d", rf"{YEAR}{_END}{_PLURAL}", _say_count),
    rule("year", "d", rf"{YEAR}{_END}", lambda m, _c: pairs(m[0])),
    rule("year", "d", r"(\d{1,4})\s?(BCE|CE|BC|AD)(?!\w)",
         lambda m, _c: f"{pairs(m[1]) if len(m[1]) == 4 else cardinal(m[1])} {' '.join(m[2])}"),
)  # fmt: skip
