"""Symbols with two meanings, told apart by the text around: bases and bits, angles and inches."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers.patterns import TO, N, counts_as_one
from paperledge_audio.spoken.numbers.words import decimal
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_FINANCE = re.compile(
    r"\b(?:rates?|yields?|spreads?|Fed|ECB|bonds?|inflation|CPI|cuts?|hikes?|fees?|returns?|"
    r"treasur(?:y|ies)|loans?|margins?|basis|GDP|prices?)\b",
    re.IGNORECASE,
)
_GENOME = re.compile(
    r"genom|amplicon|primer|\bPCR\b|exon|intron|transcript|contig|chromosom|assembl|N50|sequenc|\breads?\b|\bloc(?:us|i)\b|deletion|\bgenes?\b|plasmid"
)
_CURRENTS = re.compile(
    r"AMOC|overturning|ocean|currents?\b|strait|gyre|transport|Gulf Stream|Drake|m³ ?[s/]",
    re.IGNORECASE,
)
_SKY = re.compile(
    r"\b(?:FOV|FWHM|PSF|seeing|beam|telescopes?|mirrors?|slit|aperture|galax\w+|stars?|nebula\w*|"
    r"quasars?|lens(?:ed|es|ing)?|Einstein|orbits?|proper\smotion|parallax|sky|"
    r"(?:proto|circum)\w+\sdis[ck]s?|dis[ck]'?s?\sscale|arcs?|RA|Dec|ALMA|JWST|Hubble|HST|VLBI|M\d{1,3})\b|″/"
)
_SAMPLES = {"k": "kilo", "M": "mega", "G": "giga"}


def is_sky(text: str, place: int) -> bool:
    """Whether the text around a place is about the sky, where seconds and minutes are angles."""
    return bool(_SKY.search(text[max(place - 80, 0) : place + 60]))


def _say_bases(match: re.Match[str], _context: Context) -> Saying:
    """Bases of a genome, where the sentence is about one; else bits."""
    near = match.string[max(match.start() - 80, 0) : match.end() + 60]
    if not _GENOME.search(near):
        return None
    prefix = {"k": "kilo", "M": "mega", "G": "giga"}[match[2]]
    one = match[1] == "1" or "-" in match[0] or counts_as_one(match)
    return f"{decimal(match[1])} {prefix}base{'' if one else 's'}"


def _say_basis_points(match: re.Match[str], _context: Context) -> Saying:
    """Hundredths of a percent, where the sentence is about rates; else bits or base pairs."""
    near = match.string[max(match.start() - 80, 0) : match.end() + 60]
    if not _FINANCE.search(near):
        return None
    one = match[1] == "1" or "-" in match[0] or counts_as_one(match)
    return f"{decimal(match[1])} basis point{'' if one else 's'}"


def _say_sverdrups(match: re.Match[str], _context: Context) -> Saying:
    """Millions of cubic metres a second, where the sentence is about currents; else sieverts."""
    near = match.string[max(match.start() - 80, 0) : match.end() + 60]
    if not _CURRENTS.search(near):
        return None
    first, second = match.groups()
    words = f"{decimal(first)} to {decimal(second)}" if second else decimal(first)
    one = (first == "1" and not second) or counts_as_one(match)
    return f"{words} sverdrup{'' if one else 's'}"


def _say_sampling(match: re.Match[str], _context: Context) -> Saying:
    name = f"{_SAMPLES.get(match[2], '')}sample{'' if match[1] == '1' else 's'}"
    return f"{decimal(match[1])} {name} per second"


RULES: tuple[Rule, ...] = (
    rule("bases", "d", rf"{N}[\s-]?([kMG])b(?![\w/])", _say_bases),
    rule("sampling", "d", rf"{N}\s?([kMG])?S/s(?!\w)", _say_sampling),
    rule("basis points", "d", rf"{N}[\s-]?bps?(?![\w/])", _say_basis_points),
    rule("sverdrups", "d", rf"{N}(?:{TO}{N})?\s?Sv(?!\w)", _say_sverdrups),
)  # fmt: skip
