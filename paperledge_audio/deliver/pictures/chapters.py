"""The pictures of chapters that are files: checked, made small, and named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from paperledge_audio.deliver.model import PICTURES
from paperledge_audio.deliver.pictures.files import (
    expect_readable,
    fit_jpeg,
    flatten,
    open_picture,
    shrink,
)
from paperledge_audio.errors import DeliveryError
from paperledge_audio.files.reading import ABSENT, no_file

if TYPE_CHECKING:
    from PIL import Image

    from paperledge_audio.script.model import Script

SIDE_PX = 1000
"""The longer side: as wide as a phone shows it."""
LARGEST_PICTURE = 80_000
"""Bytes of each."""
EMBEDDED_BYTES = 80_000
"""Of all of them together; where they are more, a tag has only their addresses."""


def list_pictures(script: Script) -> dict[str, str]:
    """Each file that chapters of the header name → the ending that it has in the release."""
    files = dict.fromkeys(one.file for one in script.episode.chapters if one.file)
    return dict(zip(files, PICTURES, strict=False))


def check_pictures(script: Script) -> None:
    """Raise DeliveryError for a file that is not there, ShowError for what is no whole picture.

    That the episode's own picture is there is checked, too.
    """
    episode = script.episode
    named = [("image", episode.file, episode.image_line)]
    named += [(f"chapters.{n}.image", one.file, one.line) for n, one in enumerate(episode.chapters)]
    for key, file, line in named:
        if file and (why := no_file(_find(script, file))):
            raise DeliveryError(
                f"{key}: " + (f"there is no file {file}" if why == ABSENT else f"{file} {why}"),
                "correct the path, seen from that file, or remove the key",
                path=script.path,
                line=line or None,
            )
    for name in list_pictures(script):
        _read(_find(script, name))


def read_pictures(script: Script) -> dict[str, bytes]:
    """By their endings, the files as JPEGs; raises ShowError."""
    return {
        ending: fit_jpeg(shrink(_read(_find(script, name)), SIDE_PX), LARGEST_PICTURE)
        for name, ending in list_pictures(script).items()
    }


def _find(script: Script, name: str) -> Path:
    return Path(script.path).parent / name


def _read(path: Path) -> Image.Image:
    with open_picture(path) as picture, expect_readable(path):
        return flatten(picture)
