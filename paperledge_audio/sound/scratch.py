"""Scratch files: sounds that are computed once, kept on disk and read as often as needed."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from threading import Lock
from typing import IO, TYPE_CHECKING

import numpy as np
import soundfile
from mutagen import MutagenError

from paperledge_audio.errors import DeliveryError
from paperledge_audio.files.writing import NO_ROOM
from paperledge_audio.sound.clip import Clip, convert_channels, read_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from paperledge_audio.sound.clip import Sound

_REMEDY = "free some space, or point TMPDIR to a folder with more of it"


class Spool:
    """A sound in a file of float32 samples, as it lies in memory, from byte `start` on."""

    def __init__(
        self,
        rate: int,
        channels: int,
        frames: int,
        file: IO[bytes],
        start: int = 0,
        *,
        lock: Lock | None = None,
    ) -> None:
        """`lock`: held while the file's position is moved, if several threads read."""
        self.rate, self.channels, self.frames = rate, channels, frames
        self._file, self._start = file, start
        self._lock = lock or Lock()

    def read(self, start: int, end: int) -> NDArray[np.float32]:
        """Frames `start` up to `end`."""
        frame = 4 * self.channels
        with self._lock:
            self._file.seek(self._start + start * frame)
            data = self._file.read((end - start) * frame)
        return np.frombuffer(data, np.float32).reshape(-1, self.channels)


class ScratchFile:
    """A temporary file to which any number of threads append clips."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._end = file, 0
        self._lock = Lock()

    def put(self, clip: Clip) -> Spool:
        """The same sound, no longer in memory; raises DeliveryError where the disk is full."""
        return self.put_blocks([clip.samples], clip.rate, clip.channels, "the speech")

    def put_blocks(
        self, blocks: Iterable[NDArray[np.float32]], rate: int, channels: int, what: str
    ) -> Spool:
        """Blocks [frames, channels] as one sound; `what` names it if the disk is full."""
        with self._lock, map_full_disk(what):
            start = end = self._file.seek(self._end)
            for block in blocks:
                end += self._file.write(np.ascontiguousarray(block).data)
            self._file.flush()
            self._end = end
        frames = (end - start) // (4 * channels)
        return Spool(rate, channels, frames, self._file, start, lock=self._lock)


@contextmanager
def open_scratch_file() -> Iterator[ScratchFile]:
    """A temporary file, which has no name and so leaves no trace."""
    with tempfile.TemporaryFile() as file:
        yield ScratchFile(file)


@contextmanager
def spool(
    sound: Sound, channels: int, tap: Callable[[NDArray[np.float32]], None] = lambda _block: None
) -> Iterator[Spool]:
    """`sound` with `channels` channels: two become one by their mean, one becomes both.

    `tap` gets every block on its way. Raises DeliveryError where the disk has no room for it (an
    hour in stereo is 1.3 GB).
    """
    with tempfile.TemporaryFile() as file:
        with map_full_disk("the mix"):
            for block in read_blocks(sound):
                samples = convert_channels(Clip(block, sound.rate), channels).samples
                file.write(samples.data)
                tap(samples)
            file.flush()
        yield Spool(sound.rate, channels, sound.frames, file)


@contextmanager
def map_full_disk(what: str) -> Iterator[None]:
    """Raise a full disk as DeliveryError that names `what`.

    The libraries that write sound and tags have errors of their own for it.
    """
    failed = f"the temporary file for {what} can't be written"
    try:
        yield
    except (soundfile.SoundFileError, MutagenError) as error:
        raise DeliveryError(f"{failed}: {error}", _REMEDY) from error
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise DeliveryError(f"{failed}: {error.strerror}", _REMEDY) from error
