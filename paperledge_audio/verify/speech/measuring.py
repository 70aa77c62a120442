"""A finished sound → what is at fault in the sound of its sentences, without a recogniser.

A take passed its gates when it was made; what came after may damage it: mixing, encoding, a disk,
somebody with an editor.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units
from paperledge_audio.sound.measuring.speech import level_db, measure_speech
from paperledge_audio.takes import FINISHED_GATES
from paperledge_audio.units import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.sound.measuring.speech import SpeechWindows
    from paperledge_audio.verify.speech.sentences import PlacedSentence

SOUNDING_DBFS = -60.0
FALL = 5
"""Windows that a hole takes to begin: a codec smears its edge."""
LEAST_WORD_S = 0.124
"""A shorter word may be as faint as a breath. Engines place words by 25 ms, transcripts by 1 ms."""
EDGE_S = 0.03
"""Of a word on each side, which its neighbours may sound in."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure, and where in the sound it was found: one moment where it is of all."""

    value: float
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class SoundFault:
    """What is wrong with the sound of a sentence."""

    at_s: float
    """Where, counted from the start of the sound."""
    words: str
    """The printed words there; empty where it is the whole sentence or between words."""
    what: str
    """In words, with the figure and the bound."""

    @property
    def described(self) -> str:
        """What is wrong with which words."""
        return f"{self.what}: {self.words!r}" if self.words else self.what

    @property
    def explanation(self) -> str:
        """The same with its time."""
        return f"at {clock(self.at_s)} {self.described}"


def check_sentences(
    sound: Sound, sentences: Sequence[PlacedSentence]
) -> tuple[tuple[SoundFault, ...], ...]:
    """The faults of each sentence, whose level is compared with the median of these."""
    measured = [measure_sentence(sound, one) for one in sentences]
    if not measured:
        return ()
    usual = {
        gate.figure: median(figures[gate.figure].value for figures in measured)
        for gate in FINISHED_GATES
    }
    return tuple(
        tuple(_list_faults(*pair, usual)) for pair in zip(sentences, measured, strict=True)
    )


def measure_sentence(sound: Sound, sentence: PlacedSentence) -> dict[str, Measured]:
    """The figures of a sentence, by the names that `FINISHED_GATES` has."""
    start, end = (
        min(units.frames(at_s, sound.rate), sound.frames)
        for at_s in (sentence.start_s, sentence.end_s)
    )
    samples = sound.read(start, end).mean(axis=1, dtype=np.float64)
    windows = measure_speech(samples, sound.rate)
    sounding = float((windows.powers > 10 ** (SOUNDING_DBFS / 10)).mean())
    hole = [sentence.start_s + n * windows.hop_s for n in windows.find_hole(FALL)]
    whole = (sentence.start_s, sentence.start_s)
    return {
        "sounding": Measured(round(sounding, 3), *whole),
        "level_db": Measured(level_db(windows.power), *whole),
        "dropout_s": Measured(round(hole[1] - hole[0], 3), *hole),
        "softest_db": _find_softest(sentence, windows),
    }


def _find_softest(sentence: PlacedSentence, windows: SpeechWindows) -> Measured:
    """The word whose loudest window is the softest, against the level of the speech."""
    levels = [Measured(0.0, sentence.start_s, sentence.start_s)]
    for word in sentence.words:
        first, last = (
            max(round((at_s - sentence.start_s) / windows.hop_s), 0)
            for at_s in (word.start_s + EDGE_S, word.end_s - EDGE_S)
        )
        powers = windows.powers[first:last]
        if word.end_s - word.start_s >= LEAST_WORD_S and len(powers):
            level = level_db(float(powers.max()), windows.power)
            levels.append(Measured(level, word.start_s, word.end_s))
    return min(levels, key=lambda one: one.value)


def _list_faults(
    sentence: PlacedSentence, figures: Mapping[str, Measured], usual: Mapping[str, float]
) -> Iterator[SoundFault]:
    """What is outside a gate; of a sentence as a whole only that, and of a place what is first."""
    reached: list[Measured] = []
    for gate in FINISHED_GATES:
        figure = figures[gate.figure]
        why = gate.explain(gate.compare(figure.value, usual[gate.figure]))
        if why and not any(_overlap(figure, other) for other in reached):
            yield SoundFault(round(figure.start_s, 2), _list_words(sentence, figure), why)
            reached.append(figure)
            if figure.start_s == figure.end_s:
                return


def _overlap(one: Measured, other: Measured) -> bool:
    return one.start_s < other.end_s and other.start_s < one.end_s


def _list_words(sentence: PlacedSentence, figure: Measured) -> str:
    """The words that a figure is of, if not all."""
    return " ".join(
        word.text
        for word in sentence.words
        if word.start_s < figure.end_s and figure.start_s < word.end_s
    )
