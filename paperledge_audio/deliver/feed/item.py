"""SLUG.item.xml: the episode as an RSS item, with the itunes and podcast namespaces.

Our own code, since feedgen 1.0 lacks the podcast namespace and writes no single items.
"""

from __future__ import annotations

import datetime
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.deliver.clean import clean_block, clean_line, clip_text, encode_url, join_url
from paperledge_audio.deliver.folder.finished import read_part
from paperledge_audio.deliver.model import PARTS
from paperledge_audio.errors import DeliveryError
from paperledge_audio.files.markup import compose_xml, parse_xml, qualify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from paperledge_audio.deliver.model import ReleaseFile
    from paperledge_audio.deliver.text.chapters import FileChapter
    from paperledge_audio.script.model import Episode
    from paperledge_audio.show.model import Show

NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "content": "http://purl.org/rss/1.0/modules/content/",
}

LONGEST_DESCRIPTION_BYTES = 4000
"""Apple Podcasts cuts what is longer."""

LARGEST_ITEM_BYTES = 1_000_000
"""Of a file, of which the notes are the most."""

TRANSCRIPTS = (".vtt", ".srt", ".transcript.json", ".txt")


@dataclass(frozen=True, slots=True)
class FeedItem:
    """What the item needs besides the script's and the show's facts."""

    episode: Episode
    show: Show
    slug: str
    chapters: tuple[FileChapter, ...]
    guid: str
    sound: ReleaseFile
    sound_url: str
    """Its address, see `make_enclosure`."""
    duration_s: float


def read_item(file: Path) -> ET.Element:
    """The element `item` of a release; raises DeliveryError where it can't be read or is none."""
    data = read_part(file, LARGEST_ITEM_BYTES)
    try:
        return parse_xml(data.decode("utf-8"))
    except ValueError as error:
        raise DeliveryError(f"is not an item: {error}", "render it again", path=file) from error


def make_url(show: Show, slug: str, suffix: str) -> str:
    """Where a file of the release is served: under the show's base_url.

    If that is empty it is relative, SLUG/SLUG.mp3, to the folder of finished folders.
    """
    return join_url(show.base_url, slug, slug + suffix)


def compose(item: FeedItem) -> str:
    """The item as an XML document, complete for use in a feed.

    Markup in texts and addresses is escaped. The day of the episode
    is its pubDate, at 00:00 GMT. Raises DeliveryError for texts that hold control characters.
    """
    root = ET.Element("item")
    for name, text, attributes in _list_elements(item):
        ET.SubElement(root, qualify(name, NAMESPACES), attributes).text = text or None
    return compose_xml(root, NAMESPACES)


def _list_elements(item: FeedItem) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every element: its name with a prefix, its text, its attributes."""
    episode, show = item.episode, item.show
    title = clean_line(episode.title, "the title")
    notes = _write_notes(item)
    midnight = datetime.datetime.combine(episode.date, datetime.time(), datetime.UTC)

    def at(suffix: str) -> str:
        return make_url(show, item.slug, suffix)

    yield "title", title, {}
    yield "itunes:title", title, {}
    yield "description", "\n".join(notes), {}
    yield "content:encoded", "".join(f"<p>{escape(note)}</p>" for note in notes), {}
    if link := encode_url(episode.paper.url or show.website):
        yield "link", link, {}
    sound = {
        "url": item.sound_url,
        "length": str(item.sound.bytes),
        "type": item.sound.type,
    }
    yield "enclosure", "", sound
    yield "guid", item.guid, {"isPermaLink": "false"}
    yield "pubDate", format_datetime(midnight, usegmt=True), {}
    yield "itunes:duration", str(units.frames(item.duration_s, 1)), {}
    if episode.number is not None:
        yield "itunes:episode", str(episode.number), {}
        yield "podcast:episode", str(episode.number), {}
    if episode.season is not None:
        yield "itunes:season", str(episode.season), {}
        yield "podcast:season", str(episode.season), {}
    yield "itunes:episodeType", "full", {}
    yield "itunes:explicit", "true" if episode.explicit else "false", {}
    yield "itunes:author", clean_line(show.author, "the author"), {}
    yield "itunes:image", "", {"href": at(".jpg")}
    yield "podcast:person", clean_line(show.host, "the host"), {"role": "host"}
    for suffix in TRANSCRIPTS:
        about = {"url": at(suffix), "type": PARTS[suffix], "language": show.language}
        yield "podcast:transcript", "", about
    yield "podcast:chapters", "", {"url": at(".chapters.json"), "type": PARTS[".chapters.json"]}
    if show.disclosure.text:
        yield "podcast:txt", "true", {"purpose": "ai-content"}


def _write_notes(item: FeedItem) -> tuple[str, ...]:
    """The show notes, one string per paragraph, within the length that directories show.

    The disclosure and the paper's address are complete, chapters are complete or left out, and the
    summary and the authors are cut to the remaining room.
    """
    episode, show = item.episode, item.show
    paper = clean_line(episode.paper.title, "the paper's title")
    authors = ", ".join(clean_line(author, "an author's name") for author in episode.authors)
    source = f"Paper: {paper}" if paper else "Paper" if authors else ""
    source += f" by {authors}" if authors else ""
    stamps = [
        f"{units.timestamp(chapter.start_ms, 1000)[:8]} {chapter.title}"
        for chapter in item.chapters
    ]
    times = "\n".join(stamps) if len(stamps) > 1 else ""
    address = encode_url(episode.paper.url)
    disclosure = clean_line(show.disclosure.text, "the disclosure")
    room = LONGEST_DESCRIPTION_BYTES - _count_bytes(address) - _count_bytes(disclosure)
    if _count_bytes(times) > room // 2:
        times = ""
    room -= _count_bytes(times)
    source = clip_text(source, room // 2 - 1)
    summary = clip_text(
        clean_block(episode.summary, "the summary"), room - _count_bytes(source) - 1
    )
    notes = (*summary.split("\n"), source, address, disclosure, *times.split("\n"))
    return tuple(note for note in notes if note)


def _count_bytes(note: str) -> int:
    """Bytes with the line end after it."""
    return len(note.encode()) + 1 if note else 0
