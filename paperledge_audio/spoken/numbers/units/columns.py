"""Units without a number: behind what they measure, as "latency (ms)", and "µm-scale"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.lexicon.letters import name_letters
from paperledge_audio.spoken.numbers.units.grammar import read_unit
from paperledge_audio.spoken.numbers.units.table import LETTERS, UNITS
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_SURE_ROW = """
    ms µs μs ns ps fs yr yrs hr hrs kg mg µg μg ng lb lbs oz km cm mm µm μm nm ft mL ml µL μL dL mol
    mmol µmol μmol nmol kWh MWh GWh TWh Wh mAh mW kW MW GW TW kJ MJ eV meV keV MeV GeV TeV Hz kHz
    MHz GHz THz Pa kPa MPa GPa dB kpc Mpc Gpc kyr Myr Gyr kcal mV kV mA µA mM µM μM nM kBq MBq GBq
    mSv µSv mT µT °C °F Å kbps Mbps Gbps kB fps
"""
_SURE = frozenset(_SURE_ROW.split())
"""Units that are nothing else in brackets."""
_MEASURES = {
    "s h d a y min sec": "time|duration|age|latenc|delay|lag|interval|period|runtime",
    "m mi L": "depth|height|length|distance|width|altitude|elevation|volume|range",
    "GB MB TB PB": "memory|mem\\.|size|storage|V?RAM|footprint|disk|cache|data|traffic|bandwidth",
    "W V A N J K T g t": "power|voltage|current|force|energy|temperature|field|mass|weight|yield",
    "ha": "area|land|farm", "in": "diameter|thickness",
}  # fmt: skip
_NOUNS = {
    symbol: re.compile(rf"\b(?:{nouns})(?:s|y|ies)?\s[(\[]$", re.IGNORECASE)
    for symbols, nouns in _MEASURES.items()
    for symbol in symbols.split()
}
"""What the other ones have to stand behind."""


_COUNTS = {"K": "thousands", "k": "thousands", "M": "millions", "B": "billions", "G": "billions",
           "T": "trillions"}  # fmt: skip


def _say_counted(match: re.Match[str], _context: Context) -> Saying:
    """The size of what a column counts, as in "Params (M)"."""
    return f", in {_COUNTS[match[1]]}"


def _say_bracketed(match: re.Match[str], _context: Context) -> Saying:
    """The bracket that opens before a unit, and the unit, if nothing else is in it."""
    text, start = match.string, match.end()
    unit = read_unit(text, start, match.endpos)
    if not unit or text[unit.end : unit.end + 1] not in {")", "]"}:
        return None
    symbols = [factor.symbol for factor in unit.factors]
    noun = _NOUNS.get(symbols[0])
    measured = noun and noun.search(text[max(start - 30, 0) : start])
    variables = all(symbol.isupper() and len(symbol) == 1 for symbol in symbols)  # as in "T/K"
    rate = noun and len(symbols) > 1 and not variables
    if symbols[0] not in _SURE and not measured and not rate:
        return None
    words = f", {unit.say(one=False)}"
    return name_letters(text[match.start() : unit.end], words, "unit")


_FINE = "[nmck]m|[µμ][mLg]|[mµμnpf]s|[kMGT]?Hz|[kMGT]?eV|kV|mK|[kMG]pc"
_SIZED = r"scale|sized?|level|long|wide|thick|deep|range|resolution|precision|accura\w+|order|class"
_MANY = (
    r"(?:(?<=\b[Pp]arams)|(?<=\b[Pp]arameters)|(?<=FLOPs)|(?<=MACs)|(?<=[Tt]okens)|(?<=[Uu]sers))"
)
RULES: tuple[Rule, ...] = (
    rule("unit", "s", rf"{_MANY}\s[(\[]([kKMBGT])(?=[)\]])", _say_counted),
    rule("unit", "s", rf"(?<=[\w.%₀-₉])\s[(\[](?=[{LETTERS}°])", _say_bracketed),
    rule("unit", "l", rf"(?<![\w.-])({_FINE})[-‐‑](?=(?:{_SIZED})\b)",
         lambda m, _c: f"{UNITS[m[1]].one} "),
    rule("unit", "l", r"(?<![\w.$\\])[µμ][msLg](?!\w|[²³⁻^/])",
         lambda m, _c: UNITS[m[0]].many),
)  # fmt: skip
"""They come before formulas."""
