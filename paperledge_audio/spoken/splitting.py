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


def _joined(left: Piece, right: Piece) -> Piece:
    return Piece((*left.spans, Span(" ", " "), *right.spans), left.start)


def _grouped(parts: list[Piece]) -> list[Piece]:
    """Short or silent sentences joined to a neighbour, forwards where there is one."""
    groups: list[Piece] = []
    for part in parts:
        last = groups[-1] if groups else None
        if last and _belong(last, part):
            groups[-1] = _joined(last, part)
        else:
            groups.append(part)
    if len(groups) > 1 and _belong(groups[-1], groups[-2]):
        right = groups.pop()
        groups[-1] = _joined(groups[-1], right)
    return groups


def _belong(short: Piece, other: Piece) -> bool:
    if not _has_words(short) or not _has_words(other):
        return True
    return short.size < SHORT and short.size + other.size <= COMFORTABLE


def _has_words(piece: Piece) -> bool:
    return any(char.isalpha() for char in piece.spoken)


def _cut(piece: Piece) -> Iterator[Piece]:
    """The piece, cut at clauses, else between words, until no part is too long."""
    while piece.size > LONGEST:
        at = _best_cut(piece)
        if at is None:
            break
        left, gap, right = piece.spans[:at], piece.spans[at], piece.spans[at + 1 :]
        yield Piece(left, piece.start, cut=True)
        start = piece.start + sum(len(span.text) for span in left) + len(gap.text)
        piece = Piece(right, start)
    yield piece


def _best_cut(piece: Piece) -> int | None:
    """Index of the space to cut at: the last clause's end within reach, else the last space."""
    clause = word = None
    spoken, size = "", 0
    for index, span in enumerate(piece.spans):
        if span.text == " " and span.said.strip(" ") == "" and any(map(str.isalpha, spoken)):
            if size > LONGEST and word is not None:
                break
            word = index
            if spoken.rstrip()[-1:] in _CLAUSE_ENDS and size > LONGEST / 3:
                clause = index
        spoken += span.said
        size += _size(span)
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
