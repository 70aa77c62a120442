"""Reads a printed unit: symbols with exponents, as products and behind slashes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from paperledge_audio.spoken.chemistry.elements import ELEMENTS
from paperledge_audio.spoken.chemistry.formulas import spell_formula
from paperledge_audio.spoken.numbers.units.table import LETTERS, UNITS, UnitName
from paperledge_audio.spoken.numbers.words import decimal, power

_SYMBOL = (
    r"(?P<symbol>[MLR]_?(?:[☉⊙⊕♃]|sun\b|[Jj]up\b|J\b|[Ee]arth\b)|(?:cm|in)H[2₂]O|cmol(?:\(\+\)|_?c\b)|mm\s?Hg|p\.u\.|(?:wt|vol|mol|at)\.?\s?%|¢|°\s?[CF](?!\w)|"
    rf"[°℃℉]|√(?:Hz|hr?|m)\b|m(?:¹[/⁄]²|\^\{{?1/2\}}?)|[{LETTERS}]{{1,7}})"
)
_EXPONENT = (
    r"(?P<exponent>⁻?[¹²³⁴-⁹]|–[1-4](?![.,]?\d)|\^\{[-−]?\d\}|\^[-−]?\d|[-−][1-4]|[234]"
    r"|\$\^(?:\{[-−]?\d\}|\d)\$)?(?![⁰¹²³⁴-⁹\d\u2080-\u2089])"
)
_FACTOR = re.compile(rf"(?P<before>(?:sq|cu)\b\.?[\s-]?)?{_SYMBOL}{_EXPONENT}")
_TIMES = re.compile(r"\s?[·⋅∙•*]\s?|[\s-]")
_TOUCHES = re.compile("(?<=[¹²³⁴$])(?=[A-Za-z])|(?=√m)")
"""Where the next factor follows an exponent at once, as in "W/m²K"."""
_RAISED = re.compile(r"⁻[¹²³⁴]$|\{[-−]\d\}\$?$")
"""A power below zero, which the factor behind does not share."""
_STAYS = re.compile(rf"{_TOUCHES.pattern}|\s?[·⋅∙•*]")
"""What keeps the next factor below the slash: "J/kg·K" is joules per kilogram per kelvin."""
_OVER = re.compile(r"\s?/\s?(?:(?P<number>\d+(?:[.,]\d+)*[kM]?)\s?)?(?P<bracket>\()?")
_CONVERSION = re.compile(r"c(?:onv\.?(?:ersion)?)?[-\s]s(?:tep)?(?!\w)|conv\.(?!\w)")
"""What the energy of a converter is for, as in "15 fJ/conv.-step"."""
_THING = re.compile(
    rf"{_CONVERSION.pattern}|□|(?:op|sq|[A-Z]{{3,5}}(?!\s\d))(?!\w)"
    r"|(?:[a-z]{3,12}|GPU)(?:-(?:h|hr|hour|day|week|month|yr|year))?(?!\w)"
)
"""What is counted below a slash, as in "5 mg/day", "2 GB/user" and "3 kg/person-yr"."""
_PER_THING = re.compile(r"(?P<thing>[a-z]{3,12})(?:⁻¹|\^\{[-−]1\}|\^?[-−–]1)(?!\w)")
"""The same with an exponent, as in "2 mg kg⁻¹ day⁻¹"."""
_OF = re.compile(
    r"\s?(?:of\s)?(?P<formula>CO[2₂]|a\.?[ei]\.?|[A-Z][A-Za-z0-9₀-₉]{0,7})(?P<equal>[-\s]?eq|e)?"
)
"""A substance that a mass is of."""
PARTS = {
    "ai": "active ingredient", "ae": "acid equivalent", "BW": "body weight", "DM": "dry matter",
    "DW": "dry weight", "FW": "fresh weight", "LW": "live weight",
}  # fmt: skip
"""What a mass is of, but for substances."""
_MASS = re.compile(r"(?:[kMGTPmµμn]?g|[kMGT]?t|[mµμn]?mol)")
_JOINED = re.compile(r"(?P<unit>[kMGTP]?[tg])(?=CO[2₂])")
_FURTHER = re.compile(r"\s?/\s?[A-Za-z]|\s[A-Za-zµ]{1,3}(?:⁻|\^[-−{]|[-−]\d)")
_SIGNS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−–", "0123456789---", "^{}$")
_HYPHENATED = frozenset({"h", "hr", "m", "lb", "ft", "s"})
"""Second factors of a product with a hyphen, as in "ft-lb"."""
_SPACED = frozenset(
    {("N", "m"), ("Pa", "s"), ("V", "s"), ("A", "s"), ("J", "s"), ("N", "s"), ("°C", "d")}
)
"""Units of a product that may be only a space apart, as in "85 N m"; the first has any prefix."""
_SCALES = frozenset({"°C", "°F", "℃", "℉"})
_BESIDE = (
    ("V", "A"), ("A", "V"), ("V", "Hz"), ("Hz", "V"), ("V", "W"), ("W", "V"), ("V", "Ah"),
    ("Ah", "V"), ("W", "Wh"), ("Wh", "W"), ("B", "B"), ("m", "ft"), ("ft", "m"), ("km", "mi"),
    ("mi", "km"), ("kg", "lb"), ("lb", "kg"), ("m", "in"), ("in", "m"), ("mph", "m"), ("m", "°"),
    ("Ω", "Ω"), ("°C", "Pa"), ("°C", "bar"), ("Hz", "Hz"), ("W", "W"),
)  # fmt: skip
"""Two units, with any prefix, of two measures: "230 V/50 Hz", "100 MW/400 MWh", "10 m/33 ft"."""
_BEFORE = {"sq": 2, "cu": 3}
"""What stands before a unit in place of an exponent, as in "sq. ft."."""
_NO_RATE = frozenset({"bit", "bits", "°"})
_MOST = 8
"""Factors of a unit."""
_PER = frozenset({"s", "min", "h", "hr", "d", "yr", "a", "mol", "K"})
"""Units whose power of minus one is "per second" rather than "inverse seconds"."""


@dataclass(frozen=True, slots=True)
class _Factor:
    """A unit, its exponent, and the words between them and the next."""

    name: UnitName
    exponent: int
    symbol: str
    of: str = ""

    def say(self, *, one: bool) -> str:
        size = abs(self.exponent)
        name = self.name.one if one else self.name.many
        if size > 1:
            area = {2: "square", 3: "cubic"}.get(size) if self.name.is_length else None
            name = f"{area} {name}" if area else f"{name} {power(str(size))}"
        return name + self.of


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that was read: the factors of a product, and where it ends in the text."""

    end: int
    factors: tuple[_Factor, ...]

    @property
    def symbol(self) -> str:
        """Its symbol, if it is a single one without an exponent."""
        alone = len(self.factors) == 1 and self.factors[0].exponent == 1
        return self.factors[0].symbol if alone and not self.factors[0].of else ""

    def say(self, *, one: bool) -> str:
        """Its name; for `one` of it, or for several.

        >>> read_unit("kg·m/s²").say(one=False), read_unit("fb⁻¹").say(one=False)
        ('kilogram meters per second squared', 'inverse femtobarns')
        """
        above = [factor for factor in self.factors if factor.exponent > 0]
        below = [factor for factor in self.factors if factor.exponent <= 0]
        if not above and below[0].exponent == -1 and below[0].symbol not in _PER:
            above, below = [_Factor(UnitName("inverse", "inverse"), 1, ""), below[0]], below[1:]
        words = [factor.say(one=one or factor is not above[-1]) for factor in above]
        words += [f"per {factor.say(one=True)}" for factor in below]
        return " ".join(words)


