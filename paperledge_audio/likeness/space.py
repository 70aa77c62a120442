"""The space of Kokoro's voices, in which a pack may leave the blends of the stock ones.

A style vector has two halves: the first is heard by the decoder (timbre), the second by the
predictor of lengths, pitch and energy (manner). Each half of the stock packs is taken as one point
of 510 × 128 values, and the principal axes of these points span the space. So a move along an axis
differs from row to row, with the length of the text, as the stock packs do, and what no stock
voice varies stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.voices.packs import STYLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Rows = NDArray[np.float32]
    """A pack, [510, 1, 256]."""
    Place = NDArray[np.float64]
    """Coordinates along the axes, in standard deviations of the stock voices."""

HALF = STYLE // 2
AXES = 20
"""Of each half. They hold 90 % and more of the variance of 28 packs."""


@dataclass(frozen=True, slots=True, eq=False)
class Half:
    """The principal axes of one half of the stock packs."""

    part: slice
    mean: NDArray[np.float64]
    """[510 × 128]"""
    axes: NDArray[np.float64]
    """[axes, 510 × 128], each as long as one standard deviation."""

    def place(self, rows: Rows) -> Place:
        """The coordinates of a pack's half; what lies across all axes is left out."""
        away = rows[:, 0, self.part].reshape(-1).astype(np.float64) - self.mean
        lengths = np.einsum("ij,ij->i", self.axes, self.axes)
        place: Place = (self.axes @ away) / lengths
        return place

    def shift(self, by: Place) -> NDArray[np.float64]:
        """What a move adds to the half, [510, 128]."""
        moved: NDArray[np.float64] = by @ self.axes
        return moved.reshape(-1, HALF)


class VoiceSpace:
    """Timbre and manner of voices, from two or more packs."""

    def __init__(self, packs: Sequence[Rows]) -> None:
        self.timbre, self.manner = (
            _find_axes(np.array(packs), part) for part in (slice(0, HALF), slice(HALF, STYLE))
        )

    def move(self, rows: Rows, timbre: Place, manner: Place) -> Rows:
        """The pack that lies so far from `rows`."""
        moved = rows.astype(np.float64)
        for half, by in ((self.timbre, timbre), (self.manner, manner)):
            moved[:, 0, half.part] += half.shift(by)
        return moved.astype(np.float32)


def _find_axes(packs: NDArray[np.float32], part: slice) -> Half:
    points = packs[:, :, 0, part].reshape(len(packs), -1).astype(np.float64)
    mean = points.mean(axis=0)
    _, sizes, axes = np.linalg.svd(points - mean, full_matrices=False)
    count = min(AXES, len(packs) - 1)
    return Half(part, mean, axes[:count] * (sizes[:count, None] / np.sqrt(len(packs))))
