"""A bed: music that loops under the speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units
from paperledge_audio.mix.model import Placed
from paperledge_audio.sound.clip import Clip, Excerpt, JoinedSound, load

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from paperledge_audio.sound.clip import Sound

CROSSFADE_S = 1.0
"""Length of the crossfade from the end of a bed that does not loop to its start."""
NEAR_S = 0.02
"""How far around the seam a bed's own steps are looked at."""
LIKELY_STEP = 1.5
"""A step at the seam up to this many times the steps around it belongs to the music."""


def loop_bed(bed: Sound, start: int, end: int, *, fade: int, gain_db: float) -> list[Placed]:
    """The bed from frame `start` up to `end`, as copies that join without a seam.

    It fades in and out over `fade` frames, or less where it is shorter than both fades.
    """
    length = end - start
    if length <= 0:
        return []
    fade = min(fade, length // 2)
    unit = make_seamless(bed)
    while unit.frames < 2 * fade:
        unit = load(JoinedSound([unit, unit]))
    copies = max(length // unit.frames, 1)
    last = Excerpt(JoinedSound([unit, unit]), 0, length - (copies - 1) * unit.frames)
    parts = [unit] * (copies - 1) + [last]
    return [
        Placed(
            part,
            start + n * unit.frames,
            gain_db,
            fade_in=fade if n == 0 else 0,
            fade_out=fade if n == copies - 1 else 0,
            role="bed",
        )
        for n, part in enumerate(parts)
    ]


def make_seamless(bed: Sound) -> Sound:
    """A sound that loops: the same one if it already does, else a little shorter.

    Where the step from the last frame to the first is larger than the music's own steps around
    it, the end is faded into the start with equal power, over a second or a quarter of it.
    """
    if _is_seamless(bed):
        return bed
    count = min(units.frames(CROSSFADE_S, bed.rate), bed.frames // 4)
    if count == 0:
        return bed
    angle = 0.5 * np.pi * (np.arange(count) + 0.5)[:, np.newaxis] / count
    over = _read_start(bed, count) * np.sin(angle) + _read_end(bed, count) * np.cos(angle)
    return JoinedSound([Clip(over, bed.rate), Excerpt(bed, count, bed.frames - count)])


def _is_seamless(bed: Sound) -> bool:
    near = max(units.frames(NEAR_S, bed.rate), 2)
    start, end = _read_start(bed, near), _read_end(bed, near)
    around = max(_find_largest_step(start), _find_largest_step(end))
    return _find_largest_step(np.concatenate([end[-1:], start[:1]])) <= LIKELY_STEP * around


def _read_start(bed: Sound, count: int) -> NDArray[np.float32]:
    return bed.read(0, min(count, bed.frames))


def _read_end(bed: Sound, count: int) -> NDArray[np.float32]:
    return bed.read(max(bed.frames - count, 0), bed.frames)


def _find_largest_step(samples: NDArray[np.float32]) -> float:
    return float(np.abs(np.diff(samples, axis=0)).max(initial=0.0))
