"""Two values side by side: before one unit, as "2.4/5 GHz", or each with its own, as "5 V/2 A"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.lexicon.letters import name_letters
from paperledge_audio.spoken.numbers.patterns import N, counts_as_one
from paperledge_audio.spoken.numbers.units.grammar import read_unit
from paperledge_audio.spoken.numbers.units.running import is_meant
from paperledge_audio.spoken.numbers.units.table import LETTERS
from paperledge_audio.spoken.numbers.words import bare, decimal, label, to_number
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_SECOND = re.compile(rf"\s?/\s?{N}(?:\s?|-)")
_NO_PAIR = re.compile(
    r"mmHg|pts?|in|ft|mi|yd|lbs?|oz|gal|qt|tsp|tbsp|h|hr|hrs|s|sec|d|wk|mo|yr|yrs|y|%|°"
)
"""Units that people have fractions of, patients ("pts"), and the unit of blood pressure."""
_SMALLEST = {"length": 20, "other": 5}
"""Below it, a second number is mostly the denominator of a fraction."""
_SYSTEM = re.compile(r"\s(?:panels?|systems?|supply|supplies|service|circuits?|power)\b")


def _say_measures(match: re.Match[str], _context: Context) -> Saying:
    """Two measures of one thing, as in "a 5 V/2 A charger" and "100 MW/400 MWh"."""
    text, start = match.string, match.end()
    unit = read_unit(text, start, match.endpos)
    second = _SECOND.match(text, unit.end, match.endpos) if unit else None
    other = read_unit(text, second.end(), match.endpos) if second else None
    if not unit or not second or not other:
        return None
    if unit.symbol != "A" and not is_meant(unit, text, start):
        return None
    if not is_meant(other, text, second.end()):
        return None
    one = counts_as_one(match, other.end)
    words = [
        f"{decimal(number)} {name.say(one=one or number == '1' or text[place - 1] == '-')}"
        for number, name, place in ((match[1], unit, start), (second[1], other, second.end()))
    ]
    return name_letters(text[match.start() : other.end], ", ".join(words), "unit")


def _say_values(match: re.Match[str], _context: Context) -> Saying:
    """Two values of one unit, as in "480/277 V", "2.4/5 GHz" and "50/125 µm"."""
    first, second = match.groups()
    text, start = match.string, match.end()
    unit = read_unit(text, start, match.endpos)
    if not unit or _NO_PAIR.fullmatch(unit.factors[0].symbol) or not is_meant(unit, text, start):
        return None
    pointed = "." in first + second
    smallest = _SMALLEST["length" if unit.factors[0].name.is_length else "other"]
    if first == "1" or (not pointed and to_number(bare(second)) < smallest):
        return None
    one = counts_as_one(match, unit.end) or _SYSTEM.match(text, unit.end)
    say = label if unit.symbol == "V" and not pointed else decimal
    words = f"{say(first)}, {say(second)} {unit.say(one=bool(one))}"
    return name_letters(text[match.start() : unit.end], words, "unit")


def _say_layup(match: re.Match[str], _context: Context) -> Saying:
    """The angles of a laminate, as in "a [0/±45/90]_2s layup"; "s" is symmetric."""
    angles, times, symmetric = match.groups()
    if not ("±" in angles or times or symmetric or angles.count("/") > 1):
        return None
    said = [
        ("plus or minus " if angle[0] == "±" else "minus " * (angle[0] in "-−"))
        + decimal(angle.lstrip("±-−+"))
        for angle in angles.split("/")
    ]
    said += [f"{decimal(times)} times"] if times else []
    return f" {', '.join(said)}{', symmetric' if symmetric else ''}"


_ANGLE = r"[±+−-]?\d{1,2}"
_STARTS = rf"(?=[{LETTERS}])"
RULES: tuple[Rule, ...] = (
    rule(
        "layup",
        "sp",
        rf"\s?\[(±?{_ANGLE}(?:/{_ANGLE}){{0,9}})\](?:_\{{?)?(\d)?([sSₛ])?\}}?"
        r"(?=[\s.,;)]|$)",
        _say_layup,
    ),
    rule("measures", "d", rf"{N}(?:\s?|-){_STARTS}(?=[^\s/]{{1,5}}\s?/\s?\d)", _say_measures),
    rule("values", "d", rf"{N}Y?/{N}(?:\s?|-){_STARTS}", _say_values),
)
