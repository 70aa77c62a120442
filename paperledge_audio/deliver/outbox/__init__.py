"""Outboxes, where uploaders find finished episodes: a folder here, or one on a server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from paperledge_audio.deliver.outbox.local import FolderOutbox
from paperledge_audio.deliver.outbox.remote import RemoteOutbox
from paperledge_audio.errors import UsageError
from paperledge_audio.files.names import find_fault
from paperledge_audio.files.reading import real_path
from paperledge_audio.files.remote.address import Address, is_address, parse_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperledge_audio.deliver.outbox.model import Outbox

__all__ = ["check_apart", "open_outbox", "parse_place"]


def parse_place(text: str) -> Path | Address:
    """A path, or an address; file:///PATH, with %20 for a space, is a path. Raises UsageError."""
    if not is_address(text):
        return Path(text)
    address = parse_address(text)
    if address.protocol != "file":
        return address
    if address.host not in {"", "localhost"}:
        raise UsageError("file:// names another machine", "write it as file:///folder")
    path = unquote(address.path)
    if why := find_fault(path):
        raise UsageError(f"file://… {why} in its path", "write it as file:///folder")
    return Path(f"/{path}")


def open_outbox(place: Path | Address) -> Outbox:
    """The outbox at a place; nothing is read yet."""
    return RemoteOutbox(place) if isinstance(place, Address) else FolderOutbox(place)


def check_apart(
    out: Path | Address,
    other: Path | Address,
    slugs: Iterable[str],
    option: str = "--outbox",
    first: str = "-o",
) -> None:
    """Raise UsageError if a release would be inside a folder that is replaced as a whole.

    `first` and `option` are what name `out` and `other`.
    """
    if isinstance(out, Address) or isinstance(other, Address):
        return
    here, there = real_path(out), real_path(other)
    if here == there:
        raise UsageError(
            f"{option} names the same folder as {first}", "name another, or leave it out"
        )
    for slug in slugs:
        if there.is_relative_to(here / slug):
            raise UsageError(f"{option} is inside the release {out / slug}", "name another")
        if here.is_relative_to(there / slug):
            raise UsageError(f"{first} is inside {other / slug}, which is replaced", "name another")
