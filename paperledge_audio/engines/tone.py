"""A tone as long as the text, deterministic, to test the whole flow without a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.engines.model import Take
from paperledge_audio.engines.prosody.direction import spell_direction
from paperledge_audio.engines.words import make_take
from paperledge_audio.errors import EngineError
from paperledge_audio.sound.clip import Clip
from paperledge_audio.voices.engines import ENGINES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from paperledge_audio.spoken.model import Segment
    from paperledge_audio.voices.profiles import Voice

RATE = 24000
LETTER = 1500
"""Frames a spoken character: 62.5 ms, about the pace of speech."""
AMPLITUDE = 0.25


class Tone:
    """Every character sounds for `LETTER` frames: letters as a sine, everything else as silence.

    The pitch is a semitone step above 220 Hz chosen by the letter, so different words sound
    different; each word swells and fades over the first and last quarter of a letter. Emphasis
    makes letters a quarter longer and two semitones higher, strong emphasis twice that.
    """

    name = "tone"
    fingerprint = "tone/1"

    def timbre(self, voice: Voice) -> str:
        """How fast it speaks."""
        return f"{voice.pace}"

    def direction(self, segment: Segment) -> str:
        """Pace, pitch and emphasis."""
        return spell_direction(segment, ENGINES[self.name].follows)

    def models(self, voice: Voice) -> dict[str, str]:  # noqa: ARG002 - the engines' signature
        """None at all."""
        return {}

    def timing(self, voice: Voice) -> str:  # noqa: ARG002 - the engines' signature
        """Each character's own length."""
        return "durations"

    def prepare(self, voice: Voice) -> None:
        """Nothing needs to be loaded."""

    def speak(self, segment: Segment, voice: Voice) -> Take:
        """Record `segment`; pace shortens every character alike, pitch moves every letter."""
        said = segment.spoken
        if not any(char.isalpha() for char in said):
            raise EngineError(
                f"there is nothing to say in {segment.text!r}", "write it as words", **segment.place
            )
        letter = round(LETTER / (voice.pace * segment.delivery.pace))
        emphasis = np.zeros(len(said), np.int64)
        for start, end, level in segment.emphasised:
            emphasis[start:end] = level
        lengths = letter + letter * emphasis // 4
        steps = np.array([ord(c.lower()) % 24 if c.isalpha() else -1 for c in said])
        semitones = steps + 2 * emphasis + segment.delivery.pitch_st
        pitch = np.repeat(np.where(steps >= 0, 220.0 * 2.0 ** (semitones / 12.0), 0.0), lengths)
        sounding = np.repeat((steps >= 0).astype(np.float64), lengths)
        envelope = _smooth(sounding, np.hanning(letter // 2 + 2)) * sounding
        wave = AMPLITUDE * envelope * np.sin(2 * np.pi * np.cumsum(pitch) / RATE)
        marks = tuple(enumerate((0, *np.cumsum(lengths).tolist())))
        return make_take(segment, Clip(wave.astype(np.float32), RATE), marks, self.fingerprint)


def _smooth(steps: NDArray[np.float64], window: NDArray[np.float64]) -> NDArray[np.float64]:
    """The convolution of a signal of few steps with a window, whose sum counts as one."""
    slopes = np.zeros(len(steps) + len(window))
    changes = np.diff(steps, prepend=0.0, append=0.0)
    for place in np.flatnonzero(changes):
        slopes[place : place + len(window)] += changes[place] * window
    late = (len(window) - 1) // 2
    return np.asarray(np.cumsum(slopes / window.sum())[late : late + len(steps)])


def check_ready(voice: Voice) -> None:
    """Nothing to check."""


def open_engine() -> Tone:
    """Nothing to load."""
    return Tone()
