"""The episode on a time line, and its finished sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperledge_audio.audio import Sound
    from paperledge_audio.engines.model import Word
    from paperledge_audio.spoken.model import Segment


@dataclass(frozen=True, slots=True)
class Placed:
    """A sound on the time line: where it starts, how loud, how it fades. Lengths in frames."""

    sound: Sound
    start: int
    gain_db: float = 0.0
    fade_in: int = 0
    fade_out: int = 0
    role: str = "speech"
    """speech, intro, outro, sting or bed."""

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


@dataclass(frozen=True, slots=True)
class Loudness:
    """Measured after ITU-R BS.1770-4, EBU Tech 3341 and 3342; the RMS weighs nothing."""

    integrated_lufs: float
    """Gated; minus infinity for silence."""
    true_peak_dbtp: float
    range_lu: float
    short_term_max_lufs: float
    """Of the loudest 3 s; minus infinity for silence."""
    rms_dbfs: float
    """Of all samples of all channels, pauses included; a full square wave has 0."""


@dataclass(frozen=True, slots=True)
class Master:
    """The finished sound: exactly as many frames as the time line, so that cues stay true."""

    sound: Sound
    before: Loudness
    after: Loudness
    gain_db: float
    """The linear gain that was applied."""
    limited_db: float
    """The most that the limiter took away anywhere, 0 or more."""
