"""Reading sound files: any supported file → Sound.

The length that a file states must match its size and what was decoded; an incomplete file, or one
with a wrong checksum, is an error. `kinds` is the table of supported formats, `limits` has the
limits.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

import soundfile

from paperledge_audio.errors import SoundError, locate_errors, map_errors
from paperledge_audio.files.reading import open_file
from paperledge_audio.sound.clip import load
from paperledge_audio.sound.reading import limits
from paperledge_audio.sound.reading.decoding import decode_by_ffmpeg, decode_by_libsndfile
from paperledge_audio.sound.reading.kinds import recognise
from paperledge_audio.sound.reading.stored import SAVE_AS, Stored, cut_off_error, skip_id3
from paperledge_audio.sound.scratch import open_scratch_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from paperledge_audio.sound.clip import Clip, Sound
    from paperledge_audio.sound.scratch import ScratchFile

__all__ = ["check_whole", "read_clip", "read_sound"]

_FIRST_BYTES = 32


def read_clip(path: Path) -> Clip:
    """A sound file in memory, for a short one; errors as with `read_sound`."""
    with open_scratch_file() as scratch:
        return load(read_sound(path, scratch))


def read_sound(path: Path, scratch: ScratchFile) -> Sound:
    """Read a sound file of a kind in `kinds.KINDS` into `scratch`, with a block of it in memory.

    Raises SoundError for a file that is none of them, that is no regular file, is cut off,
    damaged, empty, too long or sampled at an odd rate; MissingError where ffmpeg is needed but
    not there; DeliveryError where there is no room on the disk.
    """
    with _open(path, limits.LARGEST_BYTES) as stored:
        if stored.size == 0:
            raise SoundError("is empty", "name another file")
        start = skip_id3(stored, 0)
        if start >= stored.size:
            raise cut_off_error()
        kind = recognise(stored.read_at(start, _FIRST_BYTES))
        if kind is None:
            raise SoundError(f"is {_describe_kind(stored)}", SAVE_AS)
        whole = kind.locate_sound(stored, start)
        decoded = decode_by_libsndfile(whole) if kind.libsndfile and whole else None
        if decoded:
            blocks = kind.check(stored, start, decoded.blocks)
        else:
            decoded = decode_by_ffmpeg(path, kind)
            blocks = decoded.blocks
        checked = limits.check_samples(blocks)
        sound = scratch.put_blocks(checked, decoded.rate, decoded.channels, "the music")
        if sound.frames == 0:
            raise SoundError("holds no sound", "name another file")
        return sound


def check_whole(path: Path) -> None:
    """Raise SoundError for a file that is cut off or damaged, as far as its container shows.

    Nothing is decoded, and any length is allowed. Other files pass: decoders refuse them.
    """
    with _open(path, limits.LARGEST_RELEASE_BYTES) as stored:
        start = skip_id3(stored, 0)
        if kind := recognise(stored.read_at(start, _FIRST_BYTES)):
            kind.locate_sound(stored, start)


@contextmanager
def _open(path: Path, limit: int) -> Iterator[Stored]:
    """A file; errors that are raised while it is open get its path."""
    with (
        open_file(path, limit, "a sound file", error=SoundError) as file,
        locate_errors(path=str(path)),
        map_errors(SoundError, "can't be read"),
    ):
        yield Stored(file, os.fstat(file.fileno()).st_size)


def _describe_kind(stored: Stored) -> str:
    """A description of an unsupported file, as far as libsndfile knows its format."""
    try:
        with soundfile.SoundFile(stored.handle, closefd=False) as file:
            return f"{soundfile.available_formats()[file.format]}, which is not supported"
    except soundfile.SoundFileError:
        return "not a sound file of a kind that is read"
