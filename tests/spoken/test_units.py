"""Units are read by their grammar: every prefix, every unit, every exponent."""

from __future__ import annotations

import pytest

from paperledge_audio.spoken.numbers.units.grammar import read_unit
from paperledge_audio.spoken.numbers.units.table import UNITS, list_units
from tests.spoken.test_cases import said

PREFIXES = {"f": "femto", "p": "pico", "n": "nano", "µ": "micro", "m": "milli", "k": "kilo",
            "M": "mega", "G": "giga", "T": "tera", "P": "peta", "E": "exa"}  # fmt: skip
TAKEN = {
    # symbol: (one, several, the prefixes that it takes here)
    "m": ("meter", "meters", "fpnµmkMG"), "g": ("gram", "grams", "fpnµmkMGT"),
    "s": ("second", "seconds", "fpnµm"), "A": ("amp", "amps", "pnµmk"),
    "K": ("kelvin", "kelvin", "nµm"), "mol": ("mole", "moles", "pnµmk"),
    "Hz": ("hertz", "hertz", "mkMGT"), "N": ("newton", "newtons", "pnµmkM"),
    "Pa": ("pascal", "pascals", "µmkMGT"), "J": ("joule", "joules", "fpnµmkMGTPE"),
    "W": ("watt", "watts", "pnµmkMGTP"), "V": ("volt", "volts", "nµmkM"),
    "F": ("farad", "farads", "fpnµm"), "T": ("tesla", "tesla", "pnµm"),
    "Bq": ("becquerel", "becquerels", "kMGTP"), "Sv": ("sievert", "sieverts", "µm"),
    "Gy": ("gray", "grays", "µm"), "L": ("liter", "liters", "pnµm"),
    "eV": (" electron volt", " electron volts", "mkMGTPE"), "Da": ("dalton", "daltons", "kM"),
    "cal": ("calorie", "calories", "k"), "Ah": ("amp hour", "amp hours", "mk"),
    "Wh": ("watt hour", "watt hours", "kMGT"), "pc": ("parsec", "parsecs", "kMG"),
    "B": ("byte", "bytes", "kMGTPE"), "bit": ("bit", "bits", "kMGT"),
    "t": ("tonne", "tonnes", "kMG"), "FLOPS": ("flops", "flops", "MGTPE"),
}  # fmt: skip
LENGTHS = {"m", "pc"}
POWERS = {2: "squared", 3: "cubed"}
AREAS = {2: "square", 3: "cubic"}


def raised(symbol: str, name: str, exponent: int) -> str:
    """A unit's name with an exponent, said independently of the grammar."""
    if exponent == 1:
        return name
    if symbol in LENGTHS:
        return f"{AREAS[exponent]} {name}"
    return f"{name} {POWERS[exponent]}"


@pytest.mark.parametrize("symbol", TAKEN)
@pytest.mark.parametrize(
    ("sign", "exponent"), [("²", 2), ("³", 3), ("^2", 2), ("^{3}", 3), ("", 1)]
)
def test_every_prefix_with_every_exponent(symbol: str, sign: str, exponent: int) -> None:
    one, several, prefixes = TAKEN[symbol]
    for prefix in ["", *prefixes]:
        printed = prefix + symbol + sign
        before = PREFIXES.get(prefix, "")
        unit = read_unit(printed)
        assert unit
        assert unit.end == len(printed)
        assert unit.say(one=True) == raised(symbol, (before + one).strip(), exponent)
        assert unit.say(one=False) == raised(symbol, (before + several).strip(), exponent)


@pytest.mark.parametrize("symbol", TAKEN)
@pytest.mark.parametrize(
    ("form", "exponent"),
    [(" {}⁻¹", 1), ("/{}", 1), (" {}^-1", 1), ("·{}⁻²", 2), ("/{}²", 2), ("/{}^2", 2),
     (" {}⁻³", 3), (" {}−1", 1), (" {}^{{-2}}", 2)],
)  # fmt: skip
def test_every_unit_below_another(symbol: str, form: str, exponent: int) -> None:
    one, _, prefixes = TAKEN[symbol]
    for prefix in ["", *prefixes]:
        printed = f"kJ{form.format(prefix + symbol)}"
        below = raised(symbol, (PREFIXES.get(prefix, "") + one).strip(), exponent)
        assert said(f"about 7 {printed} here") == f"about seven kilojoules per {below} here"


def test_no_symbol_has_two_names() -> None:
    names = list(list_units())
    assert len(names) == len(UNITS)


@pytest.mark.parametrize("word", ["in", "as", "it", "a", "b", "c", "C", "B", "F", "M"])
def test_a_word_behind_a_number_stays_a_word(word: str) -> None:
    text = said(f"the 5 {word} question")
    assert text.lower() == f"the five {word} question".lower()
