"""Ducking: a smooth gain curve that lowers music under speech.

The curve is a raised cosine in decibels (smooth to the ear, with no corner). It looks ahead: the
music is all the way down before the first word. Over a short gap in the speech it stays down, so
that it never pumps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

LEAD_S = 0.1
"""The music is down this long before a word starts."""
HOLD_S = 1.0
"""Music that could be up for less than this between two words stays down."""


@dataclass(frozen=True, slots=True, eq=False)
class Ducking:
    """The gain of music over a whole time line.

    `places` are frames, ascending, and `down` how far the music is down there, 0 or 1; between
    two places the curve is a raised cosine.
    """

    places: NDArray[np.float64]
    down: NDArray[np.float64]
    depth_db: float

    def gain(self, start: int, end: int) -> float | NDArray[np.float64]:
        """Amplitude factors for the frames `start` up to `end`; a single one if it is constant."""
        first, last = np.interp([start, end - 1], self.places, self.down)
        if first == last and not ((self.places > start) & (self.places < end - 1)).any():
            return units.gain(self.depth_db * float(_raised_cosine(first)))
        share = np.interp(np.arange(start, end), self.places, self.down)
        return np.asarray(10.0 ** (self.depth_db * _raised_cosine(share) / 20.0))


def _raised_cosine(share: float | NDArray[np.float64]) -> float | NDArray[np.float64]:
    return 0.5 - 0.5 * np.cos(np.pi * share)


def compute_ducking(
    speech: Iterable[tuple[int, int]], rate: int, *, depth_db: float, fade_s: float
) -> Ducking:
    """The curve for speech that sounds over these (start, end) frames, in order."""
    lead, fade = units.frames(LEAD_S, rate), max(units.frames(fade_s, rate), 1)
    shortest_gap = lead + 2 * fade + units.frames(HOLD_S, rate)
    places: list[int] = []
    down: list[float] = []
    for start, end in _bridge_gaps(speech, shortest_gap):
        places += [start - lead - fade, start - lead, end, end + fade]
        down += [0.0, 1.0, 1.0, 0.0]
    if not places:
        places, down = [0], [0.0]
    return Ducking(np.array(places, np.float64), np.array(down), depth_db)


def _bridge_gaps(spans: Iterable[tuple[int, int]], shortest_gap: int) -> Sequence[tuple[int, int]]:
    """The spans, joined if the gap between them is shorter than `shortest_gap`."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start - out[-1][1] < shortest_gap:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out
