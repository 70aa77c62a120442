"""Cascades of second-order IIR filters, computed for many samples at once.

Our own code, since loading scipy.signal would slow down every command.
"""

from __future__ import annotations

import cmath
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    _Form = tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], float]

BUTTERWORTH_Q = math.sqrt(0.5)
"""The flattest pass band of a single section."""


@dataclass(frozen=True, slots=True)
class Biquad:
    """b0 + b1·z⁻¹ + b2·z⁻² over 1 + a1·z⁻¹ + a2·z⁻²."""

    b: tuple[float, float, float]
    a: tuple[float, float, float]

    def response(self, hz: float, rate: int) -> complex:
        """The transfer function at `hz`."""
        z = cmath.exp(-2j * math.pi * hz / rate)
        above, below = (c[0] + c[1] * z + c[2] * z * z for c in (self.b, self.a))
        return above / below


def high_pass(hz: float, rate: int, q: float = BUTTERWORTH_Q) -> Biquad:
    """12 dB an octave below `hz`.

    R. Bristow-Johnson, "Cookbook formulae for audio equalizer biquad filter coefficients" (HPF).
    """
    w = 2.0 * math.pi * hz / rate
    alpha, cosine = math.sin(w) / (2.0 * q), math.cos(w)
    a0, b = 1.0 + alpha, (1.0 + cosine) / 2.0
    return Biquad((b / a0, -2.0 * b / a0, b / a0), (1.0, -2.0 * cosine / a0, (1.0 - alpha) / a0))


def all_pass(hz: float, rate: int, q: float = BUTTERWORTH_Q) -> Biquad:
    """Gain 1 everywhere; the phase shift is 180° at `hz` and approaches 360° above it.

    From the same cookbook (APF).
    """
    w = 2.0 * math.pi * hz / rate
    alpha, cosine = math.sin(w) / (2.0 * q), math.cos(w)
    a1, a2 = -2.0 * cosine / (1.0 + alpha), (1.0 - alpha) / (1.0 + alpha)
    return Biquad((a2, a1, 1.0), (1.0, a1, a2))


def one_pole(time_s: float, rate: float) -> Biquad:
    """y[n] = α·y[n-1] + (1 - α)·x[n]: after a step, 63 % of the way in `time_s`."""
    alpha = math.exp(-1.0 / (time_s * rate))
    return Biquad((1.0 - alpha, 0.0, 0.0), (1.0, -alpha, 0.0))


RUN = 32
"""Samples that are filtered by one row of a matrix product."""
BLOCK = RUN << 9
"""Samples that are filtered at a time: they fit the cache."""


class Cascade:
    """A cascade of sections, for the consecutive blocks of one signal."""

    def __init__(self, stages: Sequence[Biquad], channels: int = 1) -> None:
        self._runs = _unroll(tuple(stages))
        self._state = np.zeros((channels, 2 * len(stages)))

    def __call__(self, block: NDArray[np.floating]) -> NDArray[np.float64]:
        """Filter float [channels, frames] to float64; continues where the last block ended.

        If all channels are and were the same, as in speech, only one is filtered.
        """
        if len(block) == 1 or not (_are_alike(self._state) and _are_alike(block)):
            return self._through(block)
        channels, self._state = len(block), self._state[:1]
        out = self._through(block[:1])
        self._state = np.repeat(self._state, channels, axis=0)
        return np.broadcast_to(out, block.shape)

    def _through(self, block: NDArray[np.floating]) -> NDArray[np.float64]:
        out = np.empty(block.shape)
        for start in range(0, block.shape[1], BLOCK):
            out[:, start : start + BLOCK] = self._filtered(block[:, start : start + BLOCK])
        return out

    def _filtered(self, block: NDArray[np.floating]) -> NDArray[np.float64]:
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
        """The state before each run and after the last, [channels, runs + 1, order].

        A run's state is what it was charged with, plus what was there before, one power on. The
        sums double in reach each time (Hillis and Steele, "Data parallel algorithms", 1986).
        """
        states = np.concatenate([self._state[:, np.newaxis], runs @ self._runs.charge], axis=1)
        reach, power = 1, self._runs.powers[RUN]
        while reach < states.shape[1]:
            states[:, reach:] += states[:, :-reach] @ power
            reach, power = 2 * reach, power @ power
        return states


def _are_alike(rows: NDArray[np.floating]) -> bool:
    return all(np.array_equal(row, rows[0]) for row in rows[1:])


@dataclass(frozen=True, slots=True, eq=False)
class _Runs:
    """A filter's state-space form, s' = A·s + B·x and y = C·s + D·x, over whole runs of samples.

    Unrolled over a run, output and state are linear in the samples of the run and in the state
    before it: products of matrices, which are many times faster than sample after sample.
    """

    direct: NDArray[np.float64]
    """[RUN, RUN]: samples to output."""
    ringing: NDArray[np.float64]
    """[order, RUN]: the state before the run to output."""
    charge: NDArray[np.float64]
    """[RUN, order]: samples to the state after the run."""
    powers: NDArray[np.float64]
    """[RUN + 1, order, order]: the transpose of A to the power of 0 to RUN."""


@lru_cache(maxsize=16)
def _unroll(stages: tuple[Biquad, ...]) -> _Runs:
    step, given, taken, through = _cascade([_state_space(one) for one in stages])
    powers = np.array([np.linalg.matrix_power(step, n) for n in range(RUN + 1)])
    states = powers[:RUN] @ given  # after an impulse
    response = np.concatenate([[through], states[:-1] @ taken])
    direct = np.array([np.pad(response[: RUN - n], (n, 0)) for n in range(RUN)])
    ringing = taken @ powers[:RUN]
    return _Runs(direct, ringing.T, states[::-1].copy(), powers.transpose(0, 2, 1).copy())


def _cascade(forms: Sequence[_Form]) -> _Form:
    """A, B, C and D of all, each one's output the next one's input.

    One polynomial of a higher order would lose six digits more.
    """
    step, given, taken, through = forms[0]
    for a, b, c, d in forms[1:]:
        corner = np.zeros((len(step), len(a)))
        step = np.block([[step, corner], [np.outer(b, taken), a]])
        given, taken = np.concatenate([given, b * through]), np.concatenate([d * taken, c])
        through *= d
    return step, given, taken, through


def _state_space(one: Biquad) -> _Form:
    """A, B, C and D of a section in the transposed direct form II."""
    a, b = np.array(one.a[1:]), np.array(one.b[1:])
    return np.array([[-a[0], 1.0], [-a[1], 0.0]]), b - a * one.b[0], np.array([1.0, 0.0]), one.b[0]
