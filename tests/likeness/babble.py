"""A sound that is made up, and that has what speech has: syllables, and a voice that moves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from paperledge_audio.verify.encoder.features import RATE

SYLLABLES_A_SECOND = 4.0


def babble(seconds: float) -> NDArray[np.float32]:
    """Mono at the encoder's rate: harmonics of a gliding tone, and a hiss after each."""
    times = np.arange(round(seconds * RATE)) / RATE
    phase = 2 * np.pi * np.cumsum(120 * 2 ** (0.3 * np.sin(2 * np.pi * 0.7 * times))) / RATE
    voice = sum(np.sin(k * phase) / k for k in range(1, 15))
    syllable = np.sin(np.pi * SYLLABLES_A_SECOND * times) ** 2
    hiss = np.random.default_rng(1).normal(size=len(times)) * (syllable < 0.3)
    return (0.1 * voice * syllable * (syllable >= 0.3) + 0.02 * hiss).astype(np.float32)
