"""Sound files, decoded by libsndfile while they are read."""

from __future__ import annotations

import io
from collections import deque
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from paperledge_audio.errors import SoundError
from paperledge_audio.sound.clip import BLOCK
from paperledge_audio.sound.quiet import silence_c_libraries

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

KEPT_S = 30
"""Seconds that are kept when they were decoded: so long a step back costs nothing. Without them
`verify --speech` takes a fifth longer (docs/BENCHMARKS.md)."""


class DecodedSound:
    """The sound in a file of one kind, as a player gives it.

    `source`: the file's path or its bytes; `path` names it in messages. `kind`: libsndfile's name
    of it, as "FLAC", or "OGG" with the subtype "OPUS". Raises SoundError for another kind, and
    `read` does for a file that ends before its time.
    """

    def __init__(
        self, source: Path | bytes, kind: str, subtype: str = "", *, path: Path | None = None
    ) -> None:
        self._source, self._name = source, subtype.title() or kind
        self._path = path if isinstance(source, bytes) else source
        self._kept: deque[NDArray[np.float32]] = deque()
        self._file = self._opened()
        if self._file.format != kind or subtype not in {"", self._file.subtype}:
            raise SoundError(f"is {self._file.format}, not {self._name}", path=self._path)
        self.rate: int = self._file.samplerate
        self.channels: int = self._file.channels
        self.frames: int = self._file.frames

    def read(self, start: int, end: int) -> NDArray[np.float32]:
        """Frames `start` up to `end`, read-only; fastest where the last read has ended.

        Going back by more than KEPT_S means starting again: a codec with memory gives other samples
        after a seek (libsndfile's MP3 after one in some hundreds).
        """
        if start < self._file.tell() - sum(map(len, self._kept)):
            self._file.close()
            self._file = self._opened()
        while (here := self._file.tell()) < start:
            self._next(min(start - here, BLOCK))
            self._forget()
        block = self._next(max(end - here, 0))
        found = block if start == here else self._recall(start, end)
        self._forget()
        return found

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _opened(self) -> soundfile.SoundFile:
        self._kept.clear()
        silence_c_libraries()
        try:
            given = io.BytesIO(self._source) if isinstance(self._source, bytes) else self._source
            return soundfile.SoundFile(given)
        except soundfile.SoundFileError as error:
            raise self._unusable("is not {} that can be decoded") from error

    def _recall(self, start: int, end: int) -> NDArray[np.float32]:
        """Frames that were decoded already."""
        found: list[NDArray[np.float32]] = []
        first = self._file.tell()
        for block in reversed(self._kept):
            first -= len(block)
            found.append(block[max(start - first, 0) : max(end - first, 0)])
            if first <= start:
                break
        return np.concatenate(found[::-1])

    def _next(self, count: int) -> NDArray[np.float32]:
        """The next frames, which are kept until they are forgotten."""
        try:
            samples: NDArray[np.float32] = self._file.read(count, dtype="float32", always_2d=True)
        except soundfile.SoundFileError as error:
            raise self._unusable("is not {} that can be decoded") from error
        if len(samples) != count:
            raise self._unusable("ends before its time")
        samples.flags.writeable = False
        if count:
            self._kept.append(samples)
        return samples

    def _forget(self) -> None:
        """Keep the last frames only."""
        spare = sum(map(len, self._kept)) - round(KEPT_S * self.rate)
        while spare > 0:
            first = self._kept.popleft()
            if spare < len(first):
                self._kept.appendleft(first[spare:].copy())
            spare -= len(first)

    def _unusable(self, what: str) -> SoundError:
        return SoundError(what.format(self._name), "name another file", path=self._path)
