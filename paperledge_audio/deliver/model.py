"""Releases as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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
    """The profile's title, which captions show unless the script has another name."""
    licence: str
    """Of the voice, as an SPDX identifier or a sentence."""
    engine: str
    """The engine's fingerprint."""
    consent: Consent
    """The consent for the voice."""
    models: Mapping[str, str] = field(default_factory=dict)
    """The engine's files of weights: name → sha256."""
    note: str = ""
    """A note, such as that the voice has no draft engine."""


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
    """The sound, then the others in the order of `PARTS`, the manifest last."""
    duration_s: float
    loudness: Loudness
    """Measured on the decoded sound."""

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files' paths."""
        return tuple(self.folder / file.name for file in self.files)


PARTS = {
    ".jpg": "image/jpeg",
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".txt": "text/plain",
    ".transcript.json": "application/json",
    ".chapters.json": "application/json+chapters",
    ".item.xml": "application/rss+xml",
    ".manifest.json": "application/json",
}
"""A release's files beside its sound (see `formats`), by their endings → media type.
"""

EXTRAS = {".plot.svg": "image/svg+xml"}
"""Optional files of a release."""
