"""A chemical formula → its words: "Fe₃O₄" is "F E three O four"."""

from __future__ import annotations

import re
import unicodedata

from paperledge_audio.spoken.chemistry.elements import ELEMENTS, METALS, NONMETALS
from paperledge_audio.spoken.numbers.words import decimal

COUNT = r"(?:[₀-₉][₋₊][δxyₓ]|[₀-₉]\.[₀-₉]{1,3}|[₀-₉ₓₙ]{1,4}+|\d{1,3}+(?:\.\d{1,3}+)?)?"
ATOMS = rf"(?:[A-Z][a-z]?{COUNT}){{1,12}}+"
GROUP = rf"\({ATOMS}\){COUNT}"
FORMULA = rf"(?:{ATOMS}(?:{GROUP})?){{1,4}}+"
_SYMBOL = r"[FM]A(?![a-z])|[A-Z][a-z]?"
_PIECE = re.compile(
    rf"(?P<symbol>{_SYMBOL})|(?P<first>[₀-₉])(?P<sign>[₋₊])(?P<part>[δxyₓ])"
    r"|(?P<count>[₀-₉]+(?:\.[₀-₉]+)?|\d+(?:\.\d+)?)|(?P<letter>[ₓₙ])|[()]"
)
_ORGANIC = {"Me", "Et", "Ph", "Bu", "Ac"}
"""Groups that are written like elements inside brackets."""
_CATIONS = {"FA", "MA"}
"""Groups of a perovskite, whose metal is lead or tin."""
_ACRONYMS_ROW = """
    NaN NiN CoC CoS CoI CoN CoP CoF CoB CoH CoO MoS CoCa MoCo BiS BiC CsC AsI TaC LaC ScC InC InI
    CuB SnB TiP CaP BaC
"""
_ACRONYMS = frozenset(_ACRONYMS_ROW.split())
"""Names that look like formulas: not a number, point of care, contrastive captioners."""


def spell_formula(formula: str) -> str | None:
    """A formula's symbols as letters, its counts as numbers; None unless all symbols are real.

    >>> spell_formula("Fe₃O₄"), spell_formula("NaOH"), spell_formula("Llama2")
    ('F E three O four', 'N A O H', None)
    """
    words = []
    place = 0
    while place < len(formula):
        piece = _PIECE.match(formula, place)
        if not piece:
            return None
        place = piece.end()
        symbol, count, letter = piece["symbol"], piece["count"], piece["letter"]
        if symbol:
            grouped = symbol in _ORGANIC and "(" in formula
            if symbol not in ELEMENTS and not grouped and not _is_group(symbol, formula):
                return None
            words.append(" ".join(symbol.upper()))
        elif piece["first"]:
            number = decimal(unicodedata.normalize("NFKC", piece["first"]))
            part = {"δ": "delta", "ₓ": "X"}.get(piece["part"], piece["part"].upper())
            words.append(f"{number} {'minus' if piece['sign'] == '₋' else 'plus'} {part}")
        elif count:
            words.append(decimal(unicodedata.normalize("NFKC", count)))
        elif letter:
            words.append("X" if letter == "ₓ" else "N")
    return " ".join(words)


def _is_group(symbol: str, formula: str) -> bool:
    """Whether a symbol that no element has stands for a group: on a perovskite, on a MXene."""
    if symbol in _CATIONS:
        return "Pb" in formula or "Sn" in formula
    return symbol == "Tx" and re.search(r"C(?:\d|[₂₃])?Tx$", formula) is not None


def is_formula(token: str) -> bool:
    """Whether letters and digits are a formula rather than a name that looks like one.

    Capitals with plain digits ("H100") are left to names, which say them in the same way.

    >>> [is_formula(name) for name in ("LiFePO4", "SO₄", "GaAs", "NaN", "MoCoV2", "H100")]
    [True, True, True, False, False, False]
    """
    symbols = re.findall(_SYMBOL, token)
    known = ELEMENTS.keys() | _ORGANIC
    if not symbols or any(s not in known and not _is_group(s, token) for s in symbols):
        return False
    if "." in token and len(symbols) == 1 and token.isascii():
        return False  # a version
    if re.search("[₁-₉ₓₙ]", token):
        return len(token) > 2 or "₀" not in token
    mixed = any(len(symbol) == 2 for symbol in symbols)
    if not mixed or token in _ACRONYMS or re.search(r"(?<=[a-z])V\d$|^[A-Z][a-z]$", token):
        return False
    return _is_compound(symbols, counted=re.search(r"\d", token) is not None)


def _is_compound(symbols: list[str], *, counted: bool) -> bool:
    """Whether the elements are those of a compound or an alloy, whose atoms may be counted."""
    if len(symbols) > 2 and METALS.issuperset(symbols):
        return True
    if counted:
        return len(symbols) > 1 or symbols[0] in METALS | {"Cl", "Br", "Se", "Si"}
    if symbols in (["H", "Cl"], ["H", "Br"]):
        return True
    return symbols[0] in METALS | {"Si", "Ge"} and (
        symbols[-1] in NONMETALS or "".join(symbols) in _ALLOYS
    )


_ALLOYS_ROW = """
    NiFe FeNi NiTi NbTi CoFe FeCo CuZn NiCr PtRu FePt PtCo CoPt AlGa CdZn
    NiMo CoMo PtSn PdAu AuPd AgAu AuAg PdAg CuNi NiCu PtNi NiPt NiAl TiAl CuSn NiCo CoNi FeCr FeMn
    CuAg CuPd MgZn InSn
"""
_ALLOYS = frozenset(_ALLOYS_ROW.split())
