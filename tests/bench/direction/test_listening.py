"""The stand-in for a listener, on sentences whose loud, high or long word is known."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from paperledge_audio.sound.clip import Clip
from tests.bench.direction.listening import HeardTake, HeardWord, Listener, Melody
from tests.bench.direction.speaking import find_stressed, make_segment

COUNTS = (2, 4, 7, 3, 5, 2)
"""Phonemes of a sentence's words."""
PHONEME_S, HERTZ, FALL_ST = 0.08, 200.0, 3.0


def sentence(*counts: int) -> HeardTake:
    """Words as long as their phonemes, on a falling line, one as loud as the other."""
    ends = np.cumsum([count * PHONEME_S for count in counts])
    times = np.arange(0.0, ends[-1], 0.005)
    line = 12 * np.log2(HERTZ) - FALL_ST * times / ends[-1]
    words = []
    for count, end in zip(counts, ends, strict=True):
        start = end - count * PHONEME_S
        pitch = line[(times >= start) & (times < end)]
        words.append(
            HeardWord("word", start, end, pitch.mean(), float(np.median(pitch)), -20.0, count)
        )
    return HeardTake(Clip(np.zeros((1, 1), np.float32), 24000), Melody(times, line), tuple(words))


def change(take: HeardTake, at: int, **how: Any) -> HeardTake:
    words = list(take.words)
    words[at] = dataclasses.replace(words[at], **how)
    return dataclasses.replace(take, words=tuple(words))


@pytest.fixture
def listener() -> Listener:
    return Listener([sentence(*COUNTS), sentence(*reversed(COUNTS)), sentence(3, 3, 9, 1, 2)])


@pytest.mark.parametrize("at", range(len(COUNTS)))
def test_a_word_stands_out_by_pitch_by_level_and_by_length(listener: Listener, at: int) -> None:
    take = sentence(*COUNTS)
    word = take.words[at]
    for how in (
        {"peak_st": word.peak_st + 2},
        {"level_db": word.level_db + 3},
        {"end_s": word.end_s + 0.3 * word.duration_s},
    ):
        assert listener.pick(change(take, at, **how)) == at


def test_a_word_without_pitch_does_not_stand_out(listener: Listener) -> None:
    take = change(change(sentence(*COUNTS), 0, peak_st=float("nan")), 3, level_db=-10.0)
    assert listener.pick(take) == 3


def test_asterisks_are_where_the_stress_is() -> None:
    line = "A really *big* problem."
    assert [line.replace("*", "").split()[n] for n in find_stressed(line)] == ["big"]
    plain, stressed = (make_segment(line, "ernis", emphasis) for emphasis in (0, 2))
    assert plain.text == plain.spoken == stressed.text == "A really big problem."
    assert (plain.emphasised, stressed.emphasised) == ((), ((9, 12, 2),))
    assert list(find_stressed("*Two words* here.")) == [0, 1]