def read_unit(text: str, start: int = 0, end: int | None = None) -> Unit | None:
    """The unit that starts at `start`, the longest there is; None if there is none.

    >>> [unit.say(one=False) for unit in map(read_unit, ("TB/s", "kHz", "W m⁻²", "J/(mol K)"))]
    ['terabytes per second', 'kilohertz', 'watts per square meter', 'joules per mole per kelvin']
    """
    end = len(text) if end is None else end
    first = _read_factor(text, start, end, 1)
    if not first:
        return None
    factors, place = [first[0]], first[1]
    sign, depth = 1, 0
    while len(factors) < _MOST:
        if depth and text[place : place + 1] == ")":
            place, depth, sign = place + 1, 0, 1
        below = factors[-1].exponent < 0 and not _RAISED.search(text[max(place - 6, 0) : place])
        side = -1 if below and _STAYS.match(text, place) else sign
        over = _OVER.match(text, place, end)
        if over and over["number"] and factors[-1].symbol in _NO_RATE:
            break  # another measure, as in "24-bit/96 kHz"
        last = factors[-1].symbol if factors[-1].exponent == 1 else ""
        following = _read_next(text, place, end, side, last, in_brackets=bool(depth))
        if not following:
            break
        factor, place, opened = following
        sign, depth = (-1, 1) if opened else (sign, depth)
        factors.append(factor)
    if depth:
        if text[place : place + 1] != ")":
            return None
        place += 1
    after = text[place : place + 1]
    return None if after.isalnum() or after == "_" else Unit(place, tuple(factors))


