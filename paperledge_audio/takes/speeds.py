"""How fast this machine works, as its own renders measured it.

    <cache>/speeds.json    what was done → [characters, seconds of sound, seconds of work]

Speech is measured by engine, under its fingerprint, and per processor: a model speaks on one
thread. What follows the speech, from mixing to the files, is measured together. It is only good
for estimates, so of two renders that write at once one counts, and what can't be read counts as
nothing.
"""

from __future__ import annotations

import json
import logging
import time
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from math import isfinite
from threading import Lock
from typing import TYPE_CHECKING

from paperledge_audio.errors import TakeError
from paperledge_audio.files.documents import parse_json
from paperledge_audio.files.reading import read_bytes
from paperledge_audio.files.writing import write_over

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

log = logging.getLogger(__name__)

FINISHING = "finishing"
"""What is done once all takes are there."""
FILE = "speeds.json"
LARGEST = 100_000
"""Bytes of the file."""
MOST = 100
"""Entries of the file; the oldest ones go."""
REMEMBERED_S = 3600.0
"""Seconds of sound: older measurements count less where there are more."""


@dataclass(slots=True)
class Work:
    """An amount of work."""

    characters: float = 0.0
    """Of the spoken text, at pace 1; 0 where none was spoken."""
    sound_s: float = 0.0
    spent_s: float = 0.0

    def __add__(self, other: Work) -> Work:
        return Work(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    def __mul__(self, factor: float) -> Work:
        return Work(*(factor * part for part in astuple(self)))


class Speeds:
    """Measures work, and keeps what was measured. Safe for many threads."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._lock = Lock()
        self._measured: dict[str, Work] = {}

    def add(self, name: str, work: Work) -> None:
        """Count work of this process; `keep` writes it."""
        with self._lock:
            self._measured[name] = self._measured.get(name, Work()) + work

    @contextmanager
    def measure(self, name: str, *, alone: bool) -> Iterator[Work]:
        """Measure what is done inside; who does it sets the characters and the seconds of sound.

        `alone`: by the time that passes, else by the processor time of this thread, which others
        don't lengthen. What fails is not counted.
        """
        clock = time.perf_counter if alone else time.thread_time
        start, work = clock(), Work()
        yield work
        work.spent_s = clock() - start
        self.add(name, work)

    def read(self) -> dict[str, Work]:
        """All that was kept, by name, the oldest first."""
        try:
            data = read_bytes(self._path, LARGEST, "a list of speeds", error=TakeError)
            rows = parse_json(data).items()
            found = {name: Work(*map(_amount, row)) for name, row in rows}
        except (TakeError, ValueError, TypeError, AttributeError):
            return {}
        return {name: work for name, work in found.items() if work.sound_s and work.spent_s}

    def keep(self) -> None:
        """Add what was measured to what is kept; where that can't be written, nothing is."""
        with self._lock:
            new, self._measured = self._measured, {}
        new = {name: work for name, work in new.items() if work.sound_s and work.spent_s}
        if not new:
            return
        kept = self.read()
        for name, work in new.items():
            old = kept.pop(name, Work())
            older = max(REMEMBERED_S - work.sound_s, 0.0) / max(old.sound_s, 1.0)
            kept[name] = work + old * min(older, 1.0)
        rows = {
            name: [round(part, 6) for part in astuple(work)]
            for name, work in [*kept.items()][-MOST:]
        }
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_over(self._path, json.dumps(rows, ensure_ascii=False).encode())
        except OSError as error:
            log.info("speeds are not kept: %s", error)


def _amount(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    if not (isfinite(value) and 0 <= value <= 1e12):
        raise ValueError
    return float(value)
