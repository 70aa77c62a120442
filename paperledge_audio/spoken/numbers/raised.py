"""Raised dots between digits: a decimal point, as "0·85" in some journals, or a product."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers.words import cardinal, spell_digits
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_DECIMAL = re.compile(
    r"(?<![\d·.])(?:0·\d|\d{1,3}·\d{1,3}\s?%|\d{1,3}·\d{1,3}(?:–|\sto\s)\d{1,3}·)"
)
"""What shows that a raised dot is a decimal point."""
_REACH = 80


def _is_decimal(match: re.Match[str]) -> bool:
    near = match.string[max(match.start() - _REACH, 0) : match.end() + _REACH]
    return bool(_DECIMAL.search(near))


def _say_dot(match: re.Match[str], _context: Context) -> Saying:
    return " point " if _is_decimal(match) else " times "


def _say_number(match: re.Match[str], _context: Context) -> Saying:
    """A number with a raised decimal point; a second one, of a range, goes with it."""
    if not _is_decimal(match):
        return None
    numbers = (f"{cardinal(whole)} point {spell_digits(part)}" for whole, part in _PARTS(match[0]))
    return " to ".join(numbers)


_PARTS = re.compile(r"(\d{1,3})·(\d{1,4})").findall
_N = r"\d{1,3}·\d{1,4}(?![\d·])"
RULES: tuple[Rule, ...] = (
    rule("number", "d", rf"(?<![\d·.]){_N}(?:[–-]{_N})?", _say_number),
    rule("times", "p", r"(?<=\d)[·⋅](?=\d)", _say_dot),
)
