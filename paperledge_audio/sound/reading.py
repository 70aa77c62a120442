"""The one door through which sound files come in: any file → Clip.

libsndfile reads most of them. pydub opens the odd M4A or WMA, with ffmpeg's help: pieces of music,
for it holds a whole file as 16-bit integers, so nothing that is spoken or mixed goes through it.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from paperledge_audio.errors import SoundError
from paperledge_audio.sound import ffmpeg
from paperledge_audio.sound.clip import Clip, cut

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

LONGEST_S = 3600
"""A piece of music longer than this is a mistake."""

MOST_SAMPLES = 3600 * 48000 * 2
"""Of all channels: 1.4 GB in memory. At 96 kHz in stereo that is half an hour."""

_LARGEST_PAGE = 65307
_LAST_PAGE = 0x04
_UNKNOWN_SIZE = 0xFFFFFFFF
"""What a WAV that was written into a pipe says of its length."""


def read_clip(path: Path) -> Clip:
    """Read a sound file: with libsndfile if it can, else with pydub and ffmpeg.

    Raises SoundError for a file that is not sound, is empty, damaged, cut off or too long, and
    MissingError where ffmpeg is needed but not there.
    """
    if not path.is_file() or path.stat().st_size == 0:
        raise SoundError("is empty or not a file", "name a sound file", path=path)
    try:
        path.open("rb").close()
    except OSError as error:
        raise SoundError(f"can't be read: {error.strerror}", path=path) from None
    try:
        file = soundfile.SoundFile(path)
    except soundfile.LibsndfileError:
        clip = _read_with_ffmpeg(path)
    else:
        with file:
            clip = _clip(_read(file, path), file.samplerate, path)
    if clip.frames == 0:
        raise SoundError("holds no sound", "name another file", path=path)
    return clip


def _read(file: soundfile.SoundFile, path: Path) -> NDArray[np.float32]:
    _check_length(path, file.frames, file.samplerate, file.channels)
    if file.format in _ENDS and not _ENDS[file.format](path):
        raise _cut_off(path)
    try:
        samples: NDArray[np.float32] = file.read(dtype="float32", always_2d=True)
    except soundfile.LibsndfileError:
        raise SoundError("is damaged", "save it again", path=path) from None
    if len(samples) < file.frames:
        raise _cut_off(path)
    return samples


def _check_length(path: Path, frames: int, rate: int, channels: int) -> None:
    if frames > LONGEST_S * rate:
        raise SoundError(
            f"is {frames / rate / 60:.0f} minutes long",
            "name a piece of at most an hour",
            path=path,
        )
    if frames * channels > MOST_SAMPLES:
        raise SoundError(
            f"holds {frames / rate / 60:.0f} minutes at {rate} Hz, too much for the memory",
            "name a shorter piece, or save it at 44100 Hz",
            path=path,
        )


def _clip(samples: NDArray[np.float32], rate: int, path: Path) -> Clip:
    try:
        return Clip(samples, rate)
    except SoundError as error:
        error.path = str(path)
        raise


def _cut_off(path: Path) -> SoundError:
    return SoundError("ends before its time: it was cut off", "copy it again", path=path)


def _wav_ends(path: Path) -> bool:
    """Whether a WAV has all the sound that it announces."""
    with path.open("rb") as file:
        if file.read(12)[:4] != b"RIFF":
            return True  # RIFX counts the other way round; nobody writes it
        while len(header := file.read(8)) == 8:
            name = header[:4]
            size: int = struct.unpack("<I", header[4:])[0]
            if name == b"data":
                return size == _UNKNOWN_SIZE or file.tell() + size <= path.stat().st_size
            file.seek(size + size % 2, 1)
    return False


def _ogg_ends(path: Path) -> bool:
    """Whether the last page of an Ogg file is marked as the last (RFC 3533, section 6)."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _LARGEST_PAGE, 0))
        _, _, page = file.read().rpartition(b"OggS")
    return len(page) > 1 and bool(page[1] & _LAST_PAGE)


_ENDS = {"WAV": _wav_ends, "OGG": _ogg_ends}
"""What libsndfile reads as far as it goes, saying nothing where it stops too early."""


def _read_with_ffmpeg(path: Path) -> Clip:
    stream = ffmpeg.probe(path)
    _check_length(path, stream.frames, stream.rate, stream.channels)
    ffmpeg.program("ffmpeg", "this format", path=path)
    from pydub import AudioSegment  # noqa: PLC0415 - slow to import, and rarely needed
    from pydub.exceptions import CouldntDecodeError  # noqa: PLC0415

    try:
        segment = AudioSegment.from_file(path)
    except (CouldntDecodeError, OSError, IndexError, KeyError, ValueError):
        raise SoundError("is not a sound file that ffmpeg can read", path=path) from None
    full = float(1 << (8 * segment.sample_width - 1))
    samples = np.array(segment.get_array_of_samples(), np.float32).reshape(-1, segment.channels)
    clip = _clip(samples / np.float32(full), segment.frame_rate, path)
    if not stream.exact or clip.rate != stream.rate:
        return clip
    if clip.frames < stream.frames:
        raise _cut_off(path)
    return cut(clip, 0, stream.frames)  # an encoder fills its last block
