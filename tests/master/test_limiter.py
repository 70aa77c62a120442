"""The limiter: what comes out is under the ceiling, and what was under it is not touched."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from paperledge_audio import units
from paperledge_audio.master.limiter import HOLD_S, Limiter, _running_minimum
from paperledge_audio.sound.clip import Clip, load, silence
from paperledge_audio.sound.measuring.truepeak import measure_true_peak

RATE = 44100


def noise(rng: np.random.Generator, length: int) -> NDArray[np.float64]:
    return rng.normal(0.0, 0.3, length)


def clicks(rng: np.random.Generator, length: int) -> NDArray[np.float64]:
    return np.where(rng.random(length) < 0.005, rng.choice([-1.0, 1.0], length), 0.0)


def square(rng: np.random.Generator, length: int) -> NDArray[np.float64]:
    return np.sign(np.sin(2 * np.pi * rng.uniform(40, 4000) * np.arange(length) / RATE + 0.1))


def between_samples(rng: np.random.Generator, length: int) -> NDArray[np.float64]:
    # A quarter of the rate at 45°: the samples stay 3 dB under the wave.
    return np.asarray(np.sin(np.pi * np.arange(length) / 2 + np.pi / 4))


def bass(rng: np.random.Generator, length: int) -> NDArray[np.float64]:
    return np.asarray(np.sin(2 * np.pi * rng.uniform(20, 80) * np.arange(length) / RATE))


def bursts(rng: np.random.Generator, length: int) -> NDArray[np.float64]:
    return noise(rng, length) * (np.sin(np.arange(length) / rng.uniform(50, 900)) > 0.8)


KINDS = [noise, clicks, square, between_samples, bass, bursts]


@settings(max_examples=60)
@given(
    kind=st.sampled_from(KINDS),
    seed=st.integers(0, 10**6),
    length=st.integers(1, 9000),
    channels=st.sampled_from([1, 2]),
    gain_db=st.floats(-3.0, 15.0),
    ceiling=st.sampled_from([-0.5, -1.0, -2.0]),
)
def test_the_true_peak_stays_under_the_ceiling(
    kind: object, seed: int, length: int, channels: int, gain_db: float, ceiling: float
) -> None:
    rng = np.random.default_rng(seed)
    assert callable(kind)
    wave = np.stack([kind(rng, length) for _ in range(channels)], 1).astype(np.float32)
    clip = Clip(wave, RATE)
    out, reduction = Limiter(clip, ceiling, most_gain_db=gain_db).limit(gain_db)
    assert out.frames == clip.frames
    assert units.decibels(measure_true_peak(out)) <= ceiling + 0.01
    over = units.decibels(measure_true_peak(clip)) + gain_db - ceiling
    if over <= 0.0:
        assert reduction == 0.0
    else:
        assert over - 0.01 <= reduction <= over + 1.0
    assert (np.abs(load(out).samples) <= np.abs(wave) * units.gain(gain_db) * (1 + 1e-6)).all()


def test_where_nothing_is_over_every_bit_stays() -> None:
    wave = np.random.default_rng(0).normal(0.0, 0.1, (RATE, 2)).astype(np.float32)
    out, reduction = Limiter(Clip(wave, RATE), -1.0).limit(0.0)
    assert reduction == 0.0
    assert np.array_equal(load(out).samples, wave)


def test_one_peak_is_caught_and_the_rest_keeps_every_bit() -> None:
    wave = np.random.default_rng(0).normal(0.0, 0.02, (RATE, 2)).astype(np.float32)
    wave[20000, 0] = 1.6
    out, reduction = Limiter(Clip(wave, RATE), -1.0).limit(0.0)
    # 1.6 / 10^(-1/20) = 5.08 dB; the noise beside it moves the peak a little.
    assert reduction == pytest.approx(5.08, abs=0.3)
    touched = np.flatnonzero((load(out).samples != wave).any(axis=1))
    reach = 2 * units.frames(HOLD_S, RATE) + 1
    assert touched[0] >= 20000 - reach
    assert touched[-1] <= 20000 + reach


def test_channels_share_one_gain() -> None:
    wave = np.full((RATE, 2), 0.25, np.float32)
    wave[20000, 0] = 1.6
    out, _ = Limiter(Clip(wave, RATE), -1.0).limit(0.0)
    left, right = load(out).samples[:, 0] / wave[:, 0], load(out).samples[:, 1] / wave[:, 1]
    assert left == pytest.approx(right, abs=1e-6)


def test_the_gain_moves_smoothly() -> None:
    wave = np.full(RATE, 0.1, np.float32)
    wave[20000] = 3.0
    out, _ = Limiter(Clip(wave, RATE), -1.0).limit(0.0)
    gain = np.delete(load(out).samples[:, 0], 20000) / 0.1
    # It falls by at most 1 within 8 ms (353 frames); a piecewise cubic's slope is at most 9/4 of
    # the mean one (three boxes of a third of the window: 3/4 of 1 over a third).
    assert np.abs(np.diff(gain)).max() < 9 / 4 / (2 * HOLD_S * RATE) * 1.05


def test_any_part_is_that_part_of_the_whole() -> None:
    rng = np.random.default_rng(9)
    clip = Clip(bursts(rng, 30000).astype(np.float32), RATE)
    out, reduction = Limiter(clip, -6.0).limit(0.0)
    whole = load(out).samples
    assert reduction > 1.0
    for start, end in ((0, 1), (77, 12001), (12001, 12003), (29000, 30000)):
        assert np.array_equal(out.read(start, end), whole[start:end])


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=60), st.integers(1, 20))
def test_the_lowest_within_reach(values: list[float], reach: int) -> None:
    expected = [min(values[max(n - reach, 0) : n + reach + 1]) for n in range(len(values))]
    assert _running_minimum(np.array(values), reach).tolist() == expected


def test_a_gain_above_the_one_that_was_looked_up_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="above the most"):
        Limiter(silence(10, RATE), -1.0, most_gain_db=1.0).limit(1.1)


def test_a_second_gain_gives_what_a_fresh_limiter_gives() -> None:
    wave = np.random.default_rng(4).normal(0.0, 0.2, (RATE, 2)).astype(np.float32)
    clip = Clip(wave, RATE)
    both = Limiter(clip, -1.0, most_gain_db=6.0)
    both.limit(6.0)
    again, reduction = both.limit(3.0)
    fresh, the_same = Limiter(clip, -1.0, most_gain_db=3.0).limit(3.0)
    assert np.array_equal(load(again).samples, load(fresh).samples)
    assert reduction == the_same
