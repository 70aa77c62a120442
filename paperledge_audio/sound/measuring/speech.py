"""Samples of speech → its level, its silences and its holes, in windows of 5 ms."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units

if TYPE_CHECKING:
    from numpy.typing import NDArray

WINDOW_S = 0.005
"""Of levels: short beside a phoneme, long beside a pitch period of most voices."""
QUIET_DB = -40.0
"""Silence, against the level of the speech."""
DROPPED_DB, LOUD_DB = -50.0, -20.0
"""A hole is deeper than silence, and just before it the speech is this loud."""
FLOOR_DB = -120.0


@dataclass(frozen=True, slots=True, eq=False)
class SpeechWindows:
    """The whole windows of some speech; all there is, if that is less than one."""

    hop_s: float
    """Of a window, in whole frames."""
    powers: NDArray[np.float64]
    """The mean square of each, [n]."""
    speech: NDArray[np.bool_]
    """Which aren't silent against the mean of the louder half, [n]."""
    power: float
    """The mean square of the speech, without its silences; 0 where there is none."""

    def list_inner_runs(self, flags: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Starts and ends (exclusive) of runs of True that reach neither end, [n, 2]."""
        edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
        runs = edges.reshape(-1, 2)
        return runs[(runs[:, 0] > 0) & (runs[:, 1] < len(flags))]

    def find_hole(self, fall: int) -> tuple[int, int]:
        """The longest silence inside that begins at once: start and end (exclusive).

        `fall`: windows that it may take to fall into it. Both 0 where there is none.
        """
        runs = self.list_inner_runs(self.powers <= self.power * 10 ** (DROPPED_DB / 10))
        loud = self.powers > self.power * 10 ** (LOUD_DB / 10)
        holes = [
            (int(start), int(end))
            for start, end in runs
            if loud[max(start - fall, 0) : start].any()
        ]
        return max(holes, key=lambda hole: hole[1] - hole[0], default=(0, 0))


def measure_speech(samples: NDArray[np.float64], rate: int) -> SpeechWindows:
    """The windows of samples [frames] of one channel."""
    size = max(units.frames(WINDOW_S, rate), 1)
    whole = max(len(samples) // size, 1)
    squares = np.square(samples[: whole * size])
    powers = squares.reshape(whole, -1).mean(axis=1) if len(squares) else np.zeros(1)
    loud = float(np.sort(powers)[len(powers) // 2 :].mean())
    speech = powers > loud * 10 ** (QUIET_DB / 10)
    power = float(powers[speech].mean()) if speech.any() else 0.0
    return SpeechWindows(units.seconds(size, rate), powers, speech, power)


def level_db(power: float, against: float = 1.0) -> float:
    """A power in dB to a tenth, at least −120."""
    ratio = power / against if against else 0.0
    return round(max(10 * math.log10(ratio), FLOOR_DB), 1) if ratio > 0 else FLOOR_DB
