"""Finished files on their way from one machine to another, through a store of takes.

ADDRESS/0123….89ab….parcel    the file's sha256, and a number so that no two parcels are one
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.errors import StoreError, TakeError
from paperledge_audio.files.hashing import file_sha256
from paperledge_audio.files.remote.folder import RemoteFolder

if TYPE_CHECKING:
    from pathlib import Path

    from paperledge_audio.files.remote.address import Address

PARCEL = re.compile(r"[0-9a-f]{64}\.[0-9a-f]{16}\.parcel")


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file that was sent."""

    name: str
    """The file's."""
    sha256: str
    stored: str
    """What it is called on its way."""


class Parcels:
    """Parcels at an address; raises TakeError."""

    def __init__(self, address: Address) -> None:
        self._folder = RemoteFolder(address, StoreError)

    def send(self, file: Path) -> Parcel:
        """Leave a copy of a file."""
        digest = file_sha256(file, TakeError)
        parcel = Parcel(file.name, digest, f"{digest}.{secrets.token_hex(8)}.parcel")
        self._folder.write(parcel.stored, file)
        return parcel

    def fetch(self, parcel: Parcel, folder: Path) -> Path:
        """Copy it into a folder, by its file's name; raises TakeError unless it arrives whole."""
        copy = folder / parcel.name
        self._folder.fetch(parcel.stored, copy)
        if file_sha256(copy, TakeError) != parcel.sha256:
            raise TakeError("arrived damaged", "render again", path=parcel.name)
        return copy

    def remove(self, parcel: Parcel) -> None:
        """Remove it, if it is there."""
        self._folder.remove(parcel.stored)
