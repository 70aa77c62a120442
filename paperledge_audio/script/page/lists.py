"""Recognises paragraphs of a show page that were list items before they lost their bullets."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from paperledge_audio.script.blocks.kinds import asks

_MOST = 100
"""Items of a list."""
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_SAYS_HOW_MANY = re.compile(rf"\b({'|'.join(_COUNTS)}|[2-7])\s(?:\S+\s){{0,5}}\S+:$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"(?:level|step|stage|phase|part|tier|trick|reason|idea|lesson|question|point|takeaway)"
    r"\s+(?:[0-9]+|[ivx]+|one|two|three|four|five|six|seven)\s*[:.–—-]\s",
    re.IGNORECASE,
)
_LEAD = re.compile(r"([^\W\d_a-z][^.!?:;]{0,70}|[0-9][^.!?:;]{0,70}[^\W\d_]):\s+\S")
_LONGEST_LEAD = 9
"""Words. "Anyone interested in the future of AI:" has seven."""
_OPENS_TALK = re.compile(
    r"(?:but|so|now|and|well|okay|ok|think|imagine|here|here['’]s|turns|remember|picture|basically"
    r"|consider|bottom)\b",
    re.IGNORECASE,
)
_SAYS_IT = re.compile(
    r"\b(?:it|this|that|it['’]s|here['’]s|that['’]s|we|they|i|he|she)\b"
    r"|^(?:in (?:short|other words|essence|a nutshell|summary)|put simply"
    r"|the (?:takeaway|upshot|results?|catch|key|point|idea|question|goal))$",
    re.IGNORECASE,
)
_PARALLEL = re.compile(r"(for|if|as|when|from|with|to)\b", re.IGNORECASE)
_ORDINAL = re.compile(
    r"(?:first|second|third)(?:ly)?\b|(?:fourth|fifth|finally|lastly)\b|last,", re.IGNORECASE
)
_ASKING = re.compile(
    r"\b(?:questions?|wonder(?:ing|s)?|ponder|thoughts|think about|chew on|discuss(?:ion)?)\b",
    re.IGNORECASE,
)
_JOINERS = re.compile(r"^(?:(?:and|or|but|plus|finally|lastly|also)\b,?\s+)+", re.IGNORECASE)


def count_items(paragraphs: Sequence[str], at: int) -> int:
    """How many paragraphs from index `at` on are items: of a numbered list, or introduced so."""
    following = paragraphs[at : at + _MOST]
    if count := _count_run(following, lambda text: _NUMBERED.match(text) is not None):
        return count
    return _count_introduced(paragraphs[at - 1], following) if at else 0


def _count_introduced(intro: str, following: Sequence[str]) -> int:
    """How many paragraphs are the items that the one before them announces."""
    last_sentence = re.split(r"(?<=[.!?])\s+", intro)[-1]
    if intro.endswith(":"):
        said = _SAYS_HOW_MANY.search(last_sentence)
        many = _COUNTS.get(said[1].lower()) or int(said[1]) if said else 0
        given = (
            many if len(following) > many and not any(map(_resumes_talk, following[:many])) else 0
        )
        return _count_questions(following) or _count_alike(following) or given
    if _ASKING.search(last_sentence) and (questions := _count_questions(following)) > 1:
        return questions
    return _count_alike(following) if intro.endswith("?") else 0


def _count_run(texts: Sequence[str], test: Callable[[str], bool]) -> int:
    count = 0
    while count < len(texts) and test(texts[count]):
        count += 1
    return count


def _count_questions(texts: Sequence[str]) -> int:
    """How many questions follow each other; one that ends in a remark counts if another follows."""
    count = 0
    while count < len(texts) and (
        asks(texts[count])
        or ("?" in texts[count] and count + 1 < len(texts) and asks(texts[count + 1]))
    ):
        count += 1
    return count


def _count_alike(texts: Sequence[str]) -> int:
    """How many paragraphs in a row begin in the same way."""
    shared: set[str] | None = None
    count = 0
    for text in texts:
        shared = _list_ways(text) if shared is None else shared & _list_ways(text)
        if not shared:
            break
        count += 1
    return count if count > 1 else 0


def _list_ways(text: str) -> set[str]:
    """The ways of list items in which a paragraph begins."""
    ways = {match[1].lower() for match in [_PARALLEL.match(_JOINERS.sub("", text))] if match}
    if _ORDINAL.match(text):
        ways.add("ordinal")
    lead = _LEAD.match(text)
    if lead and not (
        len(lead[1].split()) > _LONGEST_LEAD or _resumes_talk(text) or _SAYS_IT.search(lead[1])
    ):
        ways.add("lead")
    return ways


def _resumes_talk(text: str) -> bool:
    """Whether a paragraph continues the talk and is not an item."""
    return _OPENS_TALK.match(text) is not None
