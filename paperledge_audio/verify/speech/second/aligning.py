"""Two readings of the same words → which frame of one goes with which of the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

STRETCH = 0.5
"""The price of a frame in which only one of the two goes on, beside the distance of the sounds,
whose mean is about 3 where the words are the same."""
MOST_STEP = 2
"""Frames of the reading: more than that at once leaves words out."""
BACK = 2.0
"""The price of going back to the start of a word. Good takes gain nothing by it."""
LEAVE_OUT = 14.0
"""The price of leaving words out: of 641 good takes one gained 9 by it, the others at most 5."""


def follow(
    costs: NDArray[np.float64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    *,
    back: float = np.inf,
    leave_out: float = np.inf,
) -> NDArray[np.int64]:
    """The frame of the reading that each frame heard goes with, along the cheapest way.

    Each step goes on by a frame, stands, or leaves one out; from the end of a word it may go back
    to the start of that or of one before, or leave words out, at these prices. Viterbi's algorithm;
    `costs` are [frames heard, frames read], `starts` and `ends` the words' first and last frames.
    """
    heard, meant = costs.shape
    here, firsts = np.arange(meant), np.arange(len(starts))
    ahead = firsts - firsts[:, np.newaxis]
    prices = np.select([ahead <= 0, ahead > 1], [back, leave_out], np.inf)
    total = np.full(meant, np.inf)
    total[starts] = costs[0, starts] + leave_out
    total[0] = costs[0, 0]
    came = np.zeros((heard, meant), np.int64)
    for frame in range(1, heard):
        best, source = total + STRETCH, here.copy()
        for step, price in ((1, 0.0), (MOST_STEP, STRETCH)):
            moved = total[:-step] + price
            better = np.flatnonzero(moved < best[step:])
            best[better + step], source[better + step] = moved[better], better
        jumps = total[ends][:, np.newaxis] + prices
        origin = jumps.argmin(axis=0)
        price = jumps[origin, firsts]
        jumped = price < best[starts]
        best[starts[jumped]], source[starts[jumped]] = price[jumped], ends[origin[jumped]]
        total, came[frame] = best + costs[frame], source
    finish = total[ends] + leave_out
    whole = total[-1] <= finish.min()
    path = [meant - 1 if whole else int(ends[finish.argmin()])]
    for frame in range(heard - 1, 0, -1):
        path.append(int(came[frame, path[-1]]))
    return np.array(path[::-1])
