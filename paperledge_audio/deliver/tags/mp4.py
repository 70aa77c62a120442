"""The tag of an M4A or M4B: iTunes' atoms, after Apple's QuickTime File Format."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Any

from mutagen import mp4

from paperledge_audio.deliver.clean import clip_text
from paperledge_audio.deliver.tags.fields import (
    FIELDS,
    USER_ATOM,
    TagReading,
    check_tag_size,
    gather_facts,
)
from paperledge_audio.errors import SoundError
from paperledge_audio.sound.reading.chunks import list_boxes
from paperledge_audio.sound.reading.stored import Stored

if TYPE_CHECKING:
    from pathlib import Path

    from paperledge_audio.deliver.tags.fields import Tag

SHORT_BYTES = 255
"""The limit of the short description; there is a long one, too."""
LARGEST_BYTES = 8_000_000
"""Of the boxes that describe the sound and hold the tag; those of ten hours have 7 MB."""
PODCAST, AUDIOBOOK = 21, 2
"""iTunes' kinds of media (stik)."""
EXPLICIT = 1

_NUMBERED = {"trkn", "disk"}
"""Atoms with a number and a total, which is 0, unknown."""
_SHORT = {"desc", "\xa9cmt"}
_PADDING_BYTES = 1024
MOST_BOXES = 10_000
_CONTAINERS, _DEPTH = frozenset({b"moov", b"trak", b"udta", b"meta", b"ilst"}), 6
"""Boxes that hold boxes, as far as mutagen opens them, and how deep they stand in each other."""


def write(path: Path, tag: Tag, cover: bytes) -> None:
    """Tag a file in place; `cover` is a JPEG. The same values always give the same bytes."""
    facts = gather_facts(tag)
    file: Any = mp4.MP4(path)  # type: ignore[no-untyped-call]
    if file.tags is None:
        file.add_tags()
    file.tags.clear()
    for field in FIELDS:
        if field.fact in facts:
            file.tags.update({atom: [_make_content(atom, facts[field.fact])] for atom in field.mp4})
    file.tags["pcst"] = True
    file.tags["stik"] = [AUDIOBOOK if path.suffix == ".m4b" else PODCAST]
    file.tags["rtng"] = [EXPLICIT if tag.episode.explicit else 0]
    file.tags["covr"] = [mp4.MP4Cover(cover, mp4.MP4Cover.FORMAT_JPEG)]  # type: ignore[no-untyped-call]
    file.save(padding=lambda _info: _PADDING_BYTES)


def read(path: Path) -> TagReading:
    """What the tag of an M4A or M4B says.

    Raises SoundError for one that is too large, MutagenError for what is no MP4.
    """
    file: Any = mp4.MP4(io.BytesIO(_read_description(path)))  # type: ignore[no-untyped-call]
    tags = file.tags or {}
    facts = {
        field.fact: _read_text(atom, tags[atom][0])
        for field in FIELDS
        for atom in field.mp4[:1]
        if tags.get(atom)
    }
    chapters = ((round(one.start * 1000), None, one.title) for one in file.chapters or ())
    return TagReading(facts, bool(tags.get("covr")), tuple(chapters))


def _read_description(path: Path) -> bytes:
    """All boxes but those with the sound."""
    with path.open("rb") as file:
        stored = Stored(file, path.stat().st_size)
        boxes = [box for name, box in list_boxes(stored, 0) if name in {b"ftyp", b"moov"}]
        check_tag_size(sum(map(len, boxes)), LARGEST_BYTES)
        description = b"".join(stored.read_at(box.start, len(box)) for box in boxes)
    _check_boxes(memoryview(description))
    return description


def _check_boxes(data: memoryview, depth: int = 0) -> None:
    """Raise SoundError for too many boxes side by side.

    mutagen makes several objects of each, before it looks at any.
    """
    place, left = 0, iter(range(MOST_BOXES))
    while place + 8 <= len(data):
        if next(left, None) is None:
            raise SoundError(f"the tag has more than {MOST_BOXES} boxes side by side")
        size, name = struct.unpack_from(">I4s", data, place)
        if size < 8:
            return
        if name in _CONTAINERS and depth < _DEPTH:
            inside = place + (12 if name == b"meta" else 8)
            _check_boxes(data[inside : place + size], depth + 1)
        place += size


def _make_content(atom: str, text: str) -> Any:
    """A fact as an atom's content."""
    if atom in _NUMBERED:
        return int(text), 0
    if atom in _SHORT:
        return clip_text(" ".join(text.split()), SHORT_BYTES)
    if atom.startswith(USER_ATOM):
        return mp4.MP4FreeForm(text.encode("utf-8"))  # type: ignore[no-untyped-call]
    return text


def _read_text(atom: str, content: Any) -> str:
    """The fact in an atom's content."""
    if atom in _NUMBERED:
        return str(content[0])
    if atom.startswith(USER_ATOM):
        return bytes(content).decode("utf-8", "replace")
    return str(content)