def _read_next(
    text: str, place: int, end: int, sign: int, above: str, *, in_brackets: bool
) -> tuple[_Factor, int, bool] | None:
    """A further factor behind a slash, a dot or a space, where it ends, and a bracket before it.

    `above` is the symbol of the unit before it.
    """
    if over := _OVER.match(text, place, end):
        return _read_below(over, end, above)
    times = _TIMES.match(text, place, end) or _TOUCHES.match(text, place, end)
    found = _read_factor(text, times.end(), end, sign) if times else None
    if times and not found and (per := _PER_THING.match(text, times.end(), end)):
        name = name_below(per["thing"]) or per["thing"]
        return _Factor(UnitName(name, name), -1, per["thing"]), per.end(), False
    if not times or not found:
        return None
    factor = found[0]
    spaced = sign > 0 and any(above.endswith(one) and factor.symbol == two for one, two in _SPACED)
    tied = abs(factor.exponent) == 1 and factor.symbol in _HYPHENATED
    raised = abs(factor.exponent) != 1 or factor.exponent != sign or factor.symbol == "√m"
    fits = tied if times[0] == "-" else raised or in_brackets or spaced or not times[0].isspace()
    return (*found, False) if fits else None


def _read_below(over: re.Match[str], end: int, above: str) -> tuple[_Factor, int, bool] | None:
    """What stands behind a slash: a unit or a thing that is counted, with a number or without."""
    text = over.string
    found = _read_factor(text, over.end(), end, -1)
    if not found and (thing := _THING.match(text, over.end(), end)):
        words = name_below(thing[0]) or (" " * thing[0].isupper()).join(thing[0])
        found = _Factor(UnitName(words, words), -1, words), thing.end()
    if not found:
        return None
    factor, place = found
    if number := over["number"]:
        if factor.symbol in _SCALES or factor.symbol == above or _are_beside(above, factor.symbol):
            return None  # two of them: "32°F/0°C", "5 GHz/10 GHz", "5 V/2 A"
        many = f"{_say_number(number)} {factor.say(one=number == '1')}"
        factor = _Factor(UnitName(many, many), -1, factor.symbol)
    return factor, place, bool(over["bracket"])


def _are_beside(first: str, second: str) -> bool:
    """Whether two measures of one thing stand side by side, rather than a rate."""
    return any(first.endswith(one) and second.endswith(two) for one, two in _BESIDE)


def _say_number(digits: str) -> str:
    scale = {"k": " thousand", "M": " million"}.get(digits[-1], "")
    return decimal(digits.rstrip("kM.,")) + scale


def _read_factor(text: str, start: int, end: int, sign: int) -> tuple[_Factor, int] | None:
    match = _FACTOR.match(text, start, end)
    if match and _begins_range(match):
        match = _FACTOR.match(text, start, match.start("exponent"))
    if not match:
        return None
    symbol, place = match["symbol"], match.end()
    of = ""
    if symbol not in UNITS or _JOINED.match(text, match.start("symbol")):
        symbol, of, place = _split_substance(match)
        if not of:
            symbol = _plain(symbol)
    name = None if _is_formula(match) else UNITS.get(symbol)
    after = text[place : place + 1]
    touches = after.isalnum() and not _TOUCHES.match(text, place)
    if name is None or touches or after == "_":
        return None
    if not of and not match["exponent"] and _MASS.fullmatch(symbol):
        of, place = _find_substance(text, place, end)
    exponent = 1 if of else int((match["exponent"] or "1").translate(_SIGNS))
    if before := match["before"]:
        exponent = _BEFORE[before[:2]]
    return _Factor(name, exponent * sign, symbol, of), place


