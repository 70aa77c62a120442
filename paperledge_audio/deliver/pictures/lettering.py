"""Setting words into a picture: which letters can be drawn, how large, on which lines."""

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
"""Space between the letters of small capitals, as a part of their height."""
LEADING = 1.16
"""From line to line, as a part of the letters' height."""


@cache
def font(size: int, weight: str = REGULAR) -> ImageFont.FreeTypeFont:
    """Source Sans at a letter height of `size` pixels: Latin, Greek and Cyrillic.

    Without its package it is the font inside Pillow, which has one weight and little beyond ASCII.
    Raises MissingError where Pillow can't draw either.
    """
    if not features.check("freetype2"):
        raise MissingError("Pillow was built without FreeType", "pip install --upgrade pillow")
    package = find_package("font_source_sans_pro")
    if package is not None:
        file = package / "files" / f"SourceSansPro-{weight}.ttf"
        # The same letters everywhere: the other engine is there only where FriBiDi is installed.
        return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
    found = ImageFont.load_default(size)
    assert isinstance(found, ImageFont.FreeTypeFont)  # noqa: S101 - it is, with FreeType
    return found


def drawable(text: str) -> str:
    """`text` as the font can set it: without the symbols, or empty if it lacks any letter.

    >>> drawable("Rockets 🚀 and kin"), drawable("日本の宇宙 in space")
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
    """False where the font would draw its box for what it lacks."""
    letters = font(40)
    glyph, box = letters.getmask(char), letters.getmask("\U0010ffff")
    return glyph.size != box.size or bytes(glyph) != bytes(box)


def fitted(
    text: str, *, width: float, height: float, sizes: tuple[int, int]
) -> tuple[int, tuple[str, ...]]:
    """The largest letter size between `sizes` at which `text` fits, and its lines.

    At the smallest size words that no line can hold are cut, and so is, with "…", a text that is
    still too long.
    """
    smallest, size = sizes
    while size > smallest:
        lines = _wrapped(text, size, width)
        widest = max(font(size, SEMIBOLD).getlength(line) for line in lines)
        if widest <= width and len(lines) * size * LEADING <= height:
            return size, _even(text, size, width, lines)
        size = max(int(size * 0.94), smallest)
    lines = _wrapped(_cut_words(text, smallest, width), smallest, width)
    most = int(height / (smallest * LEADING))
    if len(lines) > most:
        lines = (*lines[: most - 1], lines[most - 1].rstrip(" .,;:") + "…")
    return smallest, lines


def _wrapped(text: str, size: int, width: float) -> tuple[str, ...]:
    letters, lines = font(size, SEMIBOLD), [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and letters.getlength(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return tuple(lines)


def _even(text: str, size: int, width: float, lines: tuple[str, ...]) -> tuple[str, ...]:
    """The same number of lines with the narrowest block: no last line of one short word."""
    narrow, wide = width / 2, width
    while wide - narrow > width / 200:
        middle = (narrow + wide) / 2
        tried = _wrapped(text, size, middle)
        if len(tried) == len(lines) and max(map(font(size, SEMIBOLD).getlength, tried)) <= width:
            wide, lines = middle, tried
        else:
            narrow = middle
    return lines


def _cut_words(text: str, size: int, width: float) -> str:
    pieces = []
    for word in text.split():
        rest = word
        while font(size, SEMIBOLD).getlength(rest) > width:
            cut = len(rest)
            while font(size, SEMIBOLD).getlength(rest[:cut]) > width:
                cut = int(cut * 0.9)
            pieces.append(rest[:cut])
            rest = rest[cut:]
        pieces.append(rest)
    return " ".join(pieces)


def tracked(
    draw: ImageDraw.ImageDraw,
    place: tuple[float, float],
    text: str,
    letters: ImageFont.FreeTypeFont,
    colour: tuple[int, int, int],
) -> None:
    """Draw `text` at `place` (left, top) with space between its letters, as capitals want it."""
    x, y = place
    for char in text:
        draw.text((x, y), char, font=letters, fill=colour)
        x += letters.getlength(char) + TRACKING * letters.size
