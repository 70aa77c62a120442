"""The speaker encoder's features: log energies of mel bands, as Kaldi computes them.

The constants are those of Kaldi's `compute-fbank-feats` with dither off, which CAM++ was trained
on: frames of 25 ms every 10 ms, their mean removed, pre-emphasis 0.97, a Povey window (a Hann
window to the power 0.85), an FFT of 512 points, 80 triangles equally wide on the mel scale
1127 ln(1 + f/700) from 20 Hz to the Nyquist frequency.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 16000
"""Hz."""
FRAME, STEP, FFT = 400, 160, 512
"""Samples."""
BANDS = 80
LOWEST_HZ = 20.0
EMPHASIS = 0.97
FLOOR = float(np.finfo(np.float32).eps)
"""Energies below count as this."""


def compute_features(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Mono samples [n] at 16 kHz, n ≥ 400, → float32 [frames, 80], each band's mean removed.

    So the level and a microphone's constant frequency response don't change the features.
    """
    frames = np.lib.stride_tricks.sliding_window_view(samples.astype(np.float64), FRAME)[::STEP]
    frames = frames - frames.mean(axis=1, keepdims=True)
    before = np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    spectrum = np.fft.rfft((frames - EMPHASIS * before) * _design_window(), FFT)
    energies = np.log(np.maximum(np.abs(spectrum) ** 2 @ _design_bands().T, FLOOR))
    out: NDArray[np.float32] = (energies - energies.mean(axis=0)).astype(np.float32)
    return out


@cache
def _design_window() -> NDArray[np.float64]:
    window: NDArray[np.float64] = np.hanning(FRAME) ** 0.85
    return window


@cache
def _design_bands() -> NDArray[np.float64]:
    """Triangles over the mel scale, [80, 257]; the highest bin is left out, as Kaldi does."""
    low, high = _to_mel(np.array([LOWEST_HZ, RATE / 2]))
    width = (high - low) / (BANDS + 1)
    left = low + width * np.arange(BANDS)[:, np.newaxis]
    mels = _to_mel(np.arange(FFT // 2 + 1) * RATE / FFT)
    triangles = np.minimum(mels - left, left + 2 * width - mels) / width
    triangles[:, -1] = 0
    bands: NDArray[np.float64] = np.maximum(triangles, 0)
    return bands


def _to_mel(hertz: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1127 * np.log1p(hertz / 700)
