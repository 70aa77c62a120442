"""Where the chapters of a script begin, and what they are called.

Headings start chapters. Without headings, an episode that explains a paper still has parts:
opening, problem, idea, why it matters, questions, credits. Kinds of block and typical phrases show
where a part begins. A part without such a sign is left out; an episode without any part is one
chapter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from paperledge_audio.script.model import Credit, Directive, Heading, Question, Speech
from paperledge_audio.script.printed.formulas import show_formulas
from paperledge_audio.script.printed.markup import strip_markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperledge_audio.script.model import Block, Script, TextBlock

OPENING, PROBLEM, IDEA, MATTERS = "Opening", "The problem", "The idea", "Why it matters"
QUESTIONS, CREDITS = "Questions", "Credits"
FEWEST = 3
"""Without headings, a script needs so many parts to have chapters."""

_THING = r"(?:problem|challenge|trouble|catch|snag|trick(?:y part)?|difficulty|bottleneck|issue)"
_PEOPLE = r"(?:the (?:authors?|researchers?|team|scientists?)|they|(?:this|the) (?:paper|research))"
_MADE = (
    r"(?:c[ao]me up with|introduced?s?|propose[ds]?|created?|developed|built|present(?:s|ed)|"
    r"invented|designed|devised|suggest(?:s|ed)?)"
)


def _cues(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_CUES = {
    PROBLEM: _cues(
        rf"\bhere(?:'s| is) (?:\w+ ){{0,2}}{_THING}\b",
        rf"\bthe (?:\w+ ){{0,2}}{_THING} (?:is|was|with|that|here|lies|this)\b",
        rf"\bthat(?:'s| is) (?:\w+ ){{1,3}}{_THING}\b|\btackl(?:es|ed|ing|e)\b",
        r"\b(?:but|however)\b[^.?!]{0,60}\b(?:vulnerab|struggl|fragile|fail)",
    ),
    IDEA: _cues(
        "|".join(
            (
                rf"\b{_PEOPLE} (?:(?:ha[ds]|have|also|then|essentially|actually) )*{_MADE}\b",
                r"\b(?:core|key|main|big|clever|central|basic) idea\b",
                r"\bhow (?:does|do|did) (?:it|this|that|they) (?:all |actually )?(?:work|solve)\b",
                r"\bwhat (?:did|do) (?:they|the (?:authors|researchers|team)) do\b",
                r"\bwhat makes\b[^.?!]{1,60}\b(?:special|different|work|tick)\b",
                r"\bfigured out (?:a way|how)\b",
                r"\b(?:their|the) (?:solution|answer|trick|fix) (?:is|was)\b",
            )
        ),
    ),
    MATTERS: _cues(
        r"\bwhy (?:does|do|should|would|is|are)\b[^.?!]{0,40}\b(?:matter|care|important)\b",
        r"\bwhy (?:this|it|that|all this)(?: all)? matters\b|\bwho (?:cares|benefits)\b",
        r"\bwhat(?:'s| does| do| is) (?:\w+ ){0,3}mean (?:for|to|in)\b",
    ),
}
"""Phrases that announce a part in English, the surest first; the blocks announce the others."""


class ChapterStart(NamedTuple):
    """A chapter: its title, and the index of the block that it begins with."""

    title: str
    block: int


def outline(script: Script) -> tuple[ChapterStart, ...]:
    """The chapters in order, the first one from block 0.

    Every heading starts a chapter; words before the first one are "Opening". Without headings
    the parts of the episode do; an episode without those is a single chapter of its own title.
    """
    spoken = [
        (index, block)
        for index, block in enumerate(script.blocks)
        if not isinstance(block, Directive)
    ]
    headings = [
        ChapterStart(_strip_markup(block), index)
        for index, block in spoken
        if isinstance(block, Heading)
    ]
    if headings:
        first = spoken[0][0]
        return (
            tuple(headings) if headings[0].block == first else (ChapterStart(OPENING, 0), *headings)
        )
    parts = (ChapterStart(OPENING, 0), *_find_parts(spoken))
    return parts if len(parts) >= FEWEST else (ChapterStart(script.episode.title, 0),)


def _find_parts(spoken: Sequence[tuple[int, TextBlock]]) -> Iterator[ChapterStart]:
    """The parts after the opening, each once, in the order in which an episode has them."""
    questions = _find_questions(spoken)
    rest = range(questions or 0, len(spoken))
    credits_ = next((n for n in rest if isinstance(spoken[n][1], Credit)), None)
    stop = next(place for place in (questions, credits_, len(spoken)) if place is not None)
    idea = _find_first(spoken, IDEA, 1, stop)
    problem = _find_first(spoken, PROBLEM, 1, stop if idea is None else idea)
    found = [place for place in (problem, idea) if place is not None]
    matters = _find_first(spoken, MATTERS, found[-1] + 1 if found else 1, stop)
    places = {
        PROBLEM: problem, IDEA: idea, MATTERS: matters, QUESTIONS: questions, CREDITS: credits_
    }  # fmt: skip
    for title, place in places.items():
        if place:
            yield ChapterStart(title, spoken[place][0])


def _find_first(
    spoken: Sequence[tuple[int, Block]], part: str, start: int, stop: int
) -> int | None:
    """The paragraph from `start` up to `stop` that announces `part` most surely."""
    texts = {
        place: _strip_markup(block).replace("’", "'")
        for place in range(start, stop)
        if isinstance(block := spoken[place][1], Speech)
    }
    return next(
        (place for cue in _CUES[part] for place, text in texts.items() if cue.search(text)),
        None,
    )


def _find_questions(spoken: Sequence[tuple[int, TextBlock]]) -> int | None:
    """Where the last run of questions begins, with the sentence that leads to it."""
    place = len(spoken)
    while place and not isinstance(spoken[place - 1][1], Question):
        place -= 1
    while place and isinstance(spoken[place - 1][1], Question):
        place -= 1
    if place == 0 and not (spoken and isinstance(spoken[0][1], Question)):
        return None
    before = spoken[place - 1][1] if place else None
    if isinstance(before, Speech) and _strip_markup(before).endswith((":", "?", "…")):
        place -= 1
    return place


def _strip_markup(block: TextBlock) -> str:
    return show_formulas(strip_markup(block.text).text)
