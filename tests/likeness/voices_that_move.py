"""An engine, an encoder and a quality net for tests, which sound as a pack's values say.

The engine's take begins with the values of the pack's timbre along some axes, which the encoder
reads off again, and goes on with a voice whose pitch is that of the pack's manner.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from paperledge_audio.engines import Take
from paperledge_audio.engines.words import make_take
from paperledge_audio.likeness.space import VoiceSpace
from paperledge_audio.sound.clip import Clip
from paperledge_audio.spoken.model import Segment
from paperledge_audio.verify.encoder import normalize
from paperledge_audio.voices.packs import blend, read_pack
from paperledge_audio.voices.profiles import Voice
from tests.likeness.voices_that_add_up import stock

RATE = 16000
FRAME = 200
"""Samples of half a model frame."""
SCALE = 16.0
"""Samples are within ±1."""
BASE_HZ = 120.0


@cache
def open_space() -> VoiceSpace:
    """The axes of the voices that ship, as far as tests use them."""
    return VoiceSpace([read_pack(voice.packs[0][0]) for voice in stock()])


class Moving:
    """Speaks a pack as its place; each axis of the manner is worth two semitones."""

    name = "moving"
    fingerprint = "moving/1"

    def __init__(self) -> None:
        self.spoken: list[str] = []

    def timbre(self, voice: Voice) -> str:
        return f"{voice.packs}/{voice.language}"

    def direction(self, segment: Segment) -> str:  # noqa: ARG002 - the engines' signature
        return ""

    def models(self, voice: Voice) -> dict[str, str]:  # noqa: ARG002 - the engines' signature
        return {}

    def timing(self, voice: Voice) -> str:  # noqa: ARG002 - the engines' signature
        return "durations"

    def prepare(self, voice: Voice) -> None:
        """There is nothing to load."""

    def intone(
        self,
        segment: Segment,  # noqa: ARG002 - the engines' signature
        voice: Voice,
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """A second of the voice's pitch, a little above its sound's."""
        f0 = np.full(2 * RATE // FRAME, 1.02 * find_pitch_hz(blend(voice.packs)[0]), np.float32)
        return np.full(RATE // FRAME, 1, np.float32), f0

    def speak(self, segment: Segment, voice: Voice) -> Take:
        self.spoken.append(segment.text)
        rows = blend(voice.packs)[0]
        place = open_space().timbre.place(rows)
        times = np.arange(RATE) / RATE
        wave = np.sin(2 * np.pi * find_pitch_hz(rows) * times) * np.sin(5 * np.pi * times) ** 2
        samples = np.concatenate([place / SCALE, 0.2 * wave]).astype(np.float32)
        clip = Clip(samples.reshape(-1, 1), RATE)
        marks = ((0, 0), (len(segment.spoken), clip.frames))
        return make_take(segment, clip, marks, self.fingerprint)


def find_pitch_hz(rows: NDArray[np.float32]) -> float:
    """The pitch of a pack."""
    return float(BASE_HZ * 2 ** (2 * open_space().manner.place(rows).sum() / 12))


class PlaceReader:
    """Hears a place: its coordinates, and one more that is the same for all."""

    fingerprint = "places/1"

    def embed(self, clip: Clip) -> NDArray[np.float64]:
        axes = len(open_space().timbre.axes)
        return embed_place(clip.samples[:axes, 0].astype(np.float64) * SCALE)


def embed_place(place: NDArray[np.float64]) -> NDArray[np.float64]:
    """The embedding of a voice at that place."""
    return normalize(np.concatenate([place, [2.0]]))


class Strict:
    """Finds voices worse the farther they are from the origin."""

    fingerprint = "strict/1"

    def judge(self, clips: Sequence[Clip]) -> float:
        axes = len(open_space().timbre.axes)
        places = [clip.samples[:axes, 0].astype(np.float64) * SCALE for clip in clips]
        return float(4 - 0.1 * np.mean(np.square(places)))
