"""A true-peak limiter that catches what is over the ceiling and leaves the rest bit for bit.

Its gain follows Hämäläinen, "Smoothing of the control signal without clipped output in digital
peak limiters" (DAFx 2002): where the waveform would be over, the gain that it needs there is held
for a window on both sides (a running minimum), then averaged over the same window. Every value
that is averaged is at most what the peak needs, so the smooth gain is too. The windows are
centred: nothing is delayed, and the gain is down before the peak comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units
from paperledge_audio.audio import Clip
from paperledge_audio.errors import MasterError
from paperledge_audio.mix.truepeak import TAPS, peaks_over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Peaks = tuple[NDArray[np.intp], NDArray[np.float64]]

HOLD_S = 0.008
"""Half the window. The whole spans a period of 63 Hz, so the gain does not follow the waves."""
BOXES = 3
"""Averaging three times gives a gain with a smooth slope: a piecewise cubic."""
SLACK = 1.0005
"""A peak that is less than 0.005 dB over counts as caught."""
PASSES = 12


class Limiter:
    """Limits one clip, at any gain up to `most_gain_db`, to a true peak of `ceiling_dbtp`.

    The peaks that can need it are looked up once, so that trying another gain costs little.
    """

    def __init__(self, clip: Clip, ceiling_dbtp: float, *, most_gain_db: float = 0.0) -> None:
        self._clip = clip
        self._ceiling = units.gain(ceiling_dbtp)
        self._most_gain_db = most_gain_db
        self._hold = max(units.frames(HOLD_S, clip.rate), BOXES)
        self._frames, self._peaks = peaks_over(clip, self._ceiling / units.gain(most_gain_db))

    def at(self, gain_db: float) -> tuple[Clip, float]:
        """The clip with this gain, limited, and the deepest reduction by the limiter in dB.

        All channels share one gain, so the image stays in place. Where nothing is over, the
        samples are just the clip's times the gain, and the reduction is 0. A gain that changes
        bends the waveform between the samples a little, so what was limited is looked at again,
        and what is still over is caught in a further pass. Raises MasterError where that does not
        come to an end.
        """
        if gain_db > self._most_gain_db:
            raise ValueError(f"a gain of {gain_db} dB is above the most, {self._most_gain_db} dB")
        raised = np.float32(units.gain(gain_db))
        out = self._clip.samples * raised
        frames, peaks = self._frames, self._peaks * units.gain(gain_db)
        frames, peaks = frames[peaks > self._ceiling * SLACK], peaks[peaks > self._ceiling * SLACK]
        if len(frames) == 0:
            return Clip(out, self._clip.rate), 0.0
        total = np.ones((len(out), 1), np.float32)
        for _ in range(PASSES):
            again: list[Peaks] = []
            for start, gain in self._gains(frames, peaks):
                end = start + len(gain)
                total[start:end, 0] *= gain.astype(np.float32)
                out[start:end] = self._clip.samples[start:end] * (raised * total[start:end])
                again.append(self._still_over(out, start, end))
            frames, peaks = (np.concatenate(parts) for parts in zip(*again, strict=True))
            if len(frames) == 0:
                return Clip(out, self._clip.rate), -units.decibels(float(np.min(total)))
        raise MasterError(
            f"{len(frames)} peaks stay over the ceiling after {PASSES} passes of limiting",
            "aim at a lower loudness",
        )

    def _gains(
        self, frames: NDArray[np.intp], peaks: NDArray[np.float64]
    ) -> Iterator[tuple[int, NDArray[np.float64]]]:
        """The smooth gain of each stretch with peaks: its first frame, a gain for every frame."""
        from scipy.ndimage import minimum_filter1d  # noqa: PLC0415 - slow to import

        hold, box = self._hold, 2 * (self._hold // BOXES) + 1  # the boxes reach no further
        reach = 2 * hold
        breaks = np.flatnonzero(np.diff(frames) > 2 * reach) + 1
        needed = self._ceiling / peaks
        for places, values in zip(np.split(frames, breaks), np.split(needed, breaks), strict=True):
            start = int(places[0]) - reach
            gain = np.ones(int(places[-1]) + reach + 1 - start)
            gain[places - start] = values
            gain = np.asarray(minimum_filter1d(gain, 2 * hold + 1, mode="nearest"))
            for _ in range(BOXES):
                gain = _averaged(gain, box)
            first = max(start, 0)
            yield first, np.minimum(gain, 1.0)[first - start : self._clip.frames - start]

    def _still_over(self, out: NDArray[np.float32], start: int, end: int) -> Peaks:
        """What is over from `start` to `end`, seen with the samples around it."""
        first, last = max(start - 2 * TAPS, 0), min(end + 2 * TAPS, len(out))
        frames, peaks = peaks_over(Clip(out[first:last], self._clip.rate), self._ceiling * SLACK)
        frames = frames + first
        inside = (frames >= start) & (frames < end)
        return frames[inside], peaks[inside]


def _averaged(values: NDArray[np.float64], box: int) -> NDArray[np.float64]:
    """The centred moving average over an odd number of values."""
    sums = np.cumsum(np.pad(values, (box // 2 + 1, box // 2), mode="edge"))
    return np.asarray((sums[box:] - sums[:-box]) / box)
