"""A click is told from hiss, from pitch pulses and from a tone; where it lies doesn't matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from paperledge_audio.sound.measuring.clicks import measure_click_db

Samples = NDArray[np.float64]
RATE = 24000
BOUND_DB = 22.0


def hiss() -> Samples:
    return np.random.default_rng(1).normal(0, 0.05, RATE)


def tone() -> Samples:
    return 0.3 * np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE)


def pulses() -> Samples:
    """120 Hz, each pulse a ring that rises within some samples, as a throat makes."""
    time = np.arange(80)
    ring = time**3 * np.exp(-time / 4) * np.sin(time * 1.1) / 100
    train = np.zeros(RATE)
    train[:: RATE // 120] = 0.5
    return np.convolve(train, ring)[:RATE] + np.random.default_rng(2).normal(0, 0.002, RATE)


SOUNDS = {"hiss": hiss(), "tone": tone(), "pulses": pulses()}


@pytest.mark.parametrize("name", SOUNDS)
@given(place=st.integers(100, RATE - 100), sign=st.sampled_from((-1, 1)))
def test_a_click_stands_out_of_any_sound(name: str, place: int, sign: int) -> None:
    assert measure_click_db(SOUNDS[name]) < BOUND_DB
    clicked = SOUNDS[name].copy()
    clicked[place] = sign * 0.9
    assert measure_click_db(clicked) > BOUND_DB


@given(gain=st.floats(1e-4, 1e4))
def test_the_level_of_all_changes_nothing(gain: float) -> None:
    assert measure_click_db(SOUNDS["hiss"] * gain) == measure_click_db(SOUNDS["hiss"])


@pytest.mark.parametrize("samples", [np.zeros(9), np.zeros(RATE), np.ones(47), np.eye(1, 50)[0]])
def test_silence_and_next_to_nothing_have_a_figure(samples: Samples) -> None:
    assert 0 <= measure_click_db(samples) < np.inf
