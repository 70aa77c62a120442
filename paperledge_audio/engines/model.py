"""Engines and takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from paperledge_audio.sound.clip import Clip, load

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
class TakeFigures:
    """Measured of one take. Levels in dB; −120 dB stands for silence."""

    level_db: float
    """The RMS of its speech, without its silences, against full scale."""
    tempo: float
    """How long its sounds take on average, at the script's pace, against how long its speech is.

    1 for less than a second of speech.
    """
    silence_s: float
    """The longest silence where the text has no pause."""
    dropout_s: float
    """The longest silence that begins at once: a voice dies away, a hole doesn't."""
    start_db: float
    """The level of the first 5 ms against that of the speech: a word that is cut begins loud."""
    end_db: float
    """The same of the last 5 ms."""
    clipped: int
    """Samples in runs of three or more alike at the peak."""
    dc_db: float
    """The mean against the level of the speech."""
    spike_db: float
    """How far the sample that stands out most does so, see `measure_click_db`."""


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
    figures: TakeFigures | None = None

    @property
    def clip(self) -> Clip:
        """The sound in memory."""
        return load(self.sound)


class Engine(Protocol):
    """A speech engine. It speaks all of a segment's text or raises EngineError.

    Takes have their model's rate, which may differ between an engine's voices.
    """

    name: str
    fingerprint: str
    """Changes whenever the same words would sound different."""

    def timbre(self, voice: Voice) -> str:
        """Everything of `voice` that changes how this engine sounds, its pace included."""
        ...

    def direction(self, segment: Segment) -> str:
        """What this engine follows of the segment's delivery and emphasis.

        A text that changes with it, empty where nothing asks for more than plain speech. The level
        and the pauses are not the engine's.
        """
        ...

    def models(self, voice: Voice) -> Mapping[str, str]:
        """The files of weights that speak in `voice`: name → sha256."""
        ...

    def timing(self, voice: Voice) -> str:
        """Where word times come from: the model's "durations", or "alignment"."""
        ...

    def prepare(self, voice: Voice) -> None:
        """Load what is needed to speak in `voice`."""
        ...

    def speak(self, segment: Segment, voice: Voice) -> Take:
        """Record `segment` in `voice`."""
        ...
