"""Checks the sound itself: loudness, peaks, noise floor, clipping, silence."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units
from paperledge_audio.sound.clip import DerivedSound, read_blocks
from paperledge_audio.sound.reading.limits import check_block
from paperledge_audio.verify.model import ReportLine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from paperledge_audio.master.targets import Target
    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.sound.measuring.loudness import Loudness

SILENT_DBFS = -60.0
LONGEST_INSIDE_S = 6.0
"""A longer silence sounds like the end or a fault."""
LONGEST_LEADING_S = 2.0
LONGEST_TRAILING_S = 4.0

_WINDOW_S = 0.01
_WINDOWS_IN_BLOCK = 400
_FLOOR_STEPS = 50
_FULL_SCALE = 0.999
_CLIPPED_RUN = 3
"""So many samples in a row at full scale mean clipping."""


@dataclass(frozen=True, slots=True, eq=False)
class CheckedSound(DerivedSound):
    """A sound whose samples are all sound; `read` raises SoundError for others."""

    def read(self, start: int, end: int) -> NDArray[np.float32]:
        """Frames `start` up to `end`."""
        block = self.sound.read(start, end)
        check_block(block)
        return block


def check_sound(sound: Sound, loudness: Loudness, target: Target) -> Iterator[ReportLine]:
    """Check loudness, true peak and noise floor against the target, clipping, and silences."""
    windows = measure_windows(sound)
    level, peak = target.level_of(loudness), loudness.true_peak_dbtp
    yield ReportLine(
        "loudness",
        abs(level - target.level) <= target.tolerance_lu,
        f"{level:.1f} {target.unit}, target {target.level:g} ± {target.tolerance_lu:g}",
    )
    yield ReportLine(
        "true peak",
        peak <= target.true_peak_dbtp,
        f"{peak:.2f} dBTP, at most {target.true_peak_dbtp:g}",
    )
    if target.floor_dbfs is not None:
        floor = measure_noise_floor_dbfs(windows)
        yield ReportLine(
            "noise floor",
            floor <= target.floor_dbfs,
            f"{floor:.1f} dB RMS, at most {target.floor_dbfs:g}",
        )
    cut_off = f"peaks are cut off in {windows.clipped} places" if windows.clipped else "none"
    yield ReportLine("clipping", windows.clipped == 0, cut_off)
    leading_s, inside_s, trailing_s = measure_silences_s(windows)
    for name, length_s, most_s in (
        ("silence at the start", leading_s, LONGEST_LEADING_S),
        ("longest silence inside", inside_s, LONGEST_INSIDE_S),
        ("silence at the end", trailing_s, LONGEST_TRAILING_S),
    ):
        yield ReportLine(name, length_s <= most_s, f"{length_s:.2f} s, at most {most_s:g}")


@dataclass(frozen=True, slots=True, eq=False)
class SoundWindows:
    """A sound in windows of 10 ms, of which the last may be shorter."""

    rate: int
    frames: int
    """Of the whole sound."""
    size: int
    """Frames in a window."""
    peaks: NDArray[np.float64]
    """The largest absolute sample in each."""
    powers: NDArray[np.float64]
    """The mean square in each, all channels together."""
    clipped: int
    """How often three or more samples in a row are at full scale on the same side."""


def measure_windows(sound: Sound) -> SoundWindows:
    """Measure a sound, which is read once, block by block."""
    size = max(units.frames(_WINDOW_S, sound.rate), 1)
    peaks, powers, clipped = [np.empty(0)], [np.empty(0)], 0
    before = np.zeros((_CLIPPED_RUN, sound.channels), np.float32)
    for block in read_blocks(sound, size * _WINDOWS_IN_BLOCK):
        starts = np.arange(0, len(block), size)
        lengths = np.diff([*starts, len(block)])
        peaks.append(np.maximum.reduceat(np.abs(block), starts).max(axis=1).astype(np.float64))
        squares = np.add.reduceat(np.square(block, dtype=np.float64), starts)
        powers.append(squares.mean(axis=1) / lengths)
        joined = np.concatenate([before, block])
        clipped += _count_clipped_runs(joined >= _FULL_SCALE) + _count_clipped_runs(
            joined <= -_FULL_SCALE
        )
        before = joined[-_CLIPPED_RUN:]
    return SoundWindows(
        sound.rate, sound.frames, size, np.concatenate(peaks), np.concatenate(powers), clipped
    )


def _count_clipped_runs(full: NDArray[np.bool_]) -> int:
    """How many runs reach their third frame; the first three frames were counted before."""
    third = full[3:] & full[2:-1] & full[1:-2] & ~full[:-3]
    return int(np.count_nonzero(third))


def measure_noise_floor_dbfs(windows: SoundWindows) -> float:
    """The RMS of the quietest half second, all channels together, to 10 ms.

    ACX names no window; half a second is what W. McCown's "ACX Check" for Audacity takes. Minus
    infinity for digital silence; what is shorter is one window.
    """
    whole = windows.powers[: windows.frames // windows.size]
    if len(whole) < _FLOOR_STEPS:
        lengths = np.diff([*range(0, windows.frames, windows.size), windows.frames])
        return units.decibels(math.sqrt(float(np.average(windows.powers, weights=lengths))))
    halves = np.lib.stride_tricks.sliding_window_view(whole, _FLOOR_STEPS).mean(axis=1)
    return units.decibels(math.sqrt(float(halves.min())))


def measure_silences_s(windows: SoundWindows) -> tuple[float, float, float]:
    """Seconds of silence at the start, at most in between, and at the end, to 10 ms.

    A window of 10 ms is silent if its peak is under -60 dBFS. A silent sound is all start.
    """
    starts, ends = _find_runs(windows.peaks < units.gain(SILENT_DBFS))
    if len(starts) == 0:
        return 0.0, 0.0, 0.0
    lengths = np.minimum(ends * windows.size, windows.frames) - starts * windows.size
    leading = int(lengths[0]) if starts[0] == 0 else 0
    trailing = int(lengths[-1]) if ends[-1] == len(windows.peaks) and starts[-1] != 0 else 0
    inside = lengths[(starts != 0) & (ends != len(windows.peaks))]
    return (
        units.seconds(leading, windows.rate),
        units.seconds(int(inside.max(initial=0)), windows.rate),
        units.seconds(trailing, windows.rate),
    )


def list_silences(windows: SoundWindows) -> Iterator[tuple[float, float]]:
    """Start and length in seconds of each silence, as `measure_silences_s` sees them."""
    for start, end in zip(*_find_runs(windows.peaks < units.gain(SILENT_DBFS)), strict=True):
        frames = min(int(end) * windows.size, windows.frames) - int(start) * windows.size
        yield (
            units.seconds(int(start) * windows.size, windows.rate),
            units.seconds(frames, windows.rate),
        )


def _find_runs(flags: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Starts and ends (exclusive) of runs of True."""
    edges = np.diff(np.concatenate(([0], flags.astype(np.int8), [0])))
    return np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
