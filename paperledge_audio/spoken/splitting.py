"""Splits a block's spans into segments of a natural size."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.rules.tidy import tidy
from paperledge_audio.spoken.sentences import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST = 300
"""Characters of speech, or phonemes where these are known, in a segment. Kokoro takes 510
phonemes, hibari 400, and words have at most 1.2 phonemes, stress marks included, a letter."""
MOST = 400
"""The same of a segment that can't be cut: no engine could speak more."""
SHORT = 28
"""A sentence of fewer characters is recorded with its neighbour: voice models say a word or two
on their own too fast and too loud."""
COMFORTABLE = 180
"""A group of sentences is not made longer than this many characters."""
CLAUSE_ENDS = ",;:—…"
FINAL = ".?!…"


@dataclass(frozen=True, slots=True)
class SpeechChunk:
    """Spans of one segment, where they start in the block's text, and whether a cut ends them."""

    spans: tuple[Span, ...]
    start: int
    cut: bool = False

    @property
    def spoken(self) -> str:
        """The words for the voice."""
        return "".join(span.said for span in self.spans)

    @property
    def size(self) -> int:
        """Its length: characters, or phonemes if they are more."""
        return sum(map(_measure_span, self.spans))


def _measure_span(span: Span) -> int:
    return max(len(span.said), len(span.phonemes))


def split_at(spans: Sequence[Span], offsets: Sequence[int]) -> Iterator[SpeechChunk]:
    """The spans in parts, each from one of the `offsets` of their text on; the last one is not cut.

    White space at an edge goes; an edge inside a span moves to the span's end.
    """
    start = place = 0
    part: list[Span] = []
    ahead = iter((*offsets, sum(len(span.text) for span in spans) + 1))
    edge = next(ahead)
    for span in spans:
        while place >= edge and span.text:
            yield SpeechChunk(_strip(part), start, cut=True)
            part, start, edge = [], place, next(ahead)
        part.append(span)
        place += len(span.text)
    yield SpeechChunk(tuple(part), start)


def _strip(part: list[Span]) -> tuple[Span, ...]:
    """The spans without the white space that ends them."""
    while part and not part[-1].text.strip() and not part[-1].said.strip():
        part.pop()
    return tuple([*part[:-1], replace(part[-1], text=part[-1].text.rstrip())] if part else [])


def split_block(spans: Sequence[Span], *, goes_on: bool = False) -> tuple[SpeechChunk, ...]:
    """The segments of a block: sentences, short ones joined, long ones cut.

    The texts of the chunks, joined by single spaces, are the text of the spans. `goes_on`: the
    block's last sentence may go on behind them.
    """
    text = "".join(span.text for span in spans)
    places = [0, *accumulate(len(span.text) for span in spans)][:-1]
    groups = _group([_take_spans(spans, places, *bounds) for bounds in _find_bounds(text, spans)])
    parts = [part for group in groups for part in _split(group)]
    if goes_on and parts and parts[-1].spoken.rstrip()[-1:] not in FINAL:
        parts[-1] = replace(parts[-1], cut=True)
    return tuple(
        SpeechChunk(_finish(tidy(part.spans), cut=part.cut), part.start, part.cut) for part in parts
    )


def _find_bounds(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Sentences as offsets, joined if a span crosses their border."""
    edges = {0, *accumulate(len(span.text) for span in spans)}
    bounds: list[tuple[int, int]] = []
    for start, end in split_sentences(text):
        if bounds and not (bounds[-1][1] in edges and start in edges):
            start = bounds.pop()[0]  # noqa: PLW2901
        bounds.append((start, end))
    if bounds:  # white space at the ends belongs to the text as well
        bounds[0] = (0, bounds[0][1])
        bounds[-1] = (bounds[-1][0], len(text))
    return bounds


def _take_spans(spans: Sequence[Span], places: Sequence[int], start: int, end: int) -> SpeechChunk:
    """The spans from `start` up to `end`; `places` are where each begins.

    A span without text of its own belongs to the text before it.
    """
    first, last = bisect_left(places, start), bisect_left(places, end)
    while start and first < last and not spans[first].text:
        first += 1
    while last < len(spans) and places[last] == end and not spans[last].text:
        last += 1
    return SpeechChunk(tuple(spans[first:last]), start)


@dataclass(slots=True)
class _ChunkGroup:
    """Sentences to record together, measured as they come: a block may have thousands."""

    parts: list[SpeechChunk]
    size: int
    has_words: bool

    def take(self, other: _ChunkGroup) -> None:
        """Append another one, after a space."""
        self.parts += other.parts
        self.size += len(_GAP.said) + other.size
        self.has_words |= other.has_words

    def joined(self) -> SpeechChunk:
        spans = list(self.parts[0].spans)
        for part in self.parts[1:]:
            spans += (_GAP, *part.spans)
        return SpeechChunk(tuple(spans), self.parts[0].start)


_GAP = Span(" ", " ")


def _group(parts: list[SpeechChunk]) -> list[SpeechChunk]:
    """Short or silent sentences joined to a neighbour, forwards where there is one."""
    groups: list[_ChunkGroup] = []
    for part in parts:
        group = _ChunkGroup([part], part.size, any(map(str.isalpha, part.spoken)))
        if groups and _belong(groups[-1], group):
            groups[-1].take(group)
        else:
            groups.append(group)
    if len(groups) > 1 and _belong(groups[-1], groups[-2]):
        right = groups.pop()
        groups[-1].take(right)
    return [group.joined() for group in groups]


def _belong(short: _ChunkGroup, other: _ChunkGroup) -> bool:
    if not short.has_words or not other.has_words:
        return True
    return short.size < SHORT and short.size + other.size <= COMFORTABLE


def _split(piece: SpeechChunk) -> Iterator[SpeechChunk]:
    """The chunk, cut at clauses, else between words, until no part is too long."""
    spans, begin, start, left = piece.spans, 0, piece.start, piece.size
    while left > LONGEST:
        at = _find_best_cut(spans, begin)
        if at is None:
            break
        part = SpeechChunk(spans[begin:at], start, cut=True)
        yield part
        start += sum(len(span.text) for span in spans[begin : at + 1])
        left -= part.size + _measure_span(spans[at])
        begin = at + 1
    yield SpeechChunk(spans[begin:], start)


def _find_best_cut(spans: Sequence[Span], begin: int) -> int | None:
    """Index of the space to cut at: the last clause's end within reach, else the last space."""
    clause = word = None
    spoken, size, has_words = "", 0, False
    for index in range(begin, len(spans)):
        span = spans[index]
        if span.text == " " and span.said.strip(" ,") == "" and has_words:
            if size > LONGEST and word is not None:
                break
            word = index
            if spoken.rstrip()[-1:] in CLAUSE_ENDS and size > LONGEST / 3:
                clause = index
        spoken += span.said
        size += _measure_span(span)
        has_words = has_words or any(map(str.isalpha, span.said))
    return word if clause is None else clause


def _finish(spans: tuple[Span, ...], *, cut: bool) -> tuple[Span, ...]:
    """The spans with punctuation at the end of the spoken words, so that the voice falls."""
    spoken = "".join(span.said for span in spans)
    if cut:
        return spans if spoken[-1:] in CLAUSE_ENDS else (*spans, Span("", ",", "breath"))
    if spoken[-1:] in FINAL:
        return spans
    if spoken[-1:] == ":":
        return spans
    return tidy((*spans, Span("", ".", "full stop")))
