"""Fits text into a picture: drawable letters, size and lines."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from PIL import ImageFont, features

from paperledge_audio.errors import MissingError
from paperledge_audio.files.resources import find_package

if TYPE_CHECKING:
    from PIL import ImageDraw

REGULAR, SEMIBOLD = "Regular", "Semibold"
TRACKING = 0.16
"""Letter spacing of small capitals, as a fraction of their height."""
LEADING = 1.16
"""Line spacing, as a fraction of the letter height."""


@cache
def load_font(size: int, weight: str = REGULAR) -> ImageFont.FreeTypeFont:
    """Source Sans at a letter height of `size` pixels: Latin, Greek and Cyrillic.

    Without its package it is the font inside Pillow, which has one weight and little beyond ASCII.
    Raises MissingError where Pillow can't draw either, or the package is damaged.
    """
    if not features.check("freetype2"):
        raise MissingError("Pillow was built without FreeType", "pip install --upgrade pillow")
    package = find_package("font_source_sans_pro")
    if package is not None:
        file = package / "files" / f"SourceSansPro-{weight}.ttf"
        # The same letters everywhere: the other engine is there only where FriBiDi is installed.
        try:
            return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
        except OSError as error:
            what = f"the font {file.name} can't be read"
            raise MissingError(
                what, "pip install --force-reinstall font-source-sans-pro"
            ) from error
    found = ImageFont.load_default(size)
    assert isinstance(found, ImageFont.FreeTypeFont)  # noqa: S101 - it is, with FreeType
    return found


def check_fonts() -> None:
    """Raise MissingError unless both weights can be loaded."""
    for weight in (REGULAR, SEMIBOLD):
        load_font(40, weight)


def keep_drawable(text: str) -> str:
    """`text` without symbols that the font lacks, or empty if it lacks a letter.

    >>> keep_drawable("Rockets 🚀 and kin"), keep_drawable("日本の宇宙 in space")
    ('Rockets and kin', '')
    """
    kept = []
    for char in unicodedata.normalize("NFC", text):
        if _has_glyph(char):
            kept.append(char)
        elif unicodedata.category(char)[0] in "LMN":
            return ""
        else:
            kept.append(" ")
    return " ".join("".join(kept).split())


@cache
def _has_glyph(char: str) -> bool:
    """Whether the font has a glyph for a character."""
    letters = load_font(40)
    glyph, box = letters.getmask(char), letters.getmask("\U0010ffff")
    return glyph.size != box.size or bytes(glyph) != bytes(box)


def fit_text(
    text: str, *, width: float, height: float, sizes: tuple[int, int]
) -> tuple[int, tuple[str, ...]]:
    """The largest letter size between `sizes` at which `text` fits, and its lines.

    At the smallest size, words that are longer than a line are cut, and so is, with "…", a text
    that is still too long.
    """
    smallest, size = sizes
    while size > smallest:
        lines = _wrap(text, size, width)
        widest = max(load_font(size, SEMIBOLD).getlength(line) for line in lines)
        if widest <= width and len(lines) * size * LEADING <= height:
            return size, _balance_lines(text, size, width, lines)
        size = max(int(size * 0.94), smallest)
    lines = _wrap(_cut_words(text, smallest, width), smallest, width)
    most = int(height / (smallest * LEADING))
    if len(lines) > most:
        lines = (*lines[: most - 1], lines[most - 1].rstrip(" .,;:") + "…")
    return smallest, lines


def _wrap(text: str, size: int, width: float) -> tuple[str, ...]:
    letters, lines = load_font(size, SEMIBOLD), [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and letters.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return tuple(lines)


def _balance_lines(text: str, size: int, width: float, lines: tuple[str, ...]) -> tuple[str, ...]:
    """The same number of lines in the narrowest block, without a short last line."""
    narrow, wide = width / 2, width
    while wide - narrow > width / 200:
        middle = (narrow + wide) / 2
        tried = _wrap(text, size, middle)
        if (
            len(tried) == len(lines)
            and max(map(load_font(size, SEMIBOLD).getlength, tried)) <= width
        ):
            wide, lines = middle, tried
        else:
            narrow = middle
    return lines


def _cut_words(text: str, size: int, width: float) -> str:
    pieces = []
    for word in text.split():
        rest = word
        while load_font(size, SEMIBOLD).getlength(rest) > width:
            cut = len(rest)
            while load_font(size, SEMIBOLD).getlength(rest[:cut]) > width:
                cut = int(cut * 0.9)
            pieces.append(rest[:cut])
            rest = rest[cut:]
        pieces.append(rest)
    return " ".join(pieces)


def draw_tracked(
    draw: ImageDraw.ImageDraw,
    place: tuple[float, float],
    text: str,
    letters: ImageFont.FreeTypeFont,
    colour: tuple[int, int, int],
) -> None:
    """Draw `text` at `place` (left, top) with letter spacing, for capitals."""
    x, y = place
    for char in text:
        draw.text((x, y), char, font=letters, fill=colour)
        x += letters.getlength(char) + TRACKING * letters.size
