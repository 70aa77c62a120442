"""How a sound is encoded, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperledge_audio.deliver.text.chapters import FileChapter


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """What an encoder should do; each format uses what applies to it."""

    kbps: int
    chapters: tuple[FileChapter, ...] = ()
    """Chapters, for formats that store them with the sound."""
    fast: bool = False
    """Whether to encode faster at slightly lower quality, as for a draft."""
