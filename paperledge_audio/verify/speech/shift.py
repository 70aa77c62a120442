"""A sound that something was cut from, or put into → its sentences where they are now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from paperledge_audio.units import clock
from paperledge_audio.verify.model import ReportLine
from paperledge_audio.verify.speech.judging import RIGHT, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperledge_audio.verify.speech.judging import ReadSentence
    from paperledge_audio.verify.speech.sentences import PlacedSentence, PlacedWord

LEAST_S = 0.2
"""Encoders add or leave out less, and a sentence is heard with as much around it."""

Placed = TypeVar("Placed", "PlacedSentence", "PlacedWord")
Hear = Callable[["Sequence[PlacedSentence]"], "Iterable[ReadSentence]"]


def follow_shift(
    sentences: Sequence[PlacedSentence], read: Sequence[ReadSentence], shift_s: float, hear: Hear
) -> tuple[tuple[PlacedSentence, ...], tuple[ReadSentence, ...]]:
    """The sentences, and as they were heard, in a sound that is longer by `shift_s`, or shorter.

    Those that aren't right are heard again so much later, and stay there if that is better.
    """
    places, readings = list(sentences), list(read)
    if abs(shift_s) >= LEAST_S:
        asked = [n for n, one in enumerate(read) if one.verdict != RIGHT]
        moved = [_move(sentences[n], shift_s) for n in asked]
        for n, there, again in zip(asked, moved, hear(moved), strict=True):
            if VERDICTS.index(again.verdict) < VERDICTS.index(read[n].verdict):
                places[n], readings[n] = there, again
    return tuple(places), tuple(readings)


def list_shifts(
    before: Sequence[PlacedSentence], after: Sequence[PlacedSentence]
) -> Iterator[ReportLine]:
    """From where on the sentences are early or late, as one finding."""
    for one, there in zip(before, after, strict=True):
        if shift_s := there.start_s - one.start_s:
            side = "early" if shift_s < 0 else "late"
            detail = f"from {clock(there.start_s)} on all is {side} by {abs(shift_s):.1f} s"
            yield ReportLine("times of the words", ok=False, detail=detail)
            return


def _move(sentence: PlacedSentence, shift_s: float) -> PlacedSentence:
    def move(at_s: float) -> float:
        return max(round(at_s + shift_s, 3), 0.0)

    def move_all(placed: Placed) -> Placed:
        return replace(placed, start_s=move(placed.start_s), end_s=move(placed.end_s))

    return replace(move_all(sentence), words=tuple(map(move_all, sentence.words)))
