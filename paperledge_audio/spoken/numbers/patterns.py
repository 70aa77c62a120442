"""What the patterns of numbers are made of, and what a number's noun looks like."""

from __future__ import annotations

import re

from paperledge_audio.spoken.english import tag

DIGITS = r"(?<!\d)\d++"
"""All of the digits that stand together."""
_SPACED = (
    r"(?<![\d.,:–-])(?<!\d/)(?<!\d\s)(?:\d{1,3}(?:\s\d{3}){2,20}|\d{2,3}\s\d{3}|\d\s000|"
    r"(?<=[nN]\s=\s)\d\s\d{3})(?!\s\d)"
)
_NO_LIST = r"(?!0,)(?:(?<![A-Za-z²]\()|(?=\d{1,3},0))"
"""Not where the arguments of a function begin, as in "F(1,118)"."""
GROUPED = (
    rf"(?:(?<!\d){_NO_LIST}\d{{1,3}}(?:(?:,\d{{3}}){{1,20}}|(?:['’]\d{{3}}){{1,20}})"
    rf"|{_SPACED})(?!\d)"
)
"""Digits parted into thousands, by commas, apostrophes or spaces."""
NUMBER = rf"(?:{GROUPED}|{DIGITS})(?:\.\d++)?|\.\d++"
N = rf"({NUMBER})"
END = r"(?![^\W_]|[.,]\d|_)"
TO = r"(?:-to-|\s?(?:[-–—‑~∼]|to)\s?)"
_BEFORE_ONE = re.compile(r"\b[Aa]n?\s[-−+±~∼≈<>≥≤]?$")
_THE = re.compile(r"\b(?:[Tt]he|[Tt]his|[Ee]ach|[Oo]ur|[Ii]ts|[Tt]heir|[Oo]ne|\w+['’]s)\s$")
_WITH = re.compile(r"\b(?:with|has|have|had|us(?:es?|ed|ing)|gives?|gave|makes?)\s$")
_BUSINESS = re.compile(
    r"\s(?:[\w-]+\s){0,2}(?:market|industry|company|startup|fund|deal|prize|budget|plan|project|"
    r"grant|bill|business|valuation|investment|acquisition|contract|lawsuit|economy|program|"
    r"fees?|fine|questions?|bills?|notes?|coins?|tickets?|vouchers?|threshold|cap|limit|minimum|"
    r"wage|ch[eè]ques?|checks?|payments?|bonus|subsidy|tuition|premium|deductible|loans?|tax|"
    r"bailout|package|gap|hole|deficit|debt|price|stimulus|donation|gift|reward|salary|mark|"
    r"pension|allowance|trade|stake|rescue|settlement|verdict|charge|toll|deposit|item|meal)\b"
)
"""What "the $200 billion" may be an adjective of."""
_DESCRIBED_ROW = """
    page node process lens pulse wafer resolution step window interval bin laser light delay timeout
    budget limit gap spacing pixel beam pump screen display increment clip segment chunk snippet
    excerpt recording session walk run race drive carrier bandwidth dose tablet bolus sieve voxel
    biopsy biopsie plot quadrat transect particle nanoparticle sphere FOV field star grid cable
    track radius diameter baseline aperture telescope mirror magnet scanner solution cutoff barrier
    download angle turn view video rotation camera talk lecture song podcast episode tile patch
    patche crop chip card GPU CPU fan TDP adapter battery batterie payload slope tilt link port SNR
    sensor motor resistor capacitor voucher image photo interview film movie depth height width
    length distance altitude thickness discontinuity discontinuitie orbit timescale horizon epoch
    frame panel layer tube fiber fibre wavelength fuse circuit breaker charger supply supplie unit
    feeder busbar winding hook blade rotor resin tower
    turbo engine point corner
    substation transformer inverter mode pack converter RTT CMRR PSRR SSO
"""
_DESCRIBED = re.compile(
    rf"\s(?:[AD]C\s)?(?:(?:[A-Z]\w{{1,20}}\s)?gift\scard|"
    rf"(?:(?P<how>[a-z]{{3,12}})\s)?(?:{'|'.join(_DESCRIBED_ROW.split())}))s?\b"
)
"""Things that a quantity before them describes: "a ten-nanometer node", "ten nanometer nodes"."""
_MEASURED_ROW = """
    long wide high tall thick deep old away apart total more less wide full each
"""
_MEASURED = frozenset(_MEASURED_ROW.split())
"""Adjectives that a quantity is of itself, as in "five meters deep"."""


def counts_as_one(match: re.Match[str], end: int = 0) -> bool:
    """Whether the quantity describes a thing, as in "a 10 ms delay", and so is singular.

    `end` is where the quantity ends, if not with the match.
    """
    start, end = match.start(), end or match.end()
    after = match.string[end : end + 3]
    before = match.string[max(start - 12, 0) : start]
    if _BEFORE_ONE.search(before) and re.match(r"[\s-]\w|\.\s[a-z]", after):
        return True
    if (thing := _DESCRIBED.match(match.string, end)) and _is_adjective(thing["how"]):
        return True
    if _WITH.search(before):
        return _is_noun_after(match.string, end, only_nouns=True)
    if not _THE.search(before):
        return False
    return bool(_BUSINESS.match(match.string, end)) or _is_noun_after(match.string, end)


def _is_noun_after(text: str, place: int, *, only_nouns: bool = False) -> bool:
    """Whether a noun follows at once, as in "the 5 nm chip", but not in "the 5 km they ran".

    `only_nouns`: not an adjective before it.
    """
    words = _WORDS_AFTER.match(text, place)
    if not words:
        return False
    tags = tag(("the", "five", "dollar", *words[0].split(), "."))
    if only_nouns and (tags[3] == "JJ" or len(words[0].split()[0]) < 4):
        return False
    return tags[3] in {"NN", "NNS", "NNP", "JJ"} and tags[4] not in {"PRP", "DT"}


def _is_adjective(word: str | None) -> bool:
    """Whether a word, if any, describes the same thing as a quantity: "2 MB huge pages"."""
    if not word:
        return True
    return word not in _MEASURED and tag(("the", "five", word, "thing"))[2] in {"JJ", "VBN"}


_WORDS_AFTER = re.compile(r"(?:\s[A-Za-z][A-Za-z\d₀-₉]{1,19}\b){1,3}")
