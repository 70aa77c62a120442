"""The whole feed, from finished folders: complete, ordered, and the same again."""

from __future__ import annotations

import dataclasses
import uuid
import xml.etree.ElementTree as ET
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from paperledge_audio.deliver.feed import rss as feed
from paperledge_audio.deliver.feed.categories import CATEGORIES, find_category
from paperledge_audio.deliver.feed.channel import OF_FEED, make_feed_guid
from paperledge_audio.errors import ShowError
from paperledge_audio.show.model import Feed, Show
from tests.deliver.feeds import composed
from tests.deliver.making import EPISODE, HOSTILE, released, with_output

NAMES = OF_FEED


def channel(text: str) -> ET.Element:
    root = ET.fromstring(text)  # noqa: S314 - our own
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (found,) = root
    return found


def test_the_newest_come_first_and_of_one_day_the_higher_number(out: Path, served: Show) -> None:
    items = channel(composed(out, served)).findall("item")
    assert [item.findtext("title") for item in items] == ["Title a", "Title b", "Title c"]


def test_the_feed_is_the_same_again_whatever_the_clock_says(out: Path, served: Show) -> None:
    text = composed(out, served)
    assert composed(out, served) == text
    found = channel(text)
    assert found.findtext("lastBuildDate") == "Tue, 21 Oct 2025 00:00:00 GMT"
    assert found.findtext("pubDate") == found.findtext("lastBuildDate")


def test_the_channel_says_all_that_directories_ask_for(out: Path, served: Show) -> None:
    owned = dataclasses.replace(
        served,
        category="Physics",
        feed=Feed("", "", owner="Ada", email="ada@x.example", kind="serial", locked=True),
    )
    found = channel(composed(out, owned))
    texts = {
        "title": served.title,
        "link": served.website,
        "description": served.description,
        "language": "en-US",
        "copyright": served.copyright,
        "itunes:author": served.author,
        "itunes:explicit": "false",
        "itunes:type": "serial",
        "itunes:owner/itunes:name": "Ada",
        "itunes:owner/itunes:email": "ada@x.example",
        "podcast:locked": "yes",
        "podcast:medium": "podcast",
        "podcast:txt": "true",
        "image/url": "https://cdn.example/p/feed.jpg",
        "image/title": served.title,
        "image/link": served.website,
    }
    assert {name: found.findtext(name, namespaces=NAMES) for name in texts} == texts
    attributes = {
        "atom:link": {
            "href": "https://cdn.example/p/feed.xml", "rel": "self", "type": "application/rss+xml"
        },
        "itunes:image": {"href": "https://cdn.example/p/feed.jpg"},
        "itunes:category": {"text": "Science"},
        "itunes:category/itunes:category": {"text": "Physics"},
        "podcast:locked": {"owner": "ada@x.example"},
        "podcast:txt": {"purpose": "ai-content"},
    }  # fmt: skip
    for name, expected in attributes.items():
        element = found.find(name, NAMES)
        assert element is not None
        assert element.attrib == expected
    once = [element.tag for element in found if element.tag != "item"]
    assert len(once) == len(set(once))


def test_feedparser_reads_the_channel_and_every_item(out: Path, served: Show) -> None:
    import feedparser

    found = feedparser.parse(composed(out, served))
    assert (found.bozo, found.version, found.encoding) == (False, "rss20", "utf-8")
    assert (found.feed.title, found.feed.link) == (served.title, served.website)
    assert (found.feed.author, found.feed.language) == (served.author, "en-US")
    assert found.feed.image.href == "https://cdn.example/p/feed.jpg"
    assert [tag.term for tag in found.feed.tags] == ["Science"]
    assert {(link.rel, link.href) for link in found.feed.links} == {
        ("alternate", served.website),
        ("self", "https://cdn.example/p/feed.xml"),
    }
    for entry, slug in zip(found.entries, "abc", strict=True):
        (enclosure,) = entry.enclosures
        assert enclosure.href == f"https://cdn.example/p/{slug}/{slug}.mp3"
        assert int(enclosure.length) == (out / slug / f"{slug}.mp3").stat().st_size
        assert uuid.UUID(entry.id)
        assert not entry.guidislink
        assert entry.published_parsed[:3] == (2025, 10, 20 if slug == "c" else 21)
        assert entry.podcast_chapters["type"] == "application/json+chapters"


