"""Captions from a time line: every printed word once, in order, when it is heard.

Words are grouped into captions, and captions into lines, by the same rule: of all the ways to cut
a row of words, take the cheapest, where a cut after a sentence costs least, after a clause a
little, and between words that belong together most.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from paperledge_audio.mix.model import Cue, Timeline


@dataclass(frozen=True, slots=True)
class Caption:
    """Text shown from `start_ms` up to `end_ms`.

    Raises DeliveryError unless it takes time and its lines are bare, single and not empty.
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
    """True for a text that is not empty, has no edges of white space and no line break."""
    return bool(text) and text == text.strip() and text.splitlines() == [text] and "\0" not in text


@dataclass(frozen=True, slots=True)
class Layout:
    """How a format shows captions."""

    characters: int
    """A line holds at most this many."""
    lines: int
    """A caption holds at most this many."""
    named: bool
    """True where the text itself names each new speaker, as "Ernis: …"."""


VTT_LAYOUT = Layout(characters=42, lines=2, named=False)
"""Netflix's and the BBC's limits (timed text style guide: 42 a line, two lines)."""

SRT_LAYOUT = Layout(characters=32, lines=2, named=True)
"""What the podcast namespace asks of SRT transcripts."""

SHORTEST_MS = 1000
LONGEST_MS = 7000
"""Netflix: 5/6 s to 7 s an event."""
LINGER_MS = 500
"""A caption stays this long after its last word, if nothing follows."""
CHARACTERS_PER_S = 20.0
"""Fastest comfortable reading, Netflix's limit for adults."""
PAUSE_MS = 700
"""A silence that ends a caption."""

_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？")
_CLAUSE_ENDS = (",", ";", ":", "–", "—", "،", "、", "，", "；", "：")
_CLOSERS = "\"'”’»)]}*_"
_CLINGING = frozenset(
    word
    for line in (
        "a an the of to in on at by for with from as and or but nor if that than",
        "is are was be not no my your our their his her its this these those",
        "i we you he she it they very",
    )
    for word in line.split()
)
"""English words that belong to the one after them."""


@dataclass(frozen=True, slots=True)
class _Token:
    """A printed word, or as much of one as a line can hold; `glued` to what went before."""

    text: str
    start_ms: int
    end_ms: int
    glued: bool
    ends_segment: bool

    @property
    def width(self) -> int:
        return len(self.text) + (not self.glued)


def captions(
    timeline: Timeline, speakers: Mapping[str, str], layout: Layout
) -> tuple[Caption, ...]:
    """The captions of an episode, in order, none overlapping another, all inside the episode.

    `speakers` maps names of voice profiles to the names that are shown.
    """
    end_ms = units.milliseconds(timeline.frames, timeline.rate)
    out: list[Caption] = []
    speaker = ""
    for run in _runs(timeline):
        name = speakers[run[0].segment.voice]
        prefix = f"{name}: " if layout.named and name != speaker else ""
        speaker = name
        tokens = _tokens(run, timeline.rate, layout.characters)
        for group in _groups(tokens, layout, len(prefix)):
            lines = _lines(group, layout, len(prefix))
            lines = (prefix + lines[0], *lines[1:])
            prefix = ""
            start_ms = max(group[0].start_ms, out[-1].end_ms if out else 0)
            last_ms = max(group[-1].end_ms, start_ms + 1)
            out.append(Caption(start_ms, last_ms, lines, "" if layout.named else name))
    return tuple(_held(out, end_ms))


def _runs(timeline: Timeline) -> Iterator[list[Cue]]:
    """Neighbouring cues that may share a caption: one voice, one chapter, no heading, no pause."""
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
        if run and not _together(run[-1], cue, timeline.rate):
            yield run
            run = []
        run.append(cue)
    if run:
        yield run


def _together(one: Cue, two: Cue, rate: int) -> bool:
    first, second = one.segment, two.segment
    return (
        (first.voice, first.chapter) == (second.voice, second.chapter)
        and "heading" not in (first.role, second.role)
        and units.milliseconds(two.start - one.end, rate) < PAUSE_MS
    )


def _tokens(run: Sequence[Cue], rate: int, most: int) -> list[_Token]:
    tokens: list[_Token] = []
    for cue in run:
        for index, word in enumerate(cue.words):
            pieces = _pieces(word.text, most)
            start_ms = units.milliseconds(word.start, rate)
            length_ms = units.milliseconds(word.end, rate) - start_ms
            done = 0
            for number, piece in enumerate(pieces):
                from_ms = start_ms + length_ms * done // len(word.text)
                done += len(piece)
                tokens.append(
                    _Token(
                        piece,
                        from_ms,
                        start_ms + length_ms * done // len(word.text),
                        glued=number > 0,
                        ends_segment=done == len(word.text) and index == len(cue.words) - 1,
                    )
                )
    return tokens


