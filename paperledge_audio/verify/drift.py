"""Clips by voices → those that sound like another voice than the others of theirs.

A model may slip into another voice for a sentence. A speaker encoder, where one is installed, tells
voices apart; of short clips it can't tell who speaks.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.errors import MissingError
from paperledge_audio.sound.clip import Clip, duration_s
from paperledge_audio.takes import is_speech
from paperledge_audio.units import clock, count_of, frames
from paperledge_audio.verify.encoder import open_encoder
from paperledge_audio.verify.encoder.campplus import CHECKPOINT
from paperledge_audio.verify.model import ReportLine
from paperledge_audio.verify.speech.measuring import SoundFault
from paperledge_audio.verify.speech.sentences import PlacedSentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from paperledge_audio.engines.model import Take
    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.verify.encoder import Embedding, Encoder

LEAST_OTHERS = 3
"""Clips that a voice is known by."""
BOUNDS = ((2.5, 0.7), (2.0, 0.6))
"""Seconds that a clip has at least, and how alike it then is; of shorter ones the words matter more
than the voice. `python -m tests.bench.drift` prints what good takes have, and other voices."""
NOT_COMPARED = f"voices were not compared; to do so: {CHECKPOINT.install}"
LEAST_S = min(seconds for seconds, _ in BOUNDS)


def measure_likeness(embedding: Embedding, others: Sequence[Embedding]) -> float | None:
    """The median cosine of an embedding with others; None where these are too few to tell."""
    if len(others) < LEAST_OTHERS:
        return None
    return round(float(np.median(np.array(others) @ embedding)), 3)


def explain(likeness: float | None, seconds: float) -> str:
    """What is wrong with a clip's likeness, with the bound; empty where nothing is, or is known."""
    least = next((least for length, least in BOUNDS if seconds >= length), None)
    if likeness is None or least is None or likeness >= least:
        return ""
    return f"another voice than elsewhere (likeness {likeness:g}, at least {least:g})"


@dataclass(slots=True)
class VoiceComparer:
    """Compares takes with the others of their voices, and remembers their embeddings."""

    encoder: Encoder
    _embeddings: dict[str, Embedding | None] = field(default_factory=dict)

    def list_faults(self, take: Take, others: Iterable[Take]) -> tuple[str, ...]:
        """What is wrong with a take's voice, beside takes of other segments."""
        fault = explain(self.measure(take, others), duration_s(take.sound))
        return (fault,) if fault else ()

    def measure(self, take: Take, others: Iterable[Take]) -> float | None:
        """A take's likeness to those of other segments, by its voice and its engine."""
        own = self._embed(take)
        beside = [
            known
            for one in others
            if (one.segment.voice, one.engine) == (take.segment.voice, take.engine)
            and one.segment.index != take.segment.index
            and (known := self._embed(one)) is not None
        ]
        return None if own is None else measure_likeness(own, beside)

    def _embed(self, take: Take) -> Embedding | None:
        if take.id not in self._embeddings:
            heard = is_speech(take) and duration_s(take.sound) >= LEAST_S
            self._embeddings[take.id] = self.encoder.embed(take.clip) if heard else None
        return self._embeddings[take.id]


def check_voices(
    sound: Sound, sentences: Sequence[PlacedSentence]
) -> tuple[ReportLine, dict[PlacedSentence, SoundFault]]:
    """Whether each sentence of a finished sound is like the others of its voice, and which aren't.

    Where no speaker encoder is installed, the line says so.
    """
    try:
        encoder = open_encoder()
    except MissingError:
        return ReportLine("voices", ok=True, detail=NOT_COMPARED), {}
    long = [one for one in sentences if one.end_s - one.start_s >= LEAST_S]
    embeddings = [encoder.embed(_cut(sound, one)) for one in long]
    strange, known = dict[PlacedSentence, SoundFault](), 0
    for n, one in enumerate(long):
        same = [i for i, other in enumerate(long) if other.voice == one.voice and i != n]
        likeness = measure_likeness(embeddings[n], [embeddings[i] for i in same])
        known += likeness is not None
        if (why := explain(likeness, one.end_s - one.start_s)) and not one.chosen:
            strange[one] = SoundFault(one.start_s, "", why)
    about = f"{count_of(known, 'sentence')} of {LEAST_S:g} s or more compared"
    found = [f"line {n.line}, {clock(n.start_s)}: {why.what}" for n, why in strange.items()]
    line = ReportLine("voices", not found, f"{about}, {'; '.join(found) or 'all alike'}")
    return line, strange


def _cut(sound: Sound, sentence: PlacedSentence) -> Clip:
    start, end = (frames(at_s, sound.rate) for at_s in (sentence.start_s, sentence.end_s))
    return Clip(sound.read(min(start, sound.frames), min(end, sound.frames)), sound.rate)


def open_comparer() -> VoiceComparer | None:
    """A comparer; None where no speaker encoder is installed."""
    with suppress(MissingError):
        return VoiceComparer(open_encoder())
    return None
