"""The symbols of units and what each is called.

Names of prefixes: SI Brochure, 9th edition, table 7; of units: tables 2, 4 and 8, with American
spelling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIXES = {
    "q": "quecto", "r": "ronto", "y": "yocto", "z": "zepto", "a": "atto", "f": "femto",
    "p": "pico", "n": "nano", "µ": "micro", "μ": "micro", "u": "micro", "m": "milli",
    "c": "centi", "d": "deci", "da": "deca", "h": "hecto", "k": "kilo", "K": "kilo", "M": "mega",
    "G": "giga", "T": "tera", "P": "peta", "E": "exa", "Z": "zetta", "Y": "yotta", "R": "ronna",
    "Q": "quetta",
}  # fmt: skip
_SMALL = "q r y z a f p n µ μ u m"
_LARGE = "k M G T P E Z Y R Q"
_ALL = f"{_SMALL} c d da h {_LARGE}"
_BINARY = {"Ki": "kibi", "Mi": "mebi", "Gi": "gibi", "Ti": "tebi", "Pi": "pebi", "Ei": "exbi"}


@dataclass(frozen=True, slots=True)
class UnitName:
    """A unit's name in the singular and the plural."""

    one: str
    many: str
    is_length: bool = False
    """Whether its powers are "square" and "cubic" rather than "squared" and "cubed"."""


