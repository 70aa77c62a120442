"""Programs that listen: a pitch tracker, a stand-in for a listener, and a judge of quality.

None of them is part of the product, and none was tuned on what is measured with it. Pitch is
Praat's (P. Boersma 1993, "Accurate short-term analysis of the fundamental frequency"), quality is
DistillMOS (B. Stahl and H. Gamper 2025).
"""

from __future__ import annotations

import contextlib
import functools
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from paperledge_audio.engines import Take
from paperledge_audio.engines.coqui.torchaudio_stub import import_torchaudio
from paperledge_audio.engines.g2p import pronounce
from paperledge_audio.sound.clip import Clip, resample

Floats = NDArray[np.float64]

STEP_S = 0.005
WIDEST_HZ = (60.0, 700.0)
"""Where a voice's pitch may be, before its own range is known."""
LEVEL_S = 0.03
"""Seconds over which a level is taken."""
SHORTEST_S = 0.03
"""No word is expected to be shorter."""
LEAST = 3
"""Frames with a pitch that make a median."""
MARKS = 'ˈˌ .,;:!?—…"()“”'
"""Of phonemes: what has no length of its own."""


@dataclass(frozen=True, slots=True)
class Melody:
    """The pitch of a take, in semitones above 1 Hz, where it has one."""

    times: Floats
    """Seconds."""
    pitch_st: Floats

    def within(self, start_s: float, end_s: float) -> Floats:
        """The pitch between two times."""
        return self.pitch_st[(self.times >= start_s) & (self.times < end_s)]


