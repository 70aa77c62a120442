"""The loudness meter: ITU-R BS.1770-4, EBU Tech 3341 (short-term) and 3342 (range), true peak."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units
from paperledge_audio.errors import SoundError
from paperledge_audio.sound.clip import read_blocks
from paperledge_audio.sound.measuring.kweighting import KWeighting
from paperledge_audio.sound.measuring.loudness import Loudness
from paperledge_audio.sound.measuring.truepeak import PeakMeter

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from paperledge_audio.sound.clip import Sound

HOP_S = 0.1
"""Gating blocks start this far apart: 400 ms blocks that overlap by 75 %."""
GATING_HOPS = 4
SHORT_TERM_HOPS = 30
"""Windows of 3 s; starting every 100 ms they overlap by more than the 66 % that Tech 3342 asks."""
OFFSET_LUFS = -0.691
"""BS.1770's constant: makes a 997 Hz sine at 0 dBFS in one channel read -3.01 LUFS."""
ABSOLUTE_GATE_LUFS = -70.0
INTEGRATED_GATE_LU = -10.0
RANGE_GATE_LU = -20.0
RANGE_PERCENTILES = (0.10, 0.95)
CHANNEL_WEIGHTS = {1: (1.0,), 2: (1.0, 1.0), 5: (1.0, 1.0, 1.0, 1.41, 1.41)}
"""BS.1770 table 3, by the number of channels; five are L, R, C, Ls, Rs."""


class PowerMeter:
    """The K-weighted mean square of each whole 100 ms, channels summed with their weights.

    For a sound that comes in blocks of any length. Raises SoundError for a number of channels
    that the standard gives no weights for.
    """

    def __init__(self, rate: int, channels: int) -> None:
        weights = CHANNEL_WEIGHTS.get(channels)
        if weights is None:
            raise SoundError(f"BS.1770 has no weights for {channels} channels", "use 1 or 2")
        self._weights = np.asarray(weights)
        self._weigh = KWeighting(rate, channels)
        self._rate = rate
        self._frames = 0
        self._sums: list[float] = [0.0]
        """Of squares, a hop each; the last one is not complete."""

    def add(self, samples: NDArray[np.float32]) -> None:
        """The next block, [frames, channels]."""
        weighed = self._weigh(np.ascontiguousarray(samples.T))
        squares = np.zeros(len(samples) + 1)  # one before the first: a hop may end just there
        if weighed.strides[0] == 0:  # one channel stands for all
            np.multiply(np.square(weighed[0]), self._weights.sum(), out=squares[1:])
        else:
            np.matmul(self._weights, np.square(weighed), out=squares[1:])
        before = self._frames - 1
        self._frames += len(samples)
        edges = [0]
        while (edge := self._edge(len(self._sums) + len(edges) - 1)) < self._frames:
            edges.append(edge - before)
        sums = np.add.reduceat(squares, edges)
        self._sums[-1] += float(sums[0])
        self._sums += sums[1:].tolist()

    def powers(self) -> NDArray[np.float64]:
        """The powers so far."""
        hops = math.floor(self._frames / (self._rate * HOP_S) + 1e-9)
        edges = [min(self._edge(n), self._frames) for n in range(hops + 1)]
        return np.array(self._sums[:hops]) / np.diff(edges)

    def _edge(self, hop: int) -> int:
        return units.frames(hop * HOP_S, self._rate)


@dataclass(frozen=True, slots=True, eq=False)
class Measurement:
    """What was measured of a sound."""

    powers: NDArray[np.float64]
    """Of `PowerMeter`."""
    mean_square: float
    """Of all samples of all channels."""
    true_peak: float

    @property
    def loudness(self) -> Loudness:
        """All figures."""
        return Loudness(
            integrated_lufs=integrated_lufs(self.powers),
            true_peak_dbtp=units.decibels(self.true_peak),
            range_lu=range_lu(self.powers),
            short_term_max_lufs=float(short_term_lufs(self.powers).max(initial=-math.inf)),
            rms_dbfs=units.decibels(math.sqrt(self.mean_square)),
        )


