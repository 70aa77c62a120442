"""Mathematics in running text: formulas, Greek letters, signs between variables, powers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.latex import GREEK, SYMBOLS, formula
from paperledge_audio.spoken.markup import FORMULA
from paperledge_audio.spoken.numbers import power
from paperledge_audio.spoken.quantities import SUPERSCRIPTS
from paperledge_audio.spoken.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rule import Rule

_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_SIGNS = "=≠≈≃∼≡≅∝±×·⋅÷∈∉⊂⊆⊃⊇∪∩∀∃¬∧∨⊕⊗⊙∘→←↦⇒⇔↔⟶∞∂∇∑∏∫√∅∆ℓℝℕℤℚℂ𝔼ℒℏ∥‖⊥⊤"
_IN_PROSE = {"→": "to", "≈": "about", "×": "times", "·": "", "⋅": "", "⇒": "which means"}


def _formula(match: re.Match[str], _context: Context) -> Saying:
    return formula(match[0].strip("$"))


def _greek(match: re.Match[str], _context: Context) -> Saying:
    return GREEK.get(match[0].lower())


def _sign(match: re.Match[str], _context: Context) -> Saying:
    sign = match[0].strip()
    return f" {_IN_PROSE.get(sign, SYMBOLS[sign])} "


def _raised(match: re.Match[str], _context: Context) -> Saying:
    text = match[0].removeprefix("^").strip("{}").translate(SUPERSCRIPTS).replace("−", "-")
    if re.fullmatch(r"-?\d{1,9}", text):
        return f" {power(text)}"
    words = formula(text)
    return words and f" to the {words}"


def _lowered(match: re.Match[str], _context: Context) -> Saying:
    return f" {formula(match[0].translate(_SUBSCRIPTS))} "


RULES: tuple[Rule, ...] = (
    rule("formula", "p", rf"(?:{FORMULA})", _formula),
    rule("formula", "p", r"\\\((?:.+?)\\\)", lambda m, _c: formula(m[0][2:-2])),
    rule("formula", "U", r"[OPE]\([^()]{1,40}(?:\([^()]{1,20}\)[^()]{0,20})*\)",
         lambda m, _c: _inline(m[0])),
    rule("formula", "Ul", r"[fgh]\([a-zθ](?:,\s?[a-zθ]){0,3}\)", lambda m, _c: formula(m[0])),
    rule("formula", "Ul", r"[A-Za-z]_(?:[A-Za-z0-9]|\{[^{}]{1,20}\})(?![\w])",
         lambda m, _c: formula(m[0])),
    rule("Greek letter", "Ul", r"[α-ωΑ-Ωϕϵϑµς](?!\d*[^\W\d_])", _greek),
    rule("Greek letter", "Ul", r"[α-ωΑ-Ωϕϵϑµς](?=[A-Za-z])",
         lambda m, _c: f"{GREEK[m[0].lower()]} " if m[0].lower() in GREEK else None),
    rule("power", "pl", r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿⁱ]+|\^(?:\{[^{}]{1,20}\}|[-−]?\d+|[A-Za-z](?![A-Za-z]))", _raised),
    rule("subscript", "pl", r"[₀-₉]+", _lowered),
    rule("sign", "sp", rf"\s?[{_SIGNS}]\s?", _sign),
    rule("sign", "sp", r"\s?(?:->|-->|=>)\s?", " to "),
    rule("sign", "sp", r"\s?(?:!=|==)\s?",
         lambda m, _c: " is not equal to " if "!" in m[0] else " equals "),
    rule("sign", "sp", r"\s\+\s|\+(?=[A-Z])|(?<=\d)\+(?=\d)", " plus "),
    rule("or more", "p", r"(?<=\d)\+(?!\w)", " plus"),
)  # fmt: skip
_MATHS = re.compile(r"[A-Z]\((?:[A-Za-z0-9\s^*+\-/·×,|_{}√²³]|log|sqrt)+\)")


def _inline(text: str) -> Saying:
    """A function written without dollar signs, as "O(n log n)"; not "E(xamples)"."""
    inner = text[2:-1]
    words = re.findall(r"[A-Za-z]{2,}", inner)
    if not _MATHS.fullmatch(text) or any(
        w not in {"log", "sqrt", "exp", "min", "max"} for w in words
    ):
        if not any(char in inner for char in "()"):
            return None
        if any(w not in {"log", "sqrt", "exp", "min", "max"} for w in words):
            return None
    return formula(re.sub(r"(?<!\\)\b(log|sqrt|exp|min|max)\b", r"\\\1", text))
