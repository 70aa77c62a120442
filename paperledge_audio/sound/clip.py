"""Sound (read block by block), Clip (in memory), and pure operations on clips.

Samples are always float32 [frames, channels], read-only, nominal ±1. Every operation returns a
new clip; none changes its argument, none touches a file.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from paperledge_audio import units
from paperledge_audio.errors import SoundError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

BLOCK = 1 << 16
"""Frames per block when a whole sound is read, so that memory stays flat."""


class Sound(Protocol):
    """Anything that can be read block by block: a clip, a kept take, a mix of an hour."""

    @property
    def rate(self) -> int:
        """Hz."""
        ...

    @property
    def channels(self) -> int:
        """Number of channels."""
        ...

    @property
    def frames(self) -> int:
        """Length in frames."""
        ...

    def read(self, start: int, end: int) -> NDArray[np.float32]:
        """Frames `start` up to `end`, 0 ≤ start ≤ end ≤ frames: float32 [end - start, channels]."""
        ...


def read_blocks(sound: Sound, frames: int = BLOCK) -> Iterator[NDArray[np.float32]]:
    """The whole of a sound in order, `frames` at a time, the last block perhaps shorter."""
    for start in range(0, sound.frames, frames):
        yield sound.read(start, min(start + frames, sound.frames))


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """A sound in memory.

    `samples`: float32 [frames, channels], C order, read-only; the clip takes the array over. A
    one-dimensional array is mono. `rate`: Hz. Raises SoundError for any other
    shape or for a sample that is not finite.
    """

    samples: NDArray[np.float32]
    rate: int

    def __post_init__(self) -> None:
        given: NDArray[Any] = np.asarray(self.samples)
        if given.ndim not in (1, 2) or (given.ndim == 2 and given.shape[1] < 1):
            raise SoundError(f"a clip needs samples [frames, channels], not {given.shape}")
        if self.rate <= 0:
            raise SoundError(f"a clip needs a rate above 0 Hz, not {self.rate}")
        if not np.isfinite(given).all():
            raise SoundError("a clip holds samples that are not numbers")
        if given.base is not None and given.flags.writeable:
            given = given.copy()  # a view of memory that others may write to
        given = np.ascontiguousarray(given, dtype=np.float32)
        given.flags.writeable = False
        object.__setattr__(self, "samples", given[:, np.newaxis] if given.ndim == 1 else given)

    @property
    def frames(self) -> int:
        """Length in frames."""
        return int(self.samples.shape[0])

    @property
    def channels(self) -> int:
        """Number of channels."""
        return int(self.samples.shape[1])

    @property
    def peak(self) -> float:
        """The largest absolute sample; 0 for an empty clip."""
        return float(np.abs(self.samples).max(initial=0.0))

    def read(self, start: int, end: int) -> NDArray[np.float32]:
        """Frames `start` up to `end`, as a view."""
        return self.samples[start:end]


def silence(frames: int, rate: int, channels: int = 1) -> Clip:
    """`frames` of digital silence."""
    return Clip(np.zeros((frames, channels), np.float32), rate)


def amplify(clip: Clip, db: float) -> Clip:
    """The clip with `db` decibels of gain."""
    return Clip(clip.samples * np.float32(units.gain(db)), clip.rate)


def lower_to_full_scale(clip: Clip) -> Clip:
    """The clip, turned down as a whole where its largest sample is beyond ±1."""
    return Clip(clip.samples / np.float32(clip.peak), clip.rate) if clip.peak > 1 else clip


def cut(clip: Clip, start: int, end: int) -> Clip:
    """Frames `start` up to `end`, bounded by the clip."""
    return Clip(clip.samples[max(start, 0) : max(end, 0)], clip.rate)


def pad(clip: Clip, before: int, after: int) -> Clip:
    """The clip with frames of silence around it."""
    return Clip(np.pad(clip.samples, ((before, after), (0, 0))), clip.rate)


def fade(clip: Clip, fade_in: int, fade_out: int) -> Clip:
    """Equal-power fades over the first `fade_in` and the last `fade_out` frames.

    The curve is sin(π/2·t): where one clip fades out and another in, the sum of their powers
    stays 1. Fades longer than the clip are shortened to it.
    """
    out = clip.samples.copy()
    for count, part in ((min(fade_in, clip.frames), out), (min(fade_out, clip.frames), out[::-1])):
        if count > 0:
            part[:count] *= fade_curve(np.arange(count), count)[:, np.newaxis].astype(np.float32)
    return Clip(out, clip.rate)


def fade_curve(place: NDArray[np.int_], length: int) -> NDArray[np.float64]:
    """The equal-power curve `place` frames from the silent end of a fade; 1 beyond it."""
    return np.asarray(np.sin(0.5 * np.pi * np.minimum((place + 0.5) / length, 1.0)))


def convert_channels(clip: Clip, channels: int) -> Clip:
    """The clip with `channels` channels: mono is copied to each, several are averaged to one.

    Raises SoundError unless it is to mono, from mono, or no change.
    """
    if clip.channels == channels:
        return clip
    if clip.channels == 1:
        return Clip(np.repeat(clip.samples, channels, axis=1), clip.rate)
    if channels == 1:
        whole = reduce(np.add, clip.samples.T)  # a mean over so short an axis is slow
        return Clip(whole / np.float32(clip.channels), clip.rate)
    raise SoundError(f"no rule turns {clip.channels} channels into {channels}")


def load(sound: Sound) -> Clip:
    """The whole of a sound in memory."""
    return sound if isinstance(sound, Clip) else Clip(sound.read(0, sound.frames), sound.rate)


def duration_s(sound: Sound) -> float:
    """Length in seconds."""
    return units.seconds(sound.frames, sound.rate)


class JoinedSound:
    """Sounds of one rate and channel count, joined; loads only what is read."""

    def __init__(self, sounds: Sequence[Sound]) -> None:
        self._sounds = sounds
        self._starts = (0, *accumulate(sound.frames for sound in sounds))
        self.rate, self.channels, self.frames = (
            sounds[0].rate,
            sounds[0].channels,
            self._starts[-1],
        )
        if any((sound.rate, sound.channels) != (self.rate, self.channels) for sound in sounds):
            raise SoundError("clips of different rates or channel counts can't be joined")

    def read(self, start: int, end: int) -> NDArray[np.float32]:
        """Frames `start` up to `end`."""
        parts = [np.zeros((0, self.channels), np.float32)]
        index = bisect_right(self._starts, start) - 1
        while index < len(self._sounds) and self._starts[index] < end:
            sound, first = self._sounds[index], self._starts[index]
            parts.append(sound.read(max(start - first, 0), min(end - first, sound.frames)))
            index += 1
        return np.concatenate(parts)


@dataclass(frozen=True, slots=True, eq=False)
class DerivedSound:
    """A sound made of another, with its rate, channels and length; a subclass reads it."""

    sound: Sound

    @property
    def rate(self) -> int:
        """Hz."""
        return self.sound.rate

    @property
    def channels(self) -> int:
        """Number of channels."""
        return self.sound.channels

    @property
    def frames(self) -> int:
        """Length in frames."""
        return self.sound.frames


@dataclass(frozen=True, slots=True, eq=False)
class Excerpt(DerivedSound):
    """Frames `start` up to `end` of a sound; loads only what is read."""

    start: int
    end: int

    @property
    def frames(self) -> int:
        """Length in frames."""
        return self.end - self.start

    def read(self, start: int, end: int) -> NDArray[np.float32]:
        """Frames `start` up to `end` of the excerpt."""
        return self.sound.read(self.start + start, self.start + end)


def resample(clip: Clip, rate: int) -> Clip:
    """The clip at `rate` Hz, its length rescaled by the rounding rule of `units`.

    soxr's VHQ setting: a signal-to-noise ratio far beyond 16 bits.
    """
    if clip.rate == rate:
        return clip
    import soxr  # noqa: PLC0415 - a compiled library that not every command needs

    frames = units.rescale(clip.frames, clip.rate, rate)
    out = soxr.resample(clip.samples, clip.rate, rate, quality="VHQ")[:frames]
    return pad(Clip(out, rate), 0, frames - len(out))
