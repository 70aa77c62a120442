"""Numbers in the plural that are no seconds: decades, ages, ratings, years of a bond."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers.words import (
    cardinal,
    decade,
    inflect_number,
    label,
    to_number,
)
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_LASTS = re.compile(
    r"\b(?:after|for|in|within|every|at|lasting|lasts?|took|takes?|than|about|from|"
    r"(?:delays?|durations?|intervals?|windows?|pauses?|lengths?|times?)\sof)\s$",
    re.IGNORECASE,
)
"""Before a length of time."""
_TIMED = re.compile(
    r"[\s-](?:delays?|windows?|intervals?|clips?|segments?|pauses?|gaps?|epochs?|bins?|blocks?|"
    r"trials?|chunks?|long|apart|later|each|timeouts?|stimul\w+|durations?)\b"
)
"""Behind a length of time."""
_AND = r"(?:,?\s(?:or|and|to)\s|,\s|/|–)"
_LIST_BEFORE = re.compile(rf"(?<!\w)(?:\ds{_AND}){{1,4}}$")
_LIST_AFTER = re.compile(rf"(?:{_AND}\ds(?!\w)){{1,4}}")
_MANY = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|several|many|straight)\s$", re.IGNORECASE
)


def _say_decades(match: re.Match[str], _context: Context) -> Saying:
    """Two decades or tens of an age, as in "1980s–90s" and "people in their 20s–30s"."""
    first, last = match.groups()
    before = match.string[max(match.start() - 12, 0) : match.start()]
    timed = _LASTS.search(before) or _TIMED.match(match.string, match.end())
    if len(first) == 2 and (timed or to_number(first) < 20):
        return None
    return f"{decade(first)} to {decade(last)}"


def _say_figure(match: re.Match[str], _context: Context) -> Saying:
    """Several of one digit, as in "most were 3s or 4s", "1s and 0s" and "five 3s"."""
    text = match.string
    before = text[max(match.start() - 40, 0) : match.start()]
    listed, goes_on = _LIST_BEFORE.search(before), _LIST_AFTER.match(text, match.end())
    end = goes_on.end() if goes_on else match.end()
    start = before[: listed.start()] if listed else before
    if _TIMED.match(text, end) or (_LASTS.search(start) and match[1] not in "01"):
        return None
    if not (listed or goes_on or _MANY.search(before)):
        return None
    return inflect_number(cardinal(match[1]))


def _say_ages(match: re.Match[str], _context: Context) -> Saying:
    """People by their ages, as "the 18–24s"."""
    first, last = match.groups()
    if to_number(first) >= to_number(last) or _TIMED.match(match.string, match.end()):
        return None
    return f"{cardinal(first)} to {inflect_number(cardinal(last))}"


def _say_records(match: re.Match[str], _context: Context) -> Saying:
    """Records by their speed, as "45s" and "78s"."""
    near = match.string[max(match.start() - 60, 0) : match.end() + 40]
    return inflect_number(cardinal(match[1])) if _VINYL.search(near) else None


_VINYL = re.compile(
    r"\b(?:vinyl|rpm|RPM|turntables?|jukebox\w*|singles|shellac|LPs?)\b", re.IGNORECASE
)
_YEARS = "(2|3|5|7|10|20|30)"
RULES: tuple[Rule, ...] = (
    rule("decades", "d", r"(?<![\d.,])((?:1[5-9]|20)?\d0)['’]?s\s?[–-]\s?['’]?(\d0)s(?!\w)",
         _say_decades),
    rule("decade", "d", r"(?<=\b[Tt]he\s)([2-9]0)['’]s(?!\w)", lambda m, _c: decade(m[1])),
    rule("bonds", "d", rf"{_YEARS}s\s?[–/-]?\s?{_YEARS}s"
         r"(?=\s(?:curve|spread|slope|steepen|flatten|inver))",
         lambda m, _c: " ".join(inflect_number(cardinal(years)) for years in m.groups())),
    rule("models", "d", r"(?<=\bModel\s)(\d)s(?!\w)", lambda m, _c: inflect_number(label(m[1]))),
    rule("years", "p", r"['’‘](\d\d)\s?[–-]\s?['’‘](\d\d)(?!\w)",
         lambda m, _c: f"{label(m[1])} to {label(m[2])}"),
    rule("records", "d", r"(?<![\d.,])(45|78)s(?!\w)", _say_records),
    rule("figures", "d", r"(?<![\d.,])(\d)s(?!\w)", _say_figure),
    rule("ages", "d", r"(?:(?<=\b[Tt]he\s)|(?<=\b[Aa]mong\s))(\d\d)[–-](\d\d)s(?!\w)", _say_ages),
)  # fmt: skip
