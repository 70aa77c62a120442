"""Lengths of time with a colon or two units: "2h 30m", "a lap of 1:21.3", "1:45 min"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers.patterns import counts_as_one
from paperledge_audio.spoken.numbers.times import ZONE, say_time
from paperledge_audio.spoken.numbers.words import cardinal, decimal, to_number
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_UNITS = {"h": "hour", "m": "minute", "s": "second"}
RACE = re.compile(
    r"\b(?:laps?|rac(?:es?|ing)|splits?|sw[ai]m|swimm\w+|ran|runs?|runners?|times?|timed|finish\w*|"
    r"records?|clocked|freestyle|marathon|relay|sprints?|miles?|heats?|qualif\w+|skat\w+|row\w+|WR|IM|"
    r"\d\sk?m\sin)\b"
)
_AT = re.compile(r"\b(?:at|by|from|until|till|to|before|after|around|[Tt]ime)\s$")
"""What stands before a time of day."""


def _count(number: str, unit: str, *, one: bool = False) -> str:
    return f"{cardinal(number)} {unit}{'s' * (to_number(number) != 1 and not one)}"


def _say_neighbours(match: re.Match[str], _context: Context) -> Saying:
    """Two neighbouring units, as "2h 30m" or "3m 20s"."""
    first, large, second, small = match.groups()
    if (large, small) not in {("h", "m"), ("m", "s")}:
        return None
    return f"{_count(first, _UNITS[large])} {_count(second, _UNITS[small])}"


def _say_lap(match: re.Match[str], _context: Context) -> Saying:
    """Minutes and parts of a second, as "a lap of 1:21.3"; else a ratio."""
    text = match.string
    near = text[max(match.start() - 60, 0) : match.end() + 30]
    if not RACE.search(near) or "ratio" in text[max(match.start() - 20, 0) : match.end() + 12]:
        return None
    minutes, seconds = match.groups()
    words = f"{decimal(seconds.removeprefix('0'))} seconds"
    return f"{_count(minutes, 'minute')} {words}" if to_number(minutes) else words


def _say_measured(match: re.Match[str], _context: Context) -> Saying:
    """A length before its unit, as "1:45 min" and "2:03:14 h"; "at 10:30 h" is a time of day."""
    first, second, third, unit = match.groups()
    names = ("hour", "minute", "second") if unit[0] == "h" else ("minute", "second")
    if third and len(names) < 3:
        return None
    before = match.string[max(match.start() - 8, 0) : match.start()]
    if unit == "h" and not third and _AT.search(before):
        return say_time(first, second)
    one = counts_as_one(match)
    counted = zip((first, second, third or "0"), names, strict=False)
    return " ".join(_count(number, name, one=one) for number, name in counted if to_number(number))


def _say_both(match: re.Match[str], _context: Context) -> Saying:
    """Two lengths before their unit, as "6:30 to 4:45 min"."""
    *numbers, unit = match.groups()
    names = ("hour", "minute") if unit[0] == "h" else ("minute", "second")
    counted = [_count(number, name) for number, name in zip(numbers, names * 2, strict=True)]
    return f"{' '.join(counted[:2])} to {' '.join(counted[2:])}"


def _say_instant(match: re.Match[str], _context: Context) -> Saying:
    """Parts of a second behind hours and minutes: a time of day or a length."""
    hours, minutes, rest = match.groups()
    seconds = f"{decimal(rest.removeprefix('0'))} seconds"
    before = match.string[max(match.start() - 8, 0) : match.start()]
    if _AT.search(before) or ZONE.match(match.string, match.end()):
        return f"{say_time(hours, minutes)} and {seconds}"
    whole = [_count(hours, "hour")] if to_number(hours) else []
    return " ".join((*whole, _count(minutes, "minute"), seconds))


_MINUTES = r"(\d{1,2}):([0-5]\d)"
RULES: tuple[Rule, ...] = (
    rule("time", "d", rf"(?<![\d:]){_MINUTES}:([0-5]\d\.\d{{1,9}})(?![\w:]|\.\d)", _say_instant),
    rule("durations", "d", rf"(?<![\d:]){_MINUTES}(?:\s?[–-]\s?|\sto\s)"
         rf"{_MINUTES}\s?(hrs?|mins?)(?!\w)", _say_both),
    rule("duration", "d",
         rf"(?<![\d:]){_MINUTES}(?::([0-5]\d))?\s?(h|hrs?|min|mins)(?![\w:/]|[\s-](?:L\s?[:/]|light|dark))",
         _say_measured),
    rule("duration", "d", r"(\d{1,4})\s?y\s(\d{1,3})\s?d(?:\s(\d{1,2})\s?h)?(?!\w)",
         lambda m, _c: " ".join(
             _count(number, unit)
             for number, unit in zip(m.groups(), ("year", "day", "hour"), strict=True)
             if number
         )),
    rule("duration", "d", r"(\d{1,2}):([0-5]\d\.\d{1,3})(?![\w:]|\.\d)", _say_lap),
    rule("duration", "d",
         r"(?<!\d)(\d++)\s?([hm])\s?(\d{1,2})\s?([ms])(?:in|ec)?(?!\w)", _say_neighbours),
)  # fmt: skip
