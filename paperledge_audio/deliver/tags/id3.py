"""The ID3v2.3 tag: UTF-16 texts, chapters, cover, fixed padding."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mutagen import id3

from paperledge_audio.deliver.pictures.cover import SMALL_BYTES
from paperledge_audio.deliver.tags.fields import (
    FIELDS,
    USER_TEXT,
    TagReading,
    check_tag_size,
    gather_facts,
)
from paperledge_audio.deliver.text.chapters import FileChapter
from paperledge_audio.errors import DeliveryError, SoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import BinaryIO

    from paperledge_audio.deliver.tags.fields import Tag

LARGEST_BYTES = 300_000
"""Small players and streaming servers refuse larger tags."""

MOST_CHAPTERS = 255
"""A table of chapters (CTOC) states its entries in one byte."""

PADDING_BYTES = 1024

MOST_FRAMES = 2000
"""In a tag that is read, those inside chapters included; ours have at most 600."""
_OTHER_BYTES = 10_000
"""Of a tag: all but its chapters, the cover, the summary and the spoken text."""
_SIGNATURE_BYTES = 40_000
"""Left free beside chapters' pictures, as a signature is added last."""
_HEAD_BYTES = 10
_V2_3 = b"ID3\x03\0\0"
"""The start of a tag of version 2.3.0, without flags."""
_PACKED = {3: 0xC0, 4: 0x0C}
"""The flags of compressed and encrypted frames, by version."""
_NESTING = {"CHAP", "CTOC"}
"""Frames that contain others."""

_UTF16 = id3.Encoding.UTF16
_FRONT_COVER = id3.PictureType.COVER_FRONT
_DATE_PARTS: Mapping[str, Callable[[str], str]] = {
    "TYER": lambda date: date[:4],
    "TDAT": lambda date: date[8:] + date[5:7],
}
"""Frames with a part of a date YYYY-MM-DD: YYYY and DDMM."""


class WFED(id3.TextFrame):
    """The feed's address as iTunes writes it: a text with its encoding.

    Its name suggests a URL frame without encoding; mutagen and exiftool expect one and read
    nothing, TagLib and eyeD3 read it.
    """


def compose(tag: Tag, cover: bytes) -> bytes:
    """The tag as bytes, to precede an MP3's sound. `cover` is a JPEG.

    Chapters' pictures are left to their addresses where there is no room. The same values always
    give the same bytes. Raises DeliveryError for texts that hold control
    characters, and for a tag of more than 300 kB.
    """
    facts = gather_facts(tag)
    texts = [
        make_text_frame(key, facts[field.fact], facts["language"])
        for field in FIELDS
        if field.fact in facts
        for key in field.id3
    ]
    picture = _make_frame("APIC", _UTF16, "image/jpeg", _FRONT_COVER, "Cover", cover)
    podcast = _make_frame("PCST", 1)  # marks a podcast episode for iTunes
    fixed = (*texts, podcast, picture)
    data = pack((*fixed, *_make_chapter_frames(tag.chapters)))
    if len(data) > LARGEST_BYTES - _SIGNATURE_BYTES:
        bare = [dataclasses.replace(one, picture=b"") for one in tag.chapters]
        data = pack((*fixed, *_make_chapter_frames(bare)))
    if len(data) > LARGEST_BYTES:
        raise DeliveryError(
            f"the tag would take {len(data)} bytes, more than {LARGEST_BYTES}",
            "split the episode: its text is too long for players to read",
        )
    return data


def check_room(chapters: Sequence[FileChapter], characters: int) -> None:
    """Raise DeliveryError for chapters or a text that no tag has room for.

    `chapters` need no times, `characters` is the length of all text. It is known before anything
    is spoken, so the largest cover is reckoned with.
    """
    if len(chapters) > MOST_CHAPTERS:
        raise DeliveryError(
            f"there are {len(chapters)} chapters, and an ID3 tag has room for {MOST_CHAPTERS}",
            "write fewer headings, or render another format",
        )
    taken = len(pack(_make_chapter_frames(chapters)))
    most = (LARGEST_BYTES - SMALL_BYTES - _OTHER_BYTES - taken) // 2  # bytes of UTF-16
    if characters > most:
        raise DeliveryError(
            f"there are {characters} characters of text, and an ID3 tag with these chapters has "
            f"room for {max(most, 0)}",
            "split the episode, or render another format",
        )


def read(source: Path | BinaryIO) -> TagReading:
    """What the tag at the start of a file says.

    Raises SoundError for a tag that is too large, or whose frames are packed, nested or too many,
    MutagenError if there is none.
    """
    if isinstance(source, Path):
        with source.open("rb") as file:
            return read(file)
    head = source.read(_HEAD_BYTES)
    size = sum(byte << 7 * index for index, byte in enumerate(reversed(head[6:])))
    check_tag_size(len(head) + size, LARGEST_BYTES)
    tag: Any = id3.ID3(  # type: ignore[no-untyped-call]
        io.BytesIO(head + source.read(size)),
        known_frames=_guard_frames(),
        translate=False,
        load_v1=False,
    )
    found = {
        field.fact: str(frames[0])
        for field in FIELDS
        if field.id3 and (frames := tag.getall(field.id3[0]))
    }
    chapters = (
        (frame.start_time, frame.end_time, str(frame.sub_frames.get("TIT2", "")))
        for frame in tag.getall("CHAP")
    )
    return TagReading(
        facts=found,
        cover=bool(tag.getall("APIC")),
        chapters=tuple(chapters),
        version=".".join(map(str, tag.version[:2])),
        size=tag.size,
        table_of_chapters=bool(tag.getall("CTOC")),
    )


