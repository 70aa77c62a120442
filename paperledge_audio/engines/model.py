"""What an engine is and what it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from paperledge_audio.audio import Clip
    from paperledge_audio.spoken.model import Segment
    from paperledge_audio.voices import Voice


Marks = tuple[tuple[int, int], ...]
"""(offset in a segment's spoken text, frame of its clip), both ascending."""


@dataclass(frozen=True, slots=True)
class Word:
    """A printed word and where it sounds, in frames of its clip."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Take:
    """A segment's recording.

    `clip` is mono at the engine's own rate, trimmed at its edges, not normalised. `words` are
    the printed words in order, between 0 and the clip's length; `engine` is the fingerprint of
    what spoke. `marks` pair places in the segment's spoken text with frames of the clip; the
    words' times come from them.
    """

    segment: Segment
    clip: Clip
    words: tuple[Word, ...]
    engine: str
    marks: Marks = ()


class Engine(Protocol):
    """Anything that speaks. It speaks all of a segment's text or raises EngineError."""

    name: str
    rate: int
    """Hz."""
    fingerprint: str
    """Changes whenever the same words would sound different."""

    def speak(self, segment: Segment, voice: Voice) -> Take:
        """Record `segment` in `voice`."""
        ...