def test_the_shows_guid_is_the_namespaces_uuid_of_the_address(served: Show) -> None:
    # The podcast namespace's own example of its "guid": this address has this UUID.
    url = "https://mp3s.nashownotes.com/pc20rss.xml"
    example = dataclasses.replace(served, feed=dataclasses.replace(served.feed, url=url))
    assert make_feed_guid(example) == "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    slashed = dataclasses.replace(served, feed=dataclasses.replace(served.feed, url=url + "//"))
    assert make_feed_guid(slashed) == make_feed_guid(example)
    kept = str(uuid.uuid4())
    moved = dataclasses.replace(served, feed=dataclasses.replace(served.feed, guid=kept, url=url))
    assert make_feed_guid(moved) == kept


def test_every_item_is_whole_and_its_addresses_too(out: Path, served: Show) -> None:
    for item in channel(composed(out, served)).findall("item"):
        slug = str(item.findtext("title")).removeprefix("Title ")
        base = f"https://cdn.example/p/{slug}/{slug}"
        enclosure, image = item.find("enclosure"), item.find("itunes:image", NAMES)
        assert enclosure is not None
        assert image is not None
        assert enclosure.get("url") == f"{base}.mp3"
        assert int(str(enclosure.get("length"))) == (out / slug / f"{slug}.mp3").stat().st_size
        assert image.get("href") == f"{base}.jpg"
        transcripts = item.findall("podcast:transcript", NAMES)
        assert [t.get("url") for t in transcripts] == [
            base + suffix for suffix in (".vtt", ".srt", ".transcript.json", ".txt")
        ]
        assert parsedate_to_datetime(str(item.findtext("pubDate")))
        assert item.findtext("podcast:txt", namespaces=NAMES) == "true"


def test_an_episode_in_another_format_is_taken_too(out: Path, served: Show) -> None:
    released(with_output(served, format="flac"), out, "d", dataclasses.replace(EPISODE, number=10))
    (item, *_) = (i for i in channel(composed(out, served)).findall("item")
                  if i.findtext("title") == EPISODE.title)  # fmt: skip
    enclosure = item.find("enclosure")
    assert enclosure is not None
    assert enclosure.attrib == {
        "url": "https://cdn.example/p/d/d.flac",
        "length": str((out / "d" / "d.flac").stat().st_size),
        "type": "audio/flac",
    }


def test_one_explicit_episode_makes_the_show_explicit(out: Path, served: Show) -> None:
    released(served, out, "d", dataclasses.replace(EPISODE, explicit=True, number=10))
    assert channel(composed(out, served)).findtext("itunes:explicit", namespaces=NAMES) == "true"


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_no_text_of_the_show_becomes_mark_up(out: Path, served: Show, hostile: str) -> None:
    usual = channel(composed(out, served))
    spoilt = dataclasses.replace(
        served, host=hostile, author=hostile, description=hostile, copyright=hostile
    )
    found = channel(composed(out, spoilt))
    assert [element.tag for element in found.iter()] == [element.tag for element in usual.iter()]
    assert found.findtext("description") == hostile.strip()


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"base_url": ""}, "base_url: is missing: a feed needs full addresses"),
        ({"website": ""}, "website: is missing: RSS requires a link"),
        ({"description": ""}, "description: is missing"),
        (
            {"category": "Sciense"},
            "'Sciense' is not one that podcast directories know; did you mean",
        ),
        ({"feed": Feed("", "abc", "", "", "episodic", locked=False)}, "'abc' is not a UUID"),
    ],
)
def test_a_show_that_lacks_what_a_feed_must_say_is_told(
    served: Show, changes: dict[str, object], what: str
) -> None:
    with pytest.raises(ShowError, match=what) as caught:
        feed.check(dataclasses.replace(served, **changes))  # type: ignore[arg-type]
    assert caught.value.path == str(served.path)


def test_no_category_stands_twice() -> None:
    names = [*CATEGORIES, *(sub for below in CATEGORIES.values() for sub in below)]
    assert len(names) == len(set(names))
    assert all(find_category(name)[-1] == name for name in names)
