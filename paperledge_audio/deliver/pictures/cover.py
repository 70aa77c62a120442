"""Cover pictures: the show's artwork, checked and scaled, else a drawn one."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, UnidentifiedImageError

from paperledge_audio import GENERATOR_NOTE
from paperledge_audio.deliver.pictures.drawing import draw_picture
from paperledge_audio.errors import ShowError, map_errors
from paperledge_audio.files.reading import read_bytes

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from paperledge_audio.script.model import Episode
    from paperledge_audio.show.model import Show

LARGE_PX, SMALLEST_PX = 3000, 1400
"""Feed artwork is square, 1400 to 3000 pixels wide (Apple Podcasts)."""
SMALL_PX = 800
"""In the tag, for small players."""
SMALL_BYTES = 150_000
"""Half of a tag's limit; the rest is for text."""
LARGEST_BYTES = 50_000_000
"""Of a file: twice what a picture of `MOST_PIXELS` needs as JPEG."""
MOST_PIXELS = 8000 * 8000
"""A larger picture is a mistake or an attack."""
FORMATS = ("JPEG", "PNG")

_QUALITIES = (88, 80, 70, 60, 45, 30)


@dataclass(frozen=True, slots=True)
class Cover:
    """The same picture twice, as JPEG: for the feed and for the tag."""

    large: bytes
    small: bytes


def draw_cover(episode: Episode, show: Show) -> Cover:
    """The show's artwork if it names one, else a cover drawn for the episode.

    The same input gives the same bytes. Raises ShowError for unusable artwork.
    """
    picture = draw_picture(episode, show, LARGE_PX) if show.artwork is None else _read(show.artwork)
    large = _encode_jpeg(_shrink(picture, LARGE_PX), _QUALITIES[0])
    return Cover(large, _fit_jpeg(_shrink(picture, SMALL_PX), SMALL_BYTES))


def draw_show_cover(show: Show) -> bytes:
    """The show's own picture for its feed: its artwork if it names one, else drawn."""
    picture = draw_picture(None, show, LARGE_PX) if show.artwork is None else _read(show.artwork)
    return _encode_jpeg(_shrink(picture, LARGE_PX), _QUALITIES[0], GENERATOR_NOTE)


def check_artwork(path: Path | None) -> None:
    """Raise ShowError unless the picture is whole, square, large enough, not huge, JPEG or PNG."""
    if path is not None:
        with _open(path) as picture, _readable(path):
            picture.load()


_LANCZOS = Image.Resampling.LANCZOS
_GAP = 1.5
"""A cheap filter first reduces to this multiple of the size; twice as fast."""


def _shrink(picture: Image.Image, side: int) -> Image.Image:
    """The square picture, made smaller where it is wider than `side` pixels."""
    if picture.width <= side:
        return picture
    return picture.resize((side, side), _LANCZOS, reducing_gap=_GAP)


def _open(path: Path) -> Image.Image:
    """A picture whose header has been read and checked, its pixels not yet."""
    data = read_bytes(path, LARGEST_BYTES, "a picture", error=ShowError)
    with _readable(path), warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # checked below
        try:
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
        except UnidentifiedImageError as error:
            raise ShowError("is not a JPEG or PNG picture", "save it as one", path=path) from error
    width, height = picture.size
    problem = ""
    if width != height:
        problem = f"is {width} × {height} pixels, not square"
    elif width < SMALLEST_PX:
        problem = f"is {width} pixels wide, less than {SMALLEST_PX}"
    elif width * height > MOST_PIXELS:
        problem = f"is {width} pixels wide, too large to open safely"
    if problem:
        picture.close()
        raise ShowError(problem, f"make it {SMALLEST_PX} to {LARGE_PX} pixels square", path=path)
    return picture


def _read(path: Path) -> Image.Image:
    with _open(path) as picture, _readable(path):
        rgba = ImageOps.exif_transpose(picture).convert("RGBA")
    paper = Image.new("RGBA", rgba.size, "white")
    return Image.alpha_composite(paper, rgba).convert("RGB")


def _readable(path: Path) -> AbstractContextManager[None]:
    """A damaged picture may lead Pillow to raise anything."""
    what = "is not a picture that can be read"
    return map_errors(ShowError, what, "save it again", foreign=(Exception,), path=path)


def _encode_jpeg(picture: Image.Image, quality: int, comment: str = "") -> bytes:
    out = io.BytesIO()
    picture.save(
        out, "JPEG", quality=quality, optimize=True, progressive=False, comment=comment.encode()
    )
    return out.getvalue()


def _fit_jpeg(picture: Image.Image, most: int) -> bytes:
    """The best JPEG of at most `most` bytes, of a smaller picture if necessary."""
    while True:
        for quality in _QUALITIES:
            if len(data := _encode_jpeg(picture, quality)) <= most:
                return data
        picture = picture.resize((picture.width // 2, picture.height // 2), _LANCZOS)
