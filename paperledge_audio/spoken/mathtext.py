"""Mathematics: Greek letters, operators and formulas in LaTeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.markup import FORMULA
from paperledge_audio.spoken.rule import rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rule import Context, Saying

_NAMES = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma
    tau upsilon phi chi psi omega
"""
GREEK = dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _NAMES.split(), strict=True))


def _greek(match: re.Match[str], _context: Context) -> Saying:
    return GREEK.get(match[0].lower())


def _formula(match: re.Match[str], _context: Context) -> Saying:
    name = match[0].strip("$").strip().removeprefix("\\")
    return name if name.lower() in GREEK.values() else None


RULES = (
    rule("formula", "p", rf"(?:{FORMULA})", _formula),
    rule("Greek letter", "Ul", r"[α-ωΑ-Ω](?![^\W_])", _greek),
)
