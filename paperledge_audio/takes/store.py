"""The content-addressed store of takes on this machine.

    <cache>/takes/ab/abcdef….{flac,json}    see `entries`

Files appear by rename, the JSON last, and its seal is checked before anything is used. So writers
may race or be killed, and disks may change bits: at worst a take is made again. Finding a take
renews the time of its JSON; if the store exceeds its limit, the takes that were unused for longest
are removed. With a shared store behind it, a take that is not here is copied from there, a new one
is kept here, then there, and `share` sends what only is here.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
import time
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from paperledge_audio.engines.figures import measure_take
from paperledge_audio.engines.words import make_take
from paperledge_audio.errors import StoreError, TakeError, map_errors
from paperledge_audio.files.reading import list_folder, no_file, read_bytes
from paperledge_audio.files.writing import NO_ROOM, write_over
from paperledge_audio.takes.entries import (
    LARGEST_FACTS,
    LARGEST_SOUND,
    decode_entry,
    encode_entry,
    is_sealed,
)
from paperledge_audio.takes.shared import StoreSize, do_at_once
from paperledge_audio.takes.speeds import Speeds
from paperledge_audio.units import seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from paperledge_audio.engines.model import Marks, Take, TakeFigures
    from paperledge_audio.spoken.model import Segment
    from paperledge_audio.takes.entries import KeptSound
    from paperledge_audio.takes.shared import SharedTakes

log = logging.getLogger(__name__)

ABANDONED_S = 3600
"""No write takes an hour; older partial files are abandoned."""
_ENTRY = re.compile(r"[0-9a-f]{64}\.(flac|json)")
_PART = re.compile(rf"\.{_ENTRY.pattern}\.[0-9a-f]{{8}}\.part")
"""Names of partial files of `files.write_whole`."""
LIMIT_BYTES = 4_000_000_000
"""The default limit: about a hundred hours of takes."""


class TakeStore:
    """Takes in a folder. Safe for many threads and processes at once.

    `shared` is the store that other machines use as well, if there is one.
    """

    def __init__(self, folder: Path, shared: SharedTakes | None = None) -> None:
        self.folder = folder / "takes"
        self.shared = shared
        self.speeds = Speeds(folder)
        """How fast takes are made here."""
        self._absent: set[str] = set()
        """Names of takes that the shared store was just asked for."""
        self._shared: set[str] = set()
        """Names of takes that the shared store is known to have."""
        self.damaged: set[str] = set()
        """Names of damaged takes, which are made again."""

    @property
    def place(self) -> str:
        """Where its takes are: for other machines as well, if there is a shared store."""
        return str(self.shared.address if self.shared else self.folder)

    def check(self) -> None:
        """Raise StoreError where takes can't be kept here, or the shared store can't be asked."""
        with _make_folder(self.folder), tempfile.TemporaryFile(dir=self.folder):
            pass
        if self.shared:
            self.shared.check()

    def fetch(self, names: Sequence[str]) -> None:
        """Copy those of these takes that are not here from the shared store, many at once.

        The next `find` of one that is not there does not ask again.
        """

        def fetch(name: str) -> None:
            if not self._fetch(name):
                self._absent.add(name)

        if self.shared:
            here = {name for name in names if self.has(name)}
            do_at_once(fetch, dict.fromkeys(name for name in names if name not in here))

    def share(self, names: Iterable[str]) -> frozenset[str]:
        """Send those of these takes that only this machine has to the shared store, many at once.

        Returns those that it has then. Asks once for each take that was here before. Raises
        StoreError where the shared store can't be read or written.
        """

        def share(name: str) -> None:
            if self.shared and not self.shared.has(name):
                files = self._load(name)
                if files is None:
                    return
                self.shared.write(name, *files)
            self._shared.add(name)

        asked = frozenset(names)
        if self.shared:
            do_at_once(share, asked - self._shared)
        return asked & self._shared

    def has(self, name: str) -> bool:
        """Whether this machine has a take called `name`; it is not read."""
        return os.path.lexists(self._file(name, ".json"))

    def find(self, name: str, segment: Segment, engine: str) -> Take | None:
        """The kept take called `name` (see `take_id`), or None if there is none that is intact.

        `segment` is its text, `engine` the fingerprint of the engine. Raises StoreError where the
        shared store can't be read.
        """
        take = self._find_here(name, segment, engine)
        if take is None and self.shared:
            if name in self._absent:
                self._absent.discard(name)
            elif self._fetch(name):
                take = self._find_here(name, segment, engine)
        return take

    def look(self, names: Iterable[str]) -> dict[str, float | None]:
        """Which of these takes there are, each with its length in seconds; changes nothing.

        The length of one that only the shared store has is None.
        """
        found: dict[str, float | None] = {}
        absent = []
        for name in dict.fromkeys(names):
            if entry := self._read(name):
                found[name] = seconds(entry[0].frames, entry[0].rate)
            else:
                absent.append(name)

        def look(name: str) -> None:
            if self.shared and self.shared.has(name):
                found[name] = None

        if self.shared:
            do_at_once(look, absent)
        return found

    def _find_here(self, name: str, segment: Segment, engine: str) -> Take | None:
        entry = self._read(name)
        if entry is None:
            return None
        with suppress(OSError):
            os.utime(self._file(name, ".json"))  # it was used: prune others first
        sound, marks, figures = entry
        take = make_take(segment, sound, marks, engine, name)
        return replace(take, figures=figures or measure_take(take))

    def _read(self, name: str) -> tuple[KeptSound, Marks, TakeFigures | None] | None:
        """The sound, marks and figures of a take that is here and intact."""
        files = self._load(name)
        try:
            return decode_entry(files[0], self._file(name, ".flac")) if files else None
        except ValueError:
            self._note_damaged(name)
            return None

    def _load(self, name: str) -> tuple[bytes, bytes] | None:
        """The JSON and the FLAC file of a take that is here and is what was kept."""
        facts_file, flac = self._file(name, ".json"), self._file(name, ".flac")
        if not os.path.lexists(facts_file):
            return None
        try:
            text = read_bytes(facts_file, LARGEST_FACTS, "a take", error=TakeError)
            data = read_bytes(flac, LARGEST_SOUND, "a take", error=TakeError)
            if not is_sealed(name, text, data):
                raise TakeError("the take is not what was kept")
        except TakeError:
            self._note_damaged(name)
            return None
        return text, data

    def _note_damaged(self, name: str) -> None:
        self.damaged.add(name)
        log.info("the take %s is damaged and will be made again", self._file(name, ".json"))

    def keep(self, name: str, take: Take) -> Take:
        """Keep `take` as `name`; returns it as `find` will, so that all takes sound alike.

        Raises StoreError where it can't be written.
        """
        text, data, kept = encode_entry(name, take, self._file(name, ".flac"))
        self._write(name, text, data)
        if self.shared:
            self.shared.write(name, text, data)
            self._shared.add(name)
        return kept

    def _fetch(self, name: str) -> bool:
        """Copy a take from the shared store; False if it has none that is intact."""
        found = self.shared.read(name) if self.shared else None
        if found is None:
            return False
        text, sound = found
        if not is_sealed(name, text, sound):
            self.damaged.add(name)
            log.info("the shared take %s is damaged and will be made again", name)
            return False
        self._write(name, text, sound)
        self._shared.add(name)
        self.damaged.discard(name)
        return True

    def _write(self, name: str, text: bytes, sound: bytes) -> None:
        flac = self._file(name, ".flac")
        with _make_folder(flac.parent):
            write_over(flac, sound)
            write_over(self._file(name, ".json"), text)

    def measure_size(self) -> StoreSize:
        """How many takes there are, and their size."""
        sizes = [size for *_, size in self._entries()]
        return StoreSize(len(sizes), sum(sizes))

    def prune(self, limit_bytes: int = LIMIT_BYTES) -> StoreSize:
        """Remove the takes that were unused for longest until the rest fits the limit.

        Returns what was removed. Partial files of more than an hour ago are removed, too. Files
        with names that a store doesn't use stay.
        """
        for part in self._files():
            with suppress(OSError):
                if _PART.fullmatch(part.name) and part.stat().st_mtime < time.time() - ABANDONED_S:
                    part.unlink()
        entries = sorted(self._entries())
        excess = sum(size for *_, size in entries) - limit_bytes
        removed = freed = 0
        for _, entry, size in entries:
            if (
                freed >= excess and limit_bytes > 0
            ):  # with a limit of 0 empty files are removed, too
                break
            _remove(entry.with_suffix(".json"))  # first: without it nothing counts
            _remove(entry.with_suffix(".flac"))
            removed, freed = removed + 1, freed + size
        return StoreSize(removed, freed)

    def _entries(self) -> Iterator[tuple[float, Path, int]]:
        """When each take was last used, its files' path without suffix, and their size.

        Anything with such a name counts, even half a take or a folder.
        """
        used: dict[Path, float] = {}
        sizes: dict[Path, int] = {}
        for file in self._files():  # a take's .flac before its .json, whose time counts
            if not (_ENTRY.fullmatch(file.name) and file.stem.startswith(file.parent.name)):
                continue
            with (
                map_errors(TakeError, "can't be read", "make it readable", path=file),
                suppress(FileNotFoundError),  # another process removed it just now
            ):
                facts, entry = file.lstat(), file.with_suffix("")
                used[entry] = facts.st_mtime
                sizes[entry] = sizes.get(entry, 0) + facts.st_size
        return ((used[entry], entry, size) for entry, size in sizes.items())

    def _files(self) -> Iterator[Path]:
        """All that lies where takes may lie, in order; raises TakeError for what can't be read."""
        for folder in list_folder(self.folder, TakeError, must_exist=False):
            if len(folder.name) == 2 and no_file(folder):
                yield from list_folder(folder, TakeError, must_exist=False)

    def _file(self, name: str, suffix: str) -> Path:
        return self.folder / name[:2] / (name + suffix)


@contextmanager
def _make_folder(folder: Path) -> Iterator[None]:
    """Make a folder, and write to it inside; raises StoreError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        remedy = "free some space there" if error.errno in NO_ROOM else "make it a writable folder"
        raise StoreError(
            f"a take can't be kept: {error.strerror}",
            f"{remedy}, or point PAPERLEDGE_CACHE to another folder",
            path=folder,
        ) from error


def _remove(path: Path) -> None:
    """Remove anything at a path; raises TakeError if that fails."""
    with (
        map_errors(TakeError, "can't be removed", "remove it", path=path),
        suppress(FileNotFoundError),
    ):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
