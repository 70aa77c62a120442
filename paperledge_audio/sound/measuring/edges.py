"""The silence that a recording has before its first sound and after its last one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units
from paperledge_audio.sound.clip import load

if TYPE_CHECKING:
    from paperledge_audio.sound.clip import Sound

WINDOW_S = 0.01
"""Over this long a level is taken."""
SOFTEST_DB = -40.0
"""Against the loudest window: what is softer is heard as silence beside it."""


def measure_edges(sound: Sound) -> tuple[int, int]:
    """Frames of silence at the start and at the end, in whole windows; 0 and 0 without a sound."""
    samples, window = load(sound).samples, units.frames(WINDOW_S, sound.rate)
    starts = np.arange(0, sound.frames, window)
    powers = np.add.reduceat(np.square(samples).mean(axis=1, dtype=np.float64), starts)
    heard = np.flatnonzero(powers > powers.max(initial=1e-12) * 10 ** (SOFTEST_DB / 10))
    if not len(heard):
        return 0, 0
    end = min((int(heard[-1]) + 1) * window, sound.frames)
    return int(heard[0]) * window, sound.frames - end