_PREFIXED = {
    # symbols: (singular, plural, prefixes); a name behind a space stays apart from its prefix
    "g": ("gram", "grams", _ALL),
    "s": ("second", "seconds", f"{_SMALL} k M"),
    "A": ("amp", "amps", f"{_SMALL} k M"),
    "K": ("kelvin", "kelvin", f"{_SMALL} k M G"),
    "mol": ("mole", "moles", f"{_SMALL} c k M"),
    "cd": ("candela", "candelas", "m k"),
    "Hz hz": ("hertz", "hertz", f"{_SMALL} c h K {_LARGE}"),
    "N": ("newton", "newtons", f"{_SMALL} k M G"),
    "Pa": ("pascal", "pascals", f"{_SMALL} h {_LARGE}"),
    "J": ("joule", "joules", f"{_SMALL} {_LARGE}"),
    "W": ("watt", "watts", f"{_SMALL} {_LARGE}"),
    "C": ("coulomb", "coulombs", f"{_SMALL} k"),
    "V": ("volt", "volts", f"{_SMALL} k M G"),
    "F": ("farad", "farads", f"{_SMALL} k"),
    "Ω \u2126": (" ohm", " ohms", f"{_SMALL} k M G T"),
    "S": ("siemens", "siemens", f"{_SMALL} d k M"),
    "Wb": ("weber", "webers", f"{_SMALL} k"),
    "T": ("tesla", "tesla", _SMALL),
    "H": ("henry", "henries", f"{_SMALL}"),
    "lm": ("lumen", "lumens", "m k M"),
    "lx": ("lux", "lux", "µ μ m k"),
    "Bq": ("becquerel", "becquerels", f"µ μ m {_LARGE}"),
    "Ci": ("curie", "curies", "p n µ μ m k M"),
    "Gy": ("gray", "grays", "n µ μ m c k"),
    "Sv": ("sievert", "sieverts", "n µ μ m c k"),
    "kat": ("katal", "katals", "p n µ μ m"),
    "rad": ("radian", "radians", "n µ μ m k"),
    "L": ("liter", "liters", "a f p n µ μ u m c d h k M G"),
    "l": ("liter", "liters", "f p n µ μ u m c d h k"),
    "t": ("tonne", "tonnes", "k M G T"),
    "eV": (" electron volt", " electron volts", f"n µ μ m {_LARGE}"),
    "Da": ("dalton", "daltons", "m k M G"),
    "cal Cal": ("calorie", "calories", "k M G"),
    "M": ("molar", "molar", "a f p n µ μ u m"),
    "gC": ("gram of carbon", "grams of carbon", "µ μ m k M G T P"),
    "tC": ("tonne of carbon", "tonnes of carbon", "k M G"),
    "atm": (" atmosphere", " atmospheres", "µ μ m"),
    "Osm": ("osmole", "osmoles", "m"), "Eq": (" equivalent", " equivalents", "m"),
    "IU": (" international unit", " international units", "m k M"),
    "B": ("byte", "bytes", f"K {_LARGE}"),
    "b bit bits": ("bit", "bits", f"K {_LARGE}"),
    "bps": ("bit per second", "bits per second", "K k M G T P"),
    "Bps": ("byte per second", "bytes per second", "K k M G T P"),
    "Wp": ("watt peak", "watts peak", "k M G"), "U": ("unit", "units", "m k"),
    "bp": ("base pair", "base pairs", "k M G"),
    "FLOPS": ("flops", "flops", _LARGE), "FLOP FLOPs": ("flop", "flops", _LARGE),
    "OP OPs": (" operation", " operations", _LARGE),
    "OPS": (" operation per second", " operations per second", _LARGE),
    "Wh": ("watt hour", "watt hours", f"n µ μ m {_LARGE}"),
    "Ah": ("amp hour", "amp hours", "n µ μ m k"),
    "VA": (" volt amp", " volt amps", "m k M G"),
    "bar": ("bar", "bar", "µ μ m d k M G"), "Torr": ("torr", "torr", "m µ μ n"),
    "G": ("gauss", "gauss", "n µ μ m k M"), "Jy": ("jansky", "janskys", "n µ μ m k M"),
    "erg": ("erg", "ergs", "m"), "dyn": ("dyne", "dynes", "µ μ m"),
    "P": ("poise", "poise", "m c"), "barn": ("barn", "barns", "a f p n µ μ m"),
    "baud": ("baud", "baud", "k M G"), "px": ("pixel", "pixels", "k M G"),
    "sr": ("steradian", "steradians", "m µ μ"),
    "MAC MACs": (" mac", " macs", "k M G T"), "cSt": ("centistoke", "centistokes", ""),
    "sps SPS": ("sample per second", "samples per second", "k M G"),
    "dps": ("degree per second", "degrees per second", "m k"),
    "Bd": ("baud", "baud", "k M G"), "Oe": ("oersted", "oersteds", "m k"),
    "√h √hr": (" root hour", " root hours", ""),
    "√Hz": (" root hertz", " root hertz", ""), "√m": (" root meters", " root meters", ""),
}  # fmt: skip
_PREFIXED_LENGTHS = {
    "m": ("meter", "meters", _ALL),
    "pc": ("parsec", "parsecs", "m k M G"),
    "ly": (" light year", " light years", "k M G"),
    "arcsec": (" arcsecond", " arcseconds", "m µ μ"),
}
_LENGTHS = {
    "in": ("inch", "inches"), "ft": ("foot", "feet"), "yd yds": ("yard", "yards"),
    "mi": ("mile", "miles"), "nmi": ("nautical mile", "nautical miles"),
    "au AU": ("astronomical unit", "astronomical units"),
    "Å \u212b": ("angstrom", "angstroms"), "deg": ("degree", "degrees"),
    "arcmin ′": ("arcminute", "arcminutes"), "″": ("arcsecond", "arcseconds"),
}  # fmt: skip
_PLAIN = {
    "min mins": ("minute", "minutes"), "h hr hrs": ("hour", "hours"),
    "sec secs": ("second", "seconds"), "d": ("day", "days"), "wk": ("week", "weeks"),
    "wks": ("week", "weeks"), "mo": ("month", "months"), "yr yrs y": ("year", "years"),
    "lb lbs": ("pound", "pounds"), "lbf": ("pound force", "pounds force"),
    "oz": ("ounce", "ounces"), "gal": ("gallon", "gallons"), "qt": ("quart", "quarts"),
    "tsp": ("teaspoon", "teaspoons"), "tbsp": ("tablespoon", "tablespoons"),
    "ac": ("acre", "acres"), "ha": ("hectare", "hectares"),
    "kha": ("thousand hectares", "thousand hectares"),
    "Mha": ("million hectares", "million hectares"), "bu": ("bushel", "bushels"),
    "maf": ("million acre-feet", "million acre-feet"),
    "taf": ("thousand acre-feet", "thousand acre-feet"), "molec": ("molecule", "molecules"),
    "mAs": ("milliamp second", "milliamp seconds"),
    "cmol(+) cmolc cmol_c": ("centimole of charge", "centimoles of charge"), "cc": ("C C", "C Cs"),
    "mph": ("mile per hour", "miles per hour"),
    "kph kmh": ("kilometer per hour", "kilometers per hour"), "kn kts": ("knot", "knots"),
    "fps FPS": ("frame per second", "frames per second"), "rpm RPM": ("R P M", "R P M"),
    "bpm BPM": ("beat per minute", "beats per minute"),
    "QPS qps": ("query per second", "queries per second"),
    "dB": ("decibel", "decibels"), "dBA": ("decibel", "decibels"), "dBm": ("D B M", "D B M"),
    "dBi": ("D B I", "D B I"), "dBc": ("D B C", "D B C"), "dBFS": ("D B F S", "D B F S"),
    "dBTP": ("decibel true peak", "decibels true peak"), "LUFS": ("luffs", "luffs"),
    "ppm": ("part per million", "parts per million"),
    "ppb": ("part per billion", "parts per billion"),
    "ppt": ("part per trillion", "parts per trillion"),
    "pp": ("percentage point", "percentage points"), "nt": ("nucleotide", "nucleotides"),
    "wt%": ("weight percent", "weight percent"), "vol%": ("volume percent", "volume percent"),
    "mol%": ("mole percent", "mole percent"), "at%": ("atomic percent", "atomic percent"),
    "mmHg": ("millimeter of mercury", "millimeters of mercury"),
    "cmH2O cmH₂O": ("centimeter of water", "centimeters of water"),
    "psf": ("pound per square foot", "pounds per square foot"), "ksi": ("K S I", "K S I"),
    "pcf": ("pound per cubic foot", "pounds per cubic foot"), "kip kips": ("kip", "kips"),
    "psi": ("pound per square inch", "pounds per square inch"),
    "psig": ("P S I gauge", "P S I gauge"), "psia": ("P S I absolute", "P S I absolute"),
    "barg": ("bar gauge", "bar gauge"), "bara": ("bar absolute", "bar absolute"),
    "Mcps": ("megachip per second", "megachips per second"),
    "inHg": ("inch of mercury", "inches of mercury"),
    "inH2O inH₂O": ("inch of water", "inches of water"),
    "ipm": ("inch per minute", "inches per minute"),
    "sfm": ("surface foot per minute", "surface feet per minute"),
    "kVAR kVAr kvar": ("kilovar", "kilovars"), "MVAR MVAr Mvar": ("megavar", "megavars"),
    "pu": ("per unit", "per unit"), "dBu": ("D B U", "D B U"), "dBsm": ("D B S M", "D B S M"),
    "req reqs": ("request", "requests"), "txn txns": ("transaction", "transactions"),
    "emu": ("E M U", "E M U"), "pkt pkts": ("packet", "packets"),
    "ppi": ("pixel per inch", "pixels per inch"),
    "psu": ("practical salinity unit", "practical salinity units"),
    "DU": ("Dobson unit", "Dobson units"), "Vs": ("volt second", "volt seconds"),
    "Nm": ("newton meter", "newton meters"), "kNm": ("kilonewton meter", "kilonewton meters"),
    "ppmv": ("part per million by volume", "parts per million by volume"),
    "ppbv": ("part per billion by volume", "parts per billion by volume"),
    "tok toks": ("token", "tokens"),
    "mag": ("magnitude", "magnitudes"), "mas": ("milliarcsecond", "milliarcseconds"),
    "µas μas": ("microarcsecond", "microarcseconds"),
    "bbl": ("barrel", "barrels"), "MMBtu MMBTU": ("million B T U", "million B T U"),
    "equiv": ("equivalent", "equivalents"),
    "aa": ("amino acid", "amino acids"), "cM": ("centimorgan", "centimorgans"),
    "pt": ("point", "points"), "pts": ("point", "points"), "¢": ("cent", "cents"),
    "Fr": ("French", "French"), "dpi": ("dot per inch", "dots per inch"),
    "hpi": ("hour post infection", "hours post infection"), "MP": ("megapixel", "megapixels"),
    "°C ℃": ("degree Celsius", "degrees Celsius"), "Kg": ("kilogram", "kilograms"),
    "°F ℉": ("degree Fahrenheit", "degrees Fahrenheit"), "°": ("degree", "degrees"),
    "c": ("C", "C"), "CFU": ("C F U", "C F U"), "PFU": ("P F U", "P F U"), "vg": ("V G", "V G"),
    "it": ("iteration", "iterations"), "a": ("year", "years"),
}  # fmt: skip
_THOUSANDS = {"pps": "packets per second", "ops": "operations", "IOPS": "eye ops"}
"""What only thousands, millions and billions are counted of: "14.8 Mpps"."""
_YEARS = {"yr": "k M G", "a": "k M G", "ya": "k m M G b B"}
"""Symbols of years that a prefix counts: "Myr", "Ma" and "Mya" are millions of years."""
_COUNTS = {"m": "million", "M": "million"} | dict.fromkeys("kK", "thousand")
_COUNTS |= dict.fromkeys("GbB", "billion")
_BODIES = {
    "☉ ⊙ _☉ _⊙ _sun sun": "solar", "⊕ _⊕ earth Earth _earth _Earth": "Earth",
    "♃ _J Jup _Jup jup": "Jupiter",
}  # fmt: skip
_OF_BODIES = {"M": ("mass", "masses"), "L": ("luminosity", "luminosities"),
              "R": ("radius", "radii")}  # fmt: skip


