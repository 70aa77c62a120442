"""A script that passes the check before anything is spoken has room in its tag."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio.deliver import preflight
from paperledge_audio.deliver.pictures.cover import SMALL_BYTES
from paperledge_audio.deliver.tags import id3
from paperledge_audio.deliver.text.chapters import FileChapter
from paperledge_audio.errors import DeliveryError
from paperledge_audio.script.model import ChapterLink, Heading, Script, Speech
from tests.deliver.making import EPISODE, with_output
from tests.deliver.test_tags import SHOW, tag


def chaptered(count: int) -> Script:
    blocks = [Heading(f"Chapter {n}", n) for n in range(count)]
    return Script(EPISODE, tuple(blocks))


@pytest.mark.parametrize(
    ("form", "most"), [("mp3", 255), ("wav", 255), ("opus", 999), ("flac", 999), ("m4a", None)]
)
def test_chapters_are_as_many_as_a_tag_can_count(
    tmp_path: Path, form: str, most: int | None
) -> None:
    show = with_output(SHOW, format=form)
    preflight(chaptered(most or 2000), show, tmp_path, "x")
    if most:
        with pytest.raises(DeliveryError, match=f"there are {most + 1} chapters, and .* {most}; "):
            preflight(chaptered(most + 1), show, tmp_path, "x")


def room(titles: list[str], at_least: int = 0, at_most: int = 200_000) -> int:
    """The most characters that are let pass."""
    while at_least < at_most:
        middle = (at_least + at_most + 1) // 2
        try:
            id3.check_room([FileChapter(title, 0, 0) for title in titles], middle)
            at_least = middle
        except DeliveryError:
            at_most = middle - 1
    return at_least


@pytest.mark.parametrize("titles", [["One"], ["A title of a chapter"] * 255, ["T" * 500] * 20])
def test_what_passes_fits_beside_the_largest_cover(titles: list[str]) -> None:
    most = room(titles)
    assert most > 1000
    chapters = tuple(FileChapter(t, 1000 * n, 1000 * n + 1000) for n, t in enumerate(titles))
    data = id3.compose(tag(SHOW, chapters=chapters, text="a" * most), bytes(SMALL_BYTES))
    assert len(data) <= id3.LARGEST_BYTES


def test_an_hour_of_speech_has_room(tmp_path: Path) -> None:
    """17 letters a second (see `check.scripts`), with a chapter every five minutes."""
    part: list[Heading | Speech] = [Heading("A chapter", 1), *[Speech("word " * 170, 1)] * 6]
    script = Script(EPISODE, tuple(part * 12))
    preflight(script, with_output(SHOW, format="mp3"), tmp_path, "x")
    longer: dict[str, Any] = {"blocks": script.blocks * 2}
    with pytest.raises(DeliveryError, match="characters of text, and an ID3 tag with these"):
        preflight(dataclasses.replace(script, **longer), SHOW, tmp_path, "x")


def test_links_of_a_chapter_that_is_none_are_told(tmp_path: Path) -> None:
    episode = dataclasses.replace(EPISODE, chapters=(ChapterLink("A chaptre"),))
    script = Script(episode, (Heading("A chapter", 1), Speech("Hello.", 2)), "x.md")
    with pytest.raises(DeliveryError) as caught:
        preflight(script, SHOW, tmp_path, "x")
    assert str(caught.value) == (
        "x.md: chapters: no chapter is called 'A chaptre'; did you mean 'A chapter'?"
    )


def test_what_passes_beside_links_fits_the_tag(tmp_path: Path) -> None:
    link = f"https://x.example/{'l' * 180}"
    links = tuple(ChapterLink(f"C{n}", link, link) for n in range(60))
    blocks = [Heading(f"C{n}", 1) for n in range(60)]

    def check(letters: int) -> None:
        words = [Speech("a" * 10_000, 1)] * (letters // 10_000)
        script = Script(dataclasses.replace(EPISODE, chapters=links), (*blocks, *words))
        preflight(script, with_output(SHOW, format="mp3"), tmp_path, "x")

    check(40_000)
    with pytest.raises(DeliveryError, match="characters of text, and an ID3 tag with these"):
        check(60_000)
    chapters = tuple(FileChapter(f"C{n}", n, n + 1, link, link) for n in range(60))
    data = id3.compose(tag(SHOW, chapters=chapters, text="a" * 40_000), bytes(SMALL_BYTES))
    assert len(data) <= id3.LARGEST_BYTES
