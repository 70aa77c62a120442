"""Sound → AAC in an M4A or M4B → sound, through ffmpeg.

The sound goes to ffmpeg through a pipe, so that memory stays flat. The file's edit list says how
much priming to skip and where the sound ends, to the sample. ffmpeg's decoder applies it at the
start only, so the end is cut here.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.deliver.clean import clip_text
from paperledge_audio.errors import SoundError
from paperledge_audio.sound import ffmpeg
from paperledge_audio.sound.clip import read_blocks
from paperledge_audio.sound.scratch import Spool, map_full_disk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from paperledge_audio.deliver.encode.settings import EncoderSettings
    from paperledge_audio.deliver.text.chapters import FileChapter
    from paperledge_audio.sound.clip import Sound

RATE = 44100

LONGEST_TITLE_BYTES = 255
"""Of a chapter, in Nero's list of them (chpl)."""

_DEMUXER = "mov"
"""ffmpeg's name for the container; a playlist that is named like one would lead to other files."""
_SLACK_S = 1.0
"""More than a player drops at the start: what is decoded beyond the file's length."""
_BRANDS = {".m4a": "M4A ", ".m4b": "M4B "}


def encode(sound: Sound, path: Path, settings: EncoderSettings) -> None:
    """Write a sound at 44.1 kHz as AAC-LC around a bitrate, with its chapters.

    Chapters are a QuickTime text track and Nero's list; a title of more than 255 bytes is cut to
    them. The same sound and the same ffmpeg always give the same bytes. Raises MissingError
    without ffmpeg, DeliveryError where it fails.
    """
    table = path.with_suffix(".chapters")
    table.write_text(compose_metadata(settings.chapters, sound.frames), "utf-8")
    arguments = (
        *("-f", "f32le", "-ar", str(sound.rate), "-ac", str(sound.channels), "-i", "pipe:0"),
        *("-f", "ffmetadata", "-i", f"file:{table}", "-map", "0:a", "-map_chapters", "1"),
        *(
            "-c:a",
            "aac",
            "-b:a",
            f"{settings.kbps}k",
            "-fflags",
            "+bitexact",
            "-flags:a",
            "+bitexact",
        ),
        *("-f", "ipod", "-brand", _BRANDS[path.suffix], "-movflags", "+faststart"),
        *(f"-{ffmpeg.EXACT}", str(sound.rate)),
    )
    ffmpeg.encode(arguments, (block.astype("<f4").tobytes() for block in read_blocks(sound)), path)
    table.unlink()


def compose_metadata(chapters: Sequence[FileChapter], frames: int) -> str:
    """Chapters as ffmpeg's metadata file has them, in frames at 44.1 kHz."""
    lines = [";FFMETADATA1"]
    for chapter in chapters:
        end = min(units.rescale(chapter.end_ms, 1000, RATE), frames)
        lines += ["[CHAPTER]", f"TIMEBASE=1/{RATE}"]
        lines += [f"START={units.rescale(chapter.start_ms, 1000, RATE)}", f"END={end}"]
        lines += [f"title={_escape(clip_text(chapter.title, LONGEST_TITLE_BYTES))}"]
    return "\n".join(lines) + "\n"


def _escape(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "=;#\\\n" else sign for sign in text)


@contextmanager
def open_sound(path: Path) -> Iterator[Sound]:
    """Open the sound as the edit list defines it, decoded to disk.

    Raises SoundError for what is not AAC or is damaged, MissingError without ffmpeg.
    """
    stream = ffmpeg.probe(path, _DEMUXER)
    if stream.codec != "aac":
        raise SoundError(f"is {stream.codec}, not AAC", "name another file", path=path)
    with tempfile.TemporaryFile() as file:
        with map_full_disk("the sound"):
            ffmpeg.decode(path, file, _DEMUXER, longest_s=stream.frames / stream.rate + _SLACK_S)
        if os.fstat(file.fileno()).st_size < 4 * stream.channels * stream.frames:
            raise SoundError("ends before its time", "name another file", path=path)
        yield Spool(stream.rate, stream.channels, stream.frames, file)


def encoder_version() -> str:
    """The encoder and its version."""
    return f"{ffmpeg.read_version(ffmpeg.find_program('ffmpeg', 'writing AAC'))}, AAC-LC"
