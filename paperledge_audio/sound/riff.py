"""RIFF, the container that a WAV is (Microsoft and IBM, 1991), and RF64 for more than 4 GiB.

A chunk is a name of four bytes, its size in 32 bits, and its data, filled up to an even length.
RF64 (EBU Tech 3306) has the size of its sound in 64 bits, in a chunk that comes first, ds64.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from paperledge_audio.errors import SoundError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

UNKNOWN_SIZE = 0xFFFFFFFF
"""What a WAV that was written into a pipe says of its length, and RF64 of what ds64 has."""

_FORMS = {b"RIFF": "<", b"RF64": "<", b"RIFX": ">"}
"""How a file begins → the order of bytes in its numbers."""
_SOUND_BYTES_AT = 8
"""Where in ds64 the size of the sound is; that of the file stands before it."""


class RiffChunk(NamedTuple):
    """Where a chunk's data lies in its file, in bytes."""

    name: bytes
    offset: int
    size: int


def riff_chunks(path: Path) -> Iterator[RiffChunk]:
    """The chunks of a file in order, as their headers have them: a file may end before its time.

    Raises SoundError for a file of another kind.
    """
    with path.open("rb") as file:
        order = _FORMS.get(file.read(12)[:4])
        if order is None:
            raise SoundError("is not WAV", path=path)
        sound_bytes = UNKNOWN_SIZE
        while len(header := file.read(8)) == 8:
            name, size = struct.unpack(f"{order}4sI", header)
            offset = file.tell()
            if name == b"ds64" and len(data := file.read(16)) == 16:
                (sound_bytes,) = struct.unpack_from("<Q", data, _SOUND_BYTES_AT)
            if name == b"data" and size == UNKNOWN_SIZE:
                size = sound_bytes
            yield RiffChunk(name, offset, size)
            file.seek(offset + size + size % 2)
