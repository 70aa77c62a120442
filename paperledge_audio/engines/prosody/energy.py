"""Accented words are strained and louder, and what follows them is softer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.engines.prosody.melody import draw_plateau, find_edges, find_tail

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from paperledge_audio.engines.prosody.direction import Direction

ADDED = {1: 1.0, 2: 1.5}
"""In the models' units; it strains the voice, and hardly raises the level."""
LOUDER_DB = {1: 2.4, 2: 3.0}
"""On top of that; docs/DELIVERY.md has what listeners' programs make of all of it."""
ASIDE_DB = -1.5
"""Of what is said beside the rest."""
AFTER_DB = -1.0
"""Of what follows an accent in its phrase (post-focus compression, Xu 1999)."""


def strain(
    energy: NDArray[np.float32], edges: NDArray[np.int64], direction: Direction
) -> NDArray[np.float32]:
    """The energy curve, higher in accented words, level elsewhere."""
    higher = energy.copy()
    for accent in direction.accents:
        start, end = (float(edges[at]) for at in accent.word)
        higher += (ADDED[accent.emphasis] * draw_plateau(len(energy), start, end)).astype("f4")
    return higher


def emphasise_level(
    samples: NDArray[np.float32], durations: NDArray[np.float32], direction: Direction
) -> NDArray[np.float32]:
    """Samples [frames] of tokens of these durations.

    Accented words are louder, what follows them and what is said beside the rest is softer.
    """
    if not direction.accents and not direction.asides:
        return samples
    edges = find_edges(durations)
    gain_db = np.zeros(int(edges[-1]))
    for accent in direction.accents:
        start, end = (float(edges[at]) for at in accent.word)
        gain_db += LOUDER_DB[accent.emphasis] * draw_plateau(len(gain_db), start, end)
        gain_db += AFTER_DB * draw_plateau(len(gain_db), *find_tail(edges, accent, direction))
    for aside in direction.asides:
        start, end = (float(edges[at]) for at in aside)
        gain_db += ASIDE_DB * draw_plateau(len(gain_db), start, end)
    middles = (np.arange(len(gain_db)) + 0.5) * len(samples) / len(gain_db)
    curve_db = np.interp(np.arange(len(samples)), middles, gain_db)
    return (samples * 10 ** (curve_db / 20)).astype(np.float32)
