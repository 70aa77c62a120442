"""What an engine is and what it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from paperledge_audio.sound.clip import Clip, loaded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.spoken.model import Segment
    from paperledge_audio.voices.profiles import Voice


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

    `sound` is mono at the engine's own rate, trimmed at its edges, not normalised: a clip when
    it was just spoken, a file when it was kept. `words` are the printed words in order, between 0
    and the sound's length; `engine` is the fingerprint of what spoke. `marks` pair places in the
    segment's spoken text with frames of the sound; the words' times come from them. `id` is its
    name in the store, empty until it is kept.
    """

    segment: Segment
    sound: Sound
    words: tuple[Word, ...]
    engine: str
    marks: Marks = ()
    id: str = ""

    @property
    def clip(self) -> Clip:
        """The sound in memory."""
        return loaded(self.sound)


class Engine(Protocol):
    """Anything that speaks. It speaks all of a segment's text or raises EngineError.

    Its takes have the rate of what speaks: one engine's voices may differ.
    """

    name: str
    fingerprint: str
    """Changes whenever the same words would sound different."""

    def timbre(self, voice: Voice) -> str:
        """Everything of `voice` that changes how this engine sounds, its pace included."""
        ...

    def models(self, voice: Voice) -> Mapping[str, str]:
        """The files of weights that speak in `voice`: name → sha256."""
        ...

    def timing(self, voice: Voice) -> str:
        """Where the words' times come from: the model's "durations", or "alignment" to others."""
        ...

    def prepare(self, voice: Voice) -> None:
        """Load what it takes to speak in `voice`, where that hasn't been done yet."""
        ...

    def speak(self, segment: Segment, voice: Voice) -> Take:
        """Record `segment` in `voice`."""
        ...
