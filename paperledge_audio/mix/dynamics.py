"""Dynamic range compression: a soft-knee curve, and a gain that follows it smoothly.

D. Giannoulis, M. Massberg and J. D. Reiss, "Digital Dynamic Range Compressor Design: A Tutorial
and Analysis", J. Audio Eng. Soc. 60(6), 2012: the feed-forward design with the gain computer in
decibels (equation 4) and a decoupled peak detector after it (equation 17). The level is the peak
of each millisecond; the whole clip is there, so the gain starts to fall before a peak comes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units
from paperledge_audio.sound.measuring.filters import Cascade, one_pole

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEP_S = 0.001
"""The gain is worked out in steps of this length, and runs in a straight line between them."""


@dataclass(frozen=True, slots=True)
class Curve:
    """The static curve of a compressor, in decibels."""

    threshold_db: float
    ratio: float
    """Above the threshold this many decibels in give one decibel out; 1 or more."""
    knee_db: float
    """The width of the bend around the threshold; above 0."""
    most_db: float = math.inf
    """No more than this is taken off."""

    def reduction_db(self, level_db: NDArray[np.float64]) -> NDArray[np.float64]:
        """What is taken off at each level, 0 or more (equation 4, its input less its output)."""
        over = level_db - self.threshold_db
        bent = np.clip(over + self.knee_db / 2.0, 0.0, self.knee_db) ** 2 / (2.0 * self.knee_db)
        straight = np.maximum(over - self.knee_db / 2.0, 0.0)
        return np.minimum((1.0 - 1.0 / self.ratio) * (bent + straight), self.most_db)


@dataclass(frozen=True, slots=True)
class Ballistics:
    """How fast the gain goes down and comes back: time constants in seconds."""

    attack_s: float
    release_s: float


def compute_gain(
    samples: NDArray[np.float32], rate: int, curve: Curve, ballistics: Ballistics
) -> NDArray[np.float32]:
    """The gain for each of `samples` (one channel), as a factor: 1 for no reduction."""
    step = max(units.frames(STEP_S, rate), 1)
    level = _find_peaks(samples, step)
    level_db = 20.0 * np.log10(level, out=np.full(len(level), -np.inf), where=level > 0.0)
    reduction = smooth(curve.reduction_db(level_db), ballistics, rate / step)
    gains = (10.0 ** (-reduction / 20.0)).astype(np.float32)
    slopes = np.diff(gains, append=gains[-1:]) / np.float32(step)
    between = slopes[:, np.newaxis] * np.arange(step, dtype=np.float32)
    between += gains[:, np.newaxis]
    return np.asarray(between.reshape(-1)[: len(samples)])


def _find_peaks(samples: NDArray[np.float32], step: int) -> NDArray[np.float64]:
    """The highest absolute value of each step; after the last samples comes silence."""
    padded = np.pad(np.abs(samples), (0, step - len(samples) % step))
    return np.asarray(padded.reshape(-1, step).max(axis=1), np.float64)


def smooth(
    reduction: NDArray[np.float64], ballistics: Ballistics, rate: float
) -> NDArray[np.float64]:
    """Equation 17: y1[n] = max(x[n], αR·y1[n-1]), then a one-pole filter for the attack.

    Written out, y1[n] is the maximum of all αR^(n-k)·x[k], k ≤ n: a running maximum once each is
    divided by αR^k, here in logarithms. Each step looks one attack time ahead.
    """
    ahead = math.ceil(ballistics.attack_s * rate)
    early = np.pad(reduction, (0, ahead))
    early = np.lib.stride_tricks.sliding_window_view(early, ahead + 1).max(axis=1)
    log = np.log(early, out=np.full(len(early), -np.inf), where=early > 0.0)
    decay = np.arange(len(log)) / (ballistics.release_s * rate)
    held = np.exp(np.maximum.accumulate(log + decay) - decay)
    attack = Cascade((one_pole(ballistics.attack_s, rate),))
    return np.asarray(attack(held[np.newaxis])[0])
