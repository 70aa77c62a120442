"""Letters behind numbers that are no units: those of formulas, phases and planets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperledge_audio.spoken.numbers.units.grammar import Unit

_PHASE = re.compile(r"[a-dBCFGHPSMKTU]/\d")
"""The letters of "phase 2b/3" and "8B/70B"."""
_QUOTIENT = re.compile(r"/(?:\d{1,2}(?![\d.]*\s?[A-Za-zµμ])|[a-z](?!\w)|\()")
"""Behind a letter that is a variable, as in "2L/n" and "3kT/2"."""
_SHORT = re.compile("[A-Za-z]{1,2}[²³]?")
_HALVED = re.compile(r"[A-Za-z]{1,2}/\d{1,2}(?!\d|\s?[a-zµμA-Z]{1,3}(?!\w))")
_OF_VARIABLES = re.compile(r"[A-Z]/[A-Z](?!\w)")
_EQUALS = re.compile(r"=\s?[-−]?[\d.]{1,6}$")
_ROW = re.compile(r"[bcd](?:/[c-h])+(?!\w)")
"""Several planets or parts, as in "HR 8799 b/c"."""
_ADDED = re.compile(r"(?:(?<![\w.])\d{1,6}|(?<![\w.])[\d.]{0,6}([A-Za-z]))\s?[+−]\s?[\d.]{1,6}$")
_ADDS = re.compile(r"\s?[+−]\s?(?:\d{1,6}(?=[,;)]|\.?(?:\s|$))|[\d.]{0,6}([A-Za-z])(?!\w))")
"""A term before and behind, of which a sum is: "1.2D + 1.6L" and "3g − 3"."""
_FACTOR_AFTER = re.compile(r"[‖∥|]\w|\([a-z]\(")
"""A norm or a bracket that a letter multiplies, as in "2L‖x‖"."""
_DOTTED = re.compile(r"\.[a-z]\.")
"""An abbreviation with dots, as "d.o.f."."""


def is_variable(unit: Unit, text: str, start: int) -> bool:
    """Whether what looks like a unit, and starts at `start`, is a letter of a formula or a name."""
    named = _ROW.match(text, start) or _DOTTED.match(text, unit.end)
    if named or (unit.factors[0].symbol == "y" and not unit.symbol):  # as in "1 y² = 1"
        return True
    if not text[start - 1].isdigit():
        return False
    if len(unit.symbol) == 1 and _FACTOR_AFTER.match(text, unit.end):
        return True
    divided = _PHASE.match(text, start) or _is_divided(unit, text, start)
    return bool(divided) or _is_added(unit, text, start)


def _is_divided(unit: Unit, text: str, start: int) -> bool:
    """Whether a letter right behind a number is in a quotient, as in "2L/n" and "3kT/2"."""
    if _QUOTIENT.match(text, unit.end):
        return bool(_SHORT.fullmatch(text, start, unit.end))
    divided = _HALVED.match(text, start) or _OF_VARIABLES.match(text, start)
    return bool(divided and _EQUALS.search(text[max(start - 16, 0) : start]))


def _is_added(unit: Unit, text: str, start: int) -> bool:
    """Whether a letter right behind a number is in a sum with something else, as in "2 − 2g"."""
    symbol = unit.factors[0].symbol
    if len(symbol) > 1 or len(unit.factors) > 1:
        return False
    added = _ADDED.search(text[max(start - 16, 0) : start])
    adds = _ADDS.match(text, unit.end)
    return any(term and term[1] != symbol for term in (added, adds))
