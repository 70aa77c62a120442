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
    ran = paperledge("feed", "out")
    assert ran.code == 1
    assert "show.toml: base_url: is missing: a feed needs full addresses" in ran.line


@pytest.mark.parametrize("name", ["/", ".", ".."])
def test_a_feed_that_would_be_a_folder_is_wrong_usage(
    show_folder: Path, paperledge: Callable[..., Any], name: str
) -> None:
    ran = paperledge("feed", "out", "-o", name)
    assert (ran.code, ran.line) == (2, f"{name}: is not a feed's name; name a file, as feed.xml")
