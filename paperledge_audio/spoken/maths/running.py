"""Mathematics in running text: formulas, Greek letters, signs between variables, powers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.script.printed.markup import FORMULA
from paperledge_audio.script.printed.signs import GREEK, SYMBOLS
from paperledge_audio.spoken.maths.latex import formula
from paperledge_audio.spoken.numbers.quantities import SUPERSCRIPTS, N
from paperledge_audio.spoken.numbers.words import decimal, power
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_BEFORE_INTERVAL = r"(?:(?<=∈)|(?<=∈\s)|(?<=\brange)|(?<=\binterval))"
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


_FUNCTION = r"[OPEΘΩ]\([^()]{1,40}(?:\([^()]{1,20}\)[^()]{0,20})*\)"
_PLAIN_NAMES = re.compile(r"(?<!\\)\b(log|sqrt|exp|min|max)\b")


def _function(match: re.Match[str], _context: Context) -> Saying:
    """A function written without dollar signs, as "O(n log n)"; not "E(xamples)"."""
    inner = _PLAIN_NAMES.sub("", match[0][2:-1])
    if re.search(r"[A-Za-z]{2,}", inner):
        return None
    return formula(_PLAIN_NAMES.sub(r"\\\1", match[0]))


def _named(match: re.Match[str], _context: Context) -> Saying:
    """A function with a name, as "log2(8)"."""
    name, base, inner = re.fullmatch(r"([a-z]+)(\d*)(\(.*\))", match[0]).groups()  # type: ignore[union-attr]
    return formula(rf"\{name}{'_{' + base + '}' if base else ''}{inner}")


_RAISED = r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ⁿⁱ]+|\^(?:\{[^{}]{1,20}\}|[-−]?\d+|[A-Za-z](?![A-Za-z]))"
RULES: tuple[Rule, ...] = (
    rule("formula", "p", rf"(?:{FORMULA})", _formula),
    rule("formula", "p", r"\\\((?:.+?)\\\)", lambda m, _c: formula(m[0][2:-2])),
    rule("formula", "U", _FUNCTION, _function),
    rule("formula", "Ul", r"[fgh]\([a-zθ](?:,\s?[a-zθ]){0,3}\)", lambda m, _c: formula(m[0])),
    rule("formula", "Ul", r"[A-Za-zΑ-Ωα-ωϕϵϑ]_(?:[A-Za-z0-9]|\{[^{}]{1,20}\})(?![\w])",
         lambda m, _c: formula(m[0])),
    rule("formula", "p", r"\|[^|\s][^|]{0,24}\|", lambda m, _c: formula(m[0])),
    rule("formula", "l", r"(?:log|ln|exp|sqrt|sin|cos|tanh?)\d{0,2}\([^()]{1,30}\)", _named),
    rule("formula", "l", r"([fgh])['’′]\(([a-zθ])\)",
         lambda m, _c: f"{m[1].upper()} prime of {formula(m[2])}"),
    rule("prime", "p", r"(?<=\d)′(?!\s?\d)", " prime"),
    rule("Greek letter", "Ul", r"[α-ωΑ-Ωϕϵϑµς](?![-\d]*[A-Za-zα-ω])", _greek),
    rule("Greek letter", "Ul", r"[α-ωΑ-Ωϕϵϑµς](?=[A-Za-z])",
         lambda m, _c: f"{GREEK[m[0].lower()]} " if m[0].lower() in GREEK else None),
    rule("power", "pl", _RAISED, _raised),
    rule("subscript", "pl", r"[₀-₉]+", _lowered),
    rule("interval", "sp", rf"{_BEFORE_INTERVAL}\s?[\[(]{N},\s?{N}[\])]",
         lambda m, _c: f" {decimal(m[1])} to {decimal(m[2])}"),
    rule("sign", "sp", rf"\s?[{_SIGNS}]\s?", _sign),
    rule("sign", "s", r"\s−\s(?=[\w(])", " minus "),
    rule("sign", "sp", r"\s?(?:->|-->|=>)\s?", " to "),
    rule("sign", "sp", r"\s?(?:!=|==)\s?",
         lambda m, _c: " is not equal to " if "!" in m[0] else " equals "),
    rule("sign", "sp", r"\s\+\s|\+(?=[A-Z])|(?<=\d)\+(?=\d)", " plus "),
    rule("or more", "p", r"(?<=[\dkKMB%])\+(?!\w)", " plus"),
)  # fmt: skip
