"""The tag of an M4A or M4B: iTunes' atoms, after Apple's QuickTime File Format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mutagen import mp4

from paperledge_audio.deliver.clean import clipped
from paperledge_audio.deliver.tags.facts import Told, facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from paperledge_audio.deliver.tags.id3 import Tag

ATOMS = {
    "title": "\xa9nam",
    "host": "\xa9ART",
    "author": "aART",
    "show": "\xa9alb",
    "genre": "\xa9gen",
    "date": "\xa9day",
    "summary": "ldes",
    "text": "\xa9lyr",
    "copyright": "cprt",
    "category": "catg",
    "field": "keyw",
    "guid": "egid",
    "encoder": "\xa9too",
}
"""What a text is called → its atom."""

OWN = {
    "language": "LANGUAGE",
    "paper": "Paper",
    "paper url": "Paper URL",
    "authors": "Authors",
    "disclosure": "AI disclosure",
    "url": "URL",
    "website": "Website",
    "maker": "Encoded by",
    "build": "Build",
}
"""What has no atom goes under a name of its own, among iTunes' free-form ones."""

FREE = "----:com.apple.iTunes:"
SHORT_BYTES = 255
"""Of the description that lists show; the long one stands beside it."""
PODCAST, AUDIOBOOK = 21, 2
"""iTunes' kinds of media (stik)."""
EXPLICIT = 1

_PADDING_BYTES = 1024


def write(path: Path, tag: Tag, cover: bytes) -> None:
    """Tag a file in place; `cover` is a JPEG. The same values always give the same bytes."""
    known = facts(tag)
    file: Any = mp4.MP4(path)  # type: ignore[no-untyped-call]
    if file.tags is None:
        file.add_tags()
    file.tags.clear()
    file.tags.update(_atoms(known))
    if "number" in known:
        file.tags["trkn"] = [(tag.episode.number, 0)]
    if "season" in known:
        file.tags["disk"] = [(tag.episode.season, 0)]
    file.tags["pcst"] = True
    file.tags["stik"] = [AUDIOBOOK if path.suffix == ".m4b" else PODCAST]
    file.tags["rtng"] = [EXPLICIT if tag.episode.explicit else 0]
    file.tags["covr"] = [mp4.MP4Cover(cover, mp4.MP4Cover.FORMAT_JPEG)]  # type: ignore[no-untyped-call]
    file.save(padding=lambda _info: _PADDING_BYTES)


def read(path: Path) -> Told:
    """What the tag of an M4A or M4B says; raises MutagenError for what is no MP4."""
    file: Any = mp4.MP4(path)  # type: ignore[no-untyped-call]
    found = file.tags or {}
    known = {name: str(found[atom][0]) for name, atom in ATOMS.items() if found.get(atom)}
    for name, own in OWN.items():
        if found.get(FREE + own):
            known[name] = bytes(found[FREE + own][0]).decode("utf-8", "replace")
    chapters = tuple((round(one.start * 1000), one.title) for one in file.chapters or ())
    return Told(known, bool(found.get("covr")), chapters)


def _atoms(known: Mapping[str, str]) -> Iterator[tuple[str, list[Any]]]:
    """The atoms that hold texts."""
    for name, atom in ATOMS.items():
        if name in known:
            yield atom, [known[name]]
    for name, own in OWN.items():
        if name in known:
            yield FREE + own, [mp4.MP4FreeForm(known[name].encode("utf-8"))]  # type: ignore[no-untyped-call]
    if "summary" in known:
        short = clipped(" ".join(known["summary"].split()), SHORT_BYTES)
        yield "desc", [short]
        yield "\xa9cmt", [short]
