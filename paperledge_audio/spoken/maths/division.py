"""Slashes that divide in formulas among words: "F = Gm₁m₂/r²", "dE/dx", "ℤ/pℤ"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.maths.shapes import NOT_OVER
from paperledge_audio.spoken.maths.words import say_formula
from paperledge_audio.spoken.numbers.units.grammar import read_unit
from paperledge_audio.spoken.numbers.words import cardinal
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_ABOVE = re.compile(r"[^\s/(\[=<>≤≥≈∝,;:]{1,12}$")
_BELOW = re.compile(r"\({0,2}[^\s/()\[\]=<>≤≥≈∝,;:!]{1,12}")
_FACTOR = r"[A-Za-zα-ωΑ-Ωħ](?:[₀-₉ₙᵢⱼₖₘₜ²³⁴⁵⁶☉⊙⊕*⋆★′'’!]|_\{?\w{1,4}\}?|\d(?!\d)){0,3}"
_VARIABLES = re.compile(
    rf"[-−]?(?:\d{{0,4}}(?:\.\d{{1,4}})?|\()(?![a-z]{{3}}|[A-Z]{{3}})(?:[A-Z][a-z]{{2,3}}|(?:{_FACTOR}){{0,6}})\)?"
    r"[²³!]?\.?"
)
"""What may be divided where a formula says that something is: a product, with its scripts."""
_DERIVED = re.compile(r"d[A-Za-zΑ-Ωα-ω][a-z]?$")
_LOWERED = re.compile(r"(?!k_cat)[A-Za-zα-ωΑ-Ω]_(?:\w{1,3}|\{[^{}]{1,8}\})")
"""A variable with a subscript; a longer one may be a column's name, as in "x_train"."""
_DIFFERENTIAL = re.compile(r"d[A-ZtxyzrsuvΑ-Ωα-ω](?!\w)")
_IN_FORMULA = re.compile(
    r"(?:[=∝≈≤≥≠]|[A-Za-zα-ω]\s[<>~])\s?(?![^=]{0,30}(?:[a-z]{4}|[.,;:]\s|[a-zA-Z]{2}\s\())[^=]{0,30}$"
)
"""A sign of equality a little before, without words in between."""
_SUM = re.compile(r"\([^()]{0,30}[+−·×/^²³√*-][^()]{0,30}\)$|[A-Za-zα-ω]\([^()]{1,20}\)$")
"""A bracket before a slash that may be divided: a sum, a product, or a function's."""
_SHORT_SUM = re.compile(
    r"\((?=[^()]{0,30}[+−/])(?:[^()a-z]|(?<![a-z])[a-z]{1,2}(?![a-z])){3,30}\)$"
)
_POWERED, _MARKED = re.compile("[A-Za-zα-ω][²³⁴]"), re.compile("[²³⁴α-ω]")
_LETTER_POWERED = re.compile("[crdaRLvz][²³⁴]")
"""A power that is none of a unit, unlike m² and s²."""
_NAMED = re.compile(r"\b(?:ratio|quotient)\s[^\s/]{1,4}$")
_PHYSICAL = re.compile(r"k_\{?B|kB[A-Z]|ħ|(?<![A-Za-z])kT/")
"""What stands in formulas alone."""
_GOES_ON = re.compile(r"[^\s]{0,12}?\)?\s?[=∝≈≤≥]\s?(?!\d{1,4}[:/]\d)\S")


def _say_over(match: re.Match[str], _context: Context) -> Saying:
    """A slash between products of variables, as in "F = Gm₁m₂/r²" and "dE/dx"."""
    before = match.string[max(match.start() - 40, 0) : match.start()]
    after = match.string[match.end() : match.end() + 24]
    found, below = _ABOVE.search(before), _BELOW.match(after)
    if not below or not (found or _SUM.search(before)):
        return None
    listed = found and before[: found.start()].endswith("/")
    if listed and found and found[0].isupper() and below[0].isupper():
        return None  # one of a row of names, as in "OS/DB/KG"
    above = found[0] if found else ")"
    if _is_sure(above, after) or _is_sure_sum(before, below[0]):
        return " over "
    pair = f"{above}/{below[0]}".lower()
    if pair in NOT_OVER and not (pair == "c/o" and _GOES_ON.match(after)):
        return None
    stated = _IN_FORMULA.search(before) or _GOES_ON.match(after)
    formula = stated or _NAMED.search(before) or _PHYSICAL.search(f"{before[-6:]}/{below[0]}")
    return " over " if formula and _divide(above, below[0]) else None


