"""The one door through which sound files come in: any file → Clip.

What a file states of its length is held against its size and against what was decoded; one that
lacks a part, or whose checksum doesn't fit, is refused. `kinds` is the table of what is read, and
`limits` says how much of it.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import soundfile

from paperledge_audio.errors import PaperledgeError, SoundError
from paperledge_audio.files.reading import open_file
from paperledge_audio.sound.clip import Clip
from paperledge_audio.sound.reading import limits
from paperledge_audio.sound.reading.decoding import by_ffmpeg, by_libsndfile
from paperledge_audio.sound.reading.kinds import recognised
from paperledge_audio.sound.reading.stored import SAVE_AS, Stored, behind_id3, cut_off

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["check_whole", "read_clip"]

_FIRST_BYTES = 32


def read_clip(path: Path) -> Clip:
    """Read a sound file of a kind in `kinds.KINDS`.

    Raises SoundError for a file that is none of them, that is no regular file, is cut off,
    damaged, empty, too long or sampled at an odd rate; MissingError where ffmpeg is needed but
    not there; DeliveryError where ffmpeg finds no room on the disk.
    """
    with _opened(path, limits.LARGEST_BYTES) as stored:
        if stored.size == 0:
            raise SoundError("is empty", "name another file")
        start = behind_id3(stored, 0)
        if start >= stored.size:
            raise cut_off()
        kind = recognised(stored.at(start, _FIRST_BYTES))
        if kind is None:
            raise SoundError(f"is {_name(stored)}", SAVE_AS)
        whole = kind.whole(stored, start)
        decoded = by_libsndfile(whole) if kind.libsndfile and whole else None
        if decoded:
            kind.check(stored, start, decoded[0])
        samples, rate = decoded or by_ffmpeg(path, kind)
        limits.check_samples(samples)
        if len(samples) == 0:
            raise SoundError("holds no sound", "name another file")
        return Clip(samples, rate)


def check_whole(path: Path) -> None:
    """Raise SoundError for a file that is cut off or damaged, as far as its container tells.

    Nothing is decoded, and any length will do. What is no sound file passes: a decoder says it.
    """
    with _opened(path, limits.LARGEST_RELEASE_BYTES) as stored:
        start = behind_id3(stored, 0)
        if kind := recognised(stored.at(start, _FIRST_BYTES)):
            kind.whole(stored, start)


@contextmanager
def _opened(path: Path, limit: int) -> Iterator[Stored]:
    """A file; errors that are raised while it is open get its path."""
    with open_file(path, limit, "a sound file", error=SoundError) as file:
        try:
            yield Stored(file, os.fstat(file.fileno()).st_size)
        except PaperledgeError as error:
            raise error.located(path=error.path or str(path)) from error
        except OSError as error:
            raise SoundError(f"can't be read: {error.strerror}", path=path) from error


def _name(stored: Stored) -> str:
    """What a file is that is not read, as far as libsndfile knows it."""
    try:
        with soundfile.SoundFile(stored.handle, closefd=False) as file:
            return f"{soundfile.available_formats()[file.format]}, which is not supported"
    except soundfile.SoundFileError:
        return "not a sound file of a kind that is read"