def _begins_range(match: re.Match[str]) -> bool:
    """Whether a dash that might be a minus is that of a range, as in "1 µM–1 mM"."""
    if not (match["exponent"] or "").startswith("–"):
        return False
    after = _SYMBOL_AFTER.match(match.string, match.end())
    measured = after and (after[1] in UNITS or _TIME.fullmatch(after[1]))
    return bool(measured and _NUMBER_BEFORE.search(match.string[: match.start()][-3:]))


_NUMBER_BEFORE = re.compile(r"\d\s?-?$")
_SYMBOL_AFTER = re.compile(r"\s?(?!(?:in|a|as|am|it|at|pt|mo)\b)([A-Za-zµμ°Å]{1,7})(?![\w–])")
_TIME = re.compile("(?:second|minute|hour|day|week|month|year)s?")


def _is_formula(match: re.Match[str]) -> bool:
    """Whether a plain figure counts atoms, a charge, or is part of a name: "3 H2", "5 mM Mg2+"."""
    symbol, exponent = match["symbol"], match["exponent"] or ""
    is_plain = exponent.isascii() and exponent.isdecimal()
    if exponent and match.string[match.end() : match.end() + 1] in {"+", "⁺", "⁻"}:
        return True
    return len(symbol) == 1 and symbol.isascii() and symbol.isupper() and is_plain


def _plain(symbol: str) -> str:
    """A symbol as the table has it: "wt. %" is "wt%", the root of a metre "√m"."""
    return "√m" if re.fullmatch(r"m\W*[1¹].*", symbol) else re.sub(r"[\s.]", "", symbol)


def _split_substance(match: re.Match[str]) -> tuple[str, str, int]:
    """The unit, words and end of "GtCO2e", where the substance follows without a space."""
    joined = _JOINED.match(match.string, match.start())
    if not joined or not (found := _OF.match(match.string, joined.end())):
        return match["symbol"], "", match.end()
    return joined["unit"], _say_substance(found), found.end()


def _find_substance(text: str, place: int, end: int) -> tuple[str, int]:
    """The substance between a mass and a further unit, as in "45 kg N ha⁻¹"."""
    found = _OF.match(text, place, end)
    if not found or found[0] == found["formula"]:
        return "", place
    if not found["equal"] and not _FURTHER.match(text, found.end(), end):
        return "", place
    return _say_substance(found), found.end()


def _name_element(symbol: str) -> str:
    """The name of an element whose symbol isn't a single letter."""
    return ELEMENTS.get(symbol, "") if len(symbol) > 1 else ""


def _say_substance(found: re.Match[str]) -> str:
    formula = found["formula"]
    words = PARTS.get(formula.replace(".", "")) or _name_element(formula) or spell_formula(formula)
    return f" of {words}{' equivalent' if found['equal'] else ''}" if words else ""


def name_below(symbol: str) -> str | None:
    """The name of a unit after a slash, as in "$5/hour" and "$1.10/GPU-hr"."""
    if symbol in _BELOW:
        return _BELOW[symbol]
    if symbol.startswith("c") and _CONVERSION.fullmatch(symbol):
        return "conversion step"
    first, hyphen, last = symbol.partition("-")
    if hyphen:
        return f"{name_below(first) or first} {name_below(last) or last}"
    unit = read_unit(symbol)
    return unit.say(one=True) if unit and unit.end == len(symbol) else None


_BELOW = {
    "dec": "decade", "oct": "octave", "pt": "patient", "iter": "iteration", "op": "operation",
    "sq": "square", "□": "square",
    "day": "day", "week": "week", "month": "month", "year": "year", "hour": "hour",
    "minute": "minute", "second": "second", "token": "token", "user": "user", "GPU": "G P U",
    "CPU": "C P U", "TPU": "T P U", "SOP": "S O P", "MAC": "mac",
    "img": "image", "req": "request", "tok": "token", "sh": "share",
    "sf": "square foot", "sqft": "square foot",
}  # fmt: skip
