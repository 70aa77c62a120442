"""Captions from a time line: every printed word once, in order, at its time.

Our own code, since no library breaks timed words into captions and lines by cost; `linebreaks` does
it for each run of segments of one speaker.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.deliver.text.linebreaks import (
    LONGEST_MS,
    SHORTEST_MS,
    Token,
    cut_up,
    join_tokens,
)
from paperledge_audio.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperledge_audio.mix.model import Cue, Timeline


@dataclass(frozen=True, slots=True)
class Caption:
    """Text shown from `start_ms` up to `end_ms`.

    Raises DeliveryError unless it has a duration and its lines are stripped, single and not empty.
    """

    start_ms: int
    end_ms: int
    lines: tuple[str, ...]
    speaker: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start_ms < self.end_ms:
            raise DeliveryError(f"a caption can't last from {self.start_ms} to {self.end_ms} ms")
        if not self.lines or any(not is_line(text) for text in self.lines):
            raise DeliveryError(f"a caption can't hold the lines {self.lines!r}")
        if self.speaker and not is_line(self.speaker):
            raise DeliveryError(f"a caption can't have the speaker {self.speaker!r}")


def is_line(text: str) -> bool:
    """Whether a text is one stripped line that is not empty."""
    return bool(text) and text == text.strip() and text.splitlines() == [text] and "\0" not in text


@dataclass(frozen=True, slots=True)
class CaptionLayout:
    """How a format shows captions."""

    characters: int
    """A line holds at most this many."""
    lines: int
    """A caption holds at most this many."""
    named: bool
    """Whether the text names each new speaker, as in "Ernis: …"."""


VTT_LAYOUT = CaptionLayout(characters=42, lines=2, named=False)
"""Netflix's and the BBC's limits (timed text style guide: 42 a line, two lines)."""

SRT_LAYOUT = CaptionLayout(characters=32, lines=2, named=True)
"""The podcast namespace's limits for SRT transcripts."""

LINGER_MS = 500
"""A caption stays this long after its last word, if nothing follows."""
CHARACTERS_PER_S = 20.0
"""Characters per second: Netflix's limit for adults."""
FLASHING_PER_S = 40.0
"""Characters per second that can't be read at all."""
PAUSE_MS = 700
"""A silence that ends a caption."""
_NARROWEST = 10
"""The least characters beside a speaker's name."""


def make_captions(timeline: Timeline, layout: CaptionLayout) -> tuple[Caption, ...]:
    """The captions of an episode, in order, none overlapping another, all inside the episode."""
    end_ms = units.milliseconds(timeline.frames, timeline.rate)
    out: list[Caption] = []
    speaker = ""
    for run in _split_runs(timeline):
        name = run[0].segment.speaker
        prefix = f"{name}: " if layout.named and name != speaker else ""
        speaker = name
        room = max(layout.characters - len(prefix), _NARROWEST)
        tokens = _make_tokens(run, timeline.rate, room)
        indent = layout.characters - room
        for cut in cut_up(tokens, layout.characters, layout.lines, indent=indent):
            group = tokens[cut[0] : cut[-1]]
            lines = [join_tokens(tokens[start:end]) for start, end in pairwise(cut)]
            lines[0], prefix = prefix + lines[0], ""
            start_ms = max(group[0].start_ms, out[-1].end_ms if out else 0)
            last_ms = max(group[-1].end_ms, start_ms + 1)
            out.append(Caption(start_ms, last_ms, tuple(lines), "" if layout.named else name))
    return tuple(_extend(_spread(out, end_ms), end_ms))


def _split_runs(timeline: Timeline) -> Iterator[list[Cue]]:
    """Runs of cues that may share captions: one speaker and chapter, no heading or pause."""
    run: list[Cue] = []
    for cue in timeline.cues:
        if [word.text for word in cue.words] != cue.segment.text.split():
            raise DeliveryError(
                "the words of a take are not those of its text",
                "clear the takes and render again",
                line=cue.segment.line,
                segment=cue.segment.index,
            )
        if not cue.words:
            continue
        if run and not _may_join(run[-1], cue, timeline.rate):
            yield run
            run = []
        run.append(cue)
    if run:
        yield run


