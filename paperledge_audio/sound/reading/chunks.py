"""Checks that containers made of chunks, each with a name and a size, are complete.

RIFF and RIFX: "Multimedia Programming Interface and Data Specifications 1.0" (IBM, Microsoft);
RF64: EBU Tech 3306; AIFF and AIFC: Apple, "Audio Interchange File Format", 1.3; CAF: Apple, "Core
Audio Format Specification"; Wave64: Sony's "Sound Forge Wave64"; ASF: Microsoft, "Advanced Systems
Format", 1.2; MP4: ISO 14496-12, 4.2; AU: Sun, audio_filehdr(5).

Each function takes a file and where its container begins, and returns the bytes for the decoder. It
raises SoundError if the file lacks what its header states, or has sound after it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING

from paperledge_audio.sound.reading.stored import Portion, cut_off_error, damage_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.sound.reading.stored import Stored


@dataclass(frozen=True, slots=True)
class ChunkLayout:
    """How a family of containers lays out its chunks."""

    first: int
    """Bytes before the first chunk."""
    head: struct.Struct
    """A chunk's name and size, in bytes."""
    sound: bytes
    """The name of the chunk that holds the sound."""
    empty: int = 0
    """The size of that chunk while it holds no sound."""
    size_of_all: bool = False
    """Whether a size counts the head too."""
    even: int = 2
    """A chunk fills up to a multiple of so many bytes."""

    def locate_sound(self, stored: Stored, start: int) -> Portion:
        """The whole file, if it has the sound that its header states.

        If the header doesn't state a size, the actual size is put in its place.
        """
        for chunk in self.chunks(stored, start + self.first):
            if chunk.name == self.sound:
                if chunk.size > self.empty and _is_stated(chunk.size):
                    self._check(stored, chunk)
                    return Portion(stored)
                there = stored.size - chunk.place + self.head.size * self.size_of_all
                head = self.head.pack(chunk.name, there)
                return Portion(stored, place=chunk.place - len(head), put=head)
        raise cut_off_error()

    def chunks(self, stored: Stored, place: int) -> Iterator[Chunk]:
        """The chunks from a place on, as their heads have them: a file may end before its time.

        Raises SoundError for a size that leaves no room for the head it counts, and for too many
        chunks.
        """
        large = _ALL_ONES
        for _ in _count_parts():
            head = stored.read_at(place, self.head.size)
            if len(head) < self.head.size:
                return
            name, size = self.head.unpack(head)
            place += len(head)
            if self.size_of_all and size:
                size -= len(head)
                if size < 0:
                    raise cut_off_error()
            if name == b"ds64":  # RF64: the sizes that 32 bits can't hold
                large = struct.unpack("<8xQ", stored.read_at(place, 16).ljust(16, b"\0"))[0]
            if name == self.sound and size == _ALL_ONES:
                size = large
            yield Chunk(name, place, size)
            if size < 0:
                return  # CAF's last chunk, which goes on to the file's end
            place += size + -size % self.even

    def _check(self, stored: Stored, sound: Chunk) -> None:
        end = sound.place + sound.size
        if end > stored.size:
            raise cut_off_error()
        for place in (end, self._after(sound)):  # some writers don't pad
            for chunk in self.chunks(stored, place):
                if chunk.place + chunk.size > stored.size or not chunk.has_name:
                    break
                end = self._after(chunk)
        _check_rest(stored.size - end, sound.size)

    def _after(self, chunk: Chunk) -> int:
        return chunk.place + chunk.size + -chunk.size % self.even


@dataclass(frozen=True, slots=True)
class Chunk:
    """Where a chunk's contents lie in its file, in bytes."""

    name: bytes
    place: int
    """Of its contents."""
    size: int

    @property
    def has_name(self) -> bool:
        """Whether its name is one, and not what happens to lie behind the last chunk."""
        return len(self.name) == _GUID_BYTES or all(0x20 <= sign < 0x7F for sign in self.name)


_GUID_BYTES = 16
_ALL_ONES = 0xFFFFFFFF
_ABOUT_2_GIB = range(0x7F000000, 0x80000001)
_MOST = 1 << 62
_LEAST_SOUND, _MOST_STRAY = 1 << 10, 1 << 16
"""Bytes after a container's end that may be a tag of another format, or zeros."""


def _is_stated(size: int) -> bool:
    """Whether a size is real: a writer into a pipe doesn't know it when it writes the header.

    It writes 0, all ones, or nearly 2³¹ as sox does.
    """
    return 0 < size < _MOST and size != _ALL_ONES and size not in _ABOUT_2_GIB


def _check_rest(rest: int, size: int) -> None:
    """Raise SoundError if so much follows `size` bytes of sound that it must be sound, too."""
    if rest > min(max(size, _LEAST_SOUND), _MOST_STRAY):
        raise damage_error(f"it states {size} bytes of sound, but {rest} more follow")


RIFF = ChunkLayout(first=12, head=struct.Struct("<4sI"), sound=b"data")
RIFX = ChunkLayout(first=12, head=struct.Struct(">4sI"), sound=b"data")
AIFF = ChunkLayout(first=12, head=struct.Struct(">4sI"), sound=b"SSND")
CAF = ChunkLayout(first=8, head=struct.Struct(">4sq"), sound=b"data", even=1)
WAVE64 = ChunkLayout(
    first=40,
    head=struct.Struct("<16sQ"),
    sound=b"data" + bytes.fromhex("f3acd3118cd100c04f8edb8a"),
    size_of_all=True,
    even=8,
)
ASF = ChunkLayout(
    first=0,
    head=struct.Struct("<16sQ"),
    sound=bytes.fromhex("3626b2758e66cf11a6d900aa0062ce6c"),
    empty=26,
    size_of_all=True,
    even=1,
)


def locate_au(stored: Stored, start: int) -> Portion:
    """All of an AU file, as `ChunkLayout.locate_sound` gives it."""
    head = stored.read_at(start, 12).ljust(12, b"\0")
    order = "<" if head.startswith(b"dns.") else ">"
    offset, size = struct.unpack(f"{order}4xII", head)
    left = stored.size - start - offset
    if left < 0 or (_is_stated(size) and size > left):
        raise cut_off_error()
    if not _is_stated(size):
        return Portion(stored, place=start + 8, put=struct.pack(f"{order}I", left))
    _check_rest(left - size, size)
    return Portion(stored)


def locate_mp4(stored: Stored, start: int) -> Portion:
    """The whole file, if every box of an MP4 is complete, in any order."""
    for _, box in list_boxes(stored, start):
        if box.stop > stored.size:
            raise cut_off_error()
    return Portion(stored)


def list_boxes(stored: Stored, start: int) -> Iterator[tuple[bytes, range]]:
    """The outer boxes of an MP4: the name and the bytes of each, with its head.

    Raises SoundError for a size that is less than a head's, and for too many boxes.
    """
    place = start
    for _ in _count_parts():
        head = stored.read_at(place, 16)
        if len(head) < 8:
            return
        size, name = struct.unpack(">I4s", head[:8])
        if size == 1 and len(head) == 16:
            size = struct.unpack(">8xQ", head)[0]
        if size == 0 or not name.isalnum():  # the last box, or something behind it
            return
        if size < 8:
            raise cut_off_error()
        yield name, range(place, place + size)
        place += size


MOST_PARTS = 10_000
"""Chunks or boxes in a file; a hole in a file would have millions of empty ones."""


def _count_parts() -> Iterator[None]:
    yield from repeat(None, MOST_PARTS)
    raise damage_error(f"it has more than {MOST_PARTS} parts")
