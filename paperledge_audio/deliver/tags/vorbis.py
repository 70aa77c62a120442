"""The tag of an Opus or a FLAC file: Vorbis comments, chapters and the cover among them.

Chapters are pairs of CHAPTERnnn and CHAPTERnnnNAME (Xiph's chapter extension), which ffmpeg and
what is built on it read. The cover is METADATA_BLOCK_PICTURE in Opus, a picture block in FLAC.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

from mutagen import flac, id3
from mutagen.oggopus import OggOpus

from paperledge_audio import units
from paperledge_audio.deliver.tags.facts import FIELDS, TagReading, gather_facts
from paperledge_audio.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from paperledge_audio.deliver.tags.facts import Tag
    from paperledge_audio.deliver.text.chapters import FileChapter

PICTURE = "METADATA_BLOCK_PICTURE"
MOST_CHAPTERS = 999
"""Their numbers have three digits."""

_NUMBERED = re.compile(r"CHAPTER\d{3}")
_STAMP = re.compile(r"\d{2,6}:\d{2}:\d{2}\.\d{3}")


def make_comments(tag: Tag) -> dict[str, list[str]]:
    """Every comment but the cover: its name → its one text.

    Raises DeliveryError for texts that hold control characters and for too many chapters.
    """
    facts = gather_facts(tag)
    return {
        **{
            field.vorbis: [facts[field.fact]]
            for field in FIELDS
            if field.vorbis and field.fact in facts
        },
        **make_chapter_comments(tag.chapters),
    }


def read(path: Path) -> TagReading:
    """What the tag of an Opus or FLAC file says; raises MutagenError for what is neither."""
    file: Any = flac.FLAC(path) if path.suffix == ".flac" else OggOpus(path)  # type: ignore[no-untyped-call]
    found: dict[str, str] = {name.upper(): texts[0] for name, texts in (file.tags or {}).items()}
    facts = {field.fact: found[field.vorbis] for field in FIELDS if field.vorbis in found}
    starts = sorted(name for name in found if _NUMBERED.fullmatch(name))
    chapters = ((_read_milliseconds(found[at]), None, found.get(f"{at}NAME", "")) for at in starts)
    cover = PICTURE in found or bool(getattr(file, "pictures", ()))
    return TagReading(facts, cover, tuple(chapters))


def _read_milliseconds(stamp: str) -> int:
    """Of HH:MM:SS.mmm; -1 for what is no time."""
    if not _STAMP.fullmatch(stamp):
        return -1
    hours, minutes, seconds = stamp.split(":")
    return round(((int(hours) * 60 + int(minutes)) * 60 + float(seconds)) * 1000)


def make_chapter_comments(chapters: Sequence[FileChapter]) -> dict[str, list[str]]:
    """The comments of the chapters, in their order."""
    if len(chapters) > MOST_CHAPTERS:
        raise DeliveryError(
            f"there are {len(chapters)} chapters, and Vorbis comments number {MOST_CHAPTERS}",
            "write fewer headings, or render another format",
        )
    found: dict[str, list[str]] = {}
    for number, chapter in enumerate(chapters, 1):
        found[f"CHAPTER{number:03d}"] = [units.timestamp(chapter.start_ms, 1000)]
        found[f"CHAPTER{number:03d}NAME"] = [chapter.title]
    return found


def make_picture(cover: bytes) -> flac.Picture:
    """The block that holds a JPEG as the front cover (RFC 9639, section 8.8)."""
    block: Any = flac.Picture()  # type: ignore[no-untyped-call]
    block.type, block.mime, block.desc = id3.PictureType.COVER_FRONT, "image/jpeg", "Cover"
    block.data = cover
    return block  # type: ignore[no-any-return]


def make_picture_comment(cover: bytes) -> dict[str, list[str]]:
    """The same as a comment, for Ogg."""
    written: Any = make_picture(cover)
    return {PICTURE: [base64.b64encode(written.write()).decode("ascii")]}
