"""Cover pictures: the show's artwork, checked and scaled, else a drawn one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paperledge_audio import GENERATOR_NOTE
from paperledge_audio.deliver.pictures.drawing import draw_picture
from paperledge_audio.deliver.pictures.files import (
    encode_jpeg,
    expect_readable,
    fit_jpeg,
    flatten,
    open_picture,
    shrink,
)
from paperledge_audio.errors import ShowError

if TYPE_CHECKING:
    from PIL import Image

    from paperledge_audio.script.model import Episode, Script
    from paperledge_audio.show.model import Show

LARGE_PX, SMALLEST_PX = 3000, 1400
"""Feed artwork is square, 1400 to 3000 pixels wide (Apple Podcasts)."""
SMALL_PX = 800
"""In the tag, for small players."""
SMALL_BYTES = 150_000
"""Half of a tag's limit; the rest is for text."""


@dataclass(frozen=True, slots=True)
class Cover:
    """The same picture twice, as JPEG: for the feed and for the tag."""

    large: bytes
    small: bytes


def find_artwork(script: Script, show: Show) -> Path | None:
    """The episode's own picture if its header names a file, else the show's artwork, if any."""
    own = script.episode.file
    return Path(script.path).parent / own if own else show.artwork


def draw_cover(episode: Episode, show: Show, artwork: Path | None) -> Cover:
    """The artwork (see `find_artwork`) if there is one, else a cover drawn for the episode.

    The same input gives the same bytes. Raises ShowError for unusable artwork.
    """
    picture = draw_picture(episode, show, LARGE_PX) if artwork is None else _read(artwork)
    large = encode_jpeg(shrink(picture, LARGE_PX))
    return Cover(large, fit_jpeg(shrink(picture, SMALL_PX), SMALL_BYTES))


def draw_show_cover(show: Show) -> bytes:
    """The show's own picture for its feed: its artwork if it names one, else drawn."""
    picture = draw_picture(None, show, LARGE_PX) if show.artwork is None else _read(show.artwork)
    return encode_jpeg(shrink(picture, LARGE_PX), comment=GENERATOR_NOTE)


def check_artwork(path: Path | None) -> None:
    """Raise ShowError unless the picture is whole, square, large enough, not huge, JPEG or PNG."""
    if path is not None:
        with _open(path) as picture, expect_readable(path):
            picture.load()


def _open(path: Path) -> Image.Image:
    """A picture whose header has been read and checked, its pixels not yet."""
    picture = open_picture(path)
    width, height = picture.size
    problem = ""
    if width != height:
        problem = f"is {width} × {height} pixels, not square"
    elif width < SMALLEST_PX:
        problem = f"is {width} pixels wide, less than {SMALLEST_PX}"
    if problem:
        picture.close()
        raise ShowError(problem, f"make it {SMALLEST_PX} to {LARGE_PX} pixels square", path=path)
    return picture


def _read(path: Path) -> Image.Image:
    with _open(path) as picture, expect_readable(path):
        return flatten(picture)
