"""A block's spans → the pieces that are recorded, each of a natural size."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.rules.tidy import tidy
from paperledge_audio.spoken.sentences import sentences

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
_CLAUSE_ENDS = ",;:—…"
FINAL = ".?!…"


@dataclass(frozen=True, slots=True)
class Piece:
    """Spans to record together, where they start in the block's text, and if a cut ends them."""

    spans: tuple[Span, ...]
    start: int
    cut: bool = False

    @property
    def spoken(self) -> str:
        """The words for the voice."""
        return "".join(span.said for span in self.spans)

    @property
    def size(self) -> int:
        """How long it is to speak: characters, or phonemes where they are more."""
        return sum(map(_size, self.spans))


def _size(span: Span) -> int:
    return max(len(span.said), len(span.phonemes))


def pieces(spans: Sequence[Span]) -> tuple[Piece, ...]:
    """The segments of a block: sentences, short ones joined, long ones cut.

    The texts of the pieces, joined by single spaces, are the text of the spans.
    """
    text = "".join(span.text for span in spans)
    places = [0, *accumulate(len(span.text) for span in spans)][:-1]
    groups = _grouped([_within(spans, places, *bounds) for bounds in _bounds(text, spans)])
    return tuple(
        Piece(_finished(tidy(part.spans), cut=part.cut), part.start, part.cut)
        for group in groups
        for part in _cut(group)
    )


def _bounds(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Sentences as offsets, joined where a span reaches across their border."""
    edges = {0, *accumulate(len(span.text) for span in spans)}
    bounds: list[tuple[int, int]] = []
    for start, end in sentences(text):
        if bounds and not (bounds[-1][1] in edges and start in edges):
            start = bounds.pop()[0]  # noqa: PLW2901
        bounds.append((start, end))
    if bounds:  # white space at the ends belongs to the text as well
        bounds[0] = (0, bounds[0][1])
        bounds[-1] = (bounds[-1][0], len(text))
    return bounds


def _within(spans: Sequence[Span], places: Sequence[int], start: int, end: int) -> Piece:
    """The spans from `start` up to `end`; `places` are where each begins.

    A span without text of its own belongs to the text before it.
    """
    first, last = bisect_left(places, start), bisect_left(places, end)
    while start and first < last and not spans[first].text:
        first += 1
    while last < len(spans) and places[last] == end and not spans[last].text:
        last += 1
    return Piece(tuple(spans[first:last]), start)


@dataclass(slots=True)
class _Group:
    """Sentences to record together, measured as they come: a block may have thousands."""

    parts: list[Piece]
    size: int
    has_words: bool

    def take(self, other: _Group) -> None:
        """Go on with another one, after a space."""
        self.parts += other.parts
        self.size += len(_GAP.said) + other.size
        self.has_words |= other.has_words

    def joined(self) -> Piece:
        spans = list(self.parts[0].spans)
        for part in self.parts[1:]:
            spans += (_GAP, *part.spans)
        return Piece(tuple(spans), self.parts[0].start)


_GAP = Span(" ", " ")


def _grouped(parts: list[Piece]) -> list[Piece]:
    """Short or silent sentences joined to a neighbour, forwards where there is one."""
    groups: list[_Group] = []
    for part in parts:
        group = _Group([part], part.size, any(map(str.isalpha, part.spoken)))
        if groups and _belong(groups[-1], group):
            groups[-1].take(group)
        else:
            groups.append(group)
    if len(groups) > 1 and _belong(groups[-1], groups[-2]):
        right = groups.pop()
        groups[-1].take(right)
    return [group.joined() for group in groups]


def _belong(short: _Group, other: _Group) -> bool:
    if not short.has_words or not other.has_words:
        return True
    return short.size < SHORT and short.size + other.size <= COMFORTABLE


def _cut(piece: Piece) -> Iterator[Piece]:
    """The piece, cut at clauses, else between words, until no part is too long."""
    spans, begin, start, left = piece.spans, 0, piece.start, piece.size
    while left > LONGEST:
        at = _best_cut(spans, begin)
        if at is None:
            break
        part = Piece(spans[begin:at], start, cut=True)
        yield part
        start += sum(len(span.text) for span in spans[begin : at + 1])
        left -= part.size + _size(spans[at])
        begin = at + 1
    yield Piece(spans[begin:], start)


def _best_cut(spans: Sequence[Span], begin: int) -> int | None:
    """Index of the space to cut at: the last clause's end within reach, else the last space."""
    clause = word = None
    spoken, size, has_words = "", 0, False
    for index in range(begin, len(spans)):
        span = spans[index]
        if span.text == " " and span.said.strip(" ,") == "" and has_words:
            if size > LONGEST and word is not None:
                break
            word = index
            if spoken.rstrip()[-1:] in _CLAUSE_ENDS and size > LONGEST / 3:
                clause = index
        spoken += span.said
        size += _size(span)
        has_words = has_words or any(map(str.isalpha, span.said))
    return word if clause is None else clause


def _finished(spans: tuple[Span, ...], *, cut: bool) -> tuple[Span, ...]:
    """The spans with a mark at the end of what is said, so that the voice falls."""
    spoken = "".join(span.said for span in spans)
    if cut:
        return spans if spoken[-1:] in _CLAUSE_ENDS else (*spans, Span("", ",", "breath"))
    if spoken[-1:] in FINAL:
        return spans
    if spoken[-1:] == ":":
        return spans
    return tidy((*spans, Span("", ".", "full stop")))
