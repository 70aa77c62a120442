"""SHA-256 of data and files, in lower-case hexadecimal, and stamps that show a file's changes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from paperledge_audio.errors import map_errors
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
    """A file's size in bytes and modification time in ns: if they stay, its content does.

    Much faster than hashing: 92 MB take a tenth of a second. Raises OSError.
    """
    facts = path.stat()
    return facts.st_size, facts.st_mtime_ns


def file_sha256(path: Path, error: type[PaperledgeError]) -> str:
    """Of a file's bytes, read piece by piece.

    Raises `error` for what is no file, can't be read, or is so large that it would take for ever.
    """
    with (
        open_file(path, LARGEST, "another file", error=error) as file,
        map_errors(error, "can't be read", "copy it again", path=path),
    ):
        found = hashlib.sha256()
        while block := file.read(BLOCK):
            found.update(block)
        return found.hexdigest()