def list_units() -> Iterator[tuple[str, UnitName]]:
    """Every symbol with its name; none comes twice."""
    yield from _list_plain(_PLAIN, is_length=False)
    yield from _list_plain(_LENGTHS, is_length=True)
    yield from _list_prefixed(_PREFIXED_LENGTHS, is_length=True)
    yield from _list_prefixed(_PREFIXED, is_length=False)
    for prefix, before in _BINARY.items():
        yield f"{prefix}B", UnitName(f"{before}byte", f"{before}bytes")
        yield f"{prefix}b", UnitName(f"{before}bit", f"{before}bits")
    for prefix in "fpnµμm":
        yield f"{prefix}b", UnitName(f"{PREFIXES[prefix]}barn", f"{PREFIXES[prefix]}barns")
    for symbol, things in _THOUSANDS.items():
        for prefix in "kKMG":
            words = f"{_COUNTS[prefix]} {things}"
            yield prefix + symbol, UnitName(words, words)
    yield from _list_years()
    yield from _list_bodies()


def _list_plain(
    table: dict[str, tuple[str, str]], *, is_length: bool
) -> Iterator[tuple[str, UnitName]]:
    for symbols, (one, many) in table.items():
        for symbol in symbols.split():
            yield symbol, UnitName(one, many, is_length)


