"""The dash between two quantities that both have a unit, a power or a factor: "5 km–10 km"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers.patterns import NUMBER, N
from paperledge_audio.spoken.numbers.quantities import say_range
from paperledge_audio.spoken.numbers.units.grammar import read_unit
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_POWER = r"(?:[⁻⁺]?[⁰¹²³⁴-⁹]{1,4}|\^\{?[-−]?\d{1,3}\}?)"
_RAISED = re.compile(rf"\d(?:{_POWER})$")
"""A power before the dash, as in "10⁻³–10⁻²"."""
_RAISES = re.compile(rf"(?:\d[\d.]{{0,9}}\s?[×x]\s?)?\d{{1,9}}(?:\.\d{{1,9}})?{_POWER}")
_MEASURED = re.compile(r"\d(?P<unit>\s?(?:[A-Za-zµμΩÅ°☉⊙⊕×]{1,7}[²³]?|[α-ω]))$")
"""A number with its unit before the dash."""
_NAME = re.compile(
    r"\s?(?:second|minute|hour|day|week|month|year|decade|mile|foot|feet|inch|pound|ton|tonne)(?:e?s)?\b"
)
_NUMBERED = re.compile(rf"(?:{NUMBER})\s?")
_LONGEST = 16


def _say_dash(match: re.Match[str], _context: Context) -> Saying:
    """The dash where both ends have the same unit, or both a power."""
    text, start, end = match.string, match.start(), match.end()
    before = text[max(start - _LONGEST, 0) : start]
    if _RAISES.match(text, end) and (_RAISED.search(before) or before[-1].isdecimal()):
        return " to "
    measured = _MEASURED.search(before)
    if measured and measured["unit"] == "s":
        return " to " if re.match(r"['’]?\d0s(?!\w)", text[end : end + 5]) else None  # decades
    after = _NUMBERED.match(text, end)
    if not measured or not after:
        return None
    same = text.startswith(measured["unit"].strip(), after.end())
    units = before[measured.start("unit") :], text[after.end() : after.end() + 12]
    return " to " if same or all(map(_reads, units)) else None


def _reads(text: str) -> bool:
    """Whether the text starts with a unit, or with its name."""
    return bool(
        _NAME.match(text) or read_unit(re.split(r"[\s,.;:)–-]", text.strip(), maxsplit=1)[0])
    )


RULES: tuple[Rule, ...] = (
    rule("range", "dp", rf"{N}\s?[–—‑-]\s?{N}(?=\s?[σπ](?!\w))", say_range),
    rule("range", "p", r"(?:(?<=\d\$)|(?<=\}\$))(?:--|–|-)(?=\$[−-]?\d)", " to "),
    rule("range", "p", r"(?<=[^\s(\[–-])[–-](?=\d)", _say_dash),
)
