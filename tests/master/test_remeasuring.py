"""A limited sound measured by what changed measures the same as measured anew."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperledge_audio.master.limiter import Limiter
from paperledge_audio.master.remeasuring import remeasured
from paperledge_audio.sound.clip import Clip
from paperledge_audio.sound.measuring.meter import measure, measured


def bursts(seed: int, rate: int, seconds: float, channels: int) -> Clip:
    """Noise in syllables, with some peaks that stick out."""
    random = np.random.default_rng(seed)
    frames = round(seconds * rate)
    envelope = 0.02 + 0.1 * np.abs(np.sin(np.arange(frames) * 12.0 / rate))
    wave = random.normal(size=(frames, channels)) * envelope[:, np.newaxis]
    for at in random.integers(0, frames, 6):
        wave[at : at + 40] *= random.uniform(2.0, 6.0)
    return Clip(wave.astype(np.float32), rate)


@given(
    seed=st.integers(0, 99),
    rate=st.sampled_from([22050, 44100, 48000, 11025]),
    seconds=st.floats(0.5, 9.0),
    channels=st.sampled_from([1, 2]),
    gain_db=st.floats(-6.0, 3.0),
)
@settings(max_examples=25)
def test_it_measures_as_anew(
    seed: int, rate: int, seconds: float, channels: int, gain_db: float
) -> None:
    clip = bursts(seed, rate, seconds, channels)
    before = measured(clip)
    limited, _ = Limiter(clip, -6.0, most_gain_db=3.0, bounds=before.bounds).at(gain_db)
    found, anew = remeasured(limited, before).loudness, measure(limited)
    # the samples are rounded to 24 bits of mantissa after the gain: 1e-7 of each
    assert found.integrated_lufs == pytest.approx(anew.integrated_lufs, abs=1e-5)
    assert found.short_term_max_lufs == pytest.approx(anew.short_term_max_lufs, abs=1e-5)
    assert found.range_lu == pytest.approx(anew.range_lu, abs=1e-4)
    assert found.rms_dbfs == pytest.approx(anew.rms_dbfs, abs=1e-5)
    assert found.true_peak_dbtp == pytest.approx(anew.true_peak_dbtp, abs=1e-5)


def test_without_limiting_a_gain_is_all_that_changes() -> None:
    clip = bursts(3, 44100, 4.0, 2)
    before = measured(clip)
    limited, reduction = Limiter(clip, 20.0, most_gain_db=6.0, bounds=before.bounds).at(6.0)
    after = remeasured(limited, before)
    assert reduction == 0.0
    assert after.true_peak == pytest.approx(before.true_peak * 10 ** (6 / 20), rel=1e-6)
    assert after.loudness.range_lu == pytest.approx(before.loudness.range_lu, abs=1e-9)
    assert math.isclose(
        after.loudness.integrated_lufs, before.loudness.integrated_lufs + 6.0, abs_tol=1e-6
    )


def test_the_limiter_finds_the_same_peaks_with_bounds_as_without() -> None:
    clip = bursts(5, 44100, 5.0, 2)
    with_them = Limiter(clip, -9.0, bounds=measured(clip).bounds).at(0.0)[0]
    without = Limiter(clip, -9.0).at(0.0)[0]
    assert len(without.stretches) > 1
    assert [(one.start, one.end) for one in with_them.stretches] == [
        (one.start, one.end) for one in without.stretches
    ]
    # Fewer blocks are multiplied at a time, and some processors then round the sums otherwise:
    # of 32 products of 24 bits each, 32 · 2⁻²⁴ of the peak at most.
    bounded, plain = (limited.read(0, clip.frames) for limited in (with_them, without))
    assert np.allclose(bounded, plain, rtol=2.0**-19, atol=0.0)
