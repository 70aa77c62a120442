"""Timeline → the mix: every placed clip with its gain and fades, music ducked under speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units
from paperledge_audio.audio import Clip, with_channels
from paperledge_audio.errors import SoundError
from paperledge_audio.mix.ducking import Ducking, ducking

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from paperledge_audio.mix.model import Placed, Timeline
    from paperledge_audio.show import MusicBox

DUCKED_ROLES = frozenset({"intro", "outro", "bed"})
"""Music that may sound under speech. A sting stands between segments and keeps its level."""
BLOCK = 1 << 16
"""Frames worked on at a time, so that gains and fades stay in the cache."""


def mixdown(timeline: Timeline, box: MusicBox) -> Clip:
    """The sum of everything on the time line: stereo, exactly `timeline.frames` long.

    Linear in every clip. Gains and fades (equal power, sin π/2·t) are computed in float64, the
    few clips that overlap are summed in float32. Nothing is limited here, so a sum may pass ±1.
    Raises SoundError for a clip of another rate, of more than two channels, or that reaches
    outside the time line.
    """
    out = np.zeros((timeline.frames, 2), np.float32)
    speech = [(p.start, p.end) for p in timeline.placed if p.role == "speech"]
    curve = ducking(speech, timeline.rate, depth_db=box.duck_db, fade_s=box.duck_fade_s)
    for placed in timeline.placed:
        if placed.clip.rate != timeline.rate:
            raise SoundError(f"the {placed.role} at {placed.clip.rate} Hz is not resampled")
        if placed.start < 0 or placed.end > timeline.frames:
            raise SoundError(f"the {placed.role} reaches outside the time line")
        samples = placed.clip.samples
        if placed.clip.channels != 1:
            samples = with_channels(placed.clip, 2).samples
        ducked = curve if placed.role in DUCKED_ROLES else None
        for first in range(0, placed.clip.frames, BLOCK):
            last = min(first + BLOCK, placed.clip.frames)
            gain = _gain(placed, first, last, ducked)
            out[placed.start + first : placed.start + last] += samples[first:last] * gain
    return Clip(out, timeline.rate)


def _gain(
    placed: Placed, first: int, last: int, ducked: Ducking | None
) -> np.float32 | NDArray[np.float32]:
    """The gain of frames `first` up to `last` of a placed clip: one figure, or [frames, 1]."""
    gain: float | NDArray[np.float64] = units.gain(placed.gain_db)
    if ducked is not None:
        gain = gain * ducked.gain(placed.start + first, placed.start + last)
    fade_in, fade_out = (
        min(fade, placed.clip.frames) for fade in (placed.fade_in, placed.fade_out)
    )
    if first < fade_in:
        gain = gain * _fade(np.arange(first, last), fade_in)
    if last > placed.clip.frames - fade_out:
        gain = gain * _fade(placed.clip.frames - 1 - np.arange(first, last), fade_out)
    if isinstance(gain, np.ndarray):
        return gain.astype(np.float32)[:, np.newaxis]
    return np.float32(gain)


def _fade(place: NDArray[np.int_], length: int) -> NDArray[np.float64]:
    """The equal-power curve `place` frames from the silent end of a fade."""
    return np.asarray(np.sin(0.5 * np.pi * np.minimum((place + 0.5) / length, 1.0)))
