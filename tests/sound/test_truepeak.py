"""True peak: the EBU's cases, and oversampling that leaves nothing out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from paperledge_audio import units
from paperledge_audio.sound.clip import Clip
from paperledge_audio.sound.measuring.truepeak import (
    BEFORE,
    PHASES,
    TAPS,
    design_interpolator,
    find_peaks,
    measure_true_peak,
)


def everything(channel: NDArray[np.float32]) -> NDArray[np.float64]:
    """All points between the samples by definition, [frames, PHASES]: nothing is left out."""
    padded = np.pad(channel.astype(np.float64), (BEFORE, TAPS - 1 - BEFORE))
    windows = np.lib.stride_tricks.sliding_window_view(padded, TAPS)
    return np.asarray(np.abs(windows @ design_interpolator()))


def tapered(wave: NDArray[np.float64], rate: int) -> NDArray[np.float64]:
    """With fades of 10 ms, as Tech 3341 asks."""
    ramp = np.minimum(np.arange(len(wave)) / (0.01 * rate), 1.0)
    return wave * ramp * ramp[::-1]


# EBU Tech 3341, table 1, cases 15 to 19: fs / divisor, amplitude, phase → dBTP +0.2/-0.4.
STEADY = {
    15: (4, 0.50, 0.0, -6.0),
    16: (4, 0.50, 45.0, -6.0),
    17: (6, 0.50, 60.0, -6.0),
    18: (8, 0.50, 67.5, -6.0),
    19: (4, 1.41, 45.0, 3.0),
}


def within(found: float, expected: float) -> bool:
    return expected - 0.4 <= found <= expected + 0.2


@pytest.mark.parametrize("rate", [44100, 48000])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("case", STEADY)
def test_ebu_tech_3341_steady_tones(case: int, channels: int, rate: int) -> None:
    divisor, amplitude, phase, expected = STEADY[case]
    angle = 2 * np.pi * np.arange(rate) / divisor + np.radians(phase)
    wave = tapered(amplitude * np.sin(angle), rate)
    clip = Clip(np.repeat(wave[:, None], channels, axis=1).astype(np.float32), rate)
    assert within(units.decibels(measure_true_peak(clip)), expected)


@pytest.mark.parametrize("rate", [44100, 48000])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("offset", [0, 1, 2, 3])
def test_ebu_tech_3341_cases_20_to_23_a_single_loud_period(
    offset: int, channels: int, rate: int
) -> None:
    # fs/6 at 0.50 with one period of fs/4 at 1.00 in it, the phase going through, made at 4·fs,
    # low-passed and taken down to fs from each of the four offsets: 0.0 dBTP.
    loud = 16  # one period of fs/4 at 4·fs
    before = np.arange(-24 * 400, 0)
    wave = np.concatenate(
        [
            0.5 * np.sin(2 * np.pi * before / 24),
            np.sin(2 * np.pi * np.arange(loud) / 16),
            0.5 * np.sin(2 * np.pi * np.arange(24 * 400) / 24),
        ]
    )
    wave = tapered(wave, 4 * rate)
    taps = np.sinc(np.arange(-512, 513) / 4) / 4 * np.kaiser(1025, 8.0)
    low = np.convolve(wave, taps / taps.sum(), mode="same")[offset::4]
    clip = Clip(np.repeat(low[:, None], channels, axis=1).astype(np.float32), rate)
    assert within(units.decibels(measure_true_peak(clip)), 0.0)


def test_a_sample_is_its_own_point() -> None:
    own = design_interpolator()[:, 0]
    assert own[BEFORE] == pytest.approx(1.0)
    assert np.delete(own, BEFORE) == pytest.approx(0.0, abs=1e-12)
    assert design_interpolator().sum(axis=0) == pytest.approx(np.ones(PHASES))


signals = st.tuples(
    st.integers(1, 900),
    st.integers(0, 10**6),
    st.sampled_from([0.01, 0.3, 1.0, 4.0]),
    st.sampled_from([1, 3, 8, 40]),
)
Signal = tuple[int, int, float, int]


def made(length: int, seed: int, spikes: float, smooth: int) -> NDArray[np.float32]:
    """Noise whose level changes wildly from place to place, dull or bright."""
    rng = np.random.default_rng(seed)
    level = np.exp(rng.normal(0.0, spikes, -(-length // 16))).repeat(16)[:length]
    noise = np.convolve(
        rng.normal(0.0, 0.1, length + smooth - 1), np.ones(smooth) / smooth, "valid"
    )
    return (noise * level).astype(np.float32)


@settings(max_examples=60)
@given(signals, signals)
def test_leaving_quiet_blocks_out_changes_nothing(one: Signal, two: Signal) -> None:
    left, right = made(*one), made(one[0], *two[1:])
    expected = max(np.max(everything(left)), np.max(everything(right)))
    found = measure_true_peak(Clip(np.stack([left, right], 1), 48000))
    assert found == pytest.approx(expected, rel=1e-5)


@settings(max_examples=60)
@given(signals, st.floats(0.05, 1.0))
def test_peaks_over_finds_every_one(signal: Signal, share: float) -> None:
    wave = made(*signal)
    points = np.max(everything(wave), axis=1)
    level = float(np.max(points)) * share
    frames, peaks = find_peaks(Clip(wave, 48000), level)
    beside = np.maximum(points, np.concatenate([[0.0], points[:-1]]))
    sure = np.flatnonzero(beside > level * (1 + 1e-4))
    assert set(sure) <= set(frames)
    assert (beside[frames] > level * (1 - 1e-4)).all()
    assert (np.diff(frames) > 0).all()
    assert peaks == pytest.approx(np.where(peaks > 0, beside[frames], 0.0), rel=1e-4)
