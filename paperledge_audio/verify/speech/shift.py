"""A sound that something was cut from, or put into → its sentences where they are now."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from paperledge_audio.units import clock
from paperledge_audio.verify.model import ReportLine
from paperledge_audio.verify.speech.verdicts import RIGHT, VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperledge_audio.verify.speech.sentences import PlacedSentence, PlacedWord
    from paperledge_audio.verify.speech.verdicts import ReadSentence

NEVER = (math.inf, 0.0)
LEAST_S = 0.2
"""Encoders add or leave out less, and a sentence is heard with as much around it."""

Placed = TypeVar("Placed", "PlacedSentence", "PlacedWord")
Hear = Callable[["Sequence[PlacedSentence]"], "Iterable[ReadSentence]"]


def follow_shift(
    sentences: Sequence[PlacedSentence], read: Sequence[ReadSentence], shift_s: float, hear: Hear
) -> tuple[tuple[PlacedSentence, ...], tuple[ReadSentence, ...]]:
    """The sentences, and as they were heard, in a sound that is longer by `shift_s`, or shorter.

    Those that aren't right are heard again so much later, and are there if that is better. From the
    first that is right there on, all are.
    """
    places, readings = list(sentences), list(read)
    if abs(shift_s) < LEAST_S:
        return tuple(places), tuple(readings)
    moved = [_move(one, shift_s) for one in sentences]
    asked = [n for n, one in enumerate(read) if one.verdict != RIGHT]
    again = dict(zip(asked, hear([moved[n] for n in asked]), strict=True))
    for n in asked:
        if VERDICTS.index(again[n].verdict) < VERDICTS.index(read[n].verdict):
            places[n], readings[n] = moved[n], again[n]
    first = next((n for n in asked if again[n].verdict == RIGHT), len(places))
    for n in range(first, len(places)):
        there = places[n] = moved[n]
        readings[n] = again.get(n) or replace(read[n], start_s=there.start_s, end_s=there.end_s)
    return tuple(places), tuple(readings)


def find_shift(
    before: Sequence[PlacedSentence], after: Sequence[PlacedSentence]
) -> tuple[float, float]:
    """From which second of the manifest on all is late, and by how many; early is negative.

    `NEVER` where nothing moved.
    """
    for one, there in zip(before, after, strict=True):
        if shift_s := there.start_s - one.start_s:
            return one.start_s, shift_s
    return NEVER


def list_shifts(from_s: float, shift_s: float) -> Iterator[ReportLine]:
    """What `find_shift` found as a finding, if it found something."""
    if shift_s:
        side = "early" if shift_s < 0 else "late"
        detail = f"from {clock(from_s + shift_s)} on all is {side} by {abs(shift_s):.1f} s"
        yield ReportLine("times of the words", ok=False, detail=detail)


def _move(sentence: PlacedSentence, shift_s: float) -> PlacedSentence:
    def move(at_s: float) -> float:
        return max(round(at_s + shift_s, 3), 0.0)

    def move_all(placed: Placed) -> Placed:
        return replace(placed, start_s=move(placed.start_s), end_s=move(placed.end_s))

    return replace(move_all(sentence), words=tuple(map(move_all, sentence.words)))
