"""The compressor's curve and ballistics against their definitions in Giannoulis et al. (2012)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperledge_audio.mix.dynamics import Ballistics, Curve, compute_gain, smooth

RATE = 24000


@pytest.mark.parametrize("ratio", [1.5, 2.0, 4.0])
def test_the_curve_is_equation_4(ratio: float) -> None:
    threshold, knee = -20.0, 6.0
    curve = Curve(threshold, ratio, knee)
    for level in (-90.0, -23.01, -22.0, -20.0, -18.5, -17.0, -10.0, 0.0):
        over = level - threshold
        if 2 * over < -knee:
            out = level
        elif 2 * abs(over) <= knee:
            out = level + (1 / ratio - 1) * (over + knee / 2) ** 2 / (2 * knee)
        else:
            out = threshold + over / ratio
        assert level - curve.reduction_db(np.array([level]))[0] == pytest.approx(out)


def test_no_more_than_the_most_is_taken_off() -> None:
    curve = Curve(-20.0, 4.0, 4.0, most_db=5.0)
    assert curve.reduction_db(np.array([-np.inf, -30.0, 0.0])).tolist() == [0.0, 0.0, 5.0]


def test_the_ballistics_are_equation_17() -> None:
    rate, ballistics = 1000.0, Ballistics(0.004, 0.05)
    x = np.maximum(np.random.default_rng(4).normal(-1.0, 3.0, 600), 0.0)
    early = [max(x[n : n + 5]) for n in range(len(x))]  # four steps of 1 ms ahead
    release, attack = math.exp(-1 / 50), math.exp(-1 / 4)
    held, out, expected = 0.0, 0.0, []
    for value in early:
        held = max(value, release * held)
        out = attack * out + (1 - attack) * held
        expected.append(out)
    assert smooth(x, ballistics, rate) == pytest.approx(np.array(expected), abs=1e-9)


def test_a_steady_sine_is_turned_down_by_what_the_curve_says() -> None:
    # Peaks at -6.02 dB, 13.98 over the threshold: 2:1 takes off half of it.
    wave = (0.5 * np.sin(2 * np.pi * 1000.0 * np.arange(RATE) / RATE)).astype(np.float32)
    found = compute_gain(wave, RATE, Curve(-20.0, 2.0, 6.0), Ballistics(0.005, 0.1))
    assert 20 * math.log10(found[RATE // 2]) == pytest.approx(-13.98 / 2, abs=0.01)


def test_at_a_peak_the_gain_is_down_already() -> None:
    wave = np.full(RATE, 0.01, np.float32)
    wave[RATE // 2 :] = 0.5
    found = compute_gain(wave, RATE, Curve(-20.0, 4.0, 6.0), Ballistics(0.005, 0.1))
    assert np.all(found[: RATE // 2 - RATE // 100] == 1.0)
    full = 20 * math.log10(found[-1])
    # One time constant ahead: 63 % of the way in decibels, the last step aside.
    assert 20 * math.log10(found[RATE // 2]) < 0.6 * full < 0.0


@settings(max_examples=20)
@given(st.integers(0, 10**6), st.integers(1, 3000), st.floats(-60.0, 0.0))
def test_a_gain_never_raises_and_never_steps(seed: int, frames: int, threshold: float) -> None:
    noise = np.random.default_rng(seed).normal(0.0, 0.2, frames).astype(np.float32)
    found = compute_gain(noise, RATE, Curve(threshold, 3.0, 6.0), Ballistics(0.005, 0.1))
    assert found.shape == noise.shape
    assert found.dtype == np.float32
    assert np.all((found > 0.0) & (found <= 1.0))
    # The attack moves by at most 1 - α a step, α = exp(-1/5), which is spread over 24 frames.
    assert np.abs(np.diff(20 * np.log10(found))).max(initial=0.0) < 60.0 * 0.19 / 24 * 1.5
