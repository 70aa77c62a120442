"""Covers: artwork is checked and scaled; drawn ones fit any title and show no empty boxes."""

from __future__ import annotations

import dataclasses
import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from paperledge_audio.deliver.pictures import cover, lettering
from paperledge_audio.deliver.pictures.cover import draw_cover  # not the one that remembers
from paperledge_audio.deliver.pictures.drawing import draw_picture
from paperledge_audio.errors import ShowError
from paperledge_audio.show.model import Show
from tests.deliver.making import EPISODE, HOSTILE

RED, SIDE = (200, 30, 40), 1400


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def saved(tmp_path: Path, image: Image.Image, kind: str = "png") -> Path:
    file = tmp_path / f"art.{kind}"
    image.save(file)
    return file


def test_artwork_is_scaled_for_the_feed_and_for_the_tag(show: Show, tmp_path: Path) -> None:
    file = saved(tmp_path, Image.new("RGB", (3600, 3600), RED))
    made = draw_cover(EPISODE, show, file)
    assert [(picture(p).format, picture(p).size) for p in (made.large, made.small)] == [
        ("JPEG", (3000, 3000)),
        ("JPEG", (800, 800)),
    ]
    middle = picture(made.small).getpixel((400, 400))
    assert isinstance(middle, tuple)
    assert np.abs(np.subtract(middle, RED)).max() <= 3  # what JPEG may change of a plain colour


def test_small_artwork_is_not_enlarged_for_the_feed(show: Show, tmp_path: Path) -> None:
    file = saved(tmp_path, Image.new("RGB", (SIDE, SIDE), RED), "jpg")
    assert picture(draw_cover(EPISODE, show, file).large).size == (SIDE, SIDE)


@pytest.mark.parametrize(
    ("mode", "colour", "shown"),
    [
        ("RGBA", (255, 0, 0, 0), (255, 255, 255)),  # clear lies on white
        ("L", 90, (90, 90, 90)),
        ("1", 0, (0, 0, 0)),
        ("P", 0, (0, 0, 0)),
    ],
)
def test_any_kind_of_pixels_becomes_rgb(
    show: Show, tmp_path: Path, mode: str, colour: int | tuple[int, ...], shown: tuple[int, ...]
) -> None:
    file = saved(tmp_path, Image.new(mode, (SIDE, SIDE), colour))
    small = picture(draw_cover(EPISODE, show, file).small)
    assert small.mode == "RGB"
    pixel = np.asarray(small)[5, 5].astype(int)
    assert np.max(np.abs(pixel - np.asarray(shown))) <= 3


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds no pixels: what a decompression bomb looks like."""
    chunks = (b"IHDR" + struct.pack(">II5B", width, height, 8, 2, 0, 0, 0), b"IDAT")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        for chunk in chunks
    )


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (png_header(3000, 2000), "3000 × 2000 pixels, not square"),
        (png_header(1399, 1399), "1399 pixels wide, less than 1400"),
        (png_header(9000, 9000), "too large"),
        (png_header(100_000, 100_000), "picture that can be read: .*bomb"),
        (png_header(2000, 2000), "picture that can be read: .*truncated"),
        (b"GIF89a" + bytes(100), "not a JPEG or PNG"),
        (b"", "not a JPEG or PNG"),
    ],
    ids=["oblong", "small", "large", "bomb", "no pixels", "gif", "empty"],
)
def test_unfit_artwork_is_an_error_with_its_path(
    show: Show, tmp_path: Path, data: bytes, what: str
) -> None:
    file = tmp_path / "art.png"
    file.write_bytes(data)
    with pytest.raises(ShowError, match=what) as caught:
        draw_cover(EPISODE, show, file)
    assert caught.value.path == str(file)


def test_a_drawn_cover_has_both_sizes_and_is_the_same_every_time(show: Show) -> None:
    made = draw_cover(EPISODE, show, None)
    assert picture(made.large).size == (3000, 3000)
    assert picture(made.small).size == (800, 800)
    assert len(made.small) <= cover.SMALL_BYTES
    assert made == draw_cover(EPISODE, show, None)


def test_another_title_is_another_cover(show: Show) -> None:
    other = dataclasses.replace(EPISODE, title="Something else")
    assert draw_picture(EPISODE, show, 400).tobytes() != draw_picture(other, show, 400).tobytes()


TITLES = {
    **HOSTILE,
    "one letter": "A",
    "a word that no line holds": "Llanfairpwllgwyngyll" * 8,
    "a novel": "A title that goes on and on, because its author could not stop, " * 40,
}


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_no_title_runs_off_the_cover(show: Show, title: str) -> None:
    """The outer strips hold sky only: no letter's white reaches them."""
    image = np.asarray(draw_picture(dataclasses.replace(EPISODE, title=title), show, 600)).astype(
        int
    )
    margin = round(600 * 0.05)
    bright = image.min(axis=2) > 225
    assert not bright[:, :margin].any()
    assert not bright[-margin:, :].any()
    assert not bright[300:, -margin:].any()  # below the planet's bright rim


@pytest.mark.parametrize("title", ["日本語の題", "שָׁלוֹם", "ปัญญา", "العربية", "🚀"])
def test_letters_that_the_font_lacks_are_not_drawn_as_boxes(title: str) -> None:
    assert lettering.keep_drawable(title) == ""


def test_symbols_that_the_font_lacks_are_left_out_of_a_title() -> None:
    assert lettering.keep_drawable("Go 🚀 far, “really” far!") == "Go far, “really” far!"


def test_source_sans_draws_latin_greek_and_cyrillic() -> None:
    assert lettering.keep_drawable("Cafe\u0301, Żółć, σ and Ж") == "Café, Żółć, σ and Ж"


def test_without_its_package_the_font_inside_pillow_is_used(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forget() -> None:
        lettering.load_font.cache_clear()
        lettering._has_glyph.cache_clear()

    monkeypatch.setattr(lettering, "find_package", lambda _name: None)
    forget()
    try:
        assert lettering.load_font(20).getname() == ("Aileron", "Regular")
        assert lettering.keep_drawable("plain") == "plain"
        assert lettering.keep_drawable("Żółć") == ""
        assert draw_picture(EPISODE, show, 300).size == (300, 300)
    finally:
        forget()


def test_lines_of_a_fitted_text_are_its_words_and_no_wider_than_asked() -> None:
    text = "Latent language modeling: how computers learn to understand and create"
    size, lines = lettering.fit_text(text, width=800, height=400, sizes=(30, 120))
    assert " ".join(lines) == text
    letters = lettering.load_font(size, lettering.SEMIBOLD)
    assert max(letters.getlength(line) for line in lines) <= 800
    assert len(lines) * size * lettering.LEADING <= 400
