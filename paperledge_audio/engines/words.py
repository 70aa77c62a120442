"""From an engine's marks to the times of the printed words.

Printed text maps to spoken text through the segment's spans, spoken text to frames through the
engine's marks. Both maps are monotone and piecewise linear, so a word's time is read off by
following its first and last letters through both.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from paperledge_audio.engines.model import Marks, Take, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperledge_audio.audio import Clip
    from paperledge_audio.spoken.model import Segment


def timed_take(segment: Segment, clip: Clip, marks: Marks, engine: str) -> Take:
    """The take of `segment` whose words are timed by `marks`."""
    return Take(segment, clip, timed_words(segment, marks), engine, marks)


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
    """The value at `x` of the line through the points (xs, ys), xs ascending.

    Where several points share an x, the line jumps there: `after` picks its end, else its start.
    """
    if after:
        right = bisect_right(xs, x)
        if right == len(xs):
            return ys[-1]
    else:
        right = next((i for i, known in enumerate(xs) if known >= x), len(xs) - 1)
        if xs[right] == x or right == 0:
            return ys[right]
    left = right - 1
    if left < 0:
        return ys[0]
    width = xs[right] - xs[left]
    return ys[left] + (ys[right] - ys[left]) * (x - xs[left]) / width if width else ys[right]


def _letters(match: re.Match[str]) -> tuple[int, int]:
    """Where a word's letters, digits and symbols lie, without the punctuation around them."""
    word = match[0]
    kept = [i for i, char in enumerate(word) if not unicodedata.category(char).startswith("P")]
    if not kept:
        return match.start(), match.end()
    return match.start() + kept[0], match.start() + kept[-1] + 1
