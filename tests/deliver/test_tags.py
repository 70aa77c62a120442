"""The tag, read back by mutagen and by programs that others wrote."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen import id3

from paperledge_audio.deliver.encode import mp3
from paperledge_audio.deliver.tags import id3 as tags
from paperledge_audio.deliver.tags.fields import FIELDS, USER_TEXT, Tag
from paperledge_audio.deliver.text.chapters import FileChapter
from paperledge_audio.errors import DeliveryError
from paperledge_audio.script.model import Episode
from paperledge_audio.show.loading import load_show
from paperledge_audio.show.model import Show
from tests.deliver.making import EPISODE, HOSTILE, jpeg, speechlike
from tests.samples import ROOT

TITLES = ("Opening", "A much longer title for a chapter: the idea", "Why", "B", "質問 🚀")
CHAPTERS = tuple(FileChapter(title, n * 1000, (n + 1) * 1000) for n, title in enumerate(TITLES))
SHOW = load_show(ROOT / "scripts" / "show.toml")
Program = Callable[[str], str]


def tag(show: Show, episode: Episode = EPISODE, **changes: Any) -> Tag:
    made = Tag(
        episode=episode,
        show=show,
        chapters=CHAPTERS,
        text="First paragraph.\n\nSecond one.",
        guid="0b0c",
        url="https://cdn.example/look/look.mp3",
        duration_ms=5000,
        build="abc123",
        encoder="LAME 3.100, CBR 128 kb/s",
        maker="paperledge-audio 0",
    )
    return dataclasses.replace(made, **changes)


def read(data: bytes, *, translate: bool = False) -> Any:
    return id3.ID3(io.BytesIO(data), translate=translate)  # type: ignore[no-untyped-call]


def written(tmp_path: Path, data: bytes) -> Path:
    """An MP3 of five seconds with the tag before it."""
    file = tmp_path / "x.mp3"
    file.write_bytes(data + mp3.encode_bytes(speechlike(5 * mp3.RATE), 64))
    return file


def run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def ffprobe(program: Program, file: Path) -> Any:
    options = ["-v", "error", "-show_format", "-show_chapters", "-of", "json"]
    return json.loads(run(program("ffprobe"), *options, file))


def test_the_tag_is_version_2_3_with_utf16_texts_and_fixed_padding(show: Show) -> None:
    data = tags.compose(tag(show), jpeg())
    # ID3v2.3.0, no flags; then the size in four bytes of seven bits (id3v2.3.0, section 3.1).
    assert data[:6] == b"ID3\x03\x00\x00"
    size = sum(
        (byte & 0x7F) << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True)
    )
    assert len(data) == 10 + size
    assert data.endswith(b"\0" * tags.PADDING_BYTES)
    assert not data.endswith(b"\0" * (tags.PADDING_BYTES + 4))  # three end the last text
    frames = read(data)
    assert {frame.encoding for frame in frames.values() if hasattr(frame, "encoding")} == {
        id3.Encoding.UTF16
    }


def test_every_frame_holds_its_fact(show: Show) -> None:
    frames = read(tags.compose(tag(show), jpeg()))
    texts = {
        "TIT2": EPISODE.title,
        "TPE1": show.host,
        "TPE2": show.author,
        "TALB": show.title,
        "TCON": "Podcast",
        "TYER": "2025",
        "TDAT": "2110",  # DDMM
        "TRCK": "7",
        "TPOS": "2",
        "TLAN": "eng",
        "TLEN": "5000",
        "TSSE": "LAME 3.100, CBR 128 kb/s",
        "TENC": "paperledge-audio 0",
        "TCOP": show.copyright,
        "TGID": "0b0c",
        "TDES": EPISODE.summary,
        "TCAT": show.category,
        "TKWD": EPISODE.category,
        "COMM::eng": EPISODE.summary,
        "USLT::eng": "First paragraph.\n\nSecond one.",
        f"{USER_TEXT}:Paper": EPISODE.paper.title,
        f"{USER_TEXT}:Paper URL": EPISODE.paper.url,
        f"{USER_TEXT}:Authors": "Ada Example, Bo Beispiel",
        f"{USER_TEXT}:AI disclosure": show.disclosure.text,
        f"{USER_TEXT}:Build": "abc123",
        "WOAF": "https://cdn.example/look/look.mp3",
        "WOAS": EPISODE.paper.url,
        f"WOAR:{show.website}": show.website,
    }
    assert {name: str(frames[name]) for name in texts} == texts
    assert frames["PCST"].value == 1
    assert frames["APIC:Cover"].type == id3.PictureType.COVER_FRONT
    assert frames["APIC:Cover"].data == jpeg()


@pytest.mark.parametrize("key", [key for field in FIELDS for key in field.id3])
def test_every_frame_of_the_table_is_one_of_version_2_3(key: str) -> None:
    frame = tags.make_text_frame(key, "2025-10-21", "eng")
    assert tags.pack((frame,))[10:14].decode() == key[:4]


def test_a_frame_of_version_2_4_is_refused_and_not_left_out() -> None:
    with pytest.raises(ValueError, match="has no TMOO"):
        tags.pack((tags.make_text_frame("TMOO", "calm", "eng"),))


def test_the_feeds_address_is_there_once_it_is_known(show: Show) -> None:
    served = dataclasses.replace(show, base_url="https://cdn.example/p")
    data = tags.compose(tag(served), jpeg())
    place = data.index(b"WFED")
    size = int.from_bytes(data[place + 4 : place + 8])
    # As iTunes has it: the encoding, 0 for Latin-1, and then the address.
    assert data[place + 10 : place + 10 + size] == b"\0https://cdn.example/p/feed.xml\0"
    assert not read(tags.compose(tag(show), jpeg())).getall("WFED")


def test_facts_that_are_absent_leave_no_frame(show: Show) -> None:
    bare = dataclasses.replace(
        EPISODE,
        number=None,
        season=None,
        authors=(),
        summary="",
        paper=dataclasses.replace(EPISODE.paper, title="", url=""),
    )
    frames = read(tags.compose(tag(show, bare, url="look/look.mp3"), jpeg()))
    absent = (
        "TRCK",
        "TPOS",
        "COMM",
        "TDES",
        "WOAF",
        "WOAS",
        f"{USER_TEXT}:Paper",
        f"{USER_TEXT}:Authors",
    )
    assert [name for name in absent if frames.getall(name)] == []


def test_chapters_lie_in_time_order_whatever_their_sizes(show: Show) -> None:
    frames = read(tags.compose(tag(show), jpeg()))
    found = frames.getall("CHAP")
    assert [(c.start_time, c.end_time) for c in found] == [(c.start_ms, c.end_ms) for c in CHAPTERS]
    assert [str(c.sub_frames["TIT2"]) for c in found] == list(TITLES)
    (table,) = frames.getall("CTOC")
    assert table.child_element_ids == [c.element_id for c in found]
    assert table.flags == id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
    assert str(table.sub_frames["TIT2"]) == "Chapters"


WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), max_size=40)


@settings(max_examples=60)
@given(st.lists(WORDS.map(lambda t: " ".join(t.split())).filter(bool), min_size=1, max_size=12))
def test_any_titles_come_back_in_order(titles: list[str]) -> None:
    chapters = tuple(FileChapter(title, n, n + 1) for n, title in enumerate(titles))
    data = tags.compose(tag(SHOW, chapters=chapters), jpeg())
    assert [str(c.sub_frames["TIT2"]) for c in read(data).getall("CHAP")] == titles


ADDRESSES = st.sampled_from(("", "https://x.example/a", "https://x.example/" + "long/" * 20))


@settings(max_examples=60)
@given(st.lists(st.tuples(ADDRESSES, ADDRESSES), min_size=1, max_size=12))
def test_links_and_pictures_leave_chapters_in_order(shown: list[tuple[str, str]]) -> None:
    chapters = tuple(FileChapter(f"{n}", n, n + 1, *one) for n, one in enumerate(shown))
    found = read(tags.compose(tag(SHOW, chapters=chapters), jpeg())).getall("CHAP")
    assert [str(c.sub_frames["TIT2"]) for c in found] == [c.title for c in chapters]
    assert [[f.url for f in c.sub_frames.getall("WXXX")] for c in found] == [
        [link] if link else [] for link, _ in shown
    ]
    assert [[f.data.decode() for f in c.sub_frames.getall("APIC")] for c in found] == [
        [image] if image else [] for _, image in shown
    ]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_texts_in_any_script_come_back_the_same(
    program: Program, show: Show, tmp_path: Path, text: str
) -> None:
    text = " ".join(text.split())
    episode = dataclasses.replace(EPISODE, title=text, authors=(text,), summary=text)
    data = tags.compose(
        tag(show, episode, chapters=(FileChapter(text, 0, 5000),), text=text), jpeg()
    )
    frames = read(data)
    for name in ("TIT2", "TDES", "COMM::eng", "USLT::eng", f"{USER_TEXT}:Authors"):
        assert str(frames[name]) == text
    file = written(tmp_path, data)

    seen = ffprobe(program, file)
    for name in ("title", "comment", "lyrics-eng", "Authors"):
        assert seen["format"]["tags"][name] == text
    assert seen["chapters"][0]["tags"]["title"] == text

    (shown,) = json.loads(run(program("exiftool"), "-json", "-charset", "utf8", file))
    # It takes ID3v2.3's UTF-16 for UCS-2: both halves of a surrogate pair come as three "?" each.
    seen_text = re.sub("[\U00010000-\U0010ffff]", "?" * 6, text)
    assert (shown["Title"], shown["Comment"], shown["Lyrics"]) == (seen_text,) * 3


def test_eyed3_and_mediainfo_read_what_was_written(
    program: Program, show: Show, tmp_path: Path
) -> None:
    file = written(tmp_path, tags.compose(tag(show), jpeg()))
    shown = run(program("eyeD3"), "--no-color", file)
    for line in (
        "ID3 v2.3:",
        f"title: {EPISODE.title}",
        f"artist: {show.host}",
        f"album: {show.title}",
        "recording date: 2025-10-21",
        "track: 7",
        "disc: 2",
    ):
        assert line in shown
    (general, *_) = json.loads(run(program("mediainfo"), "--Output=JSON", file))["media"]["track"]
    assert general["Title"] == EPISODE.title
    assert general["Performer"] == show.host
    assert general["Album"] == show.title
    assert general["Cover"] == "Yes"


def test_eyed3_takes_it_for_a_podcast(program: Program, show: Show, tmp_path: Path) -> None:
    served = dataclasses.replace(show, base_url="https://cdn.example/p")
    file = written(tmp_path, tags.compose(tag(served), jpeg()))
    done = subprocess.run(
        [program("eyeD3"), "--plugin=itunes-podcast", file], capture_output=True, check=True
    )
    assert "iTunes podcast? :-)" in done.stdout.decode()
    assert done.stderr == b""


def test_ffprobe_lists_the_chapters_in_order(program: Program, show: Show, tmp_path: Path) -> None:
    seen = ffprobe(program, written(tmp_path, tags.compose(tag(show), jpeg())))
    assert [c["tags"]["title"] for c in seen["chapters"]] == list(TITLES)
    assert [float(c["start_time"]) for c in seen["chapters"]] == [0, 1, 2, 3, 4]


def test_mp3val_accepts_the_tag(program: Program, show: Show, tmp_path: Path) -> None:
    file = written(tmp_path, tags.compose(tag(show), jpeg()))
    assert "WARNING" not in run(program("mp3val"), file)


def test_the_same_facts_give_the_same_bytes(show: Show) -> None:
    assert tags.compose(tag(show), jpeg()) == tags.compose(tag(show), jpeg())


@pytest.mark.parametrize("text", ["a\0b", "bell \x07", "\x9f", "\ud800", "\ufffe"])
def test_control_characters_never_get_in(show: Show, text: str) -> None:
    with pytest.raises(DeliveryError, match=r"the title holds the control character U\+"):
        tags.compose(tag(show, dataclasses.replace(EPISODE, title=text)), jpeg())


def test_a_tag_that_players_would_not_read_is_refused(show: Show) -> None:
    with pytest.raises(DeliveryError, match="more than 300000"):
        tags.compose(tag(show, text="word " * 40_000), jpeg())