def _is_sure(above: str, after: str) -> bool:
    """Whether a slash can be nothing else: that of a derivative, "I_on/I_off", a mass in suns."""
    if _DERIVED.match(above.lstrip("-−(")) and _DIFFERENTIAL.match(after):
        return True
    if _LOWERED.fullmatch(above) and (below := _BELOW.match(after)):
        return bool(_LOWERED.fullmatch(below[0].rstrip(").")) or _divide(above, below[0]))
    return above in {"M", "L", "R"} and after[1:2] in {"☉", "⊙", "⊕"}


def _is_sure_sum(before: str, below: str) -> bool:
    """Whether a slash follows a sum of variables, as in "(R1 + R2)/R2", or marked ones, "e²/ε₀"."""
    if _SHORT_SUM.search(before):
        return _divide(")", below)
    above = _ABOVE.search(before)
    powered = above and _POWERED.search(above[0]) and _MARKED.search(below)
    marked = powered or _LETTER_POWERED.fullmatch(below.rstrip(".,"))
    return bool(above and marked and _divide(above[0], below))


def _divide(above: str, below: str) -> bool:
    """Whether both sides of a slash look like variables, and not like words, units or counts."""
    unit = read_unit(below)
    if (unit and len(unit.factors[0].symbol) > 1) or above.endswith("cat"):
        return False
    if above.isdecimal() and below[0].isdecimal():
        return False
    if not (above[-1] in ")⟩" or _VARIABLES.fullmatch(above)):
        return False
    return below[0] == "(" or bool(_VARIABLES.fullmatch(below.rstrip(").,")))


RULES: tuple[Rule, ...] = (
    rule("over", "p", r"(?<=\b1)/(?=[A-Z][₀0](?!\w))", " over "),
    rule("over", "p", r"(?<=χ²)/(?:dof|DOF|d\.o\.f\.|ndf|n\.d\.f\.)(?!\w)",
         " per degree of freedom"),
    rule("over", "p", r"(?<=\b1)/(?=[nNrfekxTRLQα-ω](?!\w)|[A-Za-z][²³⁴])", " over "),
    rule("over", "p", r"(?<=\bW)/(?=L(?!\w))", " over "),
    rule("modulo", "spU", r"\s?ℤ/(\d{1,3}|[A-Za-z])ℤ",
         lambda m, _c: f" Z mod {cardinal(m[1]) if m[1].isdecimal() else m[1].upper()} Z"),
    rule("modulo", "U", r"(?<!\w)Z/(\d{1,3}|[pmn])Z(?!\w)",
         lambda m, _c: f"Z mod {cardinal(m[1]) if m[1].isdecimal() else m[1].upper()} Z"),
    rule("modulo", "U", r"(?:(?<=quotient\s)|(?<=quotient\sgroup\s))([A-Z])/([A-Z])(?!\w)",
         lambda m, _c: f"{m[1]} mod {m[2]}"),
    rule("ratio", "p", r"(?<=\b[A-Z])/(?=([A-Z])\sratios?\b)",
         lambda m, _c: None if f"{m.string[m.start() - 1]}/{m[1]}".lower() in NOT_OVER else " to "),
    rule("differential", "l", r"(?<!\w)d([A-Za-zΑ-Ωα-ω])(?=/d[A-Za-zΑ-Ωα-ω](?!\w))",
         lambda m, _c: f"D {say_formula(m[1])}"),
    rule("over", "p", r"(?<=[\w)⟩])/(?=[√∂∫∑])", " over "),
    rule("over", "p", r"(?<=[\w)⟩!*☉⊙⊕⋆★])/(?=[^\s/])", _say_over),
)  # fmt: skip
