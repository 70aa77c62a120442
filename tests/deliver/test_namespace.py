"""A feed of five episodes against the published rules of its namespaces, and through other readers.

The rules of the podcast namespace are those of its tags' pages at
github.com/Podcastindex-org/podcast-namespace (docs/tags, read in November 2026), those of JSON
chapters its chapters/jsonChapters.md, version 1.2; the types of episodes are Apple Podcasts'.
"""

from __future__ import annotations

import dataclasses
import datetime
import io
import json
import re
import uuid
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from mutagen.id3 import ID3

from paperledge_audio.deliver.feed import rss
from paperledge_audio.deliver.feed.channel import OF_FEED
from paperledge_audio.script.model import ChapterLink, Episode, Guest, Soundbite
from paperledge_audio.show.model import Show, Trailer
from tests.deliver.making import EPISODE, plain_artwork, released
from tests.samples import absent

PODCAST = f"{{{OF_FEED['podcast']}}}"
TEXT = r"(?s).{1,128}"
MAYBE = r"(?s).{0,128}"
URL = r"https://[^\s]+"
NUMBER = r"\d+"
SECONDS = r"\d+(\.\d+)?"
MIME = r"[a-z]+/[a-z0-9.+-]+"
DATE = r"\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} (GMT|[+-]\d{4})"
RULES: dict[str, tuple[str, str, str, dict[str, str], dict[str, str]]] = {
    # tag: parent, count, value, needed attributes, optional attributes
    "locked": ("channel", "one", "yes|no", {}, {"owner": r"\S+@\S+"}),
    "guid": ("channel", "one", r"[0-9a-f-]{36}", {}, {}),
    "medium": ("channel", "one", "podcast", {}, {}),
    "funding": ("channel", "any", MAYBE, {"url": URL}, {}),
    "license": ("channel", "one", TEXT, {}, {"url": URL}),
    "trailer": (
        "channel", "any", TEXT, {"url": URL, "pubdate": DATE},
        {"length": NUMBER, "type": MIME, "season": NUMBER},
    ),
    "txt": ("channel|item", "any", r"(?s).{1,4000}", {}, {"purpose": TEXT}),
    "person": (
        "channel|item", "any", TEXT, {}, {"role": TEXT, "group": TEXT, "img": URL, "href": URL}
    ),
    "season": ("item", "one", NUMBER, {}, {"name": TEXT}),
    "episode": ("item", "one", SECONDS, {}, {"display": r".{1,32}"}),
    "transcript": (
        "item", "any", "", {"url": URL, "type": MIME}, {"language": r"[\w-]+", "rel": "captions"}
    ),
    "chapters": ("item", "one", "", {"url": URL, "type": r"application/json\+chapters"}, {}),
    "soundbite": ("item", "any", MAYBE, {"startTime": SECONDS, "duration": SECONDS}, {}),
}  # fmt: skip
MEDIUM = "<podcast:medium>podcast</podcast:medium>"
CHAPTER: dict[str, Any] = {
    "startTime": (int, float),
    "endTime": (int, float),
    "title": str,
    "img": str,
    "url": str,
}


def episodes() -> dict[str, Episode]:
    """Five of two seasons; the first has every key."""
    full = dataclasses.replace(
        EPISODE,
        season=1,
        date=datetime.datetime.fromisoformat("2025-10-21T06:00:00+02:00"),
        keywords=("seeing", "small networks"),
        image="https://pictures.example/look.jpg",
        link="https://paperledge.example/look?a=1&b=2",
        guests=(
            Guest(
                "Ada <Lovelace>", "guest", "https://ada.example/?x&y", "https://ada.example/a.jpg"
            ),
            Guest("Charles"),
        ),
        soundbites=(Soundbite(0.25, 0.5, "The best & shortest"), Soundbite(0, 1)),
        chapters=(ChapterLink("Goodbye", "https://x.example/bye", "https://x.example/bye.png"),),
    )
    rows = (("welcome", None, "trailer"), ("two", 2, "full"), ("extra", 2, "bonus"))
    more = {
        slug: dataclasses.replace(
            EPISODE, title=f"Title {slug}", number=number, season=2, kind=kind
        )
        for slug, number, kind in (*rows, ("three", 3, "full"))
    }
    return {"look": full, **more}