class Meter:
    """Measures a sound that comes in blocks of any length.

    A mono sound counts as one channel, as BS.1770 has it. What is shorter than a gating block of
    400 ms, or never above -70 LUFS, has a loudness of minus infinity and a range of 0.
    Raises SoundError for a number of channels that the standard gives no weights for.
    """

    def __init__(self, rate: int, channels: int) -> None:
        self._power = PowerMeter(rate, channels)
        self._peak = PeakMeter(channels)
        self._squares, self._count = 0.0, 0

    def add(self, samples: NDArray[np.float32]) -> None:
        """The next block, [frames, channels]."""
        self._power.add(samples)
        self._peak.add(samples)
        self._squares += float(np.vdot(samples, samples))
        self._count += samples.size

    def finish(self) -> Measurement:
        """The result; nothing more can be added."""
        mean_square = self._squares / max(self._count, 1)
        return Measurement(self._power.powers(), mean_square, self._peak.finish())


def measure(sound: Sound) -> Measurement:
    """What `Meter` says of a whole sound, which is read once."""
    meter = Meter(sound.rate, sound.channels)
    for block in read_blocks(sound):
        meter.add(block)
    return meter.finish()


def measure_loudness(sound: Sound) -> Loudness:
    """All figures of `Loudness`, as `Meter` gives them."""
    return measure(sound).loudness


def measure_powers(sound: Sound) -> NDArray[np.float64]:
    """What `PowerMeter` says of a whole sound."""
    meter = PowerMeter(sound.rate, sound.channels)
    for block in read_blocks(sound):
        meter.add(block)
    return meter.powers()


def integrated_lufs(powers: NDArray[np.float64]) -> float:
    """Gated loudness of `measure_powers`, BS.1770-4 equations 4 to 7."""
    blocks = _moving_mean(powers, GATING_HOPS)
    blocks = blocks[blocks > _to_power(ABSOLUTE_GATE_LUFS)]
    if len(blocks) == 0:
        return -math.inf
    blocks = blocks[blocks > blocks.mean() * units.gain(INTEGRATED_GATE_LU) ** 2]
    return _to_lufs(float(blocks.mean()))


def short_term_lufs(powers: NDArray[np.float64]) -> NDArray[np.float64]:
    """EBU Tech 3341's short-term loudness, one value for each of `measure_powers`.

    Each is that of the 3 s which end with its hop. As on a meter that was running before, there
    is silence before the start. Silence reads minus infinity.
    """
    before = np.zeros(SHORT_TERM_HOPS - 1)
    means = _moving_mean(np.concatenate([before, powers]), SHORT_TERM_HOPS)
    logs = np.log10(means, out=np.full(len(means), -np.inf), where=means > 0.0)
    return np.asarray(OFFSET_LUFS + 10.0 * logs)


def range_lu(powers: NDArray[np.float64]) -> float:
    """Loudness range of `measure_powers`, EBU Tech 3342: from the 10th to the 95th percentile."""
    windows = _moving_mean(powers, SHORT_TERM_HOPS)
    windows = windows[windows > _to_power(ABSOLUTE_GATE_LUFS)]
    if len(windows) == 0:
        return 0.0
    windows = np.sort(windows[windows > windows.mean() * units.gain(RANGE_GATE_LU) ** 2])
    low, high = (
        _to_lufs(float(windows[math.floor((len(windows) - 1) * share + 0.5)]))
        for share in RANGE_PERCENTILES
    )
    return high - low


def _moving_mean(powers: NDArray[np.float64], hops: int) -> NDArray[np.float64]:
    if len(powers) < hops:
        return np.empty(0)
    return np.asarray(np.lib.stride_tricks.sliding_window_view(powers, hops).mean(axis=1))


def _to_lufs(power: float) -> float:
    return OFFSET_LUFS + 10.0 * math.log10(power)


def _to_power(lufs: float) -> float:
    return float(10.0 ** ((lufs - OFFSET_LUFS) / 10.0))
