"""A recording's clips → whether one person speaks in all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.sound.clip import Clip, duration_s
from paperledge_audio.verify.encoder import average

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from paperledge_audio.verify.encoder import Encoder

PART_S = 2.0
"""Long enough for an encoder to know a voice, and short enough for turns in a talk."""
FEWEST = 4
"""Parts; with fewer, one odd part would be a group."""
ROUNDS = 20
"""The groups settle in a few."""


def compare_speakers(clips: Sequence[Clip], encoder: Encoder) -> float:
    """The likeness of the two groups into which parts of some seconds fall most easily.

    Two people are two groups, whether they speak one after the other or in turn; one person's
    groups are alike. 1 for what is too short to tell.
    """
    parts = [part for clip in clips for part in _split(clip)]
    if len(parts) < FEWEST:
        return 1.0
    return _part_in_two(np.array([encoder.embed(part) for part in parts]))


def _split(clip: Clip) -> list[Clip]:
    count = max(round(duration_s(clip) / PART_S), 1)
    return [Clip(piece, clip.rate) for piece in np.array_split(clip.samples, count)]


def _part_in_two(found: NDArray[np.float64]) -> float:
    """The cosine of the means of two groups of embeddings, [parts, d], by spherical k-means.

    Dhillon and Modha 2001, "Concept decompositions for large sparse text data using clustering",
    Machine Learning 42. It begins with the two that are least alike.
    """
    alike = found @ found.T
    means = found[[*np.unravel_index(np.argmin(alike), alike.shape)]]
    for _ in range(ROUNDS):
        nearest = np.argmax(found @ means.T, axis=1)
        if len(set(nearest.tolist())) < 2:
            return 1.0
        fresh = np.array([average(found[nearest == group]) for group in (0, 1)])
        if np.array_equal(fresh, means):
            break
        means = fresh
    return float(means[0] @ means[1])
