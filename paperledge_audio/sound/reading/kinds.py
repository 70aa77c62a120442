"""The kinds of sound file that are read, as a table: a kind is a row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.sound.reading import chunks, flac, mpeg, ogg

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from paperledge_audio.sound.reading.stored import Portion, Stored


@dataclass(frozen=True, slots=True)
class Kind:
    """A container, and what is known of it before and after its sound is decoded."""

    name: str
    starts: str
    """A regular expression for its first bytes, each character a byte."""
    demuxer: str
    """What ffmpeg calls it."""
    whole: Callable[[Stored, int], Portion | None]
    """What a decoder may go by; None where libsndfile would have to be told how long it is.

    Raises SoundError where the file, whose container begins at the given byte, lacks a part of
    what it states, as far as no decoder tells.
    """
    check: Callable[[Stored, int, NDArray[np.float32]], None] = lambda _stored, _start, _sound: None
    """Raises SoundError where what libsndfile has decoded is not what was encoded."""
    libsndfile: bool = True
    """Whether libsndfile reads it, most of its codecs at least; ffmpeg reads everything else."""
    exact: bool = False
    """Whether ffmpeg has the length from the file, and doesn't guess it from a bitrate."""


def _told(stored: Stored, start: int) -> None:
    """Of a file of which ffmpeg tells where it is cut off or damaged."""


KINDS = (
    Kind("WAV", "RIFF....WAVE", "wav", chunks.RIFF.whole),
    Kind("WAV", "RIFX....WAVE", "wav", chunks.RIFX.whole),
    Kind("RF64", "RF64....WAVE", "wav", chunks.RIFF.whole),
    Kind("W64", r"riff\x2e\x91\xcf\x11\xa5\xd6", "w64", chunks.WAVE64.whole),
    Kind("AIFF", "FORM....AIF[FC]", "aiff", chunks.AIFF.whole),
    Kind("CAF", "caff", "caf", chunks.CAF.whole),
    Kind("AU", r"\.snd|dns\.", "au", chunks.whole_au),
    Kind("FLAC", "fLaC", "flac", flac.whole, flac.check),
    Kind("Ogg", "OggS", "ogg", ogg.whole, exact=True),
    Kind("MP3", r"\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff]", "mp3", mpeg.whole),
    Kind("MP4", "....(ftyp|moov|mdat|wide)", "mov", chunks.whole_mp4, libsndfile=False, exact=True),
    Kind("WMA", r"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "asf", chunks.ASF.whole, libsndfile=False),
    Kind("AAC", r"\xff[\xf0\xf1\xf8\xf9]", "aac", _told, libsndfile=False),
    Kind("AC-3", r"\x0b\x77...[\x00-\x57]", "ac3", _told, libsndfile=False),
    Kind("E-AC-3", r"\x0b\x77...[\x58-\x87]", "eac3", _told, libsndfile=False),
    Kind("Matroska", r"\x1a\x45\xdf\xa3", "matroska", _told, libsndfile=False),
    Kind("WavPack", "wvpk", "wv", _told, libsndfile=False, exact=True),
    Kind("TTA", "TTA1", "tta", _told, libsndfile=False, exact=True),
)


_STARTS = tuple((re.compile(kind.starts, re.DOTALL), kind) for kind in KINDS)


def recognised(start: bytes) -> Kind | None:
    """The kind of file that begins so; None where it is none of these."""
    text = start.decode("latin-1")
    return next((kind for starts, kind in _STARTS if starts.match(text)), None)