@pytest.fixture(scope="module")
def full_show(show: Show, tmp_path_factory: pytest.TempPathFactory) -> Show:
    return dataclasses.replace(
        show,
        base_url="https://cdn.example/p",
        artwork=plain_artwork(tmp_path_factory.mktemp("art")),
        seasons=((1, "Beginnings & ends"),),
        feed=dataclasses.replace(
            show.feed,
            email="ada@x.example",
            locked=True,
            funding="https://fund.example/?a=1&b=2",
            funding_text="Buy us a book",
            license="cc-by-4.0",
            license_url="https://creativecommons.org/licenses/by/4.0/",
            enclosure="hash",
        ),
        trailer=Trailer("https://x.example/ü.mp3", "Hear & see", datetime.date(2025, 1, 2)),
    )


@pytest.fixture(scope="module")
def out(full_show: Show, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    for slug, episode in episodes().items():
        released(full_show, folder, slug, episode)
    return folder


@pytest.fixture(scope="module")
def feed(out: Path, full_show: Show) -> str:
    found = rss.collect(out, full_show)
    assert (found.wrong, found.passed_over, len(found.entries)) == ((), (), 5)
    return rss.compose(found.entries, full_show, "feed.jpg")


def find_breaches(root: ET.Element) -> list[str]:
    """How a feed breaks `RULES`."""
    found = []
    for parent in root.iter():
        tags = [child for child in parent if child.tag.startswith(PODCAST)]
        counts = Counter(child.tag.removeprefix(PODCAST) for child in tags)
        found += [f"{tag} is unknown" for tag in counts if tag not in RULES]
        for child in tags:
            tag = child.tag.removeprefix(PODCAST)
            if tag in RULES:
                found += check_element(tag, child, parent.tag, counts[tag])
    return found


def check_element(tag: str, element: ET.Element, parent: str, count: int) -> Iterator[str]:
    parents, most, value, needed, optional = RULES[tag]
    if count > 1 and most == "one":
        yield f"{tag} stands {count} times"
    if not re.fullmatch(parents, parent):
        yield f"{tag} in {parent}"
    if not re.fullmatch(value, element.text or ""):
        yield f"{tag} says {element.text!r}"
    yield from (f"{tag} lacks {name}" for name in needed if name not in element.attrib)
    for name, said in element.attrib.items():
        if not re.fullmatch({**needed, **optional}.get(name, "(?!)"), said):
            yield f"{tag} has {name} {said!r}"


def test_the_feed_keeps_the_rules_of_the_podcast_namespace(feed: str) -> None:
    root = ET.fromstring(feed)  # noqa: S314 - our own
    assert find_breaches(root) == []
    used = {
        child.tag.removeprefix(PODCAST) for child in root.iter() if child.tag.startswith(PODCAST)
    }
    assert used == set(RULES)  # every rule was put to use


@pytest.mark.parametrize(
    ("old", "new", "breach"),
    [
        (">yes</podcast:locked>", ">maybe</podcast:locked>", "locked says 'maybe'"),
        ("</podcast:medium>", f"</podcast:medium>{MEDIUM}", "medium stands 2 times"),
        (' startTime="0.25"', "", "soundbite lacks startTime"),
        ('role="host"', 'roll="host"', "person has roll 'host'"),
        ("podcast:season", "podcast:saison", "saison is unknown"),
        ('name="Beginnings', f'name="{"x" * 128}Beginnings', "season has name"),
    ],
)  # fmt: skip
def test_the_rules_find_what_breaks_them(feed: str, old: str, new: str, breach: str) -> None:
    assert old in feed
    broken = find_breaches(ET.fromstring(feed.replace(old, new)))  # noqa: S314
    assert any(one.startswith(breach) for one in broken), broken


def items(feed: str) -> dict[str, ET.Element]:
    root = ET.fromstring(feed)  # noqa: S314 - our own
    return {str(item.findtext("title")): item for item in root.iter("item")}


def test_every_key_of_a_header_reaches_the_feed(feed: str) -> None:
    item = items(feed)[EPISODE.title]
    texts = {
        "pubDate": "Tue, 21 Oct 2025 04:00:00 GMT",
        "link": "https://paperledge.example/look?a=1&b=2",
        "itunes:keywords": "seeing, small networks",
        "itunes:episodeType": "full",
        "podcast:season": "1",
    }
    assert {name: item.findtext(name, namespaces=OF_FEED) for name in texts} == texts
    attributes = {
        name: [(one.text, one.attrib) for one in item.findall(name, OF_FEED)]
        for name in ("podcast:person", "podcast:soundbite", "podcast:season", "itunes:image")
    }
    assert attributes == {
        "podcast:person": [
            ("Ernis", {"role": "host"}),
            (
                "Ada <Lovelace>",
                {
                    "role": "guest",
                    "href": "https://ada.example/?x&y",
                    "img": "https://ada.example/a.jpg",
                },
            ),
            ("Charles", {"role": "guest"}),
        ],
        "podcast:soundbite": [
            ("The best & shortest", {"startTime": "0.25", "duration": "0.5"}),
            (None, {"startTime": "0", "duration": "1"}),
        ],
        "podcast:season": [("1", {"name": "Beginnings & ends"})],
        "itunes:image": [(None, {"href": "https://pictures.example/look.jpg"})],
    }
    types = {
        title: one.findtext("itunes:episodeType", "", OF_FEED) for title, one in items(feed).items()
    }
    assert (types["Title welcome"], types["Title extra"]) == ("trailer", "bonus")


def test_what_the_show_says_reaches_the_channel(feed: str, out: Path) -> None:
    (channel,) = ET.fromstring(feed)  # noqa: S314 - our own
    trailer, elsewhere = channel.findall("podcast:trailer", OF_FEED)
    sound = out / "welcome" / "welcome.mp3"
    assert (trailer.text, trailer.get("season")) == ("Title welcome", "2")
    assert trailer.get("length") == str(sound.stat().st_size)
    assert parsedate_to_datetime(str(trailer.get("pubdate"))).date() == EPISODE.date
    pubdate = "Thu, 02 Jan 2025 00:00:00 GMT"
    assert elsewhere.text == "Hear & see"
    assert elsewhere.attrib == {"pubdate": pubdate, "url": "https://x.example/%C3%BC.mp3"}
    (funding,) = channel.findall("podcast:funding", OF_FEED)
    assert (funding.text, funding.get("url")) == ("Buy us a book", "https://fund.example/?a=1&b=2")
    (licence,) = channel.findall("podcast:license", OF_FEED)
    assert licence.text == "cc-by-4.0"


def test_a_trailer_elsewhere_says_what_is_known_of_it(full_show: Show) -> None:
    trailer = Trailer("https://x.example/t", "T", datetime.date(2025, 1, 2), 9, "audio/mpeg", 3)
    text = rss.compose((), dataclasses.replace(full_show, trailer=trailer), "feed.jpg")
    root = ET.fromstring(text)  # noqa: S314 - our own
    (found,) = root.findall("channel/podcast:trailer", OF_FEED)
    attributes = {name: found.get(name) for name in ("length", "type", "season")}
    assert attributes == {"length": "9", "type": "audio/mpeg", "season": "3"}
    assert find_breaches(root) == []


def test_a_show_s_trailer_is_in_no_episode(full_show: Show, out: Path, tmp_path: Path) -> None:
    without = dataclasses.replace(full_show, trailer=None)
    released(without, tmp_path, "two", episodes()["two"])
    files = [path.name for path in (tmp_path / "two").iterdir()]
    for name in files:
        assert (tmp_path / "two" / name).read_bytes() == (out / "two" / name).read_bytes()


def test_a_show_may_be_explicit_as_a_whole(out: Path, full_show: Show, feed: str) -> None:
    assert ET.fromstring(feed).findtext("channel/itunes:explicit", "", OF_FEED) == "false"  # noqa: S314
    blunt = dataclasses.replace(full_show, explicit=True)
    text = rss.compose(rss.collect(out, full_show).entries, blunt, "feed.jpg")
    assert ET.fromstring(text).findtext("channel/itunes:explicit", "", OF_FEED) == "true"  # noqa: S314


class Links(HTMLParser):
    """Texts and addresses of links, and every tag."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: dict[str, str] = {}
        self.tags: list[str] = []
        self._to = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._to = str(dict(attrs).get("href", ""))

    def handle_data(self, data: str) -> None:
        if self._to:
            self.links[data] = self._to
            self._to = ""


def test_the_notes_in_html_have_real_links_and_times(feed: str) -> None:
    item = items(feed)[EPISODE.title]
    notes = str(item.findtext("content:encoded", namespaces=OF_FEED))
    found = Links(notes)
    assert set(found.tags) == {"p", "ul", "li", "a"}  # what Apple Podcasts keeps
    assert found.links == {
        EPISODE.paper.title: EPISODE.paper.url,
        "Ada <Lovelace>": "https://ada.example/?x&y",
        "Goodbye": "https://x.example/bye",
    }
    assert "<li>00:00:00 Hello</li>" in notes
    assert "by Ada Example, Bo Beispiel</p>" in notes
    short, plain = (
        str(item.findtext("description")),
        str(item.findtext("itunes:summary", namespaces=OF_FEED)),
    )
    assert set(Links(short).tags) == {"p"}
    assert "<p>" not in plain
    assert "With Ada <Lovelace>, Charles" in plain.split("\n")
    assert max(len(short.encode()), len(plain.encode())) <= 4000


def test_a_chapter_has_its_picture_and_link_in_json_and_in_the_tag(out: Path) -> None:
    document = json.loads((out / "look" / "look.chapters.json").read_text("utf-8"))
    assert re.fullmatch(r"1\.2\.\d", document["version"])
    for chapter in document["chapters"]:
        assert all(isinstance(value, CHAPTER[name]) for name, value in chapter.items())
    first, last = document["chapters"]
    assert {"img", "url"}.isdisjoint(first)
    assert (last["img"], last["url"]) == ("https://x.example/bye.png", "https://x.example/bye")
    tag: Any = ID3(out / "look" / "look.mp3")  # type: ignore[no-untyped-call]
    one, two = tag.getall("CHAP")
    assert [str(frame.sub_frames["TIT2"]) for frame in (one, two)] == ["Hello", "Goodbye"]
    assert not one.sub_frames.getall("WXXX")
    (link,) = two.sub_frames.getall("WXXX")
    (picture,) = two.sub_frames.getall("APIC")
    assert link.url == "https://x.example/bye"
    assert (picture.mime, picture.data) == ("-->", b"https://x.example/bye.png")
    assert len(tag.getall("APIC")) == 1


def test_feedparser_reads_every_key(feed: str) -> None:
    import feedparser

    found = feedparser.parse(feed)
    assert (found.bozo, len(found.entries)) == (False, 5)
    (entry,) = (one for one in found.entries if one.title == EPISODE.title)
    assert entry.published_parsed[:5] == (2025, 10, 21, 4, 0)
    assert entry.link == "https://paperledge.example/look?a=1&b=2"
    assert (entry.itunes_episodetype, entry.itunes_season) == ("full", "1")
    assert entry.image.href == "https://pictures.example/look.jpg"
    assert {tag.term for tag in entry.tags} == {"seeing", "small networks"}
    assert urlsplit(entry.enclosures[0].href).query.startswith("v=")


def test_podcastparser_reads_every_item(feed: str) -> None:
    """It knows the podcast namespace by an older name only, and so reads RSS and iTunes' part."""
    podcastparser = _load("podcastparser")
    found = podcastparser.parse("https://cdn.example/p/feed.xml", io.BytesIO(feed.encode()))
    assert (found["title"], found["type"]) == ("PaperLedge", "episodic")
    assert len(found["episodes"]) == 5
    (episode,) = (one for one in found["episodes"] if one["title"] == EPISODE.title)
    assert (episode["published"], episode["number"], episode["season"]) == (1761019200, 7, 1)
    assert episode["link"] == "https://paperledge.example/look?a=1&b=2"
    assert "https://ada.example/?x&amp;y" in episode["description_html"]
    assert uuid.UUID(episode["guid"])
    kinds = Counter(one["type"] for one in found["episodes"])
    assert kinds == {"full": 3, "trailer": 1, "bonus": 1}


def test_fastfeedparser_reads_every_item(feed: str) -> None:
    fastfeedparser = _load("fastfeedparser")
    found = fastfeedparser.parse(feed)
    assert found.feed.title == "PaperLedge"
    entries = {entry.title: entry for entry in found.entries}
    assert len(entries) == 5
    assert entries[EPISODE.title].published == "2025-10-21T04:00:00+00:00"
    assert entries[EPISODE.title].link == "https://paperledge.example/look?a=1&b=2"


def _load(name: str) -> Any:
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError:
        absent(f"the package {name}")
