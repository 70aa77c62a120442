"""Limits for sound files: length, size, rate and sample values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.errors import SoundError
from paperledge_audio.units import decibels

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

LONGEST_S = 1800
"""Longer than any theme, bed or recording of a host."""

MOST_SAMPLES = LONGEST_S * 48000 * 2
"""Of all channels: 700 MB on disk. At 96 kHz in stereo that is a quarter of an hour."""

LARGEST_BYTES = 1_500_000_000
"""Of a file: `MOST_SAMPLES` of eight bytes, the widest there are, and pictures in its tags."""

LARGEST_RELEASE_BYTES = 1 << 33
"""Of a finished episode in any format: twice what a WAV can hold."""

SLOWEST_HZ = 4000
"""Half a telephone's rate; a file with a lower one is damaged, and would grow when resampled."""

FASTEST_HZ = 384_000
"""No audio converter has a higher one."""

LOUDEST = 1000.0
"""A sample, where 1 is full scale. Floating point leaves room above it, but not 60 dB."""


def check_header(frames: int, rate: int, channels: int) -> None:
    """Raise SoundError for what a header says; `frames` is 0 where it doesn't say that."""
    check_rate(rate)
    if channels < 1:
        raise SoundError("has no channels", "save it again")
    if frames > LONGEST_S * rate:
        raise SoundError(
            f"is longer than {LONGEST_S / 60:g} minutes",
            f"name a piece of at most {LONGEST_S / 60:g} minutes",
        )
    if frames * channels > MOST_SAMPLES:
        raise SoundError(
            f"holds more than {MOST_SAMPLES / channels / rate / 60:.0f} minutes"
            f" in {channels} channels at {rate} Hz, too much",
            "name a shorter piece, or save it at 44100 Hz",
        )


def check_rate(rate: int) -> None:
    """Raise SoundError for a rate in Hz that no sound has."""
    if not SLOWEST_HZ <= rate <= FASTEST_HZ:
        raise SoundError(
            f"has {rate} samples a second", f"save it at {SLOWEST_HZ} to {FASTEST_HZ} Hz, as 44100"
        )


def most_frames(rate: int, channels: int) -> int:
    """Frames after which `check_header` refuses a file that doesn't say how long it is."""
    return min(LONGEST_S * rate, MOST_SAMPLES // channels) + 1


def check_samples(blocks: Iterable[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
    """Pass blocks on; raises SoundError as `check_block` does."""
    for block in blocks:
        check_block(block)
        yield block


def check_block(block: NDArray[np.float32]) -> None:
    """Raise SoundError for samples [frames, channels] that no sound has."""
    peak = float(np.abs(block).max(initial=0.0))
    if not np.isfinite(peak):
        raise SoundError("holds samples that are not numbers", "save it again")
    if peak > LOUDEST:
        raise SoundError(
            f"goes {decibels(peak):.0f} dB beyond full scale",
            "save it again, so that full scale is 1",
        )
