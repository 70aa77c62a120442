"""SLUG.item.xml: the episode as an RSS item, with the itunes and podcast namespaces.

Our own code, since feedgen 1.0 lacks the podcast namespace and writes no single items.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from email.utils import format_datetime
from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.deliver.clean import clean_line, encode_url, join_url
from paperledge_audio.deliver.feed.notes import shorten_notes, write_html_notes
from paperledge_audio.deliver.folder.finished import read_part
from paperledge_audio.deliver.model import FILE_TYPES
from paperledge_audio.deliver.text.formats import CAPTION_FORMATS
from paperledge_audio.errors import DeliveryError
from paperledge_audio.files.markup import compose_xml, parse_xml, qualify
from paperledge_audio.script.moments import find_instant

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

LARGEST_ITEM_BYTES = 1_000_000
"""Of a file, of which the notes are the most."""

FeedElement = tuple[str, str, dict[str, str]]
"""An element: its name with a prefix, its text, its attributes."""
TRANSCRIPTS = (*CAPTION_FORMATS, ".transcript.json", ".txt")


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


def _list_elements(item: FeedItem) -> Iterator[FeedElement]:
    """Every element of an item."""
    episode, show = item.episode, item.show
    title = clean_line(episode.title, "the title")

    def at(suffix: str) -> str:
        return make_url(show, item.slug, suffix)

    yield "title", title, {}
    yield "itunes:title", title, {}
    notes = shorten_notes(episode, show, item.chapters)
    yield "description", notes.html, {}
    yield "itunes:summary", notes.plain, {}
    yield "content:encoded", write_html_notes(episode, show, item.chapters), {}
    if link := encode_url(episode.link or episode.paper.url or show.website):
        yield "link", link, {}
    sound = {
        "url": item.sound_url,
        "length": str(item.sound.bytes),
        "type": item.sound.type,
    }
    yield "enclosure", "", sound
    yield "guid", item.guid, {"isPermaLink": "false"}
    yield "pubDate", format_datetime(find_instant(episode.date), usegmt=True), {}
    yield "itunes:duration", str(units.frames(item.duration_s, 1)), {}
    if episode.number is not None:
        yield "itunes:episode", str(episode.number), {}
        yield "podcast:episode", str(episode.number), {}
    if episode.season is not None:
        yield "itunes:season", str(episode.season), {}
        name = dict(show.seasons).get(episode.season, "")
        about = {"name": clean_line(name, "a season's name")} if name else {}
        yield "podcast:season", str(episode.season), about
    yield "itunes:episodeType", episode.kind, {}
    yield "itunes:explicit", "true" if episode.explicit or show.explicit else "false", {}
    if episode.keywords:
        words = (clean_line(word, "a keyword") for word in episode.keywords)
        yield "itunes:keywords", ", ".join(words), {}
    yield "itunes:author", clean_line(show.author, "the author"), {}
    elsewhere = "" if episode.file else encode_url(episode.image)
    yield "itunes:image", "", {"href": elsewhere or at(".jpg")}
    yield from _list_people(episode, show)
    yield from _list_soundbites(item)
    for suffix in TRANSCRIPTS:
        about = {"url": at(suffix), "type": FILE_TYPES[suffix], "language": show.language}
        yield "podcast:transcript", "", about
    places = ".chapters.json"
    yield "podcast:chapters", "", {"url": at(places), "type": FILE_TYPES[places]}
    if show.disclosure.text:
        yield "podcast:txt", "true", {"purpose": "ai-content"}


def _list_people(episode: Episode, show: Show) -> Iterator[FeedElement]:
    yield "podcast:person", clean_line(show.host, "the host"), {"role": "host"}
    for guest in episode.guests:
        about = {
            "role": clean_line(guest.role, "a guest's role"),
            "href": encode_url(guest.link),
            "img": encode_url(guest.image),
        }
        shown = {key: value for key, value in about.items() if value}
        yield "podcast:person", clean_line(guest.name, "a guest"), shown


def _list_soundbites(item: FeedItem) -> Iterator[FeedElement]:
    for bite in item.episode.soundbites:
        times = {"startTime": f"{bite.start_s:g}", "duration": f"{bite.length_s:g}"}
        yield "podcast:soundbite", clean_line(bite.title, "a soundbite's title"), times
