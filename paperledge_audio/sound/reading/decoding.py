"""A whole file → its samples, through libsndfile or ffmpeg, up to a limit.

Both give float32 [frames, channels], full scale 1, with the rate in Hz, and raise SoundError for
what is damaged, too long or no sound.
"""

from __future__ import annotations

import os
import tempfile
from typing import IO, TYPE_CHECKING

import numpy as np
import soundfile

from paperledge_audio.errors import SoundError
from paperledge_audio.sound import ffmpeg
from paperledge_audio.sound.clip import BLOCK
from paperledge_audio.sound.quiet import silence_c_libraries
from paperledge_audio.sound.reading import limits
from paperledge_audio.sound.reading.stored import SAVE_AS, cut_off_error
from paperledge_audio.sound.scratch import map_full_disk

if TYPE_CHECKING:
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


def decode_by_libsndfile(whole: Portion) -> tuple[NDArray[np.float32], int] | None:
    """The sound in a file; None where libsndfile can't open it."""
    silence_c_libraries()
    try:
        file = soundfile.SoundFile(whole.source, closefd=False)
    except soundfile.SoundFileError:
        return None
    with file:
        if file.subtype not in ENCODINGS and (file.format, file.subtype) != _MP3:
            raise SoundError(f"holds {file.subtype_info}, which is not supported", SAVE_AS)
        limits.check_header(file.frames, file.samplerate, file.channels)
        samples = np.empty((file.frames, file.channels), np.float32)
        try:
            found = len(file.read(out=samples))
        except soundfile.SoundFileError as error:
            raise cut_off_error() from error
        if found < file.frames:
            raise cut_off_error()
        return samples, file.samplerate


SLACK_S = 0.1
"""A codec's block: ASF and MP4 may state up to so much more than there is."""
_SIXTEEN_BITS = {"aac", "mp3"}
"""Codecs whose sums are rounded to 16 bits, as players do; all others to 32."""


def decode_by_ffmpeg(path: Path, kind: SoundKind) -> tuple[NDArray[np.float32], int]:
    """The sound in a file of a kind.

    Raises MissingError without ffmpeg, and DeliveryError where the disk has no room for it.
    """
    stream = ffmpeg.probe(path, kind.demuxer)
    stated = stream.frames if kind.exact else 0
    limits.check_header(stated, stream.rate, stream.channels)
    bits = 16 if stream.codec in _SIXTEEN_BITS else 32
    room = limits.most_frames(stream.rate, stream.channels)
    with tempfile.TemporaryFile() as file:
        with map_full_disk("the music"):
            ffmpeg.decode(path, file, kind.demuxer, f"s{bits}le", room / stream.rate)
        frames = os.fstat(file.fileno()).st_size * 8 // bits // stream.channels
        limits.check_header(frames, stream.rate, stream.channels)
        if frames < stated - SLACK_S * stream.rate:
            raise cut_off_error()
        if stated and stream.exact:
            frames = min(frames, stated)  # an encoder fills its last block
        return _to_floats(file, bits, frames, stream.channels), stream.rate


def _to_floats(file: IO[bytes], bits: int, frames: int, channels: int) -> NDArray[np.float32]:
    """The integers at the start of a file as samples."""
    samples = np.empty((frames, channels), np.float32)
    file.seek(0)
    for start in range(0, frames, BLOCK):
        block = samples[start : start + BLOCK]
        steps = np.fromfile(file, f"<i{bits // 8}", block.size).reshape(block.shape)
        np.divide(steps, np.float32(1 << (bits - 1)), out=block, casting="same_kind")
    return samples
