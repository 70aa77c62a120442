"""Resampling a sound while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import soxr

from paperledge_audio import units
from paperledge_audio.sound.clip import BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from paperledge_audio.sound.clip import Sound


def convert_rate(sound: Sound, rate: int) -> Sound:
    """`sound` at `rate` Hz: itself where it has that rate already."""
    return sound if sound.rate == rate else ConvertedSound(sound, rate)


class ConvertedSound:
    """A sound at `rate` Hz (soxr, VHQ), of which a block is in memory at a time.

    Its length is the sound's, rescaled by the rounding rule of `units`: the frame of the new rate
    that is nearest to the end. Going back means starting again.
    """

    def __init__(self, sound: Sound, rate: int) -> None:
        self.rate, self.channels = rate, sound.channels
        self.frames = units.rescale(sound.frames, sound.rate, rate)
        self._sound = sound
        self._begin()

    def read(self, start: int, end: int) -> NDArray[np.float32]:
        """Frames `start` up to `end`; fastest where the last read has ended."""
        if start < self._at:
            self._begin()
        while (here := self._at) < start:
            self._next(min(start - here, BLOCK))
        return self._next(end - start)

    def _begin(self) -> None:
        self._at = 0
        self._pieces = self._converted()
        self._left = np.zeros((0, self.channels), np.float32)

    def _next(self, count: int) -> NDArray[np.float32]:
        have, parts = len(self._left), [self._left]
        while have < count:
            parts.append(next(self._pieces))
            have += len(parts[-1])
        joined = np.concatenate(parts)
        self._left = joined[count:]
        self._at += count
        return joined[:count]

    def _converted(self) -> Iterator[NDArray[np.float32]]:
        """Blocks of `frames` in all: the converter's own count may be off by one."""
        stream = soxr.ResampleStream(
            self._sound.rate, self.rate, self.channels, dtype="float32", quality="VHQ"
        )
        missing = self.frames
        for start in range(0, self._sound.frames, BLOCK):
            end = min(start + BLOCK, self._sound.frames)
            block = np.ascontiguousarray(self._sound.read(start, end))
            piece = stream.resample_chunk(block, last=end == self._sound.frames)[:missing]
            missing -= len(piece)
            yield piece
        yield np.zeros((missing, self.channels), np.float32)
