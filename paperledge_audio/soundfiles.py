"""The one door through which sound files come in: any file → Clip."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from paperledge_audio.audio import Clip
from paperledge_audio.errors import MissingError, SoundError

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_S = 3600
"""A piece of music longer than this is a mistake, and would fill the memory."""


def read_clip(path: Path) -> Clip:
    """Read a sound file: with libsndfile if it can, else with pydub and ffmpeg.

    Raises SoundError for a file that is not sound, is empty or is longer than an hour, and
    MissingError where ffmpeg is needed but not there.
    """
    if not path.is_file() or path.stat().st_size == 0:
        raise SoundError("is empty or not a file", "name a sound file", path=path)
    try:
        with soundfile.SoundFile(path) as file:
            _check_length(path, file.frames / file.samplerate)
            clip = Clip(file.read(dtype="float32", always_2d=True), file.samplerate)
    except soundfile.LibsndfileError:
        clip = _read_with_ffmpeg(path)
    if clip.frames == 0:
        raise SoundError("holds no sound", "name another file", path=path)
    return clip


def _check_length(path: Path, seconds: float) -> None:
    if seconds > LONGEST_S:
        raise SoundError(
            f"is {seconds / 60:.0f} minutes long", "name a piece of at most an hour", path=path
        )


def _read_with_ffmpeg(path: Path) -> Clip:
    if shutil.which("ffmpeg") is None or shutil.which("ffprobe") is None:
        raise MissingError("this format needs ffmpeg", "apt-get install ffmpeg", path=path)
    from pydub import AudioSegment  # noqa: PLC0415 - slow to import, and rarely needed
    from pydub.exceptions import CouldntDecodeError  # noqa: PLC0415
    from pydub.utils import mediainfo  # noqa: PLC0415

    try:
        _check_length(path, float(mediainfo(str(path)).get("duration") or 0))
        segment = AudioSegment.from_file(path)
    except (CouldntDecodeError, OSError, IndexError, KeyError, ValueError):
        raise SoundError("is not a sound file that ffmpeg can read", path=path) from None
    full = float(1 << (8 * segment.sample_width - 1))
    samples = np.array(segment.get_array_of_samples(), np.float32).reshape(-1, segment.channels)
    return Clip(samples / np.float32(full), segment.frame_rate)
