"""Recursive filters: their difference equations, and the responses that their designs promise."""

from __future__ import annotations

import cmath
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from paperledge_audio.sound.measuring.filters import (
    BLOCK,
    RUN,
    Biquad,
    Cascade,
    all_pass,
    high_pass,
    one_pole,
)

RATE = 24000


def by_definition(stages: tuple[Biquad, ...], x: NDArray[np.float64]) -> NDArray[np.float64]:
    for one in stages:
        out = np.zeros(len(x))
        for n in range(len(x)):
            out[n] = sum(b * x[n - k] for k, b in enumerate(one.b) if n >= k)
            out[n] -= sum(one.a[k] * out[n - k] for k in (1, 2) if n >= k)
        x = out
    return x


@settings(max_examples=25)
@given(
    st.lists(st.floats(20.0, 11000.0), min_size=1, max_size=4),
    st.lists(st.integers(0, 5 * RUN), min_size=1, max_size=6),
    st.integers(0, 10**6),
)
def test_in_any_pieces_it_is_the_difference_equations(
    corners: list[float], lengths: list[int], seed: int
) -> None:
    stages = tuple((high_pass, all_pass)[n % 2](hz, RATE) for n, hz in enumerate(corners))
    x = np.random.default_rng(seed).normal(0.0, 1.0, sum(lengths))
    running = Cascade(stages)
    pieces = [running(piece[np.newaxis])[0] for piece in np.split(x, np.cumsum(lengths)[:-1])]
    assert np.concatenate(pieces) == pytest.approx(by_definition(stages, x), abs=1e-8)


def test_across_blocks_it_goes_on() -> None:
    stages = (high_pass(80.0, RATE), all_pass(300.0, RATE))
    x = np.random.default_rng(1).normal(0.0, 1.0, 2 * BLOCK + 7)
    whole = Cascade(stages, 2)(np.stack([x, -x]))
    in_two = Cascade(stages, 2)
    halves = [in_two(part) for part in (np.stack([x, -x])[:, :999], np.stack([x, -x])[:, 999:])]
    assert np.concatenate(halves, axis=1) == pytest.approx(whole, abs=1e-9)
    assert np.array_equal(whole[0], -whole[1])


@pytest.mark.parametrize("rate", [16000, 24000, 44100])
@pytest.mark.parametrize("hz", [40.0, 80.0, 150.0])
def test_the_high_pass_is_the_analogue_butterworth_bent_by_the_bilinear_transform(
    hz: float, rate: int
) -> None:
    # |H|² = 1 / (1 + (Ω0/Ω)⁴) with Ω = tan(π·f/rate): -3.01 dB at the corner, 12 dB an octave.
    one = high_pass(hz, rate)
    for f in (hz / 4, hz / 2, hz, 2 * hz, 1000.0, rate / 3):
        ratio = math.tan(math.pi * hz / rate) / math.tan(math.pi * f / rate)
        assert abs(one.response(f, rate)) == pytest.approx((1 + ratio**4) ** -0.5, rel=1e-9)
    assert abs(one.response(0.0, rate)) == 0.0


@pytest.mark.parametrize("hz", [100.0, 400.0, 3000.0])
def test_an_all_pass_only_turns_phases(hz: float) -> None:
    one = all_pass(hz, RATE)
    for f in (1.0, hz / 2, hz, 2 * hz, 11999.0):
        assert abs(one.response(f, RATE)) == pytest.approx(1.0, rel=1e-12)
    assert cmath.phase(one.response(0.0, RATE)) == 0.0
    assert abs(cmath.phase(one.response(hz, RATE))) == pytest.approx(math.pi, abs=1e-9)


def test_a_sine_comes_out_as_the_transfer_function_says() -> None:
    stages = (high_pass(80.0, RATE), all_pass(400.0, RATE))
    for hz in (60.0, 440.0, 5000.0):
        expected = complex(np.prod([one.response(hz, RATE) for one in stages]))
        phase = 2 * np.pi * hz * np.arange(RATE) / RATE
        out = Cascade(stages)(np.sin(phase)[np.newaxis])[0]
        settled = (np.abs(expected) * np.sin(phase + np.angle(expected)))[RATE // 2 :]
        assert out[RATE // 2 :] == pytest.approx(settled, abs=1e-6)


def test_a_one_pole_is_63_percent_there_after_its_time() -> None:
    out = Cascade((one_pole(0.01, 1000.0),))(np.ones((1, 100)))[0]
    assert out[9] == pytest.approx(1 - math.exp(-1.0))  # ten samples of 1 ms
    assert out[-1] == pytest.approx(1.0, abs=1e-4)
