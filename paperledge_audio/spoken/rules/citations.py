"""Numbers in brackets: citations, which are left out where the sentence needs none, and sizes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.lexicon.fold import UPPER
from paperledge_audio.spoken.numbers.words import cardinal, decimal
from paperledge_audio.spoken.rules.rule import SPACES, Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_BOUND = r"\d{1,4}(?:\.\d{1,4})?"
_SPREAD = re.compile(r"\b(?:IQR|CI|CrI|range|median|percentiles?|quartiles?)\b")
_NAME = rf"[{UPPER}][\w'’-]+"
_AUTHORS = rf"{_NAME}(?:,?\s(?:and|&)\s{_NAME}|,?\set\sal\.?|,\s{_NAME})*"
_YEAR = r"(?:19|20)\d\d[a-z]?"
_PAGE = r"(?:(?::\s?|,\s(?:pp?\.\s?)?)\d{1,4}(?:\s?[–-]\s?\d{1,4}|ff?\.)?(?!\d))?"
_CITED = (
    rf"(?:(?:e\.g\.,?|see(?:\salso)?|cf\.)\s)?{_AUTHORS},?\s\(?{_YEAR}\)?(?:,\s?{_YEAR})*{_PAGE}"
)
_MARKED = r"\^?[A-Za-z+]*\d+[a-z]?(?:\s?[,;–-]\s?\^?[A-Za-z+]*\d+)*"
_MARK = rf"\[(?!0\b){_MARKED}\]"
_MARKS = rf"{_MARK}(?:(?:\s?[–-]\s?|,?\s(?:and\s)?){_MARK}){{0,9}}"
"""Citations side by side, as in "[1], [2], and [5]–[7]"."""
_CODED = r"(?:RS|BCH|LDPC|Hamming|Reed|Golay|Steane|block|linear|binary|quantum|codes?)\b"
"""What follows the size of an error-correcting code."""
_LISTED = re.compile(
    r"\b(?:vectors?|arrays?|tuples?|coordinates|weights|shape|size|interval|range|CIs?|CrIs?|HDIs?)(?:\s(?:is|of|=))?\s?$"
)
"""Before numbers in square brackets that are no citations."""
_INDEXED = re.compile(r"(?<![A-Za-z])[b-hj-zB-HJ-Z]$")
"""A variable with an index, as in "x[5]"."""
_NEEDS_NOUN = re.compile(
    r"\b(?:in|by|of|from|to|see|with|than|like|as|on|following|using|In|By|From|See)\s?$"
    r"|\]\s(?:and|or)\s?$"
)
"""Before a citation that can't be left out, since it is a part of the sentence."""


def _say_spread(match: re.Match[str], _context: Context) -> Saying:
    """Where values lie, behind their middle: "the median [IQR] was 12 [8–17]"."""
    before = match.string[max(match.start() - 80, 0) : match.start()]
    return f", {decimal(match[1])} to {decimal(match[2])}" if _SPREAD.search(before) else None


def _leave_citation_out(match: re.Match[str], _context: Context) -> Saying:
    """Nothing for a citation that no word needs; None for a vector, as [1, 0, 0], and an index."""
    text, start = match.string, match.start()
    numbers = re.findall(r"\d+", match[0])
    listed = _LISTED.search(text[max(start - 20, 0) : start])
    inside = re.search(r"\d\s?$", text[max(start - 2, 0) : start]) and re.search(
        r"\d[–-]\d", match[0]
    )  # "15 [12-26] days"
    repeated = "0" in numbers or len(numbers) > len(set(numbers))
    if inside or repeated or (listed and len(numbers) > 1):
        return None
    if _INDEXED.search(text[max(start - 2, 0) : start]) and match[0][0] == "[":
        return None
    return _say_references(match[0]) if _needs_noun(match) else ""


def _needs_noun(match: re.Match[str]) -> bool:
    """Whether the sentence has a gap without the citation, which may be its subject."""
    before = match.string[max(match.start() - 12, 0) : match.start()]
    begins = not before or (
        before.rstrip()[-1:] in {".", "?", "!"} and not before.rstrip().endswith(" al.")
    )
    if begins and re.match(r"\s[a-z]{3}", match.string[match.end() :][:4]):
        return True
    return bool(_NEEDS_NOUN.search(before))


def _say_references(citation: str) -> str:
    """The numbers and the codes of a citation, as "references two and five", or "C R S fifteen"."""
    citation = re.sub(r"\]\s?([–-])\s?\[", r"\1", citation)
    marks = re.findall(r"([A-Za-z+]{0,16})(\d+)(?:\s?[–-]\s?(\d+))?", citation)
    said = [
        " ".join(
            [
                *code.upper().replace("+", ""),
                cardinal(first),
                *(["to", cardinal(last)] * bool(last)),
            ]
        )
        for code, first, last in marks
    ]
    words = " and ".join(said) if len(said) < 3 else f"{', '.join(said[:-1])} and {said[-1]}"
    several = len(said) > 1 or marks[0][2]
    return f" {words}" if marks[0][0] else f" reference{'s' * bool(several)} {words}"


def _say_code(match: re.Match[str], _context: Context) -> Saying:
    """A quantum code by its size, as [[7,1,3]]."""
    parts = (cardinal(one) if one.isdecimal() else one.upper() for one in match.groups() if one)
    return f" {', '.join(parts)}"


RULES: tuple[Rule, ...] = (
    rule("code", "sp", rf"{SPACES}\((\d{{1,4}}),\s?(\d{{1,4}})\)"
         rf"(?=\s{_CODED})",
         lambda m, _c: f" {cardinal(m[1])}, {cardinal(m[2])}"),
    rule("code", "sp", r"(?:(?<=\b[Aa]n)|(?<=\b[Aa])|(?<=\b[Tt]he))\s\[(\w{1,4}),\s?(\w{1,4})"
         rf"(?:,\s?(\w{{1,4}}))?\](?=\s{_CODED})", _say_code),
    rule("code", "sp", r"\s?\[\[(\w{1,4}),\s?(\w{1,4}),\s?(\w{1,4})\]\]", _say_code),
    rule("range", "s", rf"(?<=[\d%])\s[\[(]({_BOUND})\s?[–-]\s?({_BOUND})[\])]", _say_spread),
    rule("citation", "U", rf"Refs?\.?\s?({_MARKS})", lambda m, _c: _say_references(m[1])),
    rule("citation left out", "sp",
         rf"(?<!∈)(?<!range)(?<!interval)(?<!∈\s){SPACES}{_MARKS}", _leave_citation_out),
    rule("citation left out", "sp", rf"{SPACES}[(\[]{_CITED}(?:;\s{_CITED})*[)\]]",
         lambda m, _c: None if _needs_noun(m) else ""),
    rule("year of citation left out", "s", rf"(?:(?<=\bal\.)|(?<=\bal))\s\({_YEAR}{_PAGE}\)", ""),
    rule("year of citation left out", "s",
         r"(?<=[a-z])\s\((?:19|20)\d\d(?:[a-z]|:\s?\d{1,4}(?:[–-]\d{1,4})?)\)", ""),
)  # fmt: skip
