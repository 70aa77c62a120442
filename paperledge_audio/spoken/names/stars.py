"""Stars, galaxies and supernovae: their names in catalogues, and the types they are sorted in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken import english
from paperledge_audio.spoken.numbers.patterns import counts_as_one
from paperledge_audio.spoken.numbers.roman import read_roman
from paperledge_audio.spoken.numbers.words import cardinal, decimal, label, spell_digits
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_CATALOGUED = re.compile(r"\b(?:PKS|HE|QSO|TXS|MRC|RBS|PG|PSR|RXJ?|1ES|1H|[348]C|S[45]|B[23])\s$")
"""Catalogues whose names are places in the sky, as "PKS 2155−304"."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_SIGNS = {"+": "plus"}
_STARS = {
    "Mrk": "Markarian",
    "Mkn": "Markarian",
    "Cnc": "Cancri",
    "Eri": "Eridani",
    "Aql": "Aquilae",
    "Cet": "Ceti",
}
"""Shortened names of lists of galaxies, and of constellations behind a star's number."""
_MARKS = dict.fromkeys(("″", "′′", "''"), "arcseconds")
_MARKS |= {"′": "arcminutes", "°": "degrees", "ˢ": "seconds", "ᵐ": "magnitudes"}
"""What may stand over the point of a number, as in "0.″05"."""
_ENDS = r"(?![\w’']|-\w)"


def _say_sky(match: re.Match[str], _context: Context) -> Saying:
    """A place in the sky behind a catalogue's name, as in "HE 0435−1223"."""
    before = match.string[max(match.start() - 8, 0) : match.start()]
    hours, sign, degrees, part = match.groups()
    years = (
        sign != "+" and _YEAR.fullmatch(hours) and (_YEAR.fullmatch(degrees) or len(degrees) < 3)
    )
    if years or not _CATALOGUED.search(before):
        return None
    tail = f" {' '.join(part.upper())}" if part else ""
    return f"{label(hours)} {_SIGNS.get(sign, 'minus')} {label(degrees)}{tail}"


def _say_place(match: re.Match[str], _context: Context) -> Saying:
    """A star by its place, as "J0737−3039A"."""
    letter, hours, sign, degrees, part, second = match.groups()
    place = label(hours) if len(hours) == 4 else spell_digits(hours)
    parts = "".join(f" {' '.join(one.upper())}" for one in (part, second) if one)
    return f"{letter} {place} {_SIGNS.get(sign, 'minus')} {label(degrees)}{parts}"


def _say_supernova(match: re.Match[str], _context: Context) -> Saying:
    """A type of supernova behind its word, as "Ia", "II-P", "IIn" and "Ic-BL"."""
    number, kind, or_other, tail = match.groups()
    parts = [cardinal(str(read_roman(number))), *(kind or "").upper().lstrip("-")]
    parts += ["or", or_other.upper()] if or_other else []
    return " ".join([*parts, *(tail or "").lstrip("-")])


def _say_angle(match: re.Match[str], _context: Context) -> Saying:
    """A number with its unit over the point, as "0.″05"."""
    whole, mark, part = match.groups()
    unit = _MARKS[mark].removesuffix("s" if counts_as_one(match) else "")
    return f"{decimal(f'{whole}.{part}')} {unit}"


def _say_lines(match: re.Match[str], _context: Context) -> Saying:
    """The wavelengths of spectral lines, digits in pairs, as in "[O III] λ5007"."""
    pairs = (
        f"{cardinal(line[:2])} {'oh ' if line[2] == '0' else ''}{cardinal(line[2:])}"
        if line[2:] != "00"
        else label(line)
        for line in re.findall(r"\d{4}", match[2])
    )
    return f"{'lambda ' * len(match[1])}{', '.join(pairs)}"


def _say_transient(match: re.Match[str], _context: Context) -> Saying:
    """A supernova or another transient by its year, as "SN 2011fe" and "AT2017gfo"."""
    letters, year, part = match.groups()
    is_word = len(part) > 2 and english.is_common(part)
    return f"{' '.join(letters)} {label(year)} {part if is_word else ' '.join(part.upper())}"


