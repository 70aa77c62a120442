"""A true-peak limiter that changes only what is over the ceiling.

Its gain follows Hämäläinen, "Smoothing of the control signal without clipped output in digital
peak limiters" (DAFx 2002): where the waveform would be over, the gain that it needs there is held
for a window on both sides (a running minimum), then averaged over the same window. Every value
that is averaged is at most what the peak needs, so the smooth gain is too. The windows are
centred: nothing is delayed, and the gain is down before the peak comes.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units
from paperledge_audio.errors import MasterError
from paperledge_audio.sound.clip import Clip
from paperledge_audio.sound.measuring.truepeak import TAPS, find_peaks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from paperledge_audio.sound.clip import Sound

    Peaks = tuple[NDArray[np.intp], NDArray[np.float64]]

HOLD_S = 0.008
"""Half the window. The whole spans a period of 63 Hz, so the gain does not follow the waves."""
BOXES = 3
"""Averaging three times gives a gain with a smooth slope: a piecewise cubic."""
SLACK = 1.0005
"""A peak that is less than 0.005 dB over the ceiling counts as limited."""
PASSES = 12


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """A gain that changes, for the frames from `start` on: float32, one value a frame."""

    start: int
    gain: NDArray[np.float32]

    @property
    def end(self) -> int:
        """The frame after the last."""
        return self.start + len(self.gain)


class Limited:
    """A sound with one gain throughout, and a further one where stretches lie."""

    def __init__(self, sound: Sound, raised: np.float32, stretches: Sequence[Stretch]) -> None:
        """`stretches`: apart from each other, in order."""
        self.rate, self.channels, self.frames = sound.rate, sound.channels, sound.frames
        self._sound = sound
        self.raised = raised
        self.stretches = stretches
        self._ends = [stretch.end for stretch in stretches]

    def apply_to(self, sound: Sound) -> Limited:
        """Another sound of the same rate with the same gain at every frame."""
        return Limited(sound, self.raised, self.stretches)

    def read(self, start: int, end: int) -> NDArray[np.float32]:
        """Frames `start` up to `end`."""
        out = self._sound.read(start, end) * self.raised
        for stretch in self.stretches[bisect_right(self._ends, start) :]:
            if stretch.start >= end:
                break
            first, last = max(start, stretch.start), min(end, stretch.end)
            gain = stretch.gain[first - stretch.start : last - stretch.start]
            out[first - start : last - start] *= gain[:, np.newaxis]
        return out


class Limiter:
    """Limits one sound, at any gain up to `most_gain_db`, to a true peak of `ceiling_dbtp`.

    The peaks that can need it are looked up once, so that trying another gain costs little.
    """

    def __init__(
        self,
        sound: Sound,
        ceiling_dbtp: float,
        *,
        most_gain_db: float = 0.0,
    ) -> None:
        self._sound = sound
        self._ceiling = units.gain(ceiling_dbtp)
        self._most_gain_db = most_gain_db
        self._hold = max(units.frames(HOLD_S, sound.rate), BOXES)
        level = self._ceiling / units.gain(most_gain_db)
        self._frames, self._peaks = find_peaks(sound, level)

    def limit(self, gain_db: float) -> tuple[Limited, float]:
        """The sound with this gain, limited, and the deepest reduction by the limiter in dB.

        All channels share one gain, so the image stays in place. Where nothing is over, the
        samples are just the sound's times the gain, and the reduction is 0. A gain that changes
        bends the waveform between the samples a little, so what was limited is looked at again,
        and what is still over is caught in a further pass. Raises MasterError where that does not
        come to an end.
        """
        if gain_db > self._most_gain_db:
            raise ValueError(f"a gain of {gain_db} dB is above the most, {self._most_gain_db} dB")
        raised = np.float32(units.gain(gain_db))
        frames, peaks = self._frames, self._peaks * units.gain(gain_db)
        frames, peaks = frames[peaks > self._ceiling * SLACK], peaks[peaks > self._ceiling * SLACK]
        caught: list[Stretch] = []
        for _ in range(PASSES):
            out = Limited(self._sound, raised, caught)
            if len(frames) == 0:
                lowest = min((float(np.min(stretch.gain)) for stretch in caught), default=1.0)
                return out, -units.decibels(lowest) if lowest < 1.0 else 0.0
            found = list(self._stretches(frames, peaks))
            caught = _multiply([*caught, *found])
            out = Limited(self._sound, raised, caught)
            again = [self._still_over(out, stretch) for stretch in found]
            frames, peaks = (np.concatenate(parts) for parts in zip(*again, strict=True))
        raise MasterError(
            f"{len(frames)} peaks stay over the ceiling after {PASSES} passes of limiting",
            "aim at a lower loudness",
        )

    def _stretches(self, frames: NDArray[np.intp], peaks: NDArray[np.float64]) -> Iterator[Stretch]:
        """The smooth gain around each group of peaks, apart from each other, in order."""
        hold, box = self._hold, 2 * (self._hold // BOXES) + 1  # the boxes reach no further
        reach = 2 * hold
        breaks = np.flatnonzero(np.diff(frames) > 2 * reach) + 1
        needed = self._ceiling / peaks
        for places, values in zip(np.split(frames, breaks), np.split(needed, breaks), strict=True):
            start = int(places[0]) - reach
            gain = np.ones(int(places[-1]) + reach + 1 - start)
            gain[places - start] = values
            gain = _running_minimum(gain, hold)
            for _ in range(BOXES):
                gain = _moving_average(gain, box)
            first = max(start, 0)
            inside = np.minimum(gain, 1.0)[first - start : self._sound.frames - start]
            yield Stretch(first, inside.astype(np.float32))

    def _still_over(self, out: Limited, stretch: Stretch) -> Peaks:
        """What is over within a stretch, seen with the samples around it."""
        first = max(stretch.start - 2 * TAPS, 0)
        part = out.read(first, min(stretch.end + 2 * TAPS, out.frames))
        frames, peaks = find_peaks(Clip(part, out.rate), self._ceiling * SLACK)
        frames = frames + first
        inside = (frames >= stretch.start) & (frames < stretch.end)
        return frames[inside], peaks[inside]


def _multiply(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The same gain over all, as stretches apart from each other, in order."""
    out: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda s: s.start):
        if not out or stretch.start > out[-1].end:
            out.append(stretch)
            continue
        before = out.pop()
        gain = np.ones(max(before.end, stretch.end) - before.start, np.float32)
        gain[: len(before.gain)] = before.gain
        gain[stretch.start - before.start : stretch.end - before.start] *= stretch.gain
        out.append(Stretch(before.start, gain))
    return out


def _running_minimum(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """The minimum over `reach` values on both sides of each one.

    Van Herk's way (1992): a window of n values lies in two neighbouring blocks of n, and is the
    lower of a running minimum from the left in one and from the right in the other.
    """
    window = 2 * reach + 1
    padding = (reach, reach + -(len(values) + 2 * reach) % window)
    blocks = np.pad(values, padding, constant_values=np.inf).reshape(-1, window)
    rising = np.minimum.accumulate(blocks, axis=1).ravel()
    falling = np.minimum.accumulate(blocks[:, ::-1], axis=1)[:, ::-1].ravel()
    return np.asarray(np.minimum(falling[: len(values)], rising[window - 1 :][: len(values)]))


def _moving_average(values: NDArray[np.float64], box: int) -> NDArray[np.float64]:
    """The centred moving average over an odd number of values."""
    sums = np.cumsum(np.pad(values, (box // 2 + 1, box // 2), mode="edge"))
    return np.asarray((sums[box:] - sums[:-box]) / box)
