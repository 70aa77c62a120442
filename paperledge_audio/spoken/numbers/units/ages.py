"""How old, how long and how long ago: "66 Ma", "a 10-Myr record", "542 My", "18 y/o"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers.patterns import TO, N, counts_as_one
from paperledge_audio.spoken.numbers.words import decimal, span_of
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

SCALES = {"k": "thousand", "M": "million", "G": "billion"}
_LASTED = re.compile(
    r"\b(?:for|over|within|per|every|past|previous|last\w*|spann?\w*|took|than|ages?(?:\s(?:of|is|are|was|were))?|aged|"
    r"durations?|intervals?|periods?|resolution|timescales?|error|±|next|first|after|of)\s?"
    r"(?:about|around|up\sto|at\sleast|only|some)?[\s(~≈<>≤≥±]*$|=\s?$"
)
"""Before a length of time or an age, rather than a date."""
_LONG = re.compile(
    r"\s(?:old|older|later|earlier|younger|long|after|before|of|in|ago|BP|intervals?|periods?)\b"
)
"""Behind a length of time or an age."""
_ROCK = re.compile(
    r"-old\b|\s(?:rocks?|zircons?|granites?|lavas?|basalts?|sediments?|strata|fossils?|records?|events?|"
    r"boundary|crust|deposits?|ash|tuffs?|specimens?|skulls?|samples?|meteorites?|impacts?)\b"
)
"""What an age before it describes."""
_MARGINS = re.compile(r"(?<![\d.,])(?:[\d.,]{1,12}\s?(?:±|\+/-|to|and|or)\s?){1,3}$")
_ARTICLE = re.compile(r"\b[Aa]n?\s$")


def _say_years(match: re.Match[str], _context: Context) -> Saying:
    """Thousands or millions of years: a length of time, a date, or what describes a thing."""
    first, second, gap, scale, symbol = match.groups()
    words = span_of(first, second)
    words += f" {SCALES[scale]}"
    if gap == "-" or counts_as_one(match) or _ROCK.match(match.string, match.end()):
        return f"{words} year"
    before = match.string[max(match.start() - 40, 0) : match.start()]
    stem = _MARGINS.sub("", before)
    lasts = _LASTED.search(stem) or _LONG.match(match.string, match.end())
    dated = symbol == "a" and re.search(r"(?:[\w(~≈,:<>]|ca\.)\s?$", stem) and not lasts
    return f"{words} years{' ago' if dated else ''}"


def _say_age(match: re.Match[str], _context: Context) -> Saying:
    """How old somebody is, as in "a 4-y-o dog" and "18 y/o"."""
    named = re.match(r"\s[a-z]", match.string[match.end() :][:2])
    one = match[1] == "1" or named or _ARTICLE.search(match.string[: match.start()][-4:])
    return f"{decimal(match[1])} year{'' if one else 's'} old"


RULES: tuple[Rule, ...] = (
    rule("age", "sl", r"(?<=[½¼¾])\s?(?:y/o|yo)(?![\w-])", " years old"),
    rule("age", "d", rf"{N}[\s-]?(?:y/o|y\.o\.|y-o|yo)(?![\w-])", _say_age),
    rule("years", "d", rf"{N}(?:{TO}{N})?(\s?|-)([kM])(y)(?=\s?(?:[.,;:)\]]|$)|"
         r"\s(?:ago|of|old|later|and|to|or|in|for|earlier|is|was)\b)", _say_years),
    rule("years", "d", rf"{N}(?:{TO}{N})?(\s?|-)([kMG])(a|yr)(?![\w/⁻^·]|[-−]1|\sBP)", _say_years),
)  # fmt: skip
