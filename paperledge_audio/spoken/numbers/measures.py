"""Units of measure: their symbols and their names."""

from __future__ import annotations

_PREFIXES = {
    "f": "femto", "p": "pico", "n": "nano", "µ": "micro", "μ": "micro", "u": "micro",
    "m": "milli", "c": "centi", "d": "deci", "k": "kilo", "K": "kilo", "M": "mega",
    "G": "giga", "T": "tera", "P": "peta", "E": "exa",
}  # fmt: skip
_BASES = {
    # symbol: (singular, plural, prefixes that are in use)
    "m": ("meter", "meters", "nµμmck"),
    "g": ("gram", "grams", "µμmk"),
    "s": ("second", "seconds", "fpnµμum"),
    "Hz": ("hertz", "hertz", "kMGT"),
    "B": ("byte", "bytes", "kKMGTPE"),
    "iB": ("byte", "bytes", "KMGTP"),
    "b": ("bit", "bits", "kKMG"),
    "bit": ("bit", "bits", "kKMG"),
    "W": ("watt", "watts", "µμmkMG"),
    "Wh": ("watt hour", "watt hours", "kMGT"),
    "V": ("volt", "volts", "µμmk"),
    "A": ("amp", "amps", "mk"),
    "J": ("joule", "joules", "mkM"),
    "eV": ("electron volt", "electron volts", "mkMGT"),
    "N": ("newton", "newtons", "k"),
    "Pa": ("pascal", "pascals", "hkM"),
    "L": ("liter", "liters", "µμm"),
    "l": ("liter", "liters", "m"),
    "mol": ("mole", "moles", "µμmn"),
    "M": ("molar", "molar", "µμmn"),
    "T": ("tesla", "tesla", "mµ"),
    "K": ("kelvin", "kelvin", "m"),
    "bps": ("bit per second", "bits per second", "kKMGT"),
    "FLOPS": ("flops", "flops", "MGTPE"),
    "FLOPs": ("flop", "flops", "MGTPE"),
    "FLOP/s": ("flops", "flops", "MGTPE"),
    "pc": ("parsec", "parsecs", "kMG"),
}
_PLAIN = {
    "min": ("minute", "minutes"), "mins": ("minute", "minutes"),
    "h": ("hour", "hours"), "hr": ("hour", "hours"), "hrs": ("hour", "hours"),
    "sec": ("second", "seconds"), "secs": ("second", "seconds"),
    "yr": ("year", "years"), "yrs": ("year", "years"),
    "ft": ("foot", "feet"), "lb": ("pound", "pounds"), "lbs": ("pound", "pounds"),
    "oz": ("ounce", "ounces"), "mph": ("mile per hour", "miles per hour"),
    "fps": ("frame per second", "frames per second"), "rpm": ("R P M", "R P M"),
    "dB": ("decibel", "decibels"), "dBA": ("decibel", "decibels"), "px": ("pixel", "pixels"),
    "ppm": ("part per million", "parts per million"),
    "ppb": ("part per billion", "parts per billion"), "bp": ("base pair", "base pairs"),
    "kcal": ("kilocalorie", "kilocalories"),
    "rad": ("radian", "radians"), "ha": ("hectare", "hectares"),
    "ly": ("light year", "light years"), "Gyr": ("billion years", "billion years"),
    "Myr": ("million years", "million years"), "kyr": ("thousand years", "thousand years"),
    "pp": ("percentage point", "percentage points"),
    "tok": ("token", "tokens"), "pt": ("point", "points"), "pts": ("point", "points"),
    "¢": ("cent", "cents"),
    "atm": ("atmosphere", "atmospheres"), "QPS": ("query per second", "queries per second"),
    "°C": ("degree Celsius", "degrees Celsius"), "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°": ("degree", "degrees"), "℃": ("degree Celsius", "degrees Celsius"), "Ω": ("ohm", "ohms"),
    "Å": ("angstrom", "angstroms"), "\u212b": ("angstrom", "angstroms"),
}  # fmt: skip
_NOT_ALONE = frozenset({"iB", "b", "B", "M", "T", "N", "A", "K", "bit", "FLOPs", "l"})
"""Symbols that mean something else, or a word, where no prefix (for B and b, or slash) is there."""
_PER = {
    "s": "second", "sec": "second", "min": "minute", "h": "hour", "hr": "hour", "day": "day",
    "kg": "kilogram", "g": "gram", "m": "meter", "m²": "square meter", "m³": "cubic meter",
    "m2": "square meter", "m3": "cubic meter", "cm²": "square centimeter", "L": "liter",
    "l": "liter", "mL": "milliliter", "ml": "milliliter", "dL": "deciliter", "Hz": "hertz",
    "W": "watt", "month": "month", "year": "year", "yr": "year", "week": "week",
    "token": "token", "user": "user", "km": "kilometer", "px": "pixel", "GPU": "G P U",
    "mo": "month", "hour": "hour", "second": "second", "minute": "minute",
}  # fmt: skip
_POWERS = {"²": "square", "³": "cubic", "2": "square", "3": "cubic"}


def _make_table() -> dict[str, tuple[str, str]]:
    units = dict(_PLAIN)
    for symbol, (one, many, prefixes) in _BASES.items():
        units[symbol] = one, many
        for prefix in prefixes:
            name = "hecto" if prefix == "h" else _PREFIXES[prefix]
            if symbol == "iB":
                name = {"K": "kibi", "M": "mebi", "G": "gibi", "T": "tebi", "P": "pebi"}[prefix]
            units[prefix + symbol] = name + one, name + many
    for length in ("m", "cm", "mm", "km", "ft", "nm", "µm"):
        for mark, power in _POWERS.items():
            one, many = units[length]
            units[length + mark] = f"{power} {one}", f"{power} {many}"
    return {symbol: names for symbol, names in units.items() if symbol not in _NOT_ALONE}


UNITS = _make_table()
"""Symbol → singular and plural name."""


def name_unit(symbol: str, *, one: bool) -> str | None:
    """The name of a unit, "TB/s" included; None for what is no unit.

    >>> name_unit("TB/s", one=False), name_unit("kHz", one=True), name_unit("mg/kg", one=True)
    ('terabytes per second', 'kilohertz', 'milligram per kilogram')
    """
    if symbol in UNITS:
        return UNITS[symbol][0 if one else 1]
    symbol, slash, below = symbol.rpartition("/")
    if not slash or below not in _PER:
        return None
    above = UNITS.get(symbol) or {"B": ("byte", "bytes"), "b": ("bit", "bits")}.get(symbol)
    return f"{above[0 if one else 1]} per {_PER[below]}" if above else None


def name_unit_below(symbol: str) -> str | None:
    """The name of a unit after a slash, as in "$5/hour"."""
    return _PER.get(symbol)
