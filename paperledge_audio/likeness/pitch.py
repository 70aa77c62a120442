"""A pitch tracker that shares nothing with the engines: YIN.

de Cheveigné and Kawahara 2002, https://doi.org/10.1121/1.1458024.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

WINDOW_S = 0.04
THRESHOLD = 0.2
"""Of the normalised difference: above it there is no voice."""
QUIET = 0.03
"""Of the loudest window's level."""


def track_pitch(
    samples: NDArray[np.float32],
    rate: int,
    *,
    low: float = 60.0,
    high: float = 550.0,
    hop_s: float = 0.005,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The middles of windows in seconds, and their F0 in Hz, NaN without voice."""
    hop, longest, shortest = round(hop_s * rate), int(rate / low), int(rate / high)
    width = round(WINDOW_S * rate)
    reach = width + longest
    padded = np.pad(samples.reshape(-1).astype(np.float64), (reach // 2, reach))
    frames = np.lib.stride_tricks.sliding_window_view(padded, reach)[::hop]
    size = 1 << (2 * reach - 1).bit_length()
    head = np.fft.rfft(frames[:, :width], size)
    cross = np.fft.irfft(np.conj(head) * np.fft.rfft(frames, size), size)[:, : longest + 1]
    power = np.cumsum(np.pad(frames**2, ((0, 0), (1, 0))), axis=1)
    lags = np.arange(longest + 1)
    shifted = power[:, lags + width] - power[:, lags]
    difference = shifted[:, :1] + shifted - 2 * cross
    mean = np.cumsum(difference[:, 1:], axis=1) / lags[1:]
    normal = np.ones_like(difference)
    normal[:, 1:] = difference[:, 1:] / np.maximum(mean, 1e-12)
    level = np.sqrt(shifted[:, 0] / width)
    pitch = np.full(len(frames), np.nan)
    for i, row in enumerate(normal):
        under = np.flatnonzero(row[shortest:] < THRESHOLD)
        if not len(under) or level[i] <= QUIET * level.max():
            continue
        lag = int(under[0]) + shortest
        while lag < longest and row[lag + 1] < row[lag]:
            lag += 1
        if lag == longest:
            continue
        a, b, c = row[lag - 1 : lag + 2]
        bend = a - 2 * b + c
        pitch[i] = rate / (lag + (0.5 * (a - c) / bend if bend > 0 else 0.0))
    times: NDArray[np.float64] = np.arange(len(frames), dtype=np.float64) * hop_s
    return times, pitch