def _say_class(match: re.Match[str], _context: Context) -> Saying:
    """The type of a star and its luminosity, as "K5 III" and "O9.5 Ia"; V stays a letter."""
    letter, size, number, part = match.groups()
    words = "V" if number == "V" else cardinal(str(read_roman(number)))
    return f"{letter} {decimal(size)} {words}{f' {part.upper()}' if part else ''}"


RULES: tuple[Rule, ...] = (
    rule(
        "place in the sky",
        "d",
        r"(?<![\d.])(\d{4})([-−–+])(\d{2,4})([a-z]{0,2})(?![\w-])",
        _say_sky,
    ),
    rule(
        "place in the sky",
        "U",
        r"(?<!\w)([JBFQ])(\d{4,5})(?:\.\d)?([-−–+])(\d{2,7})"
        r"([A-Z]{1,2}|[a-z]{1,2})?(?:/([A-Z]))?(?!\w)",
        _say_place,
    ),
    rule("letters", "U", r"HE(?=\s\d{4}[-−–+]\d{3})", "H E"),
    rule(
        "number of a star",
        "d",
        r"(?:(?<=\bHD\s)|(?<=\bHIP\s)|(?<=\bTIC\s)|(?<=\bKIC\s))\d{5,9}(?=[a-z]?(?!\w))",
        lambda m, _c: spell_digits(m[0]).replace("zero", "oh"),
    ),
    rule(
        "star",
        "U",
        rf"(?<!\w)(?:Mrk|Mkn)(?=\s\d)|(?:(?<=\d\s)|(?<=[α-ω]\s))(?:{'|'.join(_STARS)})(?!\w)",
        lambda m, _c: _STARS[m[0]],
    ),
    rule(
        "transient",
        "U",
        r"(?<!\w)(SN|AT)\s?((?:19|20)\d\d)([A-Z]|[a-z]{2,4})(?!\w)",
        _say_transient,
    ),
    rule("planets", "U", r"(?<!\w)K2-(?=\d{1,4}[a-z]?(?!\w))", "K two "),
    rule("angle", "d", rf"(\d{{1,3}})\.({'|'.join(_MARKS)})(\d{{1,3}})(?!\d)", _say_angle),
    rule(
        "spectral lines",
        "l",
        r"(λ{1,2})\s?([1-9]\d{3}(?:[,/]\s?[1-9]\d{3}){0,4})(?!\w|\.\d|\s?(?:nm|Å|[µμ]m|pm)(?!\w))",
        _say_lines,
    ),
    rule("supernovae", "U", r"SNe(?!\w)", "supernovae"),
    rule("supernova", "U", r"SN(?=\s(?:I[abc]|II)(?!\w))|SN(?=I[abc](?!\w))", "supernova "),
    rule(
        "supernova type",
        "U",
        r"(?:(?<=[Tt]ype\s)|(?<=[Tt]ypes\s)|(?<=SN\s)|(?<=SN)|(?<=SNe\s)|(?<=\sor\s)|(?<=\sand\s))"
        r"(II|I(?=[abc]))(ax|bc|[abcnPL](?![\w/])|[abc](?=/)|-[PLn]|)(?:/([bcL]))?(-BL)?" + _ENDS,
        _say_supernova,
    ),
    rule("supernova type", "U", r"(I)(a)()()(?=\s(?:supernovae?|SNe?)\b)", _say_supernova),
    rule(
        "type of a star",
        "U",
        r"(?<![\w-])([OBAFGKM])(\d(?:\.\d)?)\s?(I{2,3}|IV|I(?=[ab])|V)(ab?|b)?" + _ENDS,
        _say_class,
    ),
    rule("comet", "d", r"\d{1,3}P/(?=[A-Z])", lambda m, _c: f"{cardinal(m[0][:-2])} P "),
    rule(
        "working group",
        "U",
        r"WG(I{1,3})(?!\w)",
        lambda m, _c: f"working group {cardinal(str(read_roman(m[1])))}",
    ),
)
