"""paperledge feed, from rendered folders to a file."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

MORE = 'website = "https://x.example/"\nbase_url = "https://x.example/p"\ndescription = "Tones."\n'


@pytest.fixture
def rendered(show_folder: Path, paperledge: Callable[..., Any]) -> Path:
    toml = Path("scripts/show.toml")
    toml.write_text(MORE + toml.read_text())
    assert paperledge("render", "scripts/one-hand.md").code == 0
    return show_folder


def test_a_feed_is_written_with_its_picture_and_stays_the_same(
    rendered: Path, paperledge: Callable[..., Any]
) -> None:
    ran = paperledge("feed", "out", "-o", "public/show.xml")
    assert (ran.code, ran.out) == (0, "public/show.xml: 1 episode, the newest one-hand\n")
    before = {file.name: file.read_bytes() for file in Path("public").iterdir()}
    assert set(before) == {"show.xml", "show.jpg"}
    with Image.open("public/show.jpg") as picture:
        assert picture.size == (3000, 3000)
    root = ET.parse("public/show.xml").getroot()  # noqa: S314 - our own
    assert root.findtext("channel/item/title") == "The Sound of One Hand"
    ran = paperledge(
        "feed", "out", "-o", "public/show.xml", "--show", "scripts/show.toml", "--json"
    )
    assert json.loads(ran.out)["episodes"][0]["slug"] == "one-hand"
    assert {file.name: file.read_bytes() for file in Path("public").iterdir()} == before


def test_a_half_folder_leaves_the_feed_as_it_was(
    rendered: Path, paperledge: Callable[..., Any]
) -> None:
    Path("feed.xml").write_text("before")
    Path("out/one-hand/one-hand.vtt").unlink()
    ran = paperledge("feed", "out")
    assert ran.code == 1
    assert ran.line == (
        "out/one-hand: is incomplete or changed: one-hand.vtt is missing; render it again"
    )
    assert Path("feed.xml").read_text() == "before"
    ran = paperledge("feed", "out", "--json")
    assert ran.code == 1
    assert json.loads(ran.out)["errors"][0]["path"] == "out/one-hand"


def test_a_show_without_an_address_is_named(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    Path("out").mkdir()
    assert paperledge("feed", "out").line.startswith("out: holds no finished folder")
    assert paperledge("render", "scripts/one-hand.md").code == 0
    ran = paperledge("feed", "out")
    assert ran.code == 1
    assert "show.toml: base_url: is missing: a feed needs full addresses" in ran.line


@pytest.mark.parametrize("name", ["/", ".", ".."])
def test_a_feed_that_would_be_a_folder_is_wrong_usage(
    show_folder: Path, paperledge: Callable[..., Any], name: str
) -> None:
    ran = paperledge("feed", "out", "-o", name)
    assert (ran.code, ran.line) == (2, f"{name}: is not a feed's name; name a file, as feed.xml")


def put_second(number: int = 0, date: str = "2025-10-22") -> Path:
    """A second script, of another day."""
    text = Path("scripts/one-hand.md").read_text().replace("One Hand", "Two Hands")
    more = f"date: {date}" + (f"\nnumber: {number}" if number else "")
    file = Path("scripts/two-hands.md")
    file.write_text(text.replace("date: 2025-10-21", more))
    return file


def test_an_episode_of_the_future_waits_and_a_lost_one_stops_the_feed(
    rendered: Path, paperledge: Callable[..., Any]
) -> None:
    assert paperledge("render", put_second(date="2999-01-01")).code == 0
    ran = paperledge("feed", "out")
    assert (ran.code, ran.out) == (0, "feed.xml: 1 episode, the newest one-hand\n")
    assert ran.line == "out/two-hands: waits until 2999-01-01 00:00 GMT"
    ran = paperledge("feed", "out", "--until", "2999-01-01 01:00 +01:00")
    assert ran.out == "feed.xml: 2 episodes, the newest two-hands\n"
    before = Path("feed.xml").read_bytes()
    ran = paperledge("feed", "out", "--json")
    assert ran.code == 1
    assert "feed.xml: would lose the episode 'The Sound of Two Hands' (" in ran.line
    assert ran.line.endswith("); bring it back, or add --allow-loss")
    assert Path("feed.xml").read_bytes() == before
    ran = paperledge("feed", "out", "--allow-loss", "--json")
    (waiting,) = json.loads(ran.out)["waiting"]
    assert (waiting["slug"], waiting["date"]) == ("two-hands", "2999-01-01T00:00:00+00:00")
    assert Path("feed.xml").read_bytes() != before


@pytest.mark.parametrize("until", ["", "tomorrow", "2025-10-21 06:00", "9999-99-99"])
def test_until_is_a_moment(show_folder: Path, paperledge: Callable[..., Any], until: str) -> None:
    Path("scripts/show.toml").write_text(MORE + Path("scripts/show.toml").read_text())
    ran = paperledge("feed", "out", "--until", until)
    assert (ran.code, f"--until {until!r} is not a moment; write it as 2025-11-03" in ran.line) == (
        2, True
    )  # fmt: skip


def test_one_number_for_two_is_told_before_anybody_speaks(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    first, second = Path("scripts/one-hand.md"), put_second(number=3)
    first.write_text(first.read_text().replace("date:", "number: 3\ndate:"))
    what = f"{second}:1: {{}}has the season and number of {first}; correct or remove one of them"
    for command, level in (("check", "error: "), ("render", "")):
        ran = paperledge(command, first, second)
        assert (ran.code, what.format(level) in ran.err) == (1, True), ran.err
    assert not Path("out").exists()


def test_an_unknown_category_is_told_before_anybody_speaks(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    toml = Path("scripts/show.toml")
    toml.write_text('category = "Sciense"\n' + toml.read_text())
    ran = paperledge("render", "scripts/one-hand.md")
    assert ran.code == 1
    assert "show.toml:1:1: category: 'Sciense' is not one that podcast directories know" in ran.line
    assert not list((show_folder.parent / "cache").rglob("*.flac"))