def _list_prefixed(
    table: dict[str, tuple[str, str, str]], *, is_length: bool
) -> Iterator[tuple[str, UnitName]]:
    for symbols, (one, many, prefixes) in table.items():
        for symbol in symbols.split():
            yield symbol, UnitName(one.strip(), many.strip(), is_length)
            for prefix in prefixes.split():
                before = PREFIXES[prefix]
                yield prefix + symbol, UnitName(before + one, before + many, is_length)


def _list_years() -> Iterator[tuple[str, UnitName]]:
    for symbol, prefixes in _YEARS.items():
        for prefix in prefixes.split():
            years = f"{_COUNTS[prefix]} years{' ago' if symbol == 'ya' else ''}"
            yield prefix + symbol, UnitName(years, years)


def _list_bodies() -> Iterator[tuple[str, UnitName]]:
    for symbols, body in _BODIES.items():
        for symbol in symbols.split():
            for letter, (one, many) in _OF_BODIES.items():
                yield letter + symbol, UnitName(f"{body} {one}", f"{body} {many}")


UNITS: dict[str, UnitName] = dict(list_units())
LETTERS = "A-Za-z″′" + "".join(
    sorted({sign for symbol in UNITS for sign in symbol if sign.isalpha() and not sign.isascii()})
)
"""What symbols are written with, for a class of a regular expression."""
STARTS = rf"(?=[{LETTERS}°¢℃℉])"
"""Before a unit."""
