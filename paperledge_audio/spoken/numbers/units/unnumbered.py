"""Units without a number: in brackets, in a rate alone, behind "per" and "in"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.lexicon.letters import name_letters
from paperledge_audio.spoken.numbers.units.grammar import Unit, read_unit
from paperledge_audio.spoken.numbers.units.table import STARTS, UNITS
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_UNNUMBERED_ROW = """
    s ms µs μs ns sec min mins h hr hrs yr yrs wk kg g mg µg μg ng lb lbs oz m km cm mm µm μm nm ft
    mi yd deg L mL ml µL μL dL gal mol mmol µmol nmol kWh MWh GWh TWh Wh mAh mW kW MW GW W J kJ MJ
    eV meV keV MeV GeV TeV Hz kHz MHz GHz THz kPa MPa GPa dB GB MB TB kB px pc kpc Mpc Gpc kyr Myr
    Gyr Å kcal mV kV mM µM μM nM sr ha Bq kBq MBq GBq mSv µSv Gy mGy
    d hPa ppm ppb mmHg µV μV µA μA mA nA pA kN EJ PJ bp
"""
_UNNUMBERED = frozenset(_UNNUMBERED_ROW.split())
"""Units that need no number behind "per", and behind "in" if they are no words, as in "per kg"."""
_WORDS_TOO = frozenset({"min", "mins", "sec", "mi", "ha", "yd", "gal", "pc", "MB", "GB", "TB"})
"""Of these, what is a word, too, or an abbreviation of something else."""
_NOT_BELOW = frozenset("MTCFHPGBb")
"""Symbols that, below a slash and without a number, are variables: "m/M"."""
ENDS = (
    r"\s?(?:[.,;:)\]!?…]|$)|\s[(\[]|"
    r"\s(?:and|or|to|at|for|per|of|in|is|are|was|were|with|on|from|over|by|ago|through|across|"
    r"into|when)\b"
)
"""What may follow a unit that nothing else need follow."""
_ENDING = re.compile(ENDS)
_NAMES = {form.split()[-1] for name in UNITS.values() for form in (name.one, name.many)} - {
    "mass", "masses", "radius", "radii", "luminosity", "force",
}  # fmt: skip
"""The last words of units' names, behind which a unit in brackets is only their symbol."""
_QUANTITY = re.compile(
    r"(?<!\w)(?:times?|durations?|latency|delays?|ages?|heights?|depths?|lengths?|widths?|distances?|"
    r"altitudes?|elevations?|mass|weights?|temperatures?|voltages?|potentials?|charges?|currents?|work|power|energy|"
    r"volumes?|areas?|yields?|doses?|thickness|radius|range|lead|lags?|periods?|intervals?|loads?|"
    r"forces?|speeds?|velocity|flow|rates?|resolution|memory|mem\.|sizes?|storage|V?RAM|footprint|"
    r"disk|caches?|data|traffic|bandwidth|lag|runtimes?|energ(?:y|ies)|fields?|farms?|land|diameters?)$",
    re.IGNORECASE,
)
"""What is measured, before a unit whose symbol is a single letter or a word."""
_UNMISTAKABLE = frozenset(symbol for symbol in _UNNUMBERED - _WORDS_TOO if len(symbol) > 1)
_MEASURES_ROW = "s m g h d K V W J L N A C T t min yr y hr ha in pc deg GB MB TB"
_MEASURES = frozenset(_MEASURES_ROW.split())
"""Single units that need such a noun."""
_BEFORE = re.compile(r"(?<![\w.])[\w.]+$")
_ACRONYM = re.compile(r"\([A-Z][A-Z\d]{1,9}$")
_BELOW = re.compile(r"⁻|[-−–]\d")
"""A minus in an exponent."""
_SEVERAL = re.compile(r"\b(?:few|several|many|tens\sof|hundreds\sof)\s$")
_LONGEST = 30
_SHORT = r"[^()\[\]\s]"


