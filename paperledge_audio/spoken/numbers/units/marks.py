"""Marks for angles, feet and inches: "12° 30′", "4'×8'", "2.2′ × 2.2′", "3–6″"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers.patterns import TO, N, counts_as_one
from paperledge_audio.spoken.numbers.units import meanings
from paperledge_audio.spoken.numbers.words import cardinal, decimal, fraction
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_PAUSED = "rest|rests|jog|recovery|holds?|pauses?|breaks?|sprints?|intervals?|planks?|efforts?"
_WINDS = {"N": "north", "S": "south", "E": "east", "W": "west"}


def _say_angle(match: re.Match[str], _context: Context) -> Saying:
    degrees, minutes, seconds, wind = match.groups()
    parts = [(degrees, "degree"), (minutes, "minute"), (seconds, "second")]
    words = [f"{decimal(n)} {name}{'s' * (n != '1')}" for n, name in parts if n]
    return " ".join([*words, *([_WINDS[wind]] if wind else [])])


def _say_inches(match: re.Match[str], _context: Context) -> Saying:
    """Inches, unless the mark closes a quotation."""
    before = match.string[: match.start()]
    if before[-1:] in {'"', "“"} or (
        match[2] == "″" and meanings.is_sky(match.string, match.start())
    ):
        return None
    if match[2] in '"”' and _closes_quote(match):
        return None
    one = match[1] == "1" or counts_as_one(match) or _describes(match)
    return f"{decimal(match[1])} {'inch' if one else 'inches'}"


def _closes_quote(match: re.Match[str]) -> bool:
    """Whether a quotation mark before is still open, so that this one closes it."""
    before = match.string[max(match.start() - 400, 0) : match.start()]
    return len(re.findall(r'(?<!\d)["“”]', before)) % 2 == 1


def _name_mark(match: re.Match[str], mark: str) -> str:
    """What a mark behind numbers stands for: angles where it is about the sky, else lengths."""
    sky = mark in "′″" and meanings.is_sky(match.string, match.start())
    if mark in "′'’":
        return "arcminutes" if sky else "feet"
    return "arcseconds" if sky else "inches"


def _say_sides(match: re.Match[str], _context: Context) -> Saying:
    """Two sides, as "2.2′ × 2.2′" and "4'×8'"."""
    first, mark, second = match.groups()
    name = _name_mark(match, mark)
    if counts_as_one(match) or (_describes(match) and "arc" not in name):
        name = {"feet": "foot", "inches": "inch"}.get(name, name.removesuffix("s"))
    return f"{decimal(first)} by {decimal(second)} {name}"


def _say_marked_range(match: re.Match[str], _context: Context) -> Saying:
    first, second, mark = match.groups()
    return f"{decimal(first)} to {decimal(second)} {_name_mark(match, mark)}"


def _say_time(match: re.Match[str], _context: Context) -> Saying:
    """Minutes and seconds: more than twelve can't be inches, as in "2′30″"; the sky has angles."""
    minutes, seconds = match.groups()
    if meanings.is_sky(match.string, match.start()) or (seconds and int(seconds) < 12):
        return None
    parts = ((minutes, "minute"), (seconds, "second"))
    return " ".join(f"{cardinal(n)} {name}{'s' * (n != '1')}" for n, name in parts if n)


def _describes(match: re.Match[str]) -> bool:
    """Whether a noun follows, as in "a 5″ screen"."""
    return bool(_NOUN.match(match.string, match.end()))


_NOUN = re.compile(
    r"\s(?!(?:for|and|or|of|in|to|at|from|by|per|on|with|is|was|are|were|as|when|than|but|if|then)\b)"
    r"[A-Za-z\d]"
)


RULES: tuple[Rule, ...] = (
    rule("angle", "d", r"(\d{1,3}(?:\.\d{1,9})?)°\s?(?:(\d{1,2}(?:\.\d{1,9})?)[′'’]\s?)"
         r"(?:(\d{1,2}(?:\.\d{1,9})?)[″\"”]\s?)?(?:([NSEW])(?!\w))?", _say_angle),
    rule("angle", "d", r"(\d{1,3}(?:\.\d{1,9})?)\s?°\s?()()([NSEW])(?!\w)", _say_angle),
    rule("place", "d",
         r"(\d{1,2}(?:\.\d{1,4})?)\s?([NS]),?\s(\d{1,3}(?:\.\d{1,4})?)\s?([EW])(?!\w)",
         lambda m, _c: f"{decimal(m[1])} {_WINDS[m[2]]}, {decimal(m[3])} {_WINDS[m[4]]}"),
    rule("angle", "d", rf"{N}{TO}{N}\s?°\s?([NSEW])(?!\w)",
         lambda m, _c: f"{decimal(m[1])} to {decimal(m[2])} degrees {_WINDS[m[3]]}"),
    rule("time", "d", r"(\d{1,2})[′'’]\s?(\d\d)(?:[\"”″]|'')", _say_time),
    rule("time", "d", r"(?<=\bfor\s)(\d{1,2})′()(?=[\s,.;)])", _say_time),
    rule("time", "d", rf"(\d{{1,3}})\s?([′″])(?=\s(?:{_PAUSED})\b)",
         lambda m, _c: f"{cardinal(m[1])} {'minute' if m[2] == '′' else 'second'}"),
    rule("time", "p", r"(?<=\d)′(?=\s(?:on|off|@|at)(?!\w))",
         lambda m, _c: f" minute{'s' * (m.string[m.start() - 2 : m.start()].strip('/ ×') != '1')}"),
    rule("bearing", "U", r"(?<!\w)([NS])\s?(\d{1,2})°\s?([EW])(?!\w)",
         lambda m, _c: f"{_WINDS[m[1]]} {cardinal(m[2])} degrees {_WINDS[m[3]]}"),
    rule("height", "d", r"(\d)['’′]\s?(\d{1,2})(?:[\"”″]|'')",
         lambda m, _c: f"{cardinal(m[1])} foot {cardinal(m[2])}"),
    rule("size", "d", rf"{N}\s?([′″'’\"”])\s?[×x]\s?{N}\s?\2", _say_sides),
    rule("angle", "d", rf"{N}{TO}{N}\s?([′″])(?!\w)", _say_marked_range),
    rule("feet", "d", r"(\d{1,3})['’′]([\s-])(?=(?:tall|long|wide|high|deep)\b)",
         lambda m, _c: f"{cardinal(m[1])} {'feet' if m[2] == ' ' else 'foot'} "),
    rule("feet", "d", r"(?<=\b[Aa]\s)(\d{1,3})['’′](?=\s[a-z])",
         lambda m, _c: f"{cardinal(m[1])} foot"),
    rule("inches", "p", r"(?<=[½¼¾⅛⅜⅝⅞])\s?[″\"”](?=\s[A-Za-z]|[,.;)])",
         lambda m, _c: None if _closes_quote(m) else " inch"),
    rule("inches", "d", rf"{N}\s?([\"”″])(?=\s[A-Za-z\d×—–-]|[,.;:)]|$)", _say_inches),
    rule("inches", "d", r"(\d{1,2})/(\d{1,2})\s?[\"”″](?=\s[a-z]|[,.;:)])",
         lambda m, _c: f"{fraction(m[1], m[2])} inch"),
)  # fmt: skip
