"""The tag of an Opus or a FLAC file: Vorbis comments, chapters and the cover among them.

Chapters are pairs of CHAPTERnnn and CHAPTERnnnNAME (Xiph's chapter extension), which ffmpeg and
what is built on it read. The cover is METADATA_BLOCK_PICTURE in Opus, a picture block in FLAC.
"""

from __future__ import annotations

import base64
import os
import re
from typing import TYPE_CHECKING, Any

from mutagen import flac, id3
from mutagen.ogg import OggPage

from paperledge_audio import units
from paperledge_audio.deliver.tags.fields import FIELDS, TagReading, check_tag_size, gather_facts
from paperledge_audio.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from paperledge_audio.deliver.tags.fields import Tag
    from paperledge_audio.deliver.text.chapters import FileChapter

PICTURE = "METADATA_BLOCK_PICTURE"
LARGEST_BYTES = 1_000_000
"""Of the comments; in an Opus file one of them is the picture."""
MOST_CHAPTERS = 999
"""Their numbers have three digits."""

_MOST_BLOCKS = 1000
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
    """What the tag of an Opus or FLAC file says.

    Raises SoundError for one that is too large, MutagenError for what is neither.
    """
    data, picture = (_read_flac_tag if path.suffix == ".flac" else _read_opus_tag)(path)
    comments: Any = flac.VCFLACDict(data, framing=False)  # type: ignore[no-untyped-call]
    found = {name.upper(): text for name, text in reversed([*comments])}  # the first one counts
    facts = {field.fact: found[field.vorbis] for field in FIELDS if field.vorbis in found}
    starts = sorted(name for name in found if _NUMBERED.fullmatch(name))
    chapters = ((_read_milliseconds(found[at]), None, found.get(f"{at}NAME", "")) for at in starts)
    return TagReading(facts, picture or PICTURE in found, tuple(chapters))


def _read_flac_tag(path: Path) -> tuple[bytes, bool]:
    """The block of comments, and whether there is a picture (RFC 9639, section 8.1)."""
    comments, picture = b"", False
    with path.open("rb") as file:
        file.seek(len("fLaC"))
        for _ in range(_MOST_BLOCKS):
            head = file.read(4).ljust(4, b"\xff")
            kind, size = head[0] & 0x7F, int.from_bytes(head[1:], "big")
            picture = picture or kind == flac.Picture.code
            if kind == flac.VCFLACDict.code:
                check_tag_size(size, LARGEST_BYTES)
                comments = file.read(size)
            else:
                file.seek(size, os.SEEK_CUR)
            if head[0] & 0x80:  # the last one
                break
    return comments, picture


def _read_opus_tag(path: Path) -> tuple[bytes, bool]:
    """The second packet, with the comments; a picture is one of them (RFC 7845, section 5)."""
    with path.open("rb") as file:
        OggPage(file)  # type: ignore[no-untyped-call]
        pages: list[Any] = []
        while not pages or (len(pages[-1].packets) == 1 and not pages[-1].complete):
            pages.append(OggPage(file))  # type: ignore[no-untyped-call]
            check_tag_size(sum(page.size for page in pages), LARGEST_BYTES)
    packets: list[bytes] = OggPage.to_packets(pages)  # type: ignore[no-untyped-call]
    return packets[0].removeprefix(b"OpusTags"), False


def _read_milliseconds(stamp: str) -> int:
    """Of HH:MM:SS.mmm; -1 for what is no time."""
    if not _STAMP.fullmatch(stamp):
        return -1
    hours, minutes, seconds = stamp.split(":")
    return round(((int(hours) * 60 + int(minutes)) * 60 + float(seconds)) * 1000)


def check_room(chapters: Sequence[FileChapter], characters: int) -> None:  # noqa: ARG001 - as ID3
    """Raise DeliveryError for more chapters than comments can number."""
    if len(chapters) > MOST_CHAPTERS:
        raise DeliveryError(
            f"there are {len(chapters)} chapters, and Vorbis comments number {MOST_CHAPTERS}",
            "write fewer headings, or render another format",
        )


def make_chapter_comments(chapters: Sequence[FileChapter]) -> dict[str, list[str]]:
    """The comments of the chapters, in their order; errors as with `check_room`."""
    check_room(chapters, 0)
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
