"""Clip → mel-frequency cepstra: what is said, little of who says it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.sound.clip import resample

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from paperledge_audio.sound.clip import Clip

RATE = 16000
HOP = 160
"""10 ms: finer than a phoneme."""
WINDOW = 400
BANDS = 40
CEPSTRA = 13
QUIET_DB = -34.0
"""Silence, against the mean of the louder half."""


def compute_cepstra(clip: Clip) -> NDArray[np.float64]:
    """Mel-frequency cepstra with their slopes, [frames of 10 ms, 26], each of mean 0, variance 1.

    Davis & Mermelstein 1980, https://doi.org/10.1109/TASSP.1980.1163420.
    """
    return _normalise(_analyse(clip)[0])


def compute_heard_cepstra(clip: Clip) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """The same of the frames that aren't silent, and which those are."""
    cepstra, powers = _analyse(clip)
    loud = np.sort(powers)[len(powers) // 2 :].mean()
    heard = np.flatnonzero(powers >= loud * 10 ** (QUIET_DB / 10))
    return _normalise(cepstra[heard]), heard


def _analyse(clip: Clip) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Cepstra with their slopes, and the power of each frame."""
    mono = np.pad(resample(clip, RATE).samples[:, 0].astype(np.float64), WINDOW // 2)
    windows = np.lib.stride_tricks.sliding_window_view(mono, WINDOW)[::HOP]
    power = np.abs(np.fft.rfft(windows * np.hanning(WINDOW), 512)) ** 2
    bands = power @ _design_mel_bands().T
    coefficients = np.log(bands + 1e-7) @ _design_cosines()
    return np.hstack((coefficients, np.gradient(coefficients, axis=0))), bands.sum(axis=1)


def _normalise(cepstra: NDArray[np.float64]) -> NDArray[np.float64]:
    normal: NDArray[np.float64] = (cepstra - cepstra.mean(axis=0)) / (cepstra.std(axis=0) + 1e-9)
    return normal


def measure_distances(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each frame of one is from each of the other, [frames of a, frames of b]."""
    squares = (a**2).sum(1)[:, np.newaxis] + (b**2).sum(1) - 2 * a @ b.T
    distances: NDArray[np.float64] = np.sqrt(np.maximum(squares, 0.0))
    return distances


@cache
def _design_cosines() -> NDArray[np.float64]:
    """The first columns of the orthonormal cosine transform (DCT-II), [bands, cepstra]."""
    angles = np.pi / BANDS * np.outer(np.arange(BANDS) + 0.5, np.arange(CEPSTRA))
    columns: NDArray[np.float64] = np.cos(angles) * np.sqrt(2 / BANDS)
    columns[:, 0] /= np.sqrt(2)
    return columns


@cache
def _design_mel_bands() -> NDArray[np.float64]:
    """Triangular bands, even on the mel scale 2595·log10(1 + f/700), [bands, 257]."""
    mel = np.linspace(0.0, 2595 * np.log10(1 + RATE / 2 / 700), BANDS + 2)
    centres = 700 * (10 ** (mel / 2595) - 1)
    bins = np.fft.rfftfreq(512, 1 / RATE)
    low, mid, high = (centres[i : BANDS + i, np.newaxis] for i in range(3))
    rising, falling = (bins - low) / (mid - low), (high - bins) / (high - mid)
    return np.maximum(0.0, np.minimum(rising, falling))
