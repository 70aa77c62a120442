"""Time line → sections of paragraphs of sentences, with times."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.deliver.clean import clean_line
from paperledge_audio.deliver.text.plaintext import split_paragraphs

if TYPE_CHECKING:
    from paperledge_audio.deliver.edition import Edition
    from paperledge_audio.deliver.text.chapters import FileChapter
    from paperledge_audio.mix.model import Cue


@dataclass(frozen=True, slots=True)
class TimedSentence:
    """What one segment says, in milliseconds of the finished file."""

    id: str
    """Unique in the episode, as "s12"."""
    text: str
    """Its words with single spaces between them."""
    start_ms: int
    words_ms: tuple[tuple[int, int], ...]
    """When each word begins and ends."""


@dataclass(frozen=True, slots=True)
class TimedParagraph:
    """A block of the script; it has at least one sentence."""

    role: str
    """Of its segments."""
    speaker: str
    """Who speaks, where somebody else spoke before or nobody did; otherwise empty."""
    sentences: tuple[TimedSentence, ...]


@dataclass(frozen=True, slots=True)
class TimedSection:
    """A chapter and its paragraphs, of which there may be none."""

    chapter: FileChapter
    paragraphs: tuple[TimedParagraph, ...]


def make_sections(edition: Edition) -> tuple[TimedSection, ...]:
    """A section for each chapter of the finished file, in order."""
    chapters, rate = edition.chapters, edition.timeline.rate
    starts = [chapter.start_ms for chapter in chapters]
    found: list[list[TimedParagraph]] = [[] for _ in chapters]
    speaker, count = "", 0
    for cues in split_paragraphs(edition.script, edition.timeline):
        name = clean_line(cues[0].segment.speaker, "a speaker's name")
        sentences = tuple(_time_sentence(f"s{count + n}", cue, rate) for n, cue in enumerate(cues))
        place = max(bisect_right(starts, sentences[0].start_ms) - 1, 0)
        found[place].append(
            TimedParagraph(cues[0].segment.role, name if name != speaker else "", sentences)
        )
        speaker, count = name, count + len(cues)
    return tuple(map(TimedSection, chapters, map(tuple, found)))


def _time_sentence(name: str, cue: Cue, rate: int) -> TimedSentence:
    at = partial(units.milliseconds, rate=rate)
    words = tuple((at(word.start), at(word.end)) for word in cue.words)
    text = clean_line(" ".join(word.text for word in cue.words), "the text")
    return TimedSentence(name, text, at(cue.start), words)
