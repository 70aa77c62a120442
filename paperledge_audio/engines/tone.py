"""A tone as long as the text, deterministic, to test the whole flow without a model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.engines.model import Take
from paperledge_audio.engines.words import make_take
from paperledge_audio.errors import EngineError
from paperledge_audio.sound.clip import Clip

if TYPE_CHECKING:
    from paperledge_audio.spoken.model import Segment
    from paperledge_audio.voices.profiles import Voice

RATE = 24000
LETTER = 1500
"""Frames a spoken character: 62.5 ms, about the pace of speech."""
AMPLITUDE = 0.25


class Tone:
    """Every character sounds for `LETTER` frames: letters as a sine, everything else as silence.

    The pitch is a semitone step above 220 Hz chosen by the letter, so different words sound
    different; each word swells and fades over the first and last quarter of a letter.
    """

    name = "tone"
    fingerprint = "tone/1"

    def timbre(self, voice: Voice) -> str:
        """How fast it speaks."""
        return f"{voice.pace}"

    def direction(self, segment: Segment) -> str:  # noqa: ARG002 - the engines' signature
        """Nothing: it speaks plainly."""
        return ""

    def models(self, voice: Voice) -> dict[str, str]:  # noqa: ARG002 - the engines' signature
        """None at all."""
        return {}

    def timing(self, voice: Voice) -> str:  # noqa: ARG002 - the engines' signature
        """Each character's own length."""
        return "durations"

    def prepare(self, voice: Voice) -> None:
        """Nothing needs to be loaded."""

    def speak(self, segment: Segment, voice: Voice) -> Take:
        """Record `segment`; the voice's pace shortens every character alike."""
        said = segment.spoken
        if not any(char.isalpha() for char in said):
            raise EngineError(
                f"there is nothing to say in {segment.text!r}", "write it as words", **segment.place
            )
        letter = round(LETTER / voice.pace)
        steps = np.array([ord(c.lower()) % 24 if c.isalpha() else -1 for c in said])
        pitch = np.repeat(np.where(steps >= 0, 220.0 * 2.0 ** (steps / 12.0), 0.0), letter)
        sounding = np.repeat((steps >= 0).astype(np.float64), letter)
        ramp = np.hanning(letter // 2 + 2)
        envelope = np.convolve(sounding, ramp / ramp.sum(), mode="same") * sounding
        wave = AMPLITUDE * envelope * np.sin(2 * np.pi * np.cumsum(pitch) / RATE)
        marks = tuple((i, i * letter) for i in range(len(said) + 1))
        return make_take(segment, Clip(wave.astype(np.float32), RATE), marks, self.fingerprint)


def check_ready(voice: Voice) -> None:
    """Nothing to check."""


def open_engine() -> Tone:
    """Nothing to load."""
    return Tone()
