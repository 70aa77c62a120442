"""Samples → how far one of them stands out, as a click does.

A click of one sample stands above its neighbours in the sound, in its second difference, which
curves of speech don't have, and above what the sound around it predicts, which hiss and pulses of
the voice don't. Each alone is also in speech; all three at one place are not.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]

BESIDE = 24
"""Samples on each side that one is compared with: 1 ms at 24 kHz."""
AROUND = 240
"""Samples on each side that predict it."""
ORDER = 16
"""Of the prediction."""
CANDIDATES = 8
"""Places that are predicted, which takes longer: those that stand out most otherwise."""
FLOOR = 0.1
"""Of the RMS of all; it is added to the level of neighbours, since silence makes anything large."""


def measure_click_db(samples: Samples) -> float:
    """The level of the sample that stands out most, against its neighbours, in dB.

    The sum of three: of the sound, of its second difference, and of the error of its prediction. 0
    where none stands out.
    """
    if len(samples) < 2 * BESIDE or not samples.any():
        return 0.0
    jumps = np.pad(np.diff(samples, 2), 1)
    ratios = _stand_out(samples, 0) * _stand_out(jumps, 1)
    places = np.argpartition(ratios, -CANDIDATES)[-CANDIDATES:]
    most = max(ratios[n] * _stand_out_of_prediction(samples, n) for n in places)
    return round(20 * math.log10(max(most, 1.0)), 1)


def _stand_out(samples: Samples, spread: int) -> Samples:
    """Each sample by the largest of its neighbours but the `spread` next ones."""
    sizes, reach = np.abs(samples), BESIDE + spread
    following = np.pad(sizes, reach)
    width = 1
    while width < BESIDE:  # each is the largest of so many from there on
        step = min(width, BESIDE - width)
        following = np.maximum(following[:-step], following[step:])
        width += step
    beside = np.maximum(following[: len(sizes)], following[reach + spread + 1 :][: len(sizes)])
    floor = FLOOR * math.sqrt(np.square(samples).mean())
    ratios: Samples = sizes / (beside + (floor or 1.0))
    return ratios


def _stand_out_of_prediction(samples: Samples, place: int) -> float:
    """The same of a sample's part that those before and after it don't predict.

    Matched filtering of the residual of linear prediction (Vaseghi and Rayner, "Detection and
    suppression of impulsive noise in speech communication systems", 1990).
    """
    part = samples[max(place - AROUND, 0) : place + AROUND + 1]
    windowed = part * np.hanning(len(part))
    lags = np.correlate(windowed, windowed[: len(part) - ORDER], "valid")
    lags[0] += 1e-4 * lags[0] + 1e-30  # so that a pure tone and silence have a solution
    apart = np.abs(np.subtract.outer(range(ORDER), range(ORDER)))
    filter_ = np.concatenate(([1.0], -np.linalg.solve(lags[apart], lags[1:])))
    error = np.correlate(np.convolve(part, filter_), filter_, "valid")
    return float(_stand_out(error, 3)[min(place, AROUND)])
