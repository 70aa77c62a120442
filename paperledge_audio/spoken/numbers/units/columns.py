"""What a column counts in, as "Params (M)", and units that describe, as in "µm-scale"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers.units.table import UNITS
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_COUNTS = {"K": "thousands", "k": "thousands", "M": "millions", "B": "billions", "G": "billions",
           "T": "trillions"}  # fmt: skip


def _say_counted(match: re.Match[str], _context: Context) -> Saying:
    """The size of what a column counts, as in "Params (M)"."""
    return f", in {_COUNTS[match[1]]}"


_FINE = "[nmck]m|[µμ][mLg]|[mµμnpf]s|[kMGT]?Hz|[kMGT]?eV|kV|mK|[kMG]pc"
_SIZED = r"scale|sized?|level|long|wide|thick|deep|range|resolution|precision|accura\w+|order|class"
_MANY = (
    r"(?:(?<=\b[Pp]arams)|(?<=\b[Pp]arameters)|(?<=FLOPs)|(?<=MACs)|(?<=[Tt]okens)|(?<=[Uu]sers))"
)
RULES: tuple[Rule, ...] = (
    rule("unit", "s", rf"{_MANY}\s[(\[]([kKMBGT])(?=[)\]])", _say_counted),
    rule("unit", "l", rf"(?<![\w.-])({_FINE})[-‐‑](?=(?:{_SIZED})\b)",
         lambda m, _c: f"{UNITS[m[1]].one} "),
)  # fmt: skip
"""They come before formulas."""
