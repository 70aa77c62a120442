"""Mathematics in running text: formulas, Greek letters, signs between variables, powers."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from paperledge_audio.script.printed.markup import FORMULA
from paperledge_audio.script.printed.signs import GREEK, SIGNS, WORDS
from paperledge_audio.spoken.maths.words import say_formula
from paperledge_audio.spoken.numbers.quantities import N
from paperledge_audio.spoken.numbers.words import decimal
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_BEFORE_INTERVAL = r"(?:(?<=∈)|(?<=∈\s)|(?<=\brange)|(?<=\binterval))"
_SIGNS = "=≠≈≃∼≡≅∝±×·⋅÷∈∉⊂⊆⊃⊇∪∩∀∃¬∧∨⊕⊗⊙∘→←↦⇒⇔↔⟶∞∂∇∑∏∫√∅∆ℓℝℕℤℚℂ𝔼ℒℏ∥‖⊥⊤"
_IN_PROSE = {"→": "to", "≈": "about", "×": "times", "·": "", "⇒": "which means", "‖": "norm"}
"""Words that differ from those in formulas."""


def _say_formula(match: re.Match[str], _context: Context) -> Saying:
    return say_formula(match[0].strip("$"))


def _say_function(match: re.Match[str], context: Context) -> Saying:
    """A function written without dollar signs, as "O(n log n)"; not "E(xamples)"."""
    named = all(name in SIGNS for name in re.findall("[A-Za-z]{2,}", match[0]))
    return _say_formula(match, context) if named else None


def _say_sign(match: re.Match[str], _context: Context) -> Saying:
    sign = SIGNS[match[0].strip()]
    return f" {_IN_PROSE.get(sign, WORDS[sign])} "


RULES: tuple[Rule, ...] = (
    rule("formula", "p", rf"(?:{FORMULA})", _say_formula),
    rule("formula", "p", r"\\\((?:[^\\\n]++|\\[^()\n]){1,200}+\\\)",
         lambda m, _c: say_formula(m[0][2:-2])),
    rule("formula", "U", r"[OPEΘΩ]\([^()]{1,40}(?:\([^()]{1,20}\)[^()]{0,20})*\)", _say_function),
    rule("formula", "Ul", r"[fgh]['’′]?\([a-zθ](?:,\s?[a-zθ]){0,3}\)", _say_formula),
    rule("formula", "Ul", r"[A-Za-zΑ-Ωα-ωϕϵϑ]_(?:[A-Za-z0-9]|\{[^{}]{1,20}\})(?!\w)", _say_formula),
    rule("formula", "p", r"\|[^|\s][^|]{0,24}\|", _say_formula),
    rule("formula", "l", r"(log|ln|exp|sqrt|sin|cos|tanh?)(\d{0,2})(\([^()]{1,30}\))",
         lambda m, _c: say_formula(m[1] + (m[2] and f"_{{{m[2]}}}") + m[3])),
    rule("prime", "p", r"(?<=\d)′(?!\s?\d)", " prime"),
    rule("Greek letter", "Ul", r"[α-ωΑ-Ωϕϵϑµς](?:(?![-\d]*[A-Za-zα-ω])|(?=[A-Za-z]))",
         lambda m, _c: GREEK.get(m[0].lower())),
    rule("power", "pl", r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿⁱ]+|\^(?:\{[^{}]{1,20}\}|[-−]?\d+|[A-Za-z](?![A-Za-z]))",
         _say_formula),
    rule("subscript", "pl", r"[₀-₉]+",
         lambda m, _c: say_formula(unicodedata.normalize("NFKC", m[0]))),
    rule("interval", "sp", rf"{_BEFORE_INTERVAL}\s?[\[(]{N},\s?{N}[\])]",
         lambda m, _c: f" {decimal(m[1])} to {decimal(m[2])}"),
    rule("sign", "sp", rf"\s?[{_SIGNS}]\s?", _say_sign),
    rule("sign", "s", r"\s−\s(?=[\w(])", " minus "),
    rule("sign", "sp", r"\s?(?:->|-->|=>)\s?", " to "),
    rule("sign", "sp", r"\s?(?:!=|==)\s?",
         lambda m, _c: " is not equal to " if "!" in m[0] else " equals "),
    rule("sign", "sp", r"\s\+\s|\+(?=[A-Z])|(?<=\d)\+(?=\d)", " plus "),
    rule("or more", "p", r"(?<=[\dkKMB%])\+(?!\w)", " plus"),
)  # fmt: skip
