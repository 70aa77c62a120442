"""From an engine's marks to the times of the printed words.

Printed text maps to spoken text through the segment's spans, spoken text to frames through the
engine's marks. Both maps are monotone and piecewise linear, so a word's time is read off by
following its first and last letters through both.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from paperledge_audio.engines.model import Marks, Take, Word

SILENT = ".,;:!?…—–-()[]{}\"'“”‘’«»"
"""Punctuation that takes time but makes no sound."""

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.spoken.model import Segment


def timed_take(
    segment: Segment, sound: Sound, marks: Marks, engine: str, take_id: str = ""
) -> Take:
    """The take of `segment` whose words are timed by `marks`."""
    return Take(segment, sound, timed_words(segment, marks), engine, marks, take_id)


def timed_words(segment: Segment, marks: Marks) -> tuple[Word, ...]:
    """Every printed word of `segment`, in order, with its first and last frame.

    A word that is left unsaid gets an empty stretch where the voice passes it by.
    """
    printed = (0, *accumulate(len(span.text) for span in segment.spans))
    said = (0, *accumulate(len(span.said) for span in segment.spans))
    offsets, frames = zip(*marks, strict=True)
    words = []
    for match in re.finditer(r"\S+", segment.text):
        start, end = _letters(match)
        first = interpolated(interpolated(start, printed, said, after=True), offsets, frames)
        last = interpolated(interpolated(end, printed, said), offsets, frames)
        words.append(Word(match[0], round(first), round(max(first, last))))
    return tuple(words)


def interpolated(
    x: float, xs: Sequence[float], ys: Sequence[float], *, after: bool = False
) -> float:
    """The value at `x` of the line through the points (xs, ys), xs ascending; level outside.

    Where several points share an x, the line jumps there: `after` picks its end, else its start.
    """
    right = bisect_right(xs, x) if after else bisect_left(xs, x)
    if right == len(xs):
        return ys[-1]
    if right == 0:
        return ys[0]
    left = right - 1
    return ys[left] + (ys[right] - ys[left]) * (x - xs[left]) / (xs[right] - xs[left])


def _letters(match: re.Match[str]) -> tuple[int, int]:
    """Where a word lies without the silent punctuation around it."""
    word = match[0]
    bare = word.strip(SILENT)
    if not bare:
        return match.start(), match.end()
    start = match.start() + word.index(bare)
    return start, start + len(bare)