def _may_join(one: Cue, two: Cue, rate: int) -> bool:
    first, second = one.segment, two.segment
    return (
        (first.voice, first.speaker, first.chapter)
        == (second.voice, second.speaker, second.chapter)
        and "heading" not in (first.role, second.role)
        and units.milliseconds(two.start - one.end, rate) < PAUSE_MS
    )


def _make_tokens(run: Sequence[Cue], rate: int, most: int) -> list[Token]:
    tokens: list[Token] = []
    for cue in run:
        for index, word in enumerate(cue.words):
            pieces = _cut_word(word.text, most)
            start_ms = units.milliseconds(word.start, rate)
            length_ms = units.milliseconds(word.end, rate) - start_ms
            done = 0
            for number, piece in enumerate(pieces):
                from_ms = start_ms + length_ms * done // len(word.text)
                done += len(piece)
                tokens.append(
                    Token(
                        piece,
                        from_ms,
                        start_ms + length_ms * done // len(word.text),
                        glued=number > 0,
                        ends_segment=done == len(word.text) and index == len(cue.words) - 1,
                    )
                )
    return tokens


def _cut_word(word: str, most: int) -> list[str]:
    """A word that is longer than a line, cut after punctuation in it, else at the line's end."""
    pieces = []
    while len(word) > most:
        cut = max((word.rfind(mark, 0, most) + 1 for mark in "-/_.=&?、。，"), default=0)
        if cut < most // 2:
            cut = most
            while cut > 1 and (unicodedata.combining(word[cut]) or word[cut] in "\u200d\ufe0f"):
                cut -= 1
        pieces.append(word[:cut])
        word = word[cut:]
    return [*pieces, word]


def _spread(found: list[Caption], end_ms: int) -> list[Caption]:
    """Captions that are too fast share the time until the next one, by their length.

    Unsaid words, such as the names after "and 26 others", take no time.
    """
    starts = [*(caption.start_ms for caption in found), end_ms]
    fast = [
        _count_characters(caption) > FLASHING_PER_S * (after - caption.start_ms) / 1000
        for caption, after in zip(found, starts[1:], strict=True)
    ]
    out: list[Caption] = []
    for flashing, members in groupby(range(len(found)), key=fast.__getitem__):
        group = [found[index] for index in members]
        if not flashing:
            out += group
            continue
        start_ms = max(group[0].start_ms, out[-1].end_ms if out else 0)
        lengths = list(accumulate(map(_count_characters, group), initial=0))
        wanted_ms = int(lengths[-1] / CHARACTERS_PER_S * 1000)
        room_ms = min(starts[len(out) + len(group)] - start_ms, wanted_ms)
        if room_ms < len(group):  # less than a millisecond each
            out += group
            continue
        for caption, (before, after) in zip(group, pairwise(lengths), strict=True):
            from_ms = start_ms + room_ms * before // lengths[-1]
            until_ms = start_ms + room_ms * after // lengths[-1]
            out.append(replace(caption, start_ms=from_ms, end_ms=max(until_ms, from_ms + 1)))
    return out


def _count_characters(caption: Caption) -> int:
    return sum(map(len, caption.lines))


def _extend(found: list[Caption], end_ms: int) -> Iterator[Caption]:
    """Captions that stay as long as reading takes, until the next one at most."""
    for index, caption in enumerate(found):
        next_ms = found[index + 1].start_ms if index + 1 < len(found) else end_ms
        needed_ms = int(_count_characters(caption) / CHARACTERS_PER_S * 1000)
        wanted_ms = max(
            caption.end_ms + LINGER_MS,
            caption.start_ms + max(SHORTEST_MS, needed_ms),
        )
        longest_ms = caption.start_ms + LONGEST_MS
        stop_ms = max(caption.end_ms, min(wanted_ms, next_ms, longest_ms))
        yield Caption(caption.start_ms, stop_ms, caption.lines, caption.speaker)
