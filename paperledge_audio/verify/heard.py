"""What the sound itself says: level, peaks, clipping, silence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units
from paperledge_audio.verify.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from paperledge_audio.audio import Clip
    from paperledge_audio.mix import Target
    from paperledge_audio.mix.model import Loudness

SILENT_DBFS = -60.0
LONGEST_INSIDE_S = 6.0
"""A longer silence sounds like the end, or like a fault."""
LONGEST_LEADING_S = 2.0
LONGEST_TRAILING_S = 4.0

_WINDOW_S = 0.01
_FLOOR_STEPS = 50
_FULL_SCALE = 0.999
_CLIPPED_RUN = 3
"""So many samples in a row at full scale are a peak that was cut off."""


def sound_findings(clip: Clip, loudness: Loudness, target: Target) -> Iterator[Finding]:
    """Loudness, true peak and noise floor against the target, clipping, silences."""
    level, peak = target.level_of(loudness), loudness.true_peak_dbtp
    yield Finding(
        "loudness",
        abs(level - target.level) <= target.tolerance_lu,
        f"{level:.1f} {target.unit}, wanted {target.level:g} ± {target.tolerance_lu:g}",
    )
    yield Finding(
        "true peak",
        peak <= target.true_peak_dbtp,
        f"{peak:.2f} dBTP, at most {target.true_peak_dbtp:g}",
    )
    if target.floor_dbfs is not None:
        floor = noise_floor_dbfs(clip)
        yield Finding(
            "noise floor",
            floor <= target.floor_dbfs,
            f"{floor:.1f} dB RMS, at most {target.floor_dbfs:g}",
        )
    clipped = clipped_runs(clip)
    yield Finding("clipping", clipped == 0, f"{clipped} places where peaks are cut off")
    leading_s, inside_s, trailing_s = silences_s(clip)
    for name, length_s, most_s in (
        ("silence at the start", leading_s, LONGEST_LEADING_S),
        ("longest silence inside", inside_s, LONGEST_INSIDE_S),
        ("silence at the end", trailing_s, LONGEST_TRAILING_S),
    ):
        yield Finding(name, length_s <= most_s, f"{length_s:.2f} s, at most {most_s:g}")


def noise_floor_dbfs(clip: Clip) -> float:
    """The RMS of the quietest half second, all channels together, to 10 ms.

    ACX names no window; half a second is what W. McCown's "ACX Check" for Audacity takes. Minus
    infinity for digital silence; what is shorter is one window.
    """
    step = units.frames(_WINDOW_S, clip.rate)
    steps = clip.frames // step
    if steps < _FLOOR_STEPS:
        return units.decibels(math.sqrt(float(np.square(clip.samples, dtype=np.float64).mean())))
    parts = clip.samples[: steps * step].reshape(steps, -1)
    powers = np.einsum("ij,ij->i", parts, parts, dtype=np.float64) / parts.shape[1]
    windows = np.lib.stride_tricks.sliding_window_view(powers, _FLOOR_STEPS).mean(axis=1)
    return units.decibels(math.sqrt(float(windows.min())))


def clipped_runs(clip: Clip) -> int:
    """How often three or more samples in a row stand at full scale on the same side."""
    count = 0
    for side in (clip.samples >= _FULL_SCALE, clip.samples <= -_FULL_SCALE):
        for channel in side.T:
            starts, ends = _runs(channel)
            count += int(np.count_nonzero(ends - starts >= _CLIPPED_RUN))
    return count


def silences_s(clip: Clip) -> tuple[float, float, float]:
    """Seconds of silence at the start, at most in between, and at the end, to 10 ms.

    Silent is a window of 10 ms whose peak is under -60 dBFS. All-silent sound is all start.
    """
    size = max(units.frames(_WINDOW_S, clip.rate), 1)
    peaks = np.maximum.reduceat(np.abs(clip.samples).max(axis=1), np.arange(0, clip.frames, size))
    starts, ends = _runs(peaks < units.gain(SILENT_DBFS))
    if len(starts) == 0:
        return 0.0, 0.0, 0.0
    lengths = np.minimum(ends * size, clip.frames) - starts * size
    leading = int(lengths[0]) if starts[0] == 0 else 0
    trailing = int(lengths[-1]) if ends[-1] == len(peaks) and starts[-1] != 0 else 0
    inside = lengths[(starts != 0) & (ends != len(peaks))]
    return (
        units.seconds(leading, clip.rate),
        units.seconds(int(inside.max(initial=0)), clip.rate),
        units.seconds(trailing, clip.rate),
    )


def _runs(flags: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Starts and ends (exclusive) of the stretches that are true."""
    edges = np.diff(np.concatenate(([0], flags.astype(np.int8), [0])))
    return np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
