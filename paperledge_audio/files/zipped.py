"""Untrusted zip archives, read in memory, with limits on members and sizes."""

from __future__ import annotations

import io
import zipfile

MOST_MEMBERS = 2000
LONGEST_NAME = 200
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""What numpy and PyTorch use; only these never return more at once than was asked for."""
_ENTRY = b"PK\1\2"
"""Begins each member's entry in an archive's list of them (APPNOTE.TXT, 4.3.12)."""


def open_zip(data: bytes) -> zipfile.ZipFile:
    """The archive in `data`; ValueError for too many members or names that lead out of it.

    Raises what zipfile raises for a damaged archive.
    """
    if data.count(_ENTRY) > MOST_MEMBERS:
        raise ValueError(f"it has more than {MOST_MEMBERS} members")
    archive = zipfile.ZipFile(io.BytesIO(data))
    names = archive.namelist()
    if len(set(names)) < len(names):
        raise ValueError("two of its members have the same name")
    for name in names:
        if name.startswith("/") or ".." in name.split("/") or len(name) > LONGEST_NAME:
            raise ValueError(f"its member {name[:60]!r} has no plain name")
    return archive


def unpack(archive: zipfile.ZipFile, name: str, largest: int) -> bytes:
    """The content of the member `name`, of at most `largest` bytes.

    Raises ValueError if there is none, or if it is too large or not stored or deflated, and what
    zipfile and zlib raise for a damaged one.
    """
    try:
        member = archive.getinfo(name)
    except KeyError as error:
        raise ValueError(f"it holds no {name[:60]!r}") from error
    if member.file_size > largest:
        raise ValueError(f"it unpacks to {member.file_size} bytes")
    if member.compress_type not in METHODS:
        raise ValueError("it is packed in a way that is not supported")
    with archive.open(member) as file:
        return file.read(member.file_size)  # read() alone would unpack what is beyond it, too
