"""What is in a file, told by its SHA-256 (lower-case hexadecimal digits) or by how it looks."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from paperledge_audio.errors import mapped
from paperledge_audio.files.reading import open_file

if TYPE_CHECKING:
    from pathlib import Path

    from paperledge_audio.errors import PaperledgeError

BLOCK = 1 << 20
"""Bytes that are read at a time."""
LARGEST = 1 << 33
"""Bytes: twice what a WAV can hold, and more than any model of speech."""


def sha256(data: bytes) -> str:
    """Of bytes."""
    return hashlib.sha256(data).hexdigest()


def stamp(path: Path) -> tuple[int, int]:
    """A file's size in bytes and its time in ns: while they stay, so does what is in it.

    To look takes no time, where to hash 92 MB takes a tenth of a second. Raises OSError.
    """
    facts = path.stat()
    return facts.st_size, facts.st_mtime_ns


def file_sha256(path: Path, error: type[PaperledgeError]) -> str:
    """Of a file's bytes, read piece by piece.

    Raises `error` for what is no file, can't be read, or is so large that it would take for ever.
    """
    with (
        open_file(path, LARGEST, "another file", error=error) as file,
        mapped(error, "can't be read", "copy it again", path=path),
    ):
        found = hashlib.sha256()
        while block := file.read(BLOCK):
            found.update(block)
        return found.hexdigest()
