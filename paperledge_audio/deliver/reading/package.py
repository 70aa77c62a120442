"""The package document of a book (OPF): its metadata, its files and their order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.deliver.clean import clean_block, clean_line, encode_url
from paperledge_audio.deliver.reading.elements import make
from paperledge_audio.deliver.reading.overlay import ACTIVE, format_clock
from paperledge_audio.files.markup import compose_xml
from paperledge_audio.script.moments import find_instant

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator, Sequence

    from paperledge_audio.deliver.edition import Edition


@dataclass(frozen=True, slots=True)
class BookPart:
    """A file of the book."""

    id: str
    name: str
    type: str
    properties: str = ""
    overlay: str = ""
    """The id of the part that says when its sentences are heard."""
    sounds_ms: int = 0
    """Of an overlay: how long its text is heard."""

    @property
    def is_text(self) -> bool:
        """Whether a reader turns to it."""
        return self.type == "application/xhtml+xml"


def compose_package(edition: Edition, parts: Sequence[BookPart], speakers: Sequence[str]) -> str:
    """The document; texts of `parts` are read in their order."""
    rows = (
        make(
            "item",
            {
                "id": part.id,
                "href": part.name,
                "media-type": part.type,
                "properties": part.properties,
                "media-overlay": part.overlay,
            },
        )
        for part in parts
    )
    order = (make("itemref", {"idref": part.id}) for part in parts if part.is_text)
    root = make(
        "package",
        {
            "xmlns": "http://www.idpf.org/2007/opf",
            "version": "3.0",
            "unique-identifier": "guid",
            "xml:lang": edition.show.language,
        },
        make(
            "metadata",
            {"xmlns:dc": "http://purl.org/dc/elements/1.1/"},
            *_list_metadata(edition),
            *_list_times(parts, speakers),
        ),
        make("manifest", {}, *rows),
        make("spine", {}, *order),
    )
    return compose_xml(root, {})


def _list_metadata(edition: Edition) -> Iterator[ET.Element]:
    episode, show = edition.episode, edition.show
    yield make("dc:identifier", {"id": "guid"}, edition.guid)
    yield make("dc:title", {}, edition.title)
    yield make("dc:language", {}, show.language)
    yield make("dc:creator", {}, clean_line(show.author, "the author"))
    yield make("dc:date", {}, episode.day.isoformat())
    instant = find_instant(episode.date).replace(tzinfo=None, microsecond=0)
    yield _property("dcterms:modified", f"{instant.isoformat()}Z")
    for name, text in {
        "dc:description": clean_block(episode.summary, "the summary"),
        "dc:source": encode_url(episode.paper.url),
        "dc:rights": clean_line(show.copyright, "the copyright notice"),
    }.items():
        if text:
            yield make(name, {}, text)
    for guest in episode.guests:
        yield make("dc:contributor", {}, clean_line(guest.name, "a guest"))
    series = make("meta", {"property": "belongs-to-collection", "id": "show"})
    series.text = clean_line(show.title, "the show")
    yield series
    yield _property("collection-type", "series", "show")
    if episode.number is not None:
        position = f"{episode.season}.{episode.number}" if episode.season else episode.number
        yield _property("group-position", str(position), "show")
    for name, values in {
        "accessMode": ("textual", "auditory"),
        "accessModeSufficient": ("textual,auditory", "textual", "auditory"),
        "accessibilityFeature": ("synchronizedAudioText", "tableOfContents"),
        "accessibilityHazard": ("none",),
    }.items():
        for value in values:
            yield _property(f"schema:{name}", value)


def _list_times(parts: Sequence[BookPart], speakers: Sequence[str]) -> Iterator[ET.Element]:
    times = [part for part in parts if part.sounds_ms]
    yield _property("media:duration", format_clock(sum(part.sounds_ms for part in times)))
    for part in times:
        yield _property("media:duration", format_clock(part.sounds_ms), part.id)
    for name in speakers:
        yield _property("media:narrator", name)
    yield _property("media:active-class", ACTIVE)


def _property(name: str, value: str, refines: str = "") -> ET.Element:
    return make("meta", {"property": name, "refines": f"#{refines}" if refines else ""}, value)
