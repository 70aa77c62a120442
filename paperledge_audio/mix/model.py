"""The episode on a time line, and its finished sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from paperledge_audio.engines.model import Take, Word
    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.spoken.model import Segment


EFFECT_ROLES = frozenset({"sound", "effect"})
"""What the show's own sounds are called on the time line: between speech, and under it."""


@dataclass(frozen=True, slots=True, eq=False)
class ProcessedTake:
    """A take as it goes into the mix."""

    take: Take
    sound: Sound
    """The take through the voice chain, mono, at the time line's rate."""
    powers: NDArray[np.float64]
    """The power of each 100 ms of it (see `PowerMeter`)."""

    @property
    def voice(self) -> str:
        """Who speaks: the name of a voice profile."""
        return self.take.segment.voice


@dataclass(frozen=True, slots=True)
class Placed:
    """A sound on the time line: where it starts, how loud, how it fades. Lengths in frames."""

    sound: Sound
    start: int
    gain_db: float = 0.0
    fade_in: int = 0
    fade_out: int = 0
    role: str = "speech"
    """speech, intro, outro, sting or bed; sound between speech, effect for one under it."""

    @property
    def end(self) -> int:
        """The frame after the last."""
        return self.start + self.sound.frames


@dataclass(frozen=True, slots=True)
class Cue:
    """A segment on the time line, with its words; all in frames of the time line."""

    segment: Segment
    start: int
    end: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter, from `start` up to `end`, in frames of the time line."""

    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything that will sound, and when. `frames` is the whole length."""

    rate: int
    frames: int
    placed: tuple[Placed, ...]
    cues: tuple[Cue, ...]
    chapters: tuple[Chapter, ...]
    host: str
    """The host's voice: the name of a profile."""
