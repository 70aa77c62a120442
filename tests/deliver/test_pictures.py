"""A chapter's picture may be a file: it lies, small, beside the sound and in its tag."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from mutagen.id3 import ID3
from PIL import Image

from paperledge_audio.deliver.model import PICTURES
from paperledge_audio.deliver.pictures.chapters import (
    EMBEDDED_BYTES,
    LARGEST_PICTURE,
    SIDE_PX,
    read_pictures,
)
from paperledge_audio.deliver.tags import id3
from paperledge_audio.deliver.text.chapters import FileChapter
from paperledge_audio.script.model import ChapterLink, Script
from tests.deliver.making import EPISODE
from tests.deliver.test_tags import SHOW, tag

SOURCE = Path("scripts/one-hand.md")
Call = Callable[..., Any]


def put_picture(name: str, size: tuple[int, int], *, noisy: bool = False) -> Path:
    file = SOURCE.parent / name
    file.parent.mkdir(exist_ok=True)
    shape = (size[1], size[0], 3)
    pixels = np.random.default_rng(1).integers(0, 256, shape, np.uint8) if noisy else None
    picture = Image.new("RGB", size, "teal") if pixels is None else Image.fromarray(pixels)
    picture.save(file)
    return file


def put_chapters(*images: str) -> None:
    """Headings "A", "B" … with a picture each, in place of the script's own words."""
    named = list(zip("ABCD", images, strict=False))
    rows = "".join(f"  - {{title: {title}, image: {name}}}\n" for title, name in named)
    head = re.split(r"\n(?:chapters:|---\n)", SOURCE.read_text(), maxsplit=1)[0]
    words = "".join(f"\n## {title}\n\nHello.\n" for title, _ in named)
    SOURCE.write_text(f"{head}\nchapters:\n{rows}---\n{words}")


def read_chapters() -> tuple[list[dict[str, Any]], list[Any]]:
    """Those of chapters.json, and the pictures in the tag's."""
    beside = json.loads(Path("out/one-hand/one-hand.chapters.json").read_text("utf-8"))["chapters"]
    tagged: Any = ID3(Path("out/one-hand/one-hand.mp3"))  # type: ignore[no-untyped-call]
    return beside, [chapter.sub_frames.getall("APIC") for chapter in tagged.getall("CHAP")]


