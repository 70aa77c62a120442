"""K-weighting, the ear's frequency weighting of ITU-R BS.1770, for any sample rate.

The standard prints its two biquads for 48 kHz only. De Man ("Evaluation of implementations of the
EBU R128 loudness measurement", AES 145, 2018) found the analogue filters behind them; their
bilinear transform gives the printed coefficients at 48 kHz and the same response elsewhere.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The head: a high shelf of +4 dB.
SHELF_HZ = 1681.974450955533
SHELF_DB = 3.999843853973347
SHELF_Q = 0.7071752369554196
SHELF_MID_EXPONENT = 0.4996667741545416  # gain at the shelf's middle, as a power of its full gain
# The revised low-frequency B-curve: a high pass, whose numerator the standard leaves at 1, -2, 1.
HIGH_PASS_HZ = 38.13547087602444
HIGH_PASS_Q = 0.5003270373238773


@dataclass(frozen=True, slots=True)
class Biquad:
    """b0 + b1·z⁻¹ + b2·z⁻² over 1 + a1·z⁻¹ + a2·z⁻²."""

    b: tuple[float, float, float]
    a: tuple[float, float, float]


def shelf(rate: int) -> Biquad:
    """The first stage, BS.1770 table 1."""
    k = math.tan(math.pi * SHELF_HZ / rate)
    high = 10.0 ** (SHELF_DB / 20.0)
    mid = high**SHELF_MID_EXPONENT
    a0 = 1.0 + k / SHELF_Q + k * k
    return Biquad(
        (
            (high + mid * k / SHELF_Q + k * k) / a0,
            2.0 * (k * k - high) / a0,
            (high - mid * k / SHELF_Q + k * k) / a0,
        ),
        (1.0, 2.0 * (k * k - 1.0) / a0, (1.0 - k / SHELF_Q + k * k) / a0),
    )


def high_pass(rate: int) -> Biquad:
    """The second stage, BS.1770 table 2."""
    k = math.tan(math.pi * HIGH_PASS_HZ / rate)
    a0 = 1.0 + k / HIGH_PASS_Q + k * k
    return Biquad(
        (1.0, -2.0, 1.0),
        (1.0, 2.0 * (k * k - 1.0) / a0, (1.0 - k / HIGH_PASS_Q + k * k) / a0),
    )


RUN = 32
"""Samples that are filtered by one matrix product."""


@dataclass(frozen=True, slots=True, eq=False)
class _Runs:
    """A filter's state-space form, s' = A·s + B·x and y = C·s + D·x, over whole runs of samples.

    Unrolled over a run, output and state are linear in the samples of the run and in the state
    before it: products of matrices, which are many times faster than sample after sample.
    """

    direct: NDArray[np.float64]
    """[RUN, RUN]: samples to output."""
    ringing: NDArray[np.float64]
    """[4, RUN]: the state before the run to output."""
    charge: NDArray[np.float64]
    """[RUN, 4]: samples to the state after the run."""
    powers: NDArray[np.float64]
    """[RUN + 1, 4, 4]: the transpose of A to the power of 0 to RUN."""


@lru_cache(maxsize=8)
def _runs(rate: int) -> _Runs:
    """Both stages in a row, each in the transposed direct form II; the second's input is y1.

    One form of order 4 would lose six digits more.
    """
    (a1, b1, c1, d1), (a2, b2, c2, d2) = (_form(one) for one in (shelf(rate), high_pass(rate)))
    step = np.block([[a1, np.zeros((2, 2))], [np.outer(b2, c1), a2]])
    given, taken = np.concatenate([b1, b2 * d1]), np.concatenate([d2 * c1, c2])
    powers = np.array([np.linalg.matrix_power(step, n) for n in range(RUN + 1)])
    states = powers[:RUN] @ given  # after an impulse
    response = np.concatenate([[d1 * d2], states[:-1] @ taken])
    direct = np.array([np.pad(response[: RUN - n], (n, 0)) for n in range(RUN)])
    ringing = taken @ powers[:RUN]
    return _Runs(direct, ringing.T, states[::-1].copy(), powers.transpose(0, 2, 1).copy())


def _form(
    one: Biquad,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], float]:
    """A, B, C and D of a biquad."""
    a, b = np.array(one.a[1:]), np.array(one.b[1:])
    return np.array([[-a[0], 1.0], [-a[1], 0.0]]), b - a * one.b[0], np.array([1.0, 0.0]), one.b[0]


class KWeighting:
    """The filter running over the consecutive blocks of one signal."""

    def __init__(self, rate: int, channels: int) -> None:
        self._runs = _runs(rate)
        self._state = np.zeros((channels, 4))

    def __call__(self, block: NDArray[np.float64]) -> NDArray[np.float64]:
        """Filter float64 [channels, frames]; continues where the last block ended."""
        channels, frames = block.shape
        whole, rest = divmod(frames, RUN)
        runs = np.zeros((channels, whole + 1, RUN))
        runs.reshape(channels, -1)[:, :frames] = block
        states = self._states(runs[:, :whole])
        out = runs @ self._runs.direct + states @ self._runs.ringing
        tail = self._runs.charge[RUN - rest :]
        self._state = states[:, -1] @ self._runs.powers[rest] + runs[:, -1, :rest] @ tail
        return np.asarray(out.reshape(channels, -1)[:, :frames])

    def _states(self, runs: NDArray[np.float64]) -> NDArray[np.float64]:
        """The state before each run and after the last, [channels, runs + 1, 4].

        A run's state is what it was charged with, plus what was there before, one power on. The
        sums double in reach each time (Hillis and Steele, "Data parallel algorithms", 1986).
        """
        states = np.concatenate([self._state[:, np.newaxis], runs @ self._runs.charge], axis=1)
        reach, power = 1, self._runs.powers[RUN]
        while reach < states.shape[1]:
            states[:, reach:] += states[:, :-reach] @ power
            reach, power = 2 * reach, power @ power
        return states
