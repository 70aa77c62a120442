"""Picture files → pictures in memory → JPEGs of a given size."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, UnidentifiedImageError

from paperledge_audio.errors import ShowError, map_errors
from paperledge_audio.files.reading import read_bytes

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

LARGEST_BYTES = 50_000_000
"""Of a file: twice what a picture of `MOST_PIXELS` needs as JPEG."""
MOST_PIXELS = 8000 * 8000
"""A larger picture is a mistake or an attack."""
FORMATS = ("JPEG", "PNG")
QUALITIES = (88, 80, 70, 60, 45, 30)
"""Of JPEGs, the first one that fits."""

_LANCZOS = Image.Resampling.LANCZOS
_GAP = 1.5
"""A cheap filter first reduces to this multiple of the size; twice as fast."""


def open_picture(path: Path) -> Image.Image:
    """A picture whose header has been read, its pixels not yet; close it.

    Raises ShowError for what is no JPEG or PNG, and for more than `MOST_PIXELS`.
    """
    data = read_bytes(path, LARGEST_BYTES, "a picture", error=ShowError)
    with expect_readable(path), warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # checked below
        try:
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
        except UnidentifiedImageError as error:
            raise ShowError("is not a JPEG or PNG picture", "save it as one", path=path) from error
    width, height = picture.size
    if width * height > MOST_PIXELS:
        picture.close()
        what = f"is {width} × {height} pixels, too large to open safely"
        raise ShowError(what, f"keep it below {MOST_PIXELS // 1_000_000} million", path=path)
    return picture


def expect_readable(path: Path) -> AbstractContextManager[None]:
    """Raise ShowError in place of anything that Pillow raises of a damaged picture."""
    what = "is not a picture that can be read"
    return map_errors(ShowError, what, "save it again", foreign=(Exception,), path=path)


def flatten(picture: Image.Image) -> Image.Image:
    """The picture upright, in RGB, on white where it is transparent."""
    rgba = ImageOps.exif_transpose(picture).convert("RGBA")
    paper = Image.new("RGBA", rgba.size, "white")
    return Image.alpha_composite(paper, rgba).convert("RGB")


def shrink(picture: Image.Image, side: int) -> Image.Image:
    """The picture, made smaller where its longer side has more than `side` pixels."""
    longer = max(picture.size)
    if longer <= side:
        return picture
    size = (max(1, picture.width * side // longer), max(1, picture.height * side // longer))
    return picture.resize(size, _LANCZOS, reducing_gap=_GAP)


def encode_jpeg(picture: Image.Image, quality: int = QUALITIES[0], comment: str = "") -> bytes:
    """A JPEG without the file's metadata, such as where a photograph was taken."""
    out = io.BytesIO()
    picture.save(
        out, "JPEG", quality=quality, optimize=True, progressive=False, comment=comment.encode()
    )
    return out.getvalue()


def fit_jpeg(picture: Image.Image, most: int) -> bytes:
    """The best JPEG of at most `most` bytes, of a smaller picture if necessary."""
    while True:
        for quality in QUALITIES:
            if len(data := encode_jpeg(picture, quality)) <= most:
                return data
        picture = shrink(picture, max(picture.size) // 2)