def test_a_picture_lies_beside_the_sound_and_in_its_tag(
    show_folder: Path, paperledge: Call
) -> None:
    put_picture("art/wide.png", (2000, 500))
    put_picture("ü b.jpg", (90, 160))
    put_chapters("art/wide.png", "ü b.jpg", "art/wide.png", "https://x.example/c.png")
    toml = Path("scripts/show.toml")
    toml.write_text('base_url = "https://x.example/p"\n' + toml.read_text())
    assert paperledge("render", SOURCE).code == 0
    one, two = (Path(f"out/one-hand/one-hand{ending}") for ending in PICTURES[:2])
    sizes = [Image.open(io.BytesIO(file.read_bytes())).size for file in (one, two)]
    assert sizes == [(SIDE_PX, SIDE_PX // 4), (90, 160)]
    chapters, pictures = read_chapters()
    base = "https://x.example/p/one-hand/one-hand.picture-"
    assert [chapter["img"] for chapter in chapters] == [
        f"{base}1.jpg", f"{base}2.jpg", f"{base}1.jpg", "https://x.example/c.png",
    ]  # fmt: skip
    found = [(picture.mime, picture.data) for (picture,) in pictures]
    assert found == [
        ("image/jpeg", one.read_bytes()),
        ("image/jpeg", two.read_bytes()),
        ("image/jpeg", one.read_bytes()),
        ("-->", b"https://x.example/c.png"),
    ]
    assert (ran := paperledge("verify", "out/one-hand/one-hand.mp3")).code == 0, ran.out
    first = {path.name: path.read_bytes() for path in Path("out/one-hand").iterdir()}
    assert paperledge("render", SOURCE).code == 0
    assert {path.name: path.read_bytes() for path in Path("out/one-hand").iterdir()} == first
    put_chapters("ü b.jpg")
    assert paperledge("render", SOURCE).code == 0
    assert (one.exists(), two.exists()) == (True, False)  # what is no longer named is gone


def test_pictures_that_are_too_many_stay_beside_the_sound(
    show_folder: Path, paperledge: Call
) -> None:
    for name in "abc":
        put_picture(f"{name}.png", (400, 400), noisy=True)
    put_chapters("a.png", "b.png", "c.png")
    assert paperledge("render", SOURCE).code == 0
    chapters, pictures = read_chapters()
    names = [chapter["img"] for chapter in chapters]
    assert names == [f"one-hand.picture-{n}.jpg" for n in (1, 2, 3)]  # no base_url: seen from there
    sizes = [Path("out/one-hand", name).stat().st_size for name in names]
    assert max(sizes) <= LARGEST_PICTURE
    assert sum(sizes) > EMBEDDED_BYTES
    assert pictures == [[], [], []]


def test_an_episode_may_have_a_cover_of_its_own(show_folder: Path, paperledge: Call) -> None:
    put_picture("own.png", (1400, 1400))
    source = SOURCE.read_text()
    SOURCE.write_text(source.replace("\ntitle:", "\nimage: own.png\ntitle:", 1))
    assert paperledge("render", SOURCE).code == 0
    cover = Image.open("out/one-hand/one-hand.jpg")
    pixel = np.asarray(cover)[9, 9].astype(int)
    assert cover.size == (1400, 1400)
    assert np.abs(pixel - (0, 128, 128)).max() <= 3  # teal, but for what JPEG changes
    item = Path("out/one-hand/one-hand.item.xml").read_text()
    assert '<itunes:image href="one-hand/one-hand.jpg" />' in item
    put_picture("own.png", (1400, 900))
    ran = paperledge("check", SOURCE)
    what = "scripts/own.png: error: is 1400 × 900 pixels, not square; "
    assert (ran.code, what in ran.err) == (1, True)
    Path("scripts/own.png").unlink()
    ran = paperledge("render", SOURCE)
    assert (ran.code, ran.line.split("; ")[0]) == (
        1,
        "scripts/one-hand.md:2: image: there is no file own.png",
    )


def test_a_tag_without_room_has_addresses() -> None:
    chapter = FileChapter("A", 0, 1, image="https://x.example/a.jpg", picture=b"p" * 60_000)
    for characters, held in ((1000, chapter.picture), (130_000, b"https://x.example/a.jpg")):
        data = id3.compose(tag(SHOW, chapters=(chapter,), text="a" * characters), b"")
        (found,) = ID3(io.BytesIO(data)).getall("CHAP")  # type: ignore[no-untyped-call]
        assert found.sub_frames.getall("APIC")[0].data == held


def test_what_a_camera_noted_is_left_out(tmp_path: Path) -> None:
    picture = Image.new("RGB", (40, 20), "teal")
    exif = picture.getexif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010E] = "At home"
    picture.save(tmp_path / "a.jpg", exif=exif)
    links = (ChapterLink("A", image="a.jpg"),)
    script = Script(dataclasses.replace(EPISODE, chapters=links), (), str(tmp_path / "x.md"))
    (made,) = read_pictures(script).values()
    found = Image.open(io.BytesIO(made))
    assert (found.size, dict(found.getexif())) == ((20, 40), {})


@pytest.mark.parametrize(
    ("image", "what"),
    [
        ("none.png", "scripts/one-hand.md:{line}: chapters.0.image: there is no file none.png; "),
        ("art", "scripts/one-hand.md:{line}: chapters.0.image: art is a folder, not a file; "),
        ("empty.jpg", "scripts/empty.jpg: is not a JPEG or PNG picture; save it as one"),
        ("half.png", "scripts/half.png: is not a picture that can be read"),
        (
            "../a.png",
            "scripts/one-hand.md:{line}:16: chapters.0.image: '../a.png' has the part '..'",
        ),
        (
            "/a.png",
            "scripts/one-hand.md:{line}:16: chapters.0.image: '/a.png' has the part ''; name",
        ),
        (
            '"file:a.png"',
            "scripts/one-hand.md:{line}:16: chapters.0.image: 'file:a.png' is not a web",
        ),
    ],
)
@pytest.mark.parametrize("command", ["check", "render"])
def test_what_is_no_picture_is_told_before_anybody_speaks(
    show_folder: Path, paperledge: Call, command: str, image: str, what: str
) -> None:
    half = put_picture("half.png", (300, 300), noisy=True)
    half.write_bytes(half.read_bytes()[:1000])
    Path("scripts/empty.jpg").touch()
    Path("scripts/art").mkdir()
    put_chapters(image)
    line = SOURCE.read_text().split("\n").index("chapters:") + 2
    ran = paperledge(command, SOURCE)
    assert ran.code == 1
    assert what.format(line=line) in ran.err.replace("error: ", "").replace(f"{show_folder}/", "")
    assert not list((show_folder.parent / "cache").rglob("*.flac"))
