"""A sound file's bytes, and the errors for incomplete files."""

from __future__ import annotations

import io
import os
from dataclasses import dataclass
from typing import Any, BinaryIO

from paperledge_audio.errors import SoundError


@dataclass(frozen=True, slots=True)
class Stored:
    """The bytes of an open file, read where they are needed, so that memory stays flat."""

    file: BinaryIO
    size: int

    def read_at(self, place: int, count: int) -> bytes:
        """`count` bytes from `place` on; fewer at the file's end."""
        there = max(self.size - place, 0)
        return os.pread(self.file.fileno(), min(count, there), place) if there else b""

    @property
    def handle(self) -> int:
        """The file's, at its first byte."""
        os.lseek(self.file.fileno(), 0, os.SEEK_SET)
        return self.file.fileno()


class Portion(io.RawIOBase):
    """The part of a file that a decoder reads: all or some of it, perhaps with bytes replaced."""

    def __init__(
        self, stored: Stored, part: range | None = None, *, place: int = 0, put: bytes = b""
    ) -> None:
        self._stored, self._part = stored, part or range(stored.size)
        self._place, self._put = place, put
        self._here = self._part.start

    @property
    def source(self) -> int | Portion:
        """As libsndfile takes it: the file itself wherever that is the same."""
        is_all = len(self._part) == self._stored.size and not self._put
        return self._stored.handle if is_all else self

    def seekable(self) -> bool:
        """It is."""
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a byte of the part."""
        bases = {os.SEEK_SET: self._part.start, os.SEEK_CUR: self._here}
        self._here = bases.get(whence, self._part.stop) + offset
        return self._here - self._part.start

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as the part goes; returns how many bytes were read."""
        start = self._here
        data = bytearray(self._stored.read_at(start, min(len(buffer), self._part.stop - start)))
        first, last = max(self._place, start), min(self._place + len(self._put), start + len(data))
        if first < last:
            data[first - start : last - start] = self._put[first - self._place : last - self._place]
        buffer[: len(data)] = data
        self._here += len(data)
        return len(data)


SAVE_AS = "save it as WAV, FLAC, Ogg or MP3"
"""The remedy for an unsupported kind of file."""


def cut_off_error() -> SoundError:
    """For a file that lacks its end."""
    return SoundError("ends before its time: it is cut off or damaged", "copy or save it again")


def damage_error(why: str) -> SoundError:
    """For a file whose parts contradict each other."""
    return SoundError(f"is damaged: {why}", "copy or save it again")


def several_sounds_error() -> SoundError:
    """For sounds in one file, of which a decoder would read the first."""
    return SoundError("holds several sounds, one after the other", "save it as one")


_ID3_HEAD_BYTES = 10
_ID3_FOOTER = 0x10


def skip_id3(stored: Stored, place: int) -> int:
    """Where a file continues after the ID3v2 tags at a place; some programs put them anywhere."""
    while (head := stored.read_at(place, _ID3_HEAD_BYTES).ljust(_ID3_HEAD_BYTES)).startswith(
        b"ID3"
    ):
        size = sum(byte << 7 * index for index, byte in enumerate(reversed(head[6:])))
        footer = _ID3_HEAD_BYTES if head[5] & _ID3_FOOTER else 0
        place += _ID3_HEAD_BYTES + size + footer
    return place
