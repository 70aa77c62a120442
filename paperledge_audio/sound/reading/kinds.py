"""The supported kinds of sound file, as a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.errors import SoundError
from paperledge_audio.files.reading import in_units
from paperledge_audio.sound.reading import chunks, flac, mpeg, ogg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from paperledge_audio.sound.reading.stored import Portion, Stored

    Blocks = Iterator[NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class SoundKind:
    """A kind of sound file: its container and how to check it."""

    name: str
    starts: str
    """A regular expression for its first bytes, each character a byte."""
    demuxer: str
    """ffmpeg's name for it."""
    locate_sound: Callable[[Stored, int], Portion | None]
    """What a decoder may go by; None where libsndfile would have to be told how long it is.

    Raises SoundError where the file, whose container begins at the given byte, lacks a part of
    what it states, as far as no decoder tells.
    """
    check: Callable[[Stored, int, Blocks], Blocks] = lambda _stored, _start, blocks: blocks
    """Passes blocks on; raises SoundError if libsndfile didn't decode what was encoded."""
    libsndfile: bool = True
    """Whether libsndfile reads it, most of its codecs at least; ffmpeg reads everything else."""
    exact: bool = False
    """Whether ffmpeg has the length from the file, and doesn't guess it from a bitrate."""


def _trust_ffmpeg(stored: Stored, start: int) -> None:
    """For kinds for which ffmpeg reports a file that is cut off or damaged."""


LARGEST_BARE_BYTES = 300_000_000
"""Of frames without a container, among which ffmpeg looks for one to the end of the file."""


def _trust_if_small(stored: Stored, start: int) -> None:
    """The same for frames without a container, of which half an hour is smaller than this."""
    _trust_ffmpeg(stored, start)
    if stored.size > LARGEST_BARE_BYTES:
        raise SoundError(f"is larger than {in_units(LARGEST_BARE_BYTES)}", "name a shorter piece")


KINDS = (
    SoundKind("WAV", "RIFF....WAVE", "wav", chunks.RIFF.locate_sound),
    SoundKind("WAV", "RIFX....WAVE", "wav", chunks.RIFX.locate_sound),
    SoundKind("RF64", "RF64....WAVE", "wav", chunks.RIFF.locate_sound),
    SoundKind("W64", r"riff\x2e\x91\xcf\x11\xa5\xd6", "w64", chunks.WAVE64.locate_sound),
    SoundKind("AIFF", "FORM....AIF[FC]", "aiff", chunks.AIFF.locate_sound),
    SoundKind("CAF", "caff", "caf", chunks.CAF.locate_sound),
    SoundKind("AU", r"\.snd|dns\.", "au", chunks.locate_au),
    SoundKind("FLAC", "fLaC", "flac", flac.locate_sound, flac.check_md5),
    SoundKind("Ogg", "OggS", "ogg", ogg.locate_sound, exact=True),
    SoundKind("MP3", r"\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff]", "mp3", mpeg.locate_sound),
    SoundKind(
        "MP4", "....(ftyp|moov|mdat|wide)", "mov", chunks.locate_mp4, libsndfile=False, exact=True
    ),
    SoundKind(
        "WMA", r"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "asf", chunks.ASF.locate_sound, libsndfile=False
    ),
    SoundKind("AAC", r"\xff[\xf0\xf1\xf8\xf9]", "aac", _trust_if_small, libsndfile=False),
    SoundKind("AC-3", r"\x0b\x77...[\x00-\x57]", "ac3", _trust_if_small, libsndfile=False),
    SoundKind("E-AC-3", r"\x0b\x77...[\x58-\x87]", "eac3", _trust_if_small, libsndfile=False),
    SoundKind("Matroska", r"\x1a\x45\xdf\xa3", "matroska", _trust_ffmpeg, libsndfile=False),
    SoundKind("WavPack", "wvpk", "wv", _trust_ffmpeg, libsndfile=False, exact=True),
    SoundKind("TTA", "TTA1", "tta", _trust_ffmpeg, libsndfile=False, exact=True),
)


_STARTS = tuple((re.compile(kind.starts, re.DOTALL), kind) for kind in KINDS)


def recognise(start: bytes) -> SoundKind | None:
    """The kind of file that begins with these bytes; None if it is not supported."""
    text = start.decode("latin-1")
    return next((kind for starts, kind in _STARTS if starts.match(text)), None)
