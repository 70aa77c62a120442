"""Releases as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paperledge_audio.deliver.text.formats import CAPTION_FORMATS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from paperledge_audio.script.model import Episode
    from paperledge_audio.sound.measuring.loudness import Loudness
    from paperledge_audio.voices.profiles import Consent


STUDIO, DRAFT = "studio", "draft"
"""The qualities. Only the first is for publishing."""


@dataclass(frozen=True, slots=True)
class Narrator:
    """A voice of the release: title, licence, consent, engine."""

    name: str
    """The profile's title; captions show it where neither the script nor show.toml has a name."""
    licence: str
    """Of the voice, as an SPDX identifier or a sentence."""
    engine: str
    """The engine's fingerprint."""
    consent: Consent
    """The consent for the voice."""
    models: Mapping[str, str] = field(default_factory=dict)
    """The engine's files of weights: name → sha256."""
    note: str = ""
    """A note, such as that another engine speaks this draft than the episode."""
    timbre_sha256: str = ""
    """The hash of all that the profile adds to how its engine sounds."""
    pronounce: Mapping[str, str] = field(default_factory=dict)
    """The voice's pronunciations: printed form → how it is said."""


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
