"""The feed item: complete, and nothing in a text can become mark-up."""

from __future__ import annotations

import dataclasses
import datetime
import uuid
import xml.etree.ElementTree as ET
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.deliver.clean import join_url
from paperledge_audio.deliver.feed import item
from paperledge_audio.deliver.feed.guids import make_guid
from paperledge_audio.deliver.model import FILE_TYPES, ReleaseFile
from paperledge_audio.deliver.text.chapters import FileChapter, make_chapters
from paperledge_audio.errors import DeliveryError
from paperledge_audio.script.model import Episode, Guest, Soundbite
from paperledge_audio.show.loading import load_show
from paperledge_audio.show.model import Show
from tests.deliver.making import (
    EPISODE,
    HOSTILE,
    made_edition,
    short_timeline,
    with_episode,
)
from tests.samples import ROOT

SHOW = load_show(ROOT / "scripts" / "show.toml")
SOUND = ReleaseFile("look.mp3", 123_456, "0" * 64, "audio/mpeg")


def made(show: Show, episode: Episode = EPISODE, **changes: Any) -> ET.Element:
    values = item.FeedItem(
        episode=episode,
        show=show,
        slug="look",
        chapters=make_chapters(short_timeline(), "x"),
        guid="c0ffee",
        sound=SOUND,
        sound_url=join_url(show.base_url, "look", SOUND.name),
        duration_s=12.49,
    )
    return ET.fromstring(item.compose(dataclasses.replace(values, **changes)))  # noqa: S314 - our own


def text(root: ET.Element, name: str) -> str | None:
    return root.findtext(name, namespaces=item.NAMESPACES)


def lines(description: str | None) -> list[str]:
    """What players show of it, paragraph by paragraph."""
    body = ET.fromstring(f"<body>{description}</body>")  # noqa: S314 - our own
    assert {element.tag for element in body} == {"p"}
    return [element.text or "" for element in body]


def served(show: Show) -> Show:
    return dataclasses.replace(show, base_url="https://cdn.example/p")


def test_the_item_says_what_a_feed_needs(show: Show) -> None:
    root = made(served(show))
    assert root.tag == "item"
    expected = {
        "title": EPISODE.title,
        "itunes:title": EPISODE.title,
        "link": EPISODE.paper.url,
        "itunes:duration": "12",
        "itunes:episode": "7",
        "itunes:season": "2",
        "podcast:episode": "7",
        "podcast:season": "2",
        "itunes:episodeType": "full",
        "itunes:explicit": "false",
        "itunes:author": show.author,
        "podcast:person": show.host,
        "podcast:txt": "true",
    }
    assert {name: text(root, name) for name in expected} == expected
    (enclosure,) = root.findall("enclosure")
    assert enclosure.attrib == {
        "url": "https://cdn.example/p/look/look.mp3",
        "length": "123456",
        "type": "audio/mpeg",
    }
    transcripts = root.findall("podcast:transcript", item.NAMESPACES)
    assert [(t.get("url"), t.get("type")) for t in transcripts] == [
        (f"https://cdn.example/p/look/look{suffix}", FILE_TYPES[suffix])
        for suffix in item.TRANSCRIPTS
    ]
    (chapters,) = root.findall("podcast:chapters", item.NAMESPACES)
    assert chapters.attrib == {
        "url": "https://cdn.example/p/look/look.chapters.json",
        "type": "application/json+chapters",
    }
    (disclosure,) = root.findall("podcast:txt", item.NAMESPACES)
    assert disclosure.attrib == {"purpose": "ai-content"}


def test_the_date_is_the_episodes_day_in_rfc_2822(show: Show) -> None:
    date = text(made(show), "pubDate")
    assert date == "Tue, 21 Oct 2025 00:00:00 GMT"
    assert parsedate_to_datetime(date) == datetime.datetime(2025, 10, 21, tzinfo=datetime.UTC)


def test_a_new_guid_depends_on_the_show_and_the_name_alone(show: Show) -> None:
    first = make_guid(show, "look")
    assert first == make_guid(served(show), "look")
    assert uuid.UUID(first).version == 5
    assert first != make_guid(show, "other")
    assert text(made(show), "guid") == "c0ffee"


def test_addresses_are_relative_until_the_show_has_one(show: Show) -> None:
    (enclosure,) = made(show).findall("enclosure")
    assert enclosure.get("url") == "look/look.mp3"


@pytest.mark.parametrize("authors", [2, 3000])
def test_the_description_is_cut_at_words_and_keeps_what_must_be_said(
    show: Show, authors: int
) -> None:
    long = dataclasses.replace(
        EPISODE, summary="größer " * 1000, authors=("Bö Beispiel",) * authors
    )
    description = text(made(show, long), "description")
    assert description is not None
    assert 3975 < len(description.encode()) <= 4000
    notes = lines(description)
    assert notes[0].endswith("größer…")
    assert notes[1].endswith("Beispiel" if authors == 2 else "…")
    assert notes[2:] == [
        EPISODE.paper.url,
        show.disclosure.text,
        "00:00:00 How a model learns to look",
        "00:00:05 The idea",
        "00:00:09 Why it matters",
    ]


