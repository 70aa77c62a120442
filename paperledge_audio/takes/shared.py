"""A store of takes that machines share, at an address.

    ADDRESS/abcdef….take    the JSON of the entry and its seal, a line end, its FLAC file

A take is one file, which appears whole or not at all, so it is read or written by one request. Who
reads it checks its seal. Writers of one take may race: each leaves a whole one.
"""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from paperledge_audio.errors import StoreError
from paperledge_audio.files.remote.folder import PART, RemoteFolder
from paperledge_audio.takes.parcels import PARCEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from paperledge_audio.files.remote.address import Address
    from paperledge_audio.files.remote.folder import RemoteEntry

T = TypeVar("T")

SUFFIX = ".take"
AT_ONCE = 16
"""Requests side by side: a server's answer takes longer than its work."""
ABANDONED_S = 3600
"""No write takes an hour; older partial files are abandoned."""
LARGEST = 101_000_000
"""Bytes of an entry: those of both its files."""
NOBODYS = "0" * 64
"""The name of no take."""
_ENTRY = re.compile(rf"[0-9a-f]{{64}}{re.escape(SUFFIX)}")
_PART = re.compile(rf"\.{_ENTRY.pattern}\.[0-9a-f]{{8}}{re.escape(PART)}")


@dataclass(frozen=True, slots=True)
class StoreSize:
    """How many takes a store has, and their size."""

    takes: int
    bytes: int


class SharedTakes:
    """Takes at an address. Safe for many threads, and many machines; raises StoreError."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._folder = RemoteFolder(address, StoreError)

    def check(self) -> None:
        """Raise StoreError, with the address, where it can't be asked for takes."""
        try:
            self.has(NOBODYS)
        except StoreError as error:
            raise error.located(path=str(self.address)) from error

    def read(self, name: str) -> tuple[bytes, bytes] | None:
        """The JSON and the FLAC file of a take, as they are; None if there is no such take."""
        data = self._folder.read_head(name + SUFFIX, LARGEST)
        if data is None:
            return None
        text, _, sound = data.partition(b"\n")
        return text, sound

    def has(self, name: str) -> bool:
        """Whether there is such a take; whether it is intact only `read` shows."""
        return self._folder.read_head(name + SUFFIX, 1) is not None

    def write(self, name: str, text: bytes, sound: bytes) -> None:
        """Keep a take, in place of an older one; `text` is one line."""
        self._folder.write(name + SUFFIX, text + b"\n" + sound)

    def measure_size(self) -> StoreSize:
        """How many takes there are, and their size."""
        sizes = [entry.bytes for entry in self._list(_ENTRY)]
        return StoreSize(len(sizes), sum(sizes))

    def prune(self, limit_bytes: int) -> StoreSize:
        """Remove the takes that were made first until the rest fits the limit.

        Returns what was removed. Partial files and parcels of more than an hour ago are removed,
        too. Files with names that a store doesn't use stay.
        """
        old = time.time() - ABANDONED_S
        left = [one for names in (_PART, PARCEL) for one in self._list(names)]
        do_at_once(self._remove, [one for one in left if one.modified_s < old])
        takes = sorted(self._list(_ENTRY), key=lambda take: take.modified_s)
        excess = sum(take.bytes for take in takes) - limit_bytes
        removed: list[RemoteEntry] = []
        freed = 0
        for take in takes:
            if freed >= excess and limit_bytes > 0:
                break
            removed.append(take)
            freed += take.bytes
        do_at_once(self._remove, removed)
        return StoreSize(len(removed), freed)

    def _list(self, names: re.Pattern[str]) -> list[RemoteEntry]:
        entries = self._folder.list_entries().values()
        return [one for one in entries if names.fullmatch(one.name) and not one.is_folder]

    def _remove(self, entry: RemoteEntry) -> None:
        self._folder.remove(entry.name)


def do_at_once(act: Callable[[T], object], values: Iterable[T]) -> None:
    """Call `act` with each value, several at once; raises the first error."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for _ in pool.map(act, values):
            pass