@dataclass(frozen=True, slots=True)
class HeardWord:
    """A word of a take."""

    text: str
    start_s: float
    end_s: float
    peak_st: float
    """The highest pitch over three frames; nan where it has none."""
    median_st: float
    level_db: float
    """The loudest 30 ms."""
    phonemes: int

    @property
    def duration_s(self) -> float:
        """How long it is."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class HeardTake:
    """A take, and what was heard in it."""

    clip: Clip
    melody: Melody
    words: tuple[HeardWord, ...]


def track(clip: Clip, bounds_hz: tuple[float, float]) -> Melody:
    """The pitch of a clip, by autocorrelation."""
    import parselmouth

    sound = parselmouth.Sound(clip.samples[:, 0].astype(np.float64), clip.rate)
    pitch = sound.to_pitch_ac(STEP_S, bounds_hz[0], pitch_ceiling=bounds_hz[1])
    found: Floats = pitch.selected_array["frequency"]
    voiced = found > 0
    return Melody(pitch.xs()[voiced], 12 * np.log2(found[voiced]))


def find_bounds(clip: Clip) -> tuple[float, float]:
    """The bounds for a speaker: 0.75 of the lower quartile to 2.5 times the upper one.

    After C. De Looze and D. Hirst 2008, and Hirst 2011 for lively speech.
    """
    low, high = np.percentile(2 ** (track(clip, WIDEST_HZ).pitch_st / 12), [25, 75])
    return 0.75 * float(low), 2.5 * float(high)


def listen(take: Take, bounds_hz: tuple[float, float], *, british: bool) -> HeardTake:
    """Hear a take word by word."""
    clip, counts = take.clip, _count_phonemes(take, british=british)
    melody, levels = track(clip, bounds_hz), _measure_levels(clip)
    words = []
    for word, phonemes in zip(take.words, counts, strict=True):
        start_s, end_s = word.start / clip.rate, word.end / clip.rate
        pitch = melody.within(start_s, end_s)
        inside = levels[int(start_s / STEP_S) : max(int(end_s / STEP_S), int(start_s / STEP_S) + 1)]
        words.append(
            HeardWord(
                text=word.text,
                start_s=start_s,
                end_s=end_s,
                peak_st=float(np.convolve(pitch, np.ones(LEAST) / LEAST, "valid").max())
                if len(pitch) >= LEAST
                else float("nan"),
                median_st=float(np.median(pitch)) if len(pitch) >= LEAST else float("nan"),
                level_db=float(inside.max()) if len(inside) else float("nan"),
                phonemes=phonemes,
            )
        )
    return HeardTake(clip, melody, tuple(words))


def _measure_levels(clip: Clip) -> Floats:
    """The level around each step, in decibels."""
    width, step = round(LEVEL_S * clip.rate), round(STEP_S * clip.rate)
    power = np.convolve(clip.samples[:, 0].astype(np.float64) ** 2, np.ones(width) / width, "same")
    levels: Floats = 10 * np.log10(power[::step] + 1e-10)
    return levels


def _count_phonemes(take: Take, *, british: bool) -> list[int]:
    """How many phonemes each printed word has; printed and spoken text are the same here."""
    segment = take.segment
    found = pronounce(segment, british=british)
    counts, place = [], 0
    for word in take.words:
        start = segment.text.index(word.text, place)
        place = start + len(word.text)
        sounds = "".join(
            found.phonemes[first:last]
            for from_, to, first, last in found.alignment
            if from_ < place and to > start
        )
        counts.append(sum(char not in MARKS for char in sounds))
    return counts


class Listener:
    """A stand-in for a listener: how prominent each word of a sentence is.

    A word stands out by its pitch, its level and its length against the other words of the
    sentence. Pitch is counted from the sentence's own line of declination. Length is counted
    against what the voice takes for so many phonemes, in the middle or at the end of a sentence,
    learned from plain takes. The three count alike.
    """

    def __init__(self, plain: Sequence[HeardTake]) -> None:
        rows = [row for take in plain for row in _describe_lengths(take)]
        lengths = [word.duration_s for take in plain for word in take.words]
        self._length: Floats = np.linalg.lstsq(np.array(rows), np.array(lengths), rcond=None)[0]

    def rate_words(self, take: HeardTake) -> Floats:
        """The prominence of each word, in standard deviations, summed."""
        slope, start = np.polyfit(take.melody.times, take.melody.pitch_st, 1)
        middles = np.array([(word.start_s + word.end_s) / 2 for word in take.words])
        pitch = np.array([word.peak_st for word in take.words]) - (slope * middles + start)
        expected = np.maximum(np.array(_describe_lengths(take)) @ self._length, SHORTEST_S)
        long = np.array([max(word.duration_s, 1e-3) for word in take.words]) / expected
        level = np.array([word.level_db for word in take.words])
        return _standardize(pitch) + _standardize(level) + _standardize(np.log(long))

    def pick(self, take: HeardTake) -> int:
        """The index of the word that stands out most."""
        return int(np.argmax(self.rate_words(take)))


def _describe_lengths(take: HeardTake) -> list[tuple[float, float, float]]:
    """What a word's length follows from: a word, its phonemes, and whether it is the last."""
    last = len(take.words) - 1
    return [(1.0, float(word.phonemes), float(n == last)) for n, word in enumerate(take.words)]


def _standardize(values: Floats) -> Floats:
    """Distances from the mean in standard deviations; what can't be heard does not stand out."""
    known = np.where(np.isfinite(values), values, np.nanmin(values))
    out: Floats = (known - known.mean()) / max(float(known.std()), 1e-9)
    return out


@functools.cache
def _load_judge() -> Any:
    import torch

    import_torchaudio()  # distillmos imports it, and on a CPU it may not load
    from distillmos import ConvTransformerSQAModel

    torch.set_num_threads(1)
    with contextlib.redirect_stdout(io.StringIO()):  # it says where its weights are
        model = ConvTransformerSQAModel()
    return model.eval()


def judge(clip: Clip) -> float:
    """DistillMOS: the quality of a clip from 1 to 5, as listeners would rate it."""
    import torch

    samples = resample(clip, 16000).samples[:, 0]
    with torch.no_grad():
        return float(_load_judge()(torch.from_numpy(samples.copy())[None]).mean())