def _say_bracketed(match: re.Match[str], _context: Context) -> Saying:
    """A unit in brackets behind what is measured in it, as in "depth (km)"; else an acronym."""
    text, start = match.string, match.end()
    unit = read_unit(text, start, match.endpos)
    before = _BEFORE.search(text[max(match.start() - _LONGEST, 0) : match.start()])
    if not unit or not before or not text.startswith((")", "]"), unit.end):
        return None
    listed = match[0][0] == ","  # "(MAT, °C)"
    if listed and not _ACRONYM.search(text[max(match.start() - _LONGEST, 0) : match.start()]):
        return None
    word = before[0].lower()
    if {word, word.replace("re", "er")} & _NAMES:
        return None
    below = bool(_BELOW.search(text, start, unit.end))
    measured = unit.symbol in _MEASURES | {""} and _QUANTITY.search(before[0])
    if not (_is_plain(unit, below=below) or measured):
        return None
    words = f"{',' if listed else ''} in {unit.say(one=False)}"
    return name_letters(text[match.start() : unit.end + (not listed)], words, "unit")


def _is_plain(unit: Unit, *, below: bool) -> bool:
    """Whether a unit can be nothing else even without a number; `below`: by a minus in it."""
    if len(unit.factors) < 2:
        return needs_no_number(unit) or unit.symbol in {"°C", "°F", "Å"}
    symbols = [factor.symbol for factor in unit.factors]
    raised = any(abs(factor.exponent) > 1 for factor in unit.factors) or below
    return raised or symbols == ["m", "s"] or any(map(_UNMISTAKABLE.__contains__, symbols))


def _say_alone(match: re.Match[str], _context: Context) -> Saying:
    """A rate without a number, as in "speeds in km/h"."""
    unit = read_unit(match.string, match.start(), match.endpos)
    if not unit or len(unit.factors) < 2 or unit.factors[1].symbol in _NOT_BELOW:
        return None
    if match.string.startswith(" ratio", unit.end) or match.string.startswith("W/L", match.start()):
        return None
    return name_letters(match.string[match.start() : unit.end], unit.say(one=False), "unit")


def needs_no_number(unit: Unit) -> bool:
    """Whether its symbol is neither a word nor a single letter."""
    symbol = unit.factors[0].symbol
    several = len(symbol) > 1 or not unit.symbol
    return several and symbol in _UNNUMBERED - _WORDS_TOO


def _say_unnumbered(match: re.Match[str], _context: Context) -> Saying:
    """A unit behind "per" or "in", as in "20 mg per kg" and "the area in sq. km"."""
    text, start = match.string, match.start()
    unit = read_unit(text, start, match.endpos)
    raised = unit and len(unit.factors) > 1 and _BELOW.search(text, start, unit.end)
    if not unit or not (raised or unit.factors[0].symbol in _UNNUMBERED):
        return None
    is_below = text[start - 4 : start - 1].lower() == "per"
    if not is_below and not ((raised or needs_no_number(unit)) and _ENDING.match(text, unit.end)):
        return None
    return name_letters(text[start : unit.end], unit.say(one=is_below), "unit")


def _say_micro(match: re.Match[str], _context: Context) -> Saying:
    """A unit that no letters of a formula look like, as in "the µm range" and "a few µm"."""
    several = _SEVERAL.search(match.string[max(match.start() - 12, 0) : match.start()])
    return UNITS[match[0]].many if several else UNITS[match[0]].one


RULES: tuple[Rule, ...] = (
    rule("unit", "Ul", r"(?<![\w.$/])([mkMGTP]?eV)(?=[\s-](?!(?:with|from|where|when|which|were|"
         r"have|will|than|that|then|into|over|using|this|also|only)\b)[a-z]{4,})",
         lambda m, _c: UNITS[m[1]].one),  # "the GeV region"
    rule("unit", "Ul", rf"(?<![\w.,/-]){STARTS}"
         r"(?=(?:[kcmµμ]?m|mi|[kmµμn]?g|[mµμn]?mol|[kMG]?W|[kM]J|[MGT]B)/)", _say_alone),
    rule("unit", "Ulp", rf"(?:(?<=\b[Pp]er\s)|(?<=\b[Ii]n\s)){STARTS}", _say_unnumbered),
    rule("unit", "l", r"(?<![\w.])[µμ](?:[mglLMAVW]|mol|s(?=-))(?!\w)",
         _say_micro),
    rule("unit", "s",
         rf"\s[(\[](?:in\s)?(?={_SHORT}{{1,12}}(?:\s{_SHORT}{{1,8}}){{0,4}}[)\]]){STARTS}",
         _say_bracketed),
    rule("unit", "p", rf",\s(?=[^(),\s]{{1,12}}(?:\s[^(),\s]{{1,8}}){{0,4}}\)){STARTS}",
         _say_bracketed),
)  # fmt: skip
