"""Spoken text as values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from paperledge_audio.voices.deliveries import PLAIN, Delivery


@dataclass(frozen=True, slots=True)
class Span:
    """A range of printed text and what is said for it.

    `text` is what a reader sees, `said` the spoken words: ASCII letters, apostrophes, hyphens
    inside words, spaces and sentence punctuation only. Where `said` is empty the text is left
    unsaid on purpose and `rule` says why; where `text` is empty the span goes on saying the text
    before it. `phonemes`, if not empty, is how `said` sounds, in misaki's alphabet; `said` is
    then words from edge to edge. `rule` names what changed the text; it is empty where nothing
    did.
    """

    text: str
    said: str
    rule: str = ""
    phonemes: str = ""
    emphasis: int = 0
    """0 for none, 1 for emphasised (`*word*`), 2 for strongly emphasised (`**word**`, `WORD`)."""
    is_aside: bool = False
    """Whether it is said beside the rest: inside brackets, or between dashes."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The smallest unit that is recorded on its own: a sentence, or a few short ones.

    The spans' texts, joined, are `text`; their saids, joined, are `spoken`. So every printed
    character maps to the words it became, without a hole.
    """

    index: int
    role: str
    """heading, speech, quote, item, question or credit; opening or closing for the show's words."""
    spans: tuple[Span, ...]
    voice: str
    """Name of a voice profile."""
    line: int
    """Where the segment starts in the script; 0 for the show's own words."""
    chapter: int
    """Index into `chapter_titles`."""
    pause_after: float
    """Seconds of silence before the next segment."""
    music_after: str = ""
    """Name of a piece of music to play before the next segment, if any."""
    sounds_after: tuple[str, ...] = ()
    """Names of the show's sounds to play before that, in order."""
    speaker: str = ""
    """Who speaks, as captions show it."""
    delivery: Delivery = PLAIN
    """How it is spoken, all that bears on it put together."""
    delivery_name: str = ""
    """Name of the delivery that the script asks for, if any; `delivery` holds more than it."""
    rises: bool = False
    """Whether the voice rises at the end: a question to be answered with yes or no."""
    starts_block: bool = False
    """Whether it is the first one of a paragraph, an item or a heading."""
    asks_pause: bool = False
    """Whether the script asks for `pause_after`: then it is all of the silence that is heard."""
    reading: str = ""
    """Which of `spoken.readings` it is spoken in; empty for the plain one."""
    chosen: bool = False
    """Whether somebody heard it and chose that reading."""

    @property
    def emphasised(self) -> tuple[tuple[int, int, int], ...]:
        """The emphasised ranges of `spoken`: (start, end, emphasis), ascending."""
        return tuple(self._find_ranges(lambda span: span.emphasis))

    @property
    def asides(self) -> tuple[tuple[int, int], ...]:
        """The ranges of `spoken` that are said beside the rest, ascending."""
        return tuple((start, end) for start, end, _ in self._find_ranges(lambda s: s.is_aside))

    def _find_ranges(self, value: Callable[[Span], int]) -> list[tuple[int, int, int]]:
        """Neighbouring spans of `spoken` with one value other than 0, put together."""
        ranges: list[tuple[int, int, int]] = []
        ends = accumulate(len(span.said) for span in self.spans)
        for span, end in zip(self.spans, ends, strict=True):
            start, found = end - len(span.said), value(span)
            if not found or start == end:
                continue
            if ranges and ranges[-1][1:] == (start, found):
                start = ranges.pop()[0]
            ranges.append((start, end, found))
        return ranges

    @property
    def text(self) -> str:
        """The printed text, for readers."""
        return "".join(span.text for span in self.spans)

    @property
    def spoken(self) -> str:
        """The words for the voice."""
        return "".join(span.said for span in self.spans)

    @property
    def place(self) -> dict[str, Any]:
        """Where it is, as errors take it."""
        return {"line": self.line, "segment": self.index}

    @property
    def changes(self) -> tuple[Span, ...]:
        """The spans that are said differently from print, for people to read.

        Every span that a rule made, together with those that go on saying its text; phonemes
        are kept where they are those of the whole.
        """
        changed: list[Span] = []
        before = ""
        for span in self.spans:
            if span.rule and not span.text and changed and before == span.rule:
                first = changed.pop()
                changed.append(Span(first.text, first.said + span.said, first.rule))
            elif span.rule and span.text:
                changed.append(span)
            before = span.rule
        return tuple(changed)
