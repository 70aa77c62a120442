"""Releases as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.deliver.text.formats import CAPTION_FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from paperledge_audio.script.model import Episode
    from paperledge_audio.sound.measuring.loudness import Loudness


STUDIO, DRAFT = "studio", "draft"
"""The qualities. Only the first is for publishing."""


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """One finished file."""

    name: str
    """Relative to the release's folder."""
    bytes: int
    sha256: str
    type: str
    """Media type, as "audio/mpeg"."""


@dataclass(frozen=True, slots=True)
class Release:
    """A finished folder."""

    episode: Episode
    slug: str
    folder: Path
    files: tuple[ReleaseFile, ...]
    """The sound, then the others in the order of `FILE_TYPES`."""
    duration_s: float
    loudness: Loudness
    """Measured on the decoded sound."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files' paths."""
        return tuple(self.folder / file.name for file in self.files)


PICTURES = tuple(f".picture-{number}.jpg" for number in range(1, 101))
"""The endings of chapters' pictures, as many as a header may name."""

FILE_TYPES = {
    ".jpg": "image/jpeg",
    **{suffix: form.media_type for suffix, form in CAPTION_FORMATS.items()},
    ".txt": "text/plain",
    ".transcript.json": "application/json",
    ".chapters.json": "application/json+chapters",
    ".item.xml": "application/rss+xml",
    **dict.fromkeys(PICTURES, "image/jpeg"),
    ".plot.svg": "image/svg+xml",
    ".html": "text/html",
    ".epub": "application/epub+zip",
    ".manifest.json": "application/json",
}
"""A release's files beside its sound (see `formats`): ending → media type, in their order."""

OPTIONAL = frozenset({*PICTURES, ".plot.svg", ".html", ".epub"})
"""Files that not every release has."""
