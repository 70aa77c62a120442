"""A folder on a server: what outboxes and stores of takes need of it, and no more."""

from __future__ import annotations

import logging
import posixpath
import secrets
import threading
import time
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, BinaryIO, Self, TypeVar

from paperledge_audio.files.hashing import file_sha256
from paperledge_audio.files.names import find_fault, find_illegible
from paperledge_audio.files.remote.connecting import connect, find_protocol
from paperledge_audio.files.remote.door import is_absent, is_passing, list_names, map_remote_errors
from paperledge_audio.files.temporary import make_workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from paperledge_audio.errors import PaperledgeError
    from paperledge_audio.files.remote.address import Address

log = logging.getLogger(__name__)
T = TypeVar("T")

PAUSES_S = (0.2, 0.8, 2.0)
"""Seconds to wait before each new try of what failed and may pass."""
BLOCK = 1 << 16
"""Bytes that are read at a time."""
PART = ".part"
"""The ending of a file that is being written."""


@dataclass(frozen=True, slots=True)
class RemoteEntry:
    """A file or a folder on a server."""

    name: str
    bytes: int
    is_folder: bool
    modified_s: float
    """Seconds since 1970, by the server's clock; infinity where it doesn't say."""


class RemoteFolder:
    """The folder at an address, which many threads may use at once.

    Names are relative to it, with slashes. What fails and may pass is tried again, with a new
    connection; what goes on to fail is an `error`. Nothing is kept between calls but the
    connection, so all that is asked is asked of the server.
    """

    def __init__(self, address: Address, error: type[PaperledgeError]) -> None:
        self.address = address
        self._error = error
        self._protocol = find_protocol(address)
        self._system: Any = None
        self._lock = threading.Lock()
        self._one_by_one = threading.Lock()
        """Held by new tries: side by side they would share one more connection that is cut."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connection; the next call would make another."""
        with self._lock:
            self._system = None  # the libraries close what nobody refers to

    def list_entries(self, folder: str = "") -> dict[str, RemoteEntry]:
        """What lies in a folder, by name and in order; nothing where there is none.

        Names that no file of ours could have are left out. A file is an error.
        """
        path = self._path(folder)

        def look(system: Any) -> list[RemoteEntry]:
            try:
                found = system.ls(path, detail=True)
                if [str(one["name"]).strip("/") for one in found] == [path.strip("/")]:
                    raise NotADirectoryError(path)  # a file's list is itself
                return [*map(_read_entry, found)]
            except Exception as problem:
                if is_absent(problem):
                    return []
                raise

        found = {entry.name: entry for entry in self._do(folder, look) if _is_plain(entry.name)}
        return dict(sorted(found.items()))

    def read(self, name: str, limit: int) -> bytes | None:
        """A file's bytes; None if it is not there. Raises where it has more than `limit` bytes."""
        data = self.read_head(name, limit + 1)
        if data is not None and len(data) > limit:
            raise self._error(
                f"has more than {limit} bytes", "remove it", path=f"{self.address}/{name}"
            )
        return data

    def read_head(self, name: str, most: int) -> bytes | None:
        """The first bytes of a file, `most` of them at most; None if it is not there."""

        def read(system: Any) -> bytes | None:
            path = self._path(name)
            try:
                if self._protocol.objects:  # one request
                    whole: bytes = system.cat_file(path, start=0, end=most)
                    return whole
                with system.open(path, "rb") as file:
                    return _read_up_to(file, most)
            except Exception as problem:
                if is_absent(problem):
                    return None
                if "InvalidRange" in list_names(problem):  # an empty object has no first byte
                    return b""
                raise

        return self._do(name, read)

    def sha256(self, name: str) -> str:
        """The hash of a file's bytes, which are read back: the only proof on every server."""
        with make_workspace() as folder:
            self.fetch(name, folder / "copy")
            return file_sha256(folder / "copy", self._error)

    def fetch(self, name: str, copy: Path) -> None:
        """Copy a file to a path of this machine."""
        self._do(name, lambda system: system.get_file(self._path(name), str(copy)))

    def write(self, name: str, data: bytes | Path) -> None:
        """Write a file, which appears whole or not at all, in place of an older one.

        Where a protocol shows what is being written, it is written as `.NAME.1a2b3c4d.part` and
        renamed.
        """

        def write(system: Any) -> None:
            path = self._path(name)
            if self._protocol.objects:
                self._send(system, path, data)
                return
            above, last = posixpath.split(path)
            part = f"{above}/.{last}.{secrets.token_hex(4)}{PART}"
            if not self._protocol.makes_folders:
                system.makedirs(above, exist_ok=True)
            try:
                self._send(system, part, data)
                system.mv(part, path)
            except BaseException:
                with suppress(Exception):  # it is too late for more
                    system.rm_file(part)
                raise

        self._do(name, write)
        log.info("wrote %s/%s", self.address, name)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there."""
        self._do(name, lambda system: _remove(system.rm_file, self._path(name)))

    def remove_folder(self, name: str) -> None:
        """Remove a folder, if it is there and empty."""
        if not self._protocol.objects and not self.list_entries(name):
            method = self._protocol.remove_folder
            self._do(name, lambda system: _remove(getattr(system, method), self._path(name)))

    def _send(self, system: Any, path: str, data: bytes | Path) -> None:
        if isinstance(data, bytes):
            system.pipe_file(path, data)
        else:
            system.put_file(str(data), path, **self._protocol.writing)

    def _path(self, name: str) -> str:
        root = self._protocol.root.format(host=self.address.host, path=self.address.path)
        return posixpath.join(root, name).rstrip("/") or "/"

    def _do(self, name: str, act: Callable[[Any], T]) -> T:
        alone: AbstractContextManager[Any] = nullcontext()
        for pause_s in PAUSES_S:
            system = None
            try:
                with alone, map_remote_errors(self._error, self.address, name):
                    system = self._connect()
                    return act(system)
            except self._error as error:
                if not is_passing(error.__cause__):
                    raise
                log.info("%s; trying again in %s s", error, pause_s)
            self._leave(system)
            time.sleep(pause_s)
            alone = self._one_by_one
        with alone, map_remote_errors(self._error, self.address, name):
            return act(self._connect())

    def _connect(self) -> Any:
        with self._lock:
            if self._system is None:
                self._system = connect(self.address)
            return self._system

    def _leave(self, system: Any) -> None:
        """End a connection that failed, unless another thread has made a new one since."""
        with self._lock:
            if self._system is system:
                self._system = None


def _read_up_to(file: BinaryIO, limit: int) -> bytes:
    """At most `limit` bytes, by blocks: SFTP would ask for all of the limit at once."""
    found = bytearray()
    while len(found) < limit and (block := file.read(min(BLOCK, limit - len(found)))):
        found += block
    return bytes(found)


def _remove(call: Callable[[str], object], path: str) -> None:
    try:
        call(path)
    except Exception as problem:
        if not is_absent(problem):
            raise


def _read_entry(facts: dict[str, Any]) -> RemoteEntry:
    """What fsspec's file systems say of a file, each in its own way."""
    changed = next((facts[key] for key in ("LastModified", "mtime", "created") if key in facts), "")
    when = changed.timestamp() if isinstance(changed, datetime) else changed
    return RemoteEntry(
        name=posixpath.basename(str(facts["name"]).rstrip("/")),
        bytes=int(facts.get("size") or 0),
        is_folder=facts["type"] == "directory",
        modified_s=when if isinstance(when, int | float) else float("inf"),
    )


def _is_plain(name: str) -> bool:
    return not find_fault(name) and not find_illegible(name) and "/" not in name
