"""What is in a file, told by its SHA-256 (lower-case hexadecimal digits) or by how it looks."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def sha256(data: bytes) -> str:
    """Of bytes."""
    return hashlib.sha256(data).hexdigest()


def stamp(path: Path) -> tuple[int, int]:
    """A file's size in bytes and its time in ns: while they stay, so does what is in it.

    To look takes no time, where to hash 92 MB takes a tenth of a second. Raises OSError.
    """
    facts = path.stat()
    return facts.st_size, facts.st_mtime_ns


def file_sha256(path: Path) -> str:
    """Of a file's bytes, read piece by piece; raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
