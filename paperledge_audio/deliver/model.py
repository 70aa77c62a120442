"""What leaves the house, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from paperledge_audio.script.model import Episode
    from paperledge_audio.sound.measuring.loudness import Loudness
    from paperledge_audio.voices.profiles import Consent


@dataclass(frozen=True, slots=True)
class Narrator:
    """Who speaks under the name of a voice profile, and what that rests on."""

    name: str
    """The title of its profile; captions show it unless the script has another name."""
    licence: str
    """Of the voice, as an SPDX identifier or a sentence."""
    engine: str
    """Fingerprint of the engine that spoke."""
    consent: Consent
    """What consent the use of the voice rests on."""
    models: Mapping[str, str] = field(default_factory=dict)
    """The engine's files of weights: name → sha256."""
    note: str = ""
    """What a listener should know, as that a draft has no engine of its own."""


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
        """Where the files are."""
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
"""The files of a release beside its sound: what follows the slug → its media type.

The sound comes before them (see `formats`), the manifest is the last.
"""

EXTRAS = {".plot.svg": "image/svg+xml"}
"""Files that a release has when they are asked for."""
