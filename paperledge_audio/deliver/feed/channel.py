"""The channel's elements before the items: what the feed says of the show."""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from email.utils import format_datetime
from typing import TYPE_CHECKING, Protocol

from paperledge_audio import GENERATOR, __version__
from paperledge_audio.deliver.clean import clean_block, clean_line, encode_url
from paperledge_audio.deliver.feed.categories import find_category
from paperledge_audio.deliver.feed.item import NAMESPACES
from paperledge_audio.files.markup import qualify
from paperledge_audio.script.moments import find_instant

if TYPE_CHECKING:
    from paperledge_audio.deliver.feed.entry import FeedEntry
    from paperledge_audio.show.model import Show, Trailer

OF_FEED = {**NAMESPACES, "atom": "http://www.w3.org/2005/Atom"}
FUNDING_TEXT = "Support the show"
LONGEST_TITLE = 128
"""Characters of a trailer's."""
GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The namespace of podcast:guid (podcast namespace 1.0, "guid")."""


class Say(Protocol):
    """Adds an element to the channel."""

    def __call__(self, name: str, content: str = "", **attributes: str) -> ET.Element:
        """Add the element and return it."""
        ...


def make_feed_guid(show: Show) -> str:
    """The show's id: its own, else derived from the feed's address as the namespace defines.

    That is a UUIDv5 of the address without its scheme and without slashes at its end.
    """
    if show.feed.guid:
        return str(uuid.UUID(show.feed.guid))
    bare = encode_url(show.feed_url).partition("://")[2].rstrip("/")
    return str(uuid.uuid5(GUIDS, bare))


def fill_channel(
    channel: ET.Element, show: Show, entries: tuple[FeedEntry, ...], image_url: str
) -> None:
    """Fill in the channel's elements before the items."""
    say = _make_say(channel)
    title, website = clean_line(show.title, "the show's title"), encode_url(show.website)
    say("title", title)
    say("link", website)
    say("description", clean_block(show.description, "the show's description"))
    say("language", show.language)
    if show.copyright:
        say("copyright", clean_line(show.copyright, "the copyright notice"))
    if entries:
        newest = format_datetime(max(entry.date for entry in entries), usegmt=True)
        say("pubDate", newest)
        say("lastBuildDate", newest)
    say("generator", f"{GENERATOR} {__version__}")
    picture = say("image")
    for name, text in (("url", image_url), ("title", title), ("link", website)):
        ET.SubElement(picture, name).text = text
    say("atom:link", href=encode_url(show.feed_url), rel="self", type="application/rss+xml")
    say("itunes:author", clean_line(show.author, "the author"))
    above, *below = find_category(show.category)
    outer = say("itunes:category", text=above)
    for sub in below:
        ET.SubElement(outer, qualify("itunes:category", OF_FEED), {"text": sub})
    explicit = show.explicit or any(entry.explicit for entry in entries)
    say("itunes:explicit", "true" if explicit else "false")
    say("itunes:image", href=image_url)
    say("itunes:type", show.feed.kind)
    _say_owner(say, show)
    _say_podcasting_2(say, show, entries)


def _make_say(channel: ET.Element) -> Say:
    def say(name: str, content: str = "", **attributes: str) -> ET.Element:
        element = ET.SubElement(channel, qualify(name, OF_FEED), attributes)
        element.text = content or None
        return element

    return say


def _say_owner(say: Say, show: Show) -> None:
    if show.feed.owner or show.feed.email:
        owner = say("itunes:owner")
        for name in ("name", "email"):
            text = clean_line(
                show.feed.owner if name == "name" else show.feed.email, "the feed's owner"
            )
            if text:
                ET.SubElement(owner, qualify(f"itunes:{name}", OF_FEED)).text = text


def _say_podcasting_2(say: Say, show: Show, entries: tuple[FeedEntry, ...]) -> None:
    """The elements of the podcast namespace."""
    say("podcast:guid", make_feed_guid(show))
    owner_of_lock = {"owner": show.feed.email} if show.feed.email else {}
    say("podcast:locked", "yes" if show.feed.locked else "no", **owner_of_lock)
    say("podcast:medium", "podcast")
    if show.feed.funding:
        words = clean_line(show.feed.funding_text or FUNDING_TEXT, "the feed's funding_text")
        say("podcast:funding", words, url=encode_url(show.feed.funding))
    if show.feed.license:
        url = {"url": encode_url(show.feed.license_url)} if show.feed.license_url else {}
        say("podcast:license", clean_line(show.feed.license, "the feed's license"), **url)
    trailers = [_describe_entry(entry) for entry in entries if entry.kind == "trailer"]
    if show.trailer:
        trailers.append(_describe_trailer(show.trailer))
    for attributes in trailers:
        say("podcast:trailer", **attributes)
    if show.disclosure.text:
        say("podcast:txt", "true", purpose="ai-content")


def _describe_entry(entry: FeedEntry) -> dict[str, str]:
    """The attributes of a trailer, from its item, and its title as the content."""
    enclosure = entry.item.find("enclosure")
    found = {} if enclosure is None else dict(enclosure.attrib)
    season = {"season": str(entry.season)} if entry.season else {}
    title = (entry.item.findtext("title") or "")[:LONGEST_TITLE]
    return {
        "content": title,
        "pubdate": format_datetime(entry.date, usegmt=True),
        **found,
        **season,
    }


def _describe_trailer(trailer: Trailer) -> dict[str, str]:
    """The same of one that is hosted elsewhere."""
    known = {
        "length": str(trailer.bytes or ""),
        "type": trailer.type,
        "season": str(trailer.season or ""),
    }
    return {
        "content": clean_line(trailer.title, "the trailer's title"),
        "pubdate": format_datetime(find_instant(trailer.date), usegmt=True),
        "url": encode_url(trailer.url),
        **{name: said for name, said in known.items() if said},
    }
