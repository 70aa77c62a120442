"""The tag of a WAV: an ID3v2.3 tag in its own chunk, chapters and cover included.

There is no RIFF INFO list: some programs read it as Latin-1 and some as UTF-8, and those that read
both show every fact twice.
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

from paperledge_audio.deliver.tags import id3
from paperledge_audio.errors import DeliveryError
from paperledge_audio.sound.reading.chunks import RIFF, RIFX
from paperledge_audio.sound.reading.stored import Stored

if TYPE_CHECKING:
    from pathlib import Path

    from paperledge_audio.deliver.tags.fields import Tag, TagReading

ID3 = b"id3 "
MOST_BYTES = 2**32 - 1
"""A RIFF file gives its length in 32 bits."""


def write(path: Path, tag: Tag, cover: bytes) -> None:
    """Tag a WAV in place, after its sound. The same values always give the same bytes."""
    written = _make_chunk(ID3, id3.compose(tag, cover))
    check_size(path.stat().st_size + len(written))
    with path.open("r+b") as file:
        file.seek(0, 2)
        file.write(written)
        size = file.tell() - 8
        file.seek(4)
        file.write(struct.pack("<I", size))


def check_size(size: int) -> None:
    """Raise DeliveryError for what is longer than a WAV can be."""
    if size > MOST_BYTES:
        raise DeliveryError("a WAV can't hold more than 4 GiB", "render it as FLAC")


def read(path: Path) -> TagReading:
    """What the tag of a WAV says; raises what mutagen raises where there is none."""
    with path.open("rb") as file:
        stored = Stored(file, path.stat().st_size)
        layout = RIFX if stored.read_at(0, 4) == b"RIFX" else RIFF
        found = (chunk for chunk in layout.chunks(stored, layout.first) if chunk.name == ID3)
        chunk = next(found, None)
        tag = stored.read_at(chunk.place, min(chunk.size, id3.LARGEST_BYTES)) if chunk else b""
    return id3.read(io.BytesIO(tag))


def _make_chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
