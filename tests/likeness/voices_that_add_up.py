"""An engine and an encoder for tests: what a blend is heard as can be told beforehand.

The engine's take is a wave whose first samples are the shares of the packs, shaken a little by the
words; the encoder reads them off again.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from paperledge_audio.engines import Take
from paperledge_audio.sound.clip import Clip
from paperledge_audio.spoken.model import Segment
from paperledge_audio.verify.encoder import normalize
from paperledge_audio.voices.finding import stock_voice
from paperledge_audio.voices.profiles import Voice

NAMES = ("af_bella", "af_nova", "am_puck", "bf_emma", "bf_lily", "bm_lewis")
SCALE = 8.0
"""Samples are within ±1."""


def stock() -> list[Voice]:
    """Some of the voices that ship."""
    return [stock_voice(name) for name in NAMES]


class Adding:
    """Speaks a blend as its shares, and counts the lines."""

    name = "adding"
    fingerprint = "adding/1"

    def __init__(self) -> None:
        self.spoken: list[tuple[str, str]] = []

    def timbre(self, voice: Voice) -> str:
        return f"{voice.packs}/{voice.language}"

    def direction(self, segment: Segment) -> str:  # noqa: ARG002
        return ""

    def models(self, voice: Voice) -> dict[str, str]:  # noqa: ARG002 - the engines' signature
        return {}

    def timing(self, voice: Voice) -> str:  # noqa: ARG002 - the engines' signature
        return "durations"

    def prepare(self, voice: Voice) -> None:
        """There is nothing to load."""

    def speak(self, segment: Segment, voice: Voice) -> Take:
        self.spoken.append((voice.language, segment.text))
        samples = np.zeros(8000, np.float32)
        for path, weight in voice.packs:
            samples[NAMES.index(Path(path).stem)] = weight / SCALE
        seed = int.from_bytes(hashlib.sha256(segment.text.encode()).digest()[:4])
        shaken = np.random.default_rng(seed).normal(size=len(NAMES)) * 0.02
        samples[len(NAMES) : 2 * len(NAMES)] = shaken / SCALE
        return Take(segment, Clip(samples, 16000), (), self.fingerprint)


class Reading:
    """Hears the shares, in a space where the voices lie as they please."""

    fingerprint = "reading/1"

    def __init__(self) -> None:
        self.places = np.random.default_rng(4).normal(size=(len(NAMES), 16)) + 0.6
        self.places /= np.linalg.norm(self.places, axis=1, keepdims=True)

    def embed(self, clip: Clip) -> NDArray[np.float64]:
        shares = clip.samples[: len(NAMES), 0] * SCALE
        shaken = clip.samples[len(NAMES) : 2 * len(NAMES), 0] * SCALE
        return normalize((shares + shaken).astype(np.float64) @ self.places)

    def at(self, **shares: float) -> NDArray[np.float64]:
        """Where a blend lies, whatever it says."""
        return normalize(np.array([shares.get(name, 0.0) for name in NAMES]) @ self.places)