def _guard_frames() -> dict[str, type[id3.Frame]]:
    """The frames that are read, by name; mutagen doesn't unpack any others.

    A small tag can unfold to a huge one if its frames are compressed or nested in each other. Ours
    are not compressed, and chapters contain no chapters, so mutagen is stopped at such a frame.
    """
    left, inside = iter(range(MOST_FRAMES)), [""]

    class Guard:
        @classmethod
        def _fromData(cls, header: Any, flags: int, data: bytes) -> Any:  # noqa: N802 - mutagen's
            name = cls.__name__
            if next(left, None) is None:
                raise SoundError(f"the tag has more than {MOST_FRAMES} frames")
            if flags & _PACKED.get(header.version[1], 0):
                raise SoundError(f"the tag's {name} frame is compressed or encrypted")
            if name in _NESTING and inside[-1]:
                raise SoundError(f"the tag has a {name} frame inside a {inside[-1]} frame")
            inside.append(name if name in _NESTING else inside[-1])
            try:
                return super()._fromData(header, flags, data)  # type: ignore[misc]
            finally:
                inside.pop()

    names = {key.partition(":")[0] for field in FIELDS for key in field.id3[:1]}
    frames = {name: id3.Frames[name] for name in sorted(names | _NESTING | {"APIC"})}
    return {name: type(name, (Guard, kind), {}) for name, kind in (frames | {"WFED": WFED}).items()}


def pack(frames: Iterable[id3.Frame]) -> bytes:
    """An ID3v2.3 tag of these frames; the same frames always give the same bytes.

    Players list chapters in the order of the file, so these come last, as they are given; others
    are in mutagen's order. Raises ValueError for a frame of v2.4, which mutagen would leave out.
    """
    others: list[id3.Frame] = []
    chapters: list[id3.Frame] = []
    for each in frames:
        (chapters if each.FrameID == "CHAP" else others).append(each)
    body = b"".join(map(_write_frames, (others, *([one] for one in chapters))))
    size = len(body) + PADDING_BYTES
    seven_bits = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    return _V2_3 + seven_bits + body + bytes(PADDING_BYTES)


def _write_frames(frames: Sequence[id3.Frame]) -> bytes:
    """Frames without the head of a tag, in mutagen's order, which is by kind and by size."""
    if not frames:
        return b""
    tag: Any = id3.ID3()  # type: ignore[no-untyped-call]
    for each in frames:
        tag.add(each)
    given = set(tag)
    tag.update_to_v23()
    if unknown := given - set(tag):
        raise ValueError(f"ID3v2.3 has no {', '.join(sorted(unknown))}")
    out = io.BytesIO()
    tag.save(out, v1=0, v2_version=3, padding=lambda _info: 0)
    return out.getvalue()[_HEAD_BYTES:]


def make_text_frame(key: str, text: str, language: str) -> id3.Frame:
    """A frame that holds a text, by its key as in the table; `language` as ISO 639-2 has it."""
    name, _, own_name = key.partition(":")
    if name == USER_TEXT:
        return _make_frame(name, _UTF16, own_name, [text])
    if name == "COMM":
        return _make_frame(name, _UTF16, language, "", [text])
    if name == "USLT":
        return _make_frame(name, _UTF16, language, "", text)
    if name == "WFED":
        return WFED(id3.Encoding.LATIN1, [text])  # type: ignore[no-untyped-call]
    if name.startswith("W"):
        return _make_frame(name, text)
    return _make_frame(name, _UTF16, [_DATE_PARTS[name](text) if name in _DATE_PARTS else text])


def _make_chapter_frames(chapters: Sequence[FileChapter]) -> Iterator[id3.Frame]:
    """CHAP frames in the order of time, and their table."""
    ids = [f"chapter-{number:04d}" for number, _ in enumerate(chapters, 1)]
    for name, chapter in zip(ids, chapters, strict=True):
        frames = _make_inner_frames(chapter)
        yield _make_frame("CHAP", name, chapter.start_ms, chapter.end_ms, sub_frames=frames)
    flags = id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
    title = _make_frame("TIT2", _UTF16, ["Chapters"])
    yield _make_frame("CTOC", "toc", flags, ids, sub_frames=[title])


def _make_inner_frames(chapter: FileChapter) -> list[id3.Frame]:
    """The title, the link, and the picture or its address (id3v2.3.0, section 4.15)."""
    frames = [_make_frame("TIT2", _UTF16, [chapter.title])]
    if chapter.link:
        frames.append(_make_frame("WXXX", id3.Encoding.LATIN1, "", chapter.link))
    kind = "image/jpeg" if chapter.picture else "-->"
    picture = chapter.picture or (chapter.image if "://" in chapter.image else "").encode("ascii")
    if picture:
        other = id3.PictureType.OTHER
        frames.append(_make_frame("APIC", id3.Encoding.LATIN1, kind, other, "", picture))
    return frames


def _make_frame(name: str, *fields: object, **more: object) -> id3.Frame:
    """A frame by its name, as "TIT2", with its fields in mutagen's order."""
    made: id3.Frame = id3.Frames[name](*fields, **more)
    return made
