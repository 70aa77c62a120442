"""A cover drawn for an episode: a planet of ledger lines under a night sky, and the words.

The texts alone determine the cover, so it never changes. If the font lacks letters of a title, the
number or the date is drawn instead.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from paperledge_audio.deliver.pictures.lettering import (
    LEADING,
    SEMIBOLD,
    draw_tracked,
    fit_text,
    keep_drawable,
    load_font,
)

if TYPE_CHECKING:
    from paperledge_audio.script.model import Episode
    from paperledge_audio.show.model import Show

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Palette:
    top: Colour
    bottom: Colour
    glow: Colour
    ink: Colour


_PALETTES = (
    _Palette((10, 14, 38), (50, 28, 92), (255, 176, 112), (255, 214, 170)),
    _Palette((8, 18, 38), (12, 78, 100), (118, 226, 208), (190, 246, 234)),
    _Palette((22, 10, 38), (112, 30, 84), (255, 138, 158), (255, 205, 210)),
    _Palette((10, 14, 30), (36, 60, 116), (255, 208, 96), (255, 236, 179)),
    _Palette((10, 22, 24), (24, 86, 68), (190, 232, 124), (226, 246, 190)),
)
_WHITE = (250, 248, 244)
_STARS = 140
_COARSE = 300
"""Resolution of the soft parts of the sky, which are enlarged."""
_ORBIT, _MOON = 1.22, 0.055
"""Radii beside the planet's."""
_MARGIN = 0.085
_WIDTH = 1.0 - 2 * _MARGIN
_TITLE_HEIGHT = 0.44
_LARGEST, _SMALLEST = 0.125, 0.034
"""Letter heights of a title; all lengths are fractions of the side."""


def draw_picture(episode: Episode | None, show: Show, side: int) -> Image.Image:
    """The episode's cover, or the show's own without one; `side` × `side` pixels, RGB."""
    facts = (show.title, *((episode.title, str(episode.day)) if episode else ()))
    seed = hashlib.sha256("\0".join(facts).encode()).digest()
    palette = _PALETTES[seed[0] % len(_PALETTES)]
    x, y, radius = 0.74 + seed[1] / 2550, 0.25 + seed[2] / 5100, 0.27 + seed[3] / 5100
    picture = _draw_sky(side, palette, (x, y, radius))
    _draw_stars(picture, seed, palette.ink, (x, y, radius))
    _draw_planet(picture, palette.ink, (x, y, radius))
    _draw_words(picture, episode, show, palette)
    return picture


def _draw_sky(side: int, palette: _Palette, planet: tuple[float, float, float]) -> Image.Image:
    """A gradient from the zenith down, and the glow around and on the planet."""
    y, x = (np.mgrid[0:_COARSE, 0:_COARSE] + 0.5) / _COARSE
    top, bottom, glow = (np.array(c, float) for c in (palette.top, palette.bottom, palette.glow))
    colour = top + (bottom - top) * (0.9 * y + 0.1 * x)[..., None]
    outside = np.maximum(np.hypot(x - planet[0], y - planet[1]) - planet[2], 0.0)
    halo = 0.34 * np.exp(-outside / 0.11) * (0.55 + 0.45 * (x - planet[0] + planet[2]))
    colour += (glow - colour) * np.clip(halo, 0.0, 1.0)[..., None]
    coarse = Image.fromarray(np.clip(colour + 0.5, 0, 255).astype(np.uint8))
    return coarse.resize((side, side), Image.Resampling.BILINEAR)


def _draw_stars(
    picture: Image.Image, seed: bytes, ink: Colour, planet: tuple[float, float, float]
) -> None:
    """Small discs of several brightnesses, none in front of the planet."""
    side = picture.width
    for number in range(_STARS):
        bits = hashlib.sha256(seed + number.to_bytes(2)).digest()
        x, y = int.from_bytes(bits[:4]) / 2**32, int.from_bytes(bits[4:8]) / 2**32
        if math.hypot(x - planet[0], y - planet[1]) < planet[2] * 1.08:
            continue
        size = (0.0006 + 0.0016 * (bits[8] / 255) ** 4) * side
        left, top, wide = int(x * side - size), int(y * side - size), math.ceil(2 * size) + 2
        x, y, light = x * side - left, y * side - top, int((60 + bits[9] * 0.6) * (1.0 - 0.7 * y))
        mask = Image.new("L", (wide, wide))
        ImageDraw.Draw(mask).ellipse((x - size, y - size, x + size, y + size), fill=light)
        picture.paste(ink, (left, top), mask)


