"""The whole feed, from finished folders: complete, ordered, the same again, and never shorter."""

from __future__ import annotations

import dataclasses
import datetime
import json
import shutil
import uuid
import xml.etree.ElementTree as ET
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from paperledge_audio.deliver.feed import rss as feed
from paperledge_audio.deliver.feed.categories import CATEGORIES, find_category
from paperledge_audio.deliver.feed.channel import OF_FEED, make_feed_guid
from paperledge_audio.deliver.feed.losses import LostEpisode, check_losses, find_lost
from paperledge_audio.errors import DeliveryError, ShowError
from paperledge_audio.render import make_release
from paperledge_audio.show.model import Feed, Show
from tests.deliver.making import (
    EPISODE,
    HOSTILE,
    made_edition,
    plain_artwork,
    released,
    tiny_timeline,
    tone,
    with_episode,
    with_output,
)

NAMES = OF_FEED


@pytest.fixture(scope="module")
def served(show: Show, tmp_path_factory: pytest.TempPathFactory) -> Show:
    art = plain_artwork(tmp_path_factory.mktemp("art"))
    return dataclasses.replace(show, base_url="https://cdn.example/p", artwork=art)


@pytest.fixture(scope="module")
def finished(served: Show, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three episodes: two of one day, and one without an address yet."""
    out = tmp_path_factory.mktemp("out")
    for slug, day, number in (("b", 21, 7), ("a", 21, 8), ("c", 20, 9)):
        episode = dataclasses.replace(
            EPISODE, title=f"Title {slug}", date=datetime.date(2025, 10, day), number=number
        )
        homeless = dataclasses.replace(served, base_url="")
        released(homeless if slug == "c" else served, out, slug, episode)
    return out


@pytest.fixture
def out(finished: Path, tmp_path: Path) -> Path:
    """The same, to be spoilt."""
    return shutil.copytree(finished, tmp_path / "out")


def composed(out: Path, show: Show) -> str:
    found = feed.collect(out, show)
    assert found.wrong == ()
    return feed.compose(found.entries, show, "feed.jpg")


def channel(text: str) -> ET.Element:
    root = ET.fromstring(text)  # noqa: S314 - our own
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (found,) = root
    return found


def complaints(out: Path, show: Show) -> list[str]:
    return [str(error).removeprefix(f"{out}/") for error in feed.collect(out, show).wrong]


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


def test_a_release_whose_manifest_lists_no_item_is_named(out: Path, served: Show) -> None:
    file = out / "b" / "b.manifest.json"
    manifest = json.loads(file.read_text("utf-8"))
    manifest["files"] = [row for row in manifest["files"] if row["name"] != "b.item.xml"]
    file.write_text(json.dumps(manifest))
    (out / "b" / "b.item.xml").unlink()
    assert complaints(out, served) == [
        "b/b.item.xml: can't be read: No such file or directory; render it again"
    ]


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


def change(folder: Path, suffix: str, old: str, new: str, *, tell: bool) -> None:
    """Change a file, and with `tell` also what the manifest says of it."""
    file = folder / (folder.name + suffix)
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    if tell:
        import hashlib

        path = folder / f"{folder.name}.manifest.json"
        manifest = json.loads(path.read_text("utf-8"))
        (row,) = (row for row in manifest["files"] if row["name"] == file.name)
        data = file.read_bytes()
        row.update(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
        path.write_text(json.dumps(manifest), "utf-8")


def test_a_folder_that_is_not_whole_is_told_and_no_episode_is_missed(
    out: Path, served: Show
) -> None:
    (out / "a" / "a.vtt").unlink()
    change(out / "b", ".srt", "Hello", "Hallo", tell=False)
    (out / "c" / "c.manifest.json").unlink()
    again = "; render it again"
    assert complaints(out, served) == [
        f"a: is incomplete or changed: a.vtt is missing{again}",
        f"b: is incomplete or changed: b.srt was changed{again}",
        f"c: is not a finished release: it has no c.manifest.json{again}",
    ]


def test_what_is_no_release_by_its_own_mark_is_passed_over_and_named(
    out: Path, served: Show
) -> None:
    (out / "notes").mkdir()
    (out / "page").mkdir()
    (out / "page" / "index.html").write_text("<!doctype html>")
    make_release(
        made_edition(
            served,
            slug="d",
            script=with_episode(number=10),
            line=tiny_timeline(),
            quality="draft",
        ),
        tone(),
        out,
    )
    found = feed.collect(out, served)
    assert [entry.slug for entry in found.entries] == ["a", "b", "c"]
    assert found.wrong == ()
    assert [str(why).removeprefix(f"{out}/") for why in found.passed_over] == [
        "d: is a draft; render it in studio quality, or add --allow-draft",
        "notes: is not a release; keep it elsewhere",
        "page: is not a release; keep it elsewhere",
    ]
    allowed = feed.collect(out, served, allow_draft=True)
    assert "d" in [entry.slug for entry in allowed.entries]


def test_a_folder_of_drafts_alone_is_an_error(tmp_path: Path, served: Show) -> None:
    make_release(made_edition(served, line=tiny_timeline(), quality="draft"), tone(), tmp_path)
    with pytest.raises(DeliveryError) as caught:
        feed.collect(tmp_path, served)
    assert [str(one).replace(str(tmp_path), "out") for one in caught.value.all] == [
        "out: holds nothing for a feed; render an episode first",
        f"{Path('out/look')}: is a draft; render it in studio quality, or add --allow-draft",
    ]


@pytest.mark.parametrize(
    ("suffix", "old", "new", "what"),
    [
        (".item.xml", "<item", "<!DOCTYPE x [<!ENTITY a 'b'>]><item", "a document type"),
        (".item.xml", "</item>", "", "is not an item: "),
        (".item.xml", "<guid", "<guide", "is not an item: "),
        (".item.xml", "21 Oct 2025", "the 21st", "is not an item: "),
        (".item.xml", 'length="', 'length="1', "does not fit its manifest"),
        (".manifest.json", '"slug": "a"', '"slug": "x"', "its manifest is that of 'x'"),
        (".manifest.json", '"format": 1', '"format": 2', "breaks its schema: format: 1 was expect"),
        (".manifest.json", "{", "", "can't be read: "),
    ],
)
def test_what_is_wrong_inside_is_told(
    out: Path, served: Show, suffix: str, old: str, new: str, what: str
) -> None:
    change(out / "a", suffix, old, new, tell=suffix == ".item.xml")
    (found,) = complaints(out, served)
    assert what in found


def test_another_shows_episode_is_told(out: Path, served: Show) -> None:
    other = dataclasses.replace(served, title="Another show")
    released(other, out, "d")
    (found,) = complaints(out, served)
    assert found.startswith("d: is an episode of 'Another show', not of 'PaperLedge'; render it")


def test_two_folders_of_one_episode_are_told(out: Path, served: Show) -> None:
    shutil.copytree(out / "a", out / "z")
    for file in list((out / "z").iterdir()):
        file.rename(file.with_name("z" + file.name[1:]))
    (found,) = complaints(out, served)
    assert "its manifest is that of 'a'" in found


def test_two_episodes_of_a_season_with_one_number_are_told(out: Path, served: Show) -> None:
    for slug, season in (("d", 2), ("e", 3)):
        released(served, out, slug, dataclasses.replace(EPISODE, season=season))
    assert complaints(out, served) == ["d: has the season and number of 'b'; correct one"]


def test_an_episode_waits_until_its_time(out: Path, served: Show) -> None:
    begin = datetime.datetime(2025, 10, 21, tzinfo=datetime.UTC)
    for until, come, waiting in (
        (begin, ["a", "b", "c"], []),
        (begin - datetime.timedelta(microseconds=1), ["c"], ["b", "a"]),
        (begin - datetime.timedelta(days=2), [], ["c", "b", "a"]),
        (None, ["a", "b", "c"], []),
    ):
        found = feed.collect(out, served, until=until)
        assert [entry.slug for entry in found.entries] == come
        assert [entry.slug for entry in found.waiting] == waiting
        assert found.wrong == ()


def test_what_a_feed_had_and_would_lose_is_known(out: Path, served: Show, tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    assert find_lost(file, ()) == ()
    file.write_text(composed(out, served), "utf-8")
    guids = {entry.slug: entry.guid for entry in feed.collect(out, served).entries}
    assert find_lost(file, set(guids.values())) == ()
    with pytest.raises(DeliveryError) as caught:
        check_losses(file, {guids["c"]})
    assert (caught.value.what, caught.value.remedy) == (
        f"would lose the episodes 'Title a' ({guids['a']}), 'Title b' ({guids['b']})",
        "bring them back, or add --allow-loss",
    )
    assert find_lost(file, {guids["a"], guids["c"]}) == (LostEpisode(guids["b"], "Title b"),)
    file.write_text("<rss>", "utf-8")
    with pytest.raises(DeliveryError, match="to see which episodes it has"):
        find_lost(file, ())


def test_a_release_that_was_set_aside_and_lost_is_missed(out: Path, served: Show) -> None:
    (out / ".b.0123abcd.new").mkdir()  # a render that is at work
    (out / "a").rename(out / ".a.0123abcd.old")
    (found,) = complaints(out, served)
    assert "is the release of 'a', set aside when a render was stopped; render 'a' again" in found


@pytest.mark.parametrize("text", ["", None])
def test_nothing_to_show_is_an_error(tmp_path: Path, served: Show, text: str | None) -> None:
    if text is None:
        with pytest.raises(DeliveryError, match="can't be read: No such file"):
            feed.collect(tmp_path / "none", served)
        return
    (tmp_path / "feed.xml").write_text(text)
    with pytest.raises(DeliveryError, match="holds no finished folder; render an episode first"):
        feed.collect(tmp_path, served)


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
