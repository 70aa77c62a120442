"""Abbreviations in brackets that are said as the words before them are: these are left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.chemistry.elements import ELEMENTS
from paperledge_audio.spoken.names.words import WORD, read_word
from paperledge_audio.spoken.numbers.units.table import UNITS
from paperledge_audio.spoken.numbers.words import cardinal
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule


def _leave_repeated(match: re.Match[str], context: Context) -> Saying:
    """Nothing for an abbreviation that is said as the words before it are, as in "hertz (Hz)"."""
    unit = UNITS.get(match[1])
    names = {unit.one, unit.many} if unit else {"percent"} if match[1] == "%" else set()
    names |= {ELEMENTS[match[1]]} if match[1] in ELEMENTS else set()
    if not unit and re.fullmatch(r"[a-z]\w+", match[1], re.ASCII):
        names.add(_say_all([match[1]], context))
    if match[1].isdecimal():
        names.add(cardinal(match[1]))
    before = re.findall(WORD, match.string[max(match.start() - 40, 0) : match.start()])
    longest = max((len(name.split()) for name in names), default=0)
    spoken = {_say_all(before[-count:], context) for count in range(1, longest + 2)}
    return "" if {name.lower() for name in names} & spoken else None


def _say_all(words: list[str], context: Context) -> str:
    said = ("".join(span.said for span in read_word(word, context)) for word in words)
    return " ".join(said).lower().replace("-", " ").replace(" hundred and ", " hundred ")


RULES: tuple[Rule, ...] = (
    rule("abbreviation left out", "s", r"\s\(([^\s()]{1,9})\)", _leave_repeated),
)
"""They come before every rule for a bracket."""
