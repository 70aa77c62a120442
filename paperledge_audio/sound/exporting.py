"""A clip → the bytes of a sound file, for a single line and not for an episode.

libsndfile writes what it can; pydub has ffmpeg write the rest, with the whole sound in memory as
16-bit integers.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from paperledge_audio.errors import SoundError, map_errors
from paperledge_audio.sound.ffmpeg import find_program
from paperledge_audio.sound.reading.ogg import fix_serial

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperledge_audio.sound.clip import Clip

FULL_SCALE = 1 << 15
"""Of 16-bit samples."""


@dataclass(frozen=True, slots=True)
class LineFormat:
    """How a line is written: by libsndfile with a subtype, or by ffmpeg with a codec."""

    name: str
    subtype: str = ""
    codec: str = ""


LINE_FORMATS: Mapping[str, LineFormat] = {
    ".wav": LineFormat("WAV", subtype="PCM_16"),
    ".flac": LineFormat("FLAC", subtype="PCM_16"),
    ".ogg": LineFormat("OGG", subtype="VORBIS"),
    ".mp3": LineFormat("mp3", codec="libmp3lame"),
    ".m4a": LineFormat("ipod", codec="aac"),
}
"""By the ending of a file's name."""


def export(clip: Clip, ending: str, remark: str) -> bytes:
    """A file of the clip with `remark` as a comment near its beginning; always the same bytes.

    `ending`: one in the table. Raises MissingError where ffmpeg is needed and isn't there,
    SoundError where it fails.
    """
    form = LINE_FORMATS[ending]
    if form.codec:
        converter = find_program("ffmpeg", f"writing {ending[1:].upper()}")
        return _export_by_ffmpeg(clip, form, remark, converter)
    data = io.BytesIO()
    with soundfile.SoundFile(
        data, "w", clip.rate, clip.channels, form.subtype, format=form.name
    ) as file:
        file.comment = remark
        file.write(clip.samples)
    return _fix_serial(data) if form.name == "OGG" else data.getvalue()


def _fix_serial(data: io.BytesIO) -> bytes:
    data.seek(0)
    fixed = io.BytesIO()
    fix_serial(data, fixed)
    return fixed.getvalue()


def _export_by_ffmpeg(clip: Clip, form: LineFormat, remark: str, converter: str) -> bytes:
    with warnings.catch_warnings():  # pydub's own, about regular expressions and ffmpeg's place
        warnings.simplefilter("ignore")
        from pydub import AudioSegment  # noqa: PLC0415 - a second that few lines need
        from pydub.exceptions import PydubException  # noqa: PLC0415
    whole = np.clip(np.rint(clip.samples * FULL_SCALE), -FULL_SCALE, FULL_SCALE - 1)
    segment = AudioSegment(
        whole.astype("<i2").tobytes(), sample_width=2, frame_rate=clip.rate, channels=clip.channels
    )
    segment.converter = converter
    data = io.BytesIO()
    start_first = ("-movflags", "+faststart") if form.name == "ipod" else ()
    what, raised = "ffmpeg can't write this format", (PydubException, OSError)
    with map_errors(SoundError, what, "name a .wav file", foreign=raised):
        segment.export(
            data,
            format=form.name,
            codec=form.codec,
            bitrate="128k",
            tags={"comment": remark},
            parameters=["-map_metadata:s", "-1", "-fflags", "+bitexact", *start_first],
        )
    return data.getvalue()