def test_chapters_too_many_for_the_notes_are_left_to_their_own_file(show: Show) -> None:
    many = tuple(
        FileChapter(f"Chapter {n} of very many", n * 1000, n * 1000 + 1000) for n in range(200)
    )
    description = text(made(show, chapters=many), "description")
    assert description is not None
    assert len(description.encode()) <= 4000
    assert "Chapter" not in description
    assert show.disclosure.text in description


def test_the_notes_name_paper_disclosure_and_chapters(show: Show) -> None:
    with_guests = dataclasses.replace(EPISODE, guests=(Guest("Cy <Example>"), Guest("Di")))
    assert lines(text(made(show, with_guests), "description")) == [
        EPISODE.summary,
        "Paper: Learning to look by Ada Example, Bo Beispiel",
        EPISODE.paper.url,
        "With Cy <Example>, Di",
        show.disclosure.text,
        "00:00:00 How a model learns to look",
        "00:00:05 The idea",
        "00:00:09 Why it matters",
    ]
    plain = text(made(show, with_guests), "itunes:summary")
    assert str(plain).split("\n") == lines(text(made(show, with_guests), "description"))


@pytest.mark.parametrize(
    ("title", "authors", "shown"),
    [
        ("Looking", ("Ada", "Bo"), ["Paper: Looking by Ada, Bo"]),
        ("Looking", (), ["Paper: Looking"]),
        ("", ("Ada",), ["Paper by Ada"]),
        ("", (), []),
    ],
)
def test_the_notes_name_as_much_of_the_paper_as_is_known(
    show: Show, title: str, authors: tuple[str, ...], shown: list[str]
) -> None:
    paper = dataclasses.replace(EPISODE.paper, title=title)
    known = dataclasses.replace(EPISODE, paper=paper, authors=authors)
    notes = lines(text(made(show, known), "description"))
    assert [note for note in notes if note.startswith("Paper")] == shown


def test_without_a_disclosure_none_is_claimed(show: Show) -> None:
    silent = dataclasses.replace(show, disclosure=dataclasses.replace(show.disclosure, text=""))
    assert text(made(silent), "podcast:txt") is None


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_no_text_becomes_mark_up(show: Show, hostile: str) -> None:
    plain = " ".join(hostile.split())
    episode = dataclasses.replace(
        EPISODE,
        title=hostile,
        summary=hostile,
        authors=(hostile, hostile),
        paper=dataclasses.replace(
            EPISODE.paper, title=hostile, url="https://x.example/?a=<b>&c='\""
        ),
    )
    usual, root = made(show), made(show, episode)
    assert [e.tag for e in root.iter()] == [e.tag for e in usual.iter()]
    assert text(root, "title") == plain
    notes = text(root, "content:encoded")
    assert notes is not None
    paragraphs = ET.fromstring(f"<body>{notes}</body>")  # noqa: S314 - our own
    usual_notes = ET.fromstring(f"<body>{text(usual, 'content:encoded')}</body>")  # noqa: S314
    assert [e.tag for e in paragraphs.iter()] == [e.tag for e in usual_notes.iter()]
    assert paragraphs[0].text == hostile.strip()
    assert lines(text(root, "description"))[0] == hostile.strip()


@given(st.text("<&\"'aä \n", max_size=6000), st.lists(st.text('<&"a', min_size=1), max_size=400))
def test_the_description_fits_whatever_is_escaped(summary: str, names: list[str]) -> None:
    guests = tuple(map(Guest, names))
    root = made(SHOW, dataclasses.replace(EPISODE, summary=summary, guests=guests))
    description = str(text(root, "description"))
    assert len(description.encode()) <= 4000
    assert {SHOW.disclosure.text, EPISODE.paper.url} <= set(lines(description))


def test_a_soundbite_after_the_end_is_told_with_its_line(show: Show) -> None:
    edition = made_edition(show, script=with_episode(soundbites=(Soundbite(0, 1),)))
    edition.check_soundbites()
    late = with_episode(soundbites=(Soundbite(0.5, 60, line=7),))
    with pytest.raises(
        DeliveryError, match=r"from 0.5 to 60.5 s is not in the episode's"
    ) as caught:
        dataclasses.replace(
            edition, script=dataclasses.replace(late, path="x.md")
        ).check_soundbites()
    assert (caught.value.path, caught.value.line) == ("x.md", 7)
    assert made(show, late.episode).find("podcast:soundbite", item.NAMESPACES) is not None
