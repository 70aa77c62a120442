"""A whole file → its samples, block by block, through libsndfile or ffmpeg, up to a limit.

Both raise SoundError for what is damaged, too long or no sound, at the latest when all is read.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from paperledge_audio.errors import SoundError
from paperledge_audio.sound import ffmpeg
from paperledge_audio.sound.clip import BLOCK
from paperledge_audio.sound.quiet import silence_c_libraries
from paperledge_audio.sound.reading import limits
from paperledge_audio.sound.reading.stored import SAVE_AS, cut_off_error

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from paperledge_audio.sound.reading.kinds import SoundKind
    from paperledge_audio.sound.reading.stored import Portion

ENCODINGS = {
    *("PCM_S8", "PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE", "ULAW", "ALAW"),
    *("IMA_ADPCM", "MS_ADPCM", "ALAC_16", "ALAC_20", "ALAC_24", "ALAC_32", "VORBIS", "OPUS"),
}
"""That libsndfile decodes to the last sample in any container."""
_MP3 = ("MP3", "MPEG_LAYER_III")


@dataclass(frozen=True, slots=True)
class Decoding:
    """A sound that is decoded while its blocks are read, once."""

    rate: int
    channels: int
    blocks: Iterator[NDArray[np.float32]]
    """Each float32 [frames, channels], full scale 1."""


def decode_by_libsndfile(whole: Portion) -> Decoding | None:
    """The sound in a file; None where libsndfile can't open it."""
    silence_c_libraries()
    try:
        file = soundfile.SoundFile(whole.source, closefd=False)
    except soundfile.SoundFileError:
        return None
    if file.subtype not in ENCODINGS and (file.format, file.subtype) != _MP3:
        raise SoundError(f"holds {file.subtype_info}, which is not supported", SAVE_AS)
    limits.check_header(file.frames, file.samplerate, file.channels)
    return Decoding(file.samplerate, file.channels, _read_file(file))


def _read_file(file: soundfile.SoundFile) -> Iterator[NDArray[np.float32]]:
    with file:
        for start in range(0, file.frames, BLOCK):
            count = min(BLOCK, file.frames - start)
            try:
                block = file.read(count, dtype="float32", always_2d=True)
            except soundfile.SoundFileError as error:
                raise cut_off_error() from error
            if len(block) < count:
                raise cut_off_error()
            yield block


SLACK_S = 0.1
"""A codec's block: ASF and MP4 may state up to so much more than there is."""
_SIXTEEN_BITS = {"aac", "mp3"}
"""Codecs whose sums are rounded to 16 bits, as players do; all others to 32."""


def decode_by_ffmpeg(path: Path, kind: SoundKind) -> Decoding:
    """The sound in a file of a kind; raises MissingError without ffmpeg."""
    stream = ffmpeg.probe(path, kind.demuxer)
    stated = stream.frames if kind.exact else 0
    limits.check_header(stated, stream.rate, stream.channels)
    return Decoding(stream.rate, stream.channels, _run_ffmpeg(path, kind, stream, stated))


def _run_ffmpeg(
    path: Path, kind: SoundKind, stream: ffmpeg.Stream, stated: int
) -> Iterator[NDArray[np.float32]]:
    """Decode all of a file to disk: then it is known that nothing in it is damaged."""
    bits = 16 if stream.codec in _SIXTEEN_BITS else 32
    room = limits.most_frames(stream.rate, stream.channels)
    with tempfile.TemporaryFile() as file:
        ffmpeg.decode(path, file, kind.demuxer, f"s{bits}le", room / stream.rate)
        frames = os.fstat(file.fileno()).st_size * 8 // bits // stream.channels
        limits.check_header(frames, stream.rate, stream.channels)
        if frames < stated - SLACK_S * stream.rate:
            raise cut_off_error()
        if stated and stream.exact:
            frames = min(frames, stated)  # an encoder fills its last block
        file.seek(0)
        for start in range(0, frames, BLOCK):
            count = min(BLOCK, frames - start) * stream.channels
            steps = np.fromfile(file, f"<i{bits // 8}", count).reshape(-1, stream.channels)
            yield np.divide(steps, np.float32(1 << (bits - 1)), dtype=np.float32)
