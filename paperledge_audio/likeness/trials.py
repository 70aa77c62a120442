"""What is heard of a voice that the search tries, what it must keep, and the trials so far."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.errors import SoundError
from paperledge_audio.files.reading import read_bytes
from paperledge_audio.files.writing import write_over
from paperledge_audio.likeness.manner import measure_manner
from paperledge_audio.verify.encoder import average

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from paperledge_audio.likeness.quality import QualityNet
    from paperledge_audio.sound.clip import Clip
    from paperledge_audio.verify.encoder import Embedding, Encoder

LARGEST = 10_000_000
"""Bytes of a file of trials; a thousand have 2 000 000."""
DIGITS = 5
"""Of an embedding's values: enough for a cosine, and short in a file."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How a voice sounds on the lines of the search."""

    likeness: float
    """The cosine of its embedding with the recording's."""
    steadiness: float
    """The least cosine of its embeddings on two lines."""
    quality: float
    """1 to 5, by the quality net."""
    pitch_hz: float
    """The median F0; 0 without a voice."""
    jumps: float
    """The share of voiced windows after which F0 jumps."""
    voiced: float
    """The share of windows with a voice."""
    embedding: tuple[float, ...]
    """Of all lines together."""

    def list_figures(self) -> dict[str, float]:
        """All but the embedding, by name."""
        figures = asdict(self)
        del figures["embedding"]
        return figures


@dataclass(frozen=True, slots=True, eq=False)
class Judge:
    """Hears clips of one voice."""

    target: Embedding
    encoder: Encoder
    quality: QualityNet

    def hear(self, clips: Sequence[Clip]) -> Trial:
        """What two or more clips are like."""
        found = np.array([self.encoder.embed(clip) for clip in clips])
        whole, manner = average(found), measure_manner(clips)
        return Trial(
            likeness=float(whole @ self.target),
            steadiness=float((found @ found.T).min()),
            quality=self.quality.judge(clips),
            pitch_hz=manner.pitch_hz,
            jumps=manner.jumps,
            voiced=manner.voiced,
            embedding=tuple(whole.round(DIGITS).tolist()),
        )


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a voice must keep of what a stock voice has; each point has a price in likeness."""

    stock: Trial
    """The stock voice that is most like the recording."""
    loss: float
    """Points of quality that it may lose."""
    pitch_hz: float
    """The recording's median F0; 0 if it has none."""

    def find_slack(self, trial: Trial) -> float:
        """How much quality is left until the bound; below 0 it is the price of what is missing."""
        return QUALITY * (trial.quality - self.stock.quality + self.loss)

    def find_price(self, trial: Trial) -> float:
        """Of all but quality: 0 within the bounds; beyond them it grows with the distance."""
        apart_st = 0.0
        if self.pitch_hz and trial.pitch_hz:
            apart_st = abs(float(12 * np.log2(trial.pitch_hz / self.pitch_hz)))
        beyond = (
            (STEADINESS, self.stock.steadiness - UNSTEADY - trial.steadiness),
            (PITCH, apart_st - APART_ST),
            (VOICED, self.stock.voiced * MUTE - trial.voiced),
            (JUMPS, trial.jumps - self.stock.jumps - JUMPY),
        )
        return sum(price * max(distance, 0.0) for price, distance in beyond)

    def weigh(self, trial: Trial) -> float:
        """The likeness, less the price of all that is beyond the bounds."""
        return trial.likeness + min(self.find_slack(trial), 0.0) - self.find_price(trial)


QUALITY = 3.0
"""The price of a point of quality, so high that no likeness pays for what is beyond the bound."""
STEADINESS, UNSTEADY = 1.0, 0.04
"""The price of a cosine, and what is free: lines of one stock voice differ by that."""
PITCH, APART_ST = 0.1, 1.0
"""The price of a semitone, and what is free: a person's own median moves as much."""
VOICED, MUTE = 1.0, 0.5
"""The price of a share of windows, and the least part of the stock voice's share: hoarse voices
have less."""
JUMPS, JUMPY = 5.0, 0.01
"""The price of a share of windows, and what is free."""


@dataclass(frozen=True, slots=True, eq=False)
class TrialMemory:
    """The trials of one search, kept in a file so that it can be gone on with."""

    file: Path
    size: int
    """Values of an embedding."""
    known: dict[str, Trial] = field(default_factory=dict)
    """By the hash of the pack, and which lines it said."""

    def load(self) -> None:
        """Read what an earlier run has kept; what is damaged is tried again."""
        with suppress(SoundError, ValueError, TypeError, AttributeError, RecursionError):
            kept = json.loads(read_bytes(self.file, LARGEST, "trials", error=SoundError))
            self.known.update({name: self._check(Trial(**facts)) for name, facts in kept.items()})

    def keep(self, found: dict[str, Trial]) -> None:
        """Add trials; what can't be kept is tried again next time."""
        self.known.update(found)
        with suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            facts = {name: asdict(trial) for name, trial in self.known.items()}
            write_over(self.file, json.dumps(facts).encode())

    def _check(self, trial: Trial) -> Trial:
        """The trial; raises TypeError unless it is finite numbers, as many as there should be."""
        trial = replace(trial, embedding=tuple(trial.embedding))
        values = np.array([*trial.list_figures().values(), *trial.embedding], float)
        if len(trial.embedding) != self.size or not np.isfinite(values).all():
            raise TypeError
        return trial


def find_front(trials: Sequence[Trial]) -> list[Trial]:
    """The trials that no other one beats both in likeness and in quality, the likest first."""
    front: list[Trial] = []
    for trial in sorted(trials, key=lambda one: (-one.likeness, -one.quality)):
        if not front or trial.quality > front[-1].quality:
            front.append(trial)
    return front