def _draw_planet(picture: Image.Image, ink: Colour, planet: tuple[float, float, float]) -> None:
    """A globe of parallels, as a page is ruled, with one orbit and a moon."""
    side, scale = picture.width, 2  # drawn larger and reduced, for smooth edges
    reach = planet[2] * (_ORBIT + _MOON)
    left, top = (max(int((value - reach) * side) - 1, 0) for value in planet[:2])
    right, bottom = (min(math.ceil((value + reach) * side) + 1, side) for value in planet[:2])
    mask = Image.new("L", ((right - left) * scale, (bottom - top) * scale))
    draw = ImageDraw.Draw(mask)
    x, y = (planet[0] * side - left) * scale, (planet[1] * side - top) * scale
    radius = planet[2] * side * scale
    lines = 27
    for number in range(1, lines):
        angle = math.pi * number / lines
        half, level = radius * math.sin(angle), y - radius * math.cos(angle)
        weight = max(int(radius * 0.013 * math.sin(angle)), scale)
        draw.line((x - half, level, x + half, level), fill=96 + 130 * number // lines, width=weight)
    rim = max(int(radius * 0.012), scale)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=235, width=rim)
    orbit = radius * _ORBIT
    draw.arc(
        (x - orbit, y - orbit, x + orbit, y + orbit), 100, 235, fill=120, width=max(rim // 2, 1)
    )
    moon_x, moon_y = (
        x + orbit * math.cos(math.radians(205)),
        y + orbit * math.sin(math.radians(205)),
    )
    size = radius * _MOON
    draw.ellipse((moon_x - size, moon_y - size, moon_x + size, moon_y + size), fill=255)
    twilight = _draw_twilight(side).crop((left, top, right, bottom))
    picture.paste(ink, (left, top), ImageChops.multiply(mask.reduce(scale), twilight))


def _draw_twilight(side: int) -> Image.Image:
    """A mask: full above, a third behind the title, so that letters stand out."""
    column = np.interp(np.arange(side) / side, (0.28, 0.5), (255, 90)).astype(np.uint8)
    return Image.fromarray(column[:, np.newaxis]).resize((side, side), Image.Resampling.NEAREST)


def _draw_words(
    picture: Image.Image, episode: Episode | None, show: Show, palette: _Palette
) -> None:
    side = picture.width
    draw = ImageDraw.Draw(picture)
    left, bottom = _MARGIN * side, (1.0 - _MARGIN) * side
    name, label, headline, date = keep_drawable(show.title), "", "", ""
    if episode is None:
        name, headline = "", name
    else:
        date = f"{episode.day.year:04d}-{episode.day.month:02d}-{episode.day.day:02d}"
        count = "" if episode.number is None else f"Episode {episode.number}"
        title = keep_drawable(episode.title)
        headline, label = title or count or date, count if title else ""

    small = load_font(round(0.030 * side))
    draw_tracked(draw, (left, _MARGIN * side), name.upper(), small, _WHITE)
    foot = " · ".join(part for part in (keep_drawable(show.host), date) if part)
    draw_tracked(draw, (left, bottom - 0.030 * side), foot.upper(), small, palette.ink)
    rule = bottom - 0.075 * side
    draw.line((left, rule, side - left, rule), fill=palette.ink, width=max(round(side / 750), 1))

    size, lines = fit_text(
        headline,
        width=_WIDTH * side,
        height=_TITLE_HEIGHT * side,
        sizes=(round(_SMALLEST * side), round(_LARGEST * side)),
    )
    letters, step = load_font(size, SEMIBOLD), size * LEADING
    y = rule - 0.045 * side - step * len(lines)
    draw_tracked(draw, (left, y - 0.06 * side), label.upper(), small, palette.ink)
    for text in lines:
        draw.text((left, y), text, font=letters, fill=_WHITE)
        y += step