def _pieces(word: str, most: int) -> list[str]:
    """A word that no line can hold, cut after a mark in it, else where the line ends."""
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


def _cost_of_cut(token: _Token, following: _Token | None) -> float:
    """How badly a caption or a line ends after `token`."""
    if following is None:
        return 0.0
    if following.glued:
        return 60.0
    bare = token.text.rstrip(_CLOSERS)
    pause = max(following.start_ms - token.end_ms, 0) / 100  # a cut where the voice rests is good
    if token.ends_segment or bare.endswith(_SENTENCE_ENDS):
        return max(2.0 - pause, 0.0)
    if bare.endswith(_CLAUSE_ENDS):
        return max(8.0 - pause, 2.0)
    return max((40.0 if bare.lower() in _CLINGING else 20.0) - pause, 6.0)


def _groups(tokens: Sequence[_Token], layout: Layout, indent: int) -> Iterator[list[_Token]]:
    """Tokens cut into captions; the first line of the first one is `indent` characters shorter."""
    count = len(tokens)
    best: list[float] = [0.0] + [float("inf")] * count
    back = [0] * (count + 1)
    for start in range(count):
        for end in range(start + 1, count + 1):
            group = tokens[start:end]
            if end > start + 1 and not _fits(group, layout, 0 if start else indent):
                break
            following = tokens[end] if end < count else None
            cost = best[start] + _cost_of_cut(tokens[end - 1], following) + _discomfort(group)
            if cost < best[end]:
                best[end], back[end] = cost, start
    cuts = [count]
    while cuts[-1]:
        cuts.append(back[cuts[-1]])
    cuts.reverse()
    for start, end in pairwise(cuts):
        yield list(tokens[start:end])


def _discomfort(group: Sequence[_Token]) -> float:
    """How hard a caption is to read: flashing by, staying too long, running over sentences."""
    length_ms = group[-1].end_ms - group[0].start_ms
    cost = 6.0  # a caption more is an eye movement more
    cost += 40.0 * max(1.0 - length_ms / SHORTEST_MS, 0.0)
    cost += 40.0 * max(length_ms - LONGEST_MS, 0) / 1000
    cost += sum(5.0 for token in group[:-1] if token.ends_segment)
    return cost


def _fits(group: Sequence[_Token], layout: Layout, indent: int) -> bool:
    lines, used = 1, indent
    for index, token in enumerate(group):
        width = token.width if used and (used != indent or index) else len(token.text)
        if used and used + width > layout.characters:
            lines, used = lines + 1, len(token.text)
        else:
            used += width
    return lines <= layout.lines


def _lines(group: Sequence[_Token], layout: Layout, indent: int) -> tuple[str, ...]:
    """A caption's lines: as few as will do, cut where it hurts least, of even length."""

    @cache
    def cut(start: int, left: int) -> tuple[float, tuple[str, ...]]:
        best: tuple[float, tuple[str, ...]] = (float("inf"), ())
        for end in range(len(group), start, -1):
            text = _joined(group[start:end])
            room = layout.characters - (0 if start else indent)
            if end < len(group) and left == 1:
                break
            if len(text) > room and end > start + 1:
                continue
            following = group[end] if end < len(group) else None
            rest, below = cut(end, left - 1) if following else (0.0, ())
            spare = (room - len(text)) / layout.characters
            over = 1e6 * max(len(text) - room, 0)
            cost = _cost_of_cut(group[end - 1], following) + 30.0 * spare**2 + over + rest
            if cost < best[0]:
                best = (cost, (text, *below))
        return best

    for most in range(1, layout.lines + 1):
        cost, lines = cut(0, most)
        if lines and cost < 1e6:
            return lines
    return cut(0, len(group))[1]


def _joined(group: Sequence[_Token]) -> str:
    return "".join(
        token.text if index == 0 or token.glued else f" {token.text}"
        for index, token in enumerate(group)
    )


def _held(found: list[Caption], end_ms: int) -> Iterator[Caption]:
    """Captions that stay for as long as reading takes, where the next one lets them."""
    for index, caption in enumerate(found):
        next_ms = found[index + 1].start_ms if index + 1 < len(found) else end_ms
        needed_ms = int(sum(map(len, caption.lines)) / CHARACTERS_PER_S * 1000)
        wanted_ms = max(
            caption.end_ms + LINGER_MS,
            caption.start_ms + max(SHORTEST_MS, needed_ms),
        )
        stop_ms = max(caption.end_ms, min(wanted_ms, next_ms))
        yield Caption(caption.start_ms, stop_ms, caption.lines, caption.speaker)
