"""From an engine's marks to the times of the printed words.

Printed text maps to spoken text through the segment's spans, spoken text to frames through the
engine's marks. Both maps are monotone and piecewise linear, so a word's time is read off by
following its first and last letters through both.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from paperledge_audio.engines.model import Marks, Take, Word

SILENT = ".,;:!?…—–-()[]{}\"'“”‘’«»"
"""Punctuation that takes time but makes no sound."""

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.spoken.model import Segment, Span


def make_take(segment: Segment, sound: Sound, marks: Marks, engine: str, take_id: str = "") -> Take:
    """The take of `segment` whose words are timed by `marks`."""
    return Take(segment, sound, time_words(segment, marks), engine, marks, take_id)


def time_words(segment: Segment, marks: Marks) -> tuple[Word, ...]:
    """Every printed word of `segment`, in order, with its first and last frame.

    An unsaid word has an empty range at its place.
    """
    printed, said = _place_spans(segment.spans)
    offsets, frames = zip(*marks, strict=True)
    words = []
    for match in re.finditer(r"\S+", segment.text):
        start, end = _trim_punctuation(match)
        first = interpolate(interpolate(start, printed, said, after=True), offsets, frames)
        last = interpolate(interpolate(end, printed, said), offsets, frames)
        words.append(Word(match[0], round(first), round(max(first, last))))
    return tuple(words)


def _place_spans(spans: Sequence[Span]) -> tuple[list[int], list[int]]:
    """Where each span ends in the printed text, and where in the spoken text.

    Words without a text of their own go on saying the text before them, so they lengthen it.
    """
    printed, said, place = [0], [0], 0
    for span in spans:
        place += len(span.said)
        if not span.text and printed[-1] and any(map(str.isalnum, span.said)):
            first = printed.index(printed[-1])
            del printed[first + 1 :], said[first + 1 :]
            said[first] = place
        else:
            printed.append(printed[-1] + len(span.text))
            said.append(place)
    return printed, said


def interpolate(
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


def _trim_punctuation(match: re.Match[str]) -> tuple[int, int]:
    """The range of a word without silent punctuation around it."""
    word = match[0]
    bare = word.strip(SILENT)
    if not bare:
        return match.start(), match.end()
    start = match.start() + word.index(bare)
    return start, start + len(bare)
