"""How a sound is encoded, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperledge_audio.deliver.text.chapters import FileChapter


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """What an encoder should do; each format takes from it what it has."""

    kbps: int
    chapters: tuple[FileChapter, ...] = ()
    """Those that go in with the sound, not with the tag."""
    fast: bool = False
    """Whether speed counts more than the last of the quality, as for a draft."""
