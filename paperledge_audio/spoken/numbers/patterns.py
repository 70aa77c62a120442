"""What the patterns of numbers are made of, and what a number's noun looks like."""

from __future__ import annotations

import re

DIGITS = r"(?<!\d)\d++"
"""All of the digits that stand together."""
_SPACED = r"(?<![\d.,:/–-])(?<!\d\s)(?:\d{1,3}(?:\s\d{3}){2,20}|\d{2,3}\s\d{3}|\d\s000)(?!\s\d)"
GROUPED = rf"(?:(?<!\d)\d{{1,3}}(?:(?:,\d{{3}}){{1,20}}|(?:['’]\d{{3}}){{1,20}})|{_SPACED})(?!\d)"
"""Digits parted into thousands, by commas, apostrophes or spaces."""
NUMBER = rf"(?:{GROUPED}|{DIGITS})(?:\.\d++)?|\.\d++"
N = rf"({NUMBER})"
END = r"(?![^\W_]|[.,]\d|_)"
TO = r"(?:-to-|\s?(?:[-–—‑]|to)\s?)"
_BEFORE_ONE = re.compile(r"\b[Aa]n?\s$")
_THE = re.compile(r"\b(?:[Tt]he|[Tt]his|[Ii]ts|[Tt]heir)\s$")
_BUSINESS = re.compile(
    r"\s(?:[\w-]+\s){0,2}(?:market|industry|company|startup|fund|deal|prize|budget|plan|project|"
    r"grant|bill|business|valuation|investment|acquisition|contract|lawsuit|economy|program)\b"
)
"""What "the $200 billion" may be an adjective of."""
_DESCRIBED = re.compile(
    r"\s(?:nodes?|process|lens|pulses?|wafers?|resolution|steps?|windows?|intervals?|bins?|lasers?|"
    r"fuses?|circuits?|breakers?|chargers?|suppl(?:y|ies)|light|delay|timeout|budget|limit|gap|spacing|pixels?|beams?|pumps?|screens?|displays?|"
    r"increments?|clips?|segments?|chunks?|snippets?|excerpts?|recordings?|sessions?|walk|run|race|"
    r"drive|carrier|bandwidth|batter(?:y|ies)|dose|tablets?|bolus|particles?|nanoparticles?|spheres?|"
    r"FOV|fields?|stars?|grid|cable|track|radius|diameter|baseline|aperture|telescope|mirror|magnet|scanner|solution|cutoff|barrier|downloads?|"
    r"angles?|turns?|views?|videos?|rotations?|cameras?|talks?|lectures?|songs?|podcasts?|episodes?|"
    r"interviews?|films?|movies?|depths?|heights?|widths?|lengths?|distances?|altitudes?|thickness|orbit|timescale|horizon|epoch|frames?|panel|film|layers?|tube|fiber|fibre|wavelength)\b"
)
"""Things that a quantity before them describes: "a ten-nanometer node", "ten nanometer nodes"."""


def counts_as_one(match: re.Match[str], end: int = 0) -> bool:
    """Whether the quantity describes a thing, as in "a 10 ms delay", and so is singular.

    `end` is where the quantity ends, if not with the match.
    """
    start, end = match.start(), end or match.end()
    after = match.string[end : end + 3]
    before = match.string[max(start - 6, 0) : start]
    if _BEFORE_ONE.search(before) and re.match(r"[\s-][a-z]|\.\s[a-z]", after):
        return True
    if _DESCRIBED.match(match.string, end):
        return True
    return bool(_THE.search(before) and _BUSINESS.match(match.string, end))
