"""Energy curves: a voice that is strained in accented words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.engines.prosody.melody import draw_plateau

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from paperledge_audio.engines.prosody.direction import Direction

ADDED = {1: 1.0, 2: 1.5}
"""In the models' units: with the higher F0, words become some 1.5 and 2.5 dB louder."""


def strain(
    energy: NDArray[np.float32], edges: NDArray[np.int64], direction: Direction
) -> NDArray[np.float32]:
    """The energy curve, higher in accented words, level elsewhere."""
    higher = energy.copy()
    for accent in direction.accents:
        start, end = (float(edges[at]) for at in accent.word)
        higher += (ADDED[accent.emphasis] * draw_plateau(len(energy), start, end)).astype("f4")
    return higher
