"""Pace and longer words, in whole frames."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.engines.durations import PAUSES
from paperledge_audio.engines.prosody.phonemes import OBSTRUENTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from paperledge_audio.engines.prosody.direction import Direction

STRETCH = {1: 1.28, 2: 1.5}
"""How much longer a word becomes. Frames of 25 ms are coarse, so whole frames are shared out."""
NUCLEUS, SONORANT, OBSTRUENT = 1.0, 0.6, 0.15
"""How much of that a frame of the stressed vowel takes, one of another sound that can be sung, and
one of a stop or fricative: drawn out, these are heard as two, or as another one."""
ASIDE_PACE = 1.06
"""Of what is said beside the rest; readers say parentheses quicker, lower and softer."""
LAST = 4
"""Frames of a word's last sound before a pause that count: it is given the silence after it."""


def change_pace(durations: NDArray[np.float32], pace: float) -> NDArray[np.float32]:
    """Durations of tokens in whole frames at another pace, at least one each.

    Their edges are rounded, not each by itself: so the whole is as long as asked for.
    """
    edges = np.rint(np.cumsum(durations) / pace)
    changed: NDArray[np.float32] = np.maximum(np.diff(edges, prepend=0), 1).astype(np.float32)
    return changed


def lengthen(durations: NDArray[np.float32], direction: Direction) -> NDArray[np.float32]:
    """Durations of tokens in whole frames, those of accented words longer, of asides shorter."""
    longer = durations.copy()
    for start, end in direction.asides:
        longer[start:end] = change_pace(durations[start:end], ASIDE_PACE)
    for accent in direction.accents:
        start, end = accent.word
        spoken = longer[start:end].copy()
        if direction.tokens[end : end + 1] in PAUSES - {" "} or end >= len(durations) - 1:
            spoken[-1] = min(spoken[-1], LAST)
        shares = np.array(
            [OBSTRUENT if one in OBSTRUENTS else SONORANT for one in direction.tokens[start:end]]
        )
        shares[accent.nucleus[0] - start : accent.nucleus[1] - start] = NUCLEUS
        extra = ceil(round(float(spoken.sum()) * (STRETCH[accent.emphasis] - 1), 3))
        longer[start:end] += share_out(extra, shares * spoken)
    return longer


def share_out(count: int, weights: NDArray[np.float64]) -> NDArray[np.float32]:
    """`count` whole things by `weights`, the leftovers to the largest remainders (Hamilton's)."""
    exact = count * weights / weights.sum()
    whole: NDArray[np.float32] = np.floor(exact).astype(np.float32)
    most = np.argsort(whole - exact, kind="stable")[: count - int(whole.sum())]
    whole[most] += 1
    return whole
