"""The meter against the standards' own cases, and against two other meters."""

from __future__ import annotations

import math
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from paperledge_audio.errors import SoundError
from paperledge_audio.sound.clip import Clip, amplify, convert_channels, silence
from paperledge_audio.sound.measuring.kweighting import KWeighting, high_pass, high_shelf
from paperledge_audio.sound.measuring.meter import (
    PowerMeter,
    integrated_lufs,
    measure_loudness,
    measure_powers,
    range_lu,
    short_term_lufs,
)
from paperledge_audio.sound.measuring.truepeak import PeakMeter, measure_true_peak

RATES = (44100, 48000)


def sines(levels: list[tuple[float, float]], rate: int, hz: float = 1000.0) -> NDArray[np.float64]:
    """A sine of `hz` whose peak is at each of the (dBFS, seconds) in turn."""
    envelope = np.concatenate([np.full(round(s * rate), 10 ** (db / 20)) for db, s in levels])
    return envelope * np.sin(2 * np.pi * hz * np.arange(len(envelope)) / rate)


def stereo(levels: list[tuple[float, float]], rate: int) -> Clip:
    return Clip(np.repeat(sines(levels, rate)[:, None], 2, axis=1).astype(np.float32), rate)


def test_at_48_khz_the_filters_are_those_that_bs1770_prints() -> None:
    # BS.1770-4, tables 1 and 2.
    first, second = high_shelf(48000), high_pass(48000)
    assert first.b == pytest.approx((1.53512485958697, -2.69169618940638, 1.19839281085285))
    assert first.a == pytest.approx((1.0, -1.69065929318241, 0.73248077421585))
    assert second.b == (1.0, -2.0, 1.0)
    assert second.a == pytest.approx((1.0, -1.99004745483398, 0.99007225036621))


@pytest.mark.parametrize("rate", [16000, 22050, 24000, 44100, 48000, 96000])
def test_a_full_scale_sine_of_997_hz_in_one_channel_reads_minus_3_01(rate: int) -> None:
    # BS.1770-4: the offset of -0.691 is there to make this so. The bilinear transform bends the
    # shelf a little away from 48 kHz: 0.04 LU at 16 kHz.
    clip = Clip(sines([(0.0, 5.0)], rate, 997.0).astype(np.float32), rate)
    tolerance = 0.01 if rate in RATES else 0.05
    assert measure_loudness(clip).integrated_lufs == pytest.approx(-3.01, abs=tolerance)


# EBU Tech 3341, table 1: (peak dBFS, seconds) of a stereo sine of 1 kHz → integrated LUFS ±0.1.
# A stereo sine at -23 dBFS has a power of -23 - 3.01 dB in each channel, so -23 in both.
# 3, 4: what is quieter than the relative gate at -33 must not count. 5: the mean of 40 s at -26
# and 20.1 s at -20 is 10·log10((40·10^-2.6 + 20.1·10^-2) / 60.1) = -23.0.
TECH_3341 = {
    1: ([(-23.0, 20.0)], -23.0),
    2: ([(-33.0, 20.0)], -33.0),
    3: ([(-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0)], -23.0),
    4: ([(-72.0, 10.0), (-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0), (-72.0, 10.0)], -23.0),
    5: ([(-26.0, 20.0), (-20.0, 20.1), (-26.0, 20.0)], -23.0),
}


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("case", TECH_3341)
def test_ebu_tech_3341_integrated(case: int, rate: int) -> None:
    levels, lufs = TECH_3341[case]
    assert integrated_lufs(measure_powers(stereo(levels, rate))) == pytest.approx(lufs, abs=0.05)


@pytest.mark.parametrize("rate", RATES)
def test_ebu_tech_3341_case_6_five_channels(rate: int) -> None:
    # -28 in L and R, -24 in C, -30 in Ls and Rs, the last two weighted by 1.41:
    # 10·log10(2·10^-2.8 + 10^-2.4 + 2·1.41·10^-3) - 3.01 = -23.0.
    peaks = (-28.0, -28.0, -24.0, -30.0, -30.0)
    clip = Clip(np.stack([sines([(db, 20.0)], rate) for db in peaks], 1).astype(np.float32), rate)
    assert measure_loudness(clip).integrated_lufs == pytest.approx(-23.0, abs=0.05)


# EBU Tech 3342, table 1: 20 s at each level → LRA ±1 LU, the spread of the levels in the gate.
TECH_3342 = {
    1: ([-20.0, -30.0], 10.0),
    2: ([-20.0, -15.0], 5.0),
    3: ([-40.0, -20.0], 20.0),
    4: ([-50.0, -35.0, -20.0, -35.0, -50.0], 15.0),
}


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("case", TECH_3342)
def test_ebu_tech_3342_range(case: int, rate: int) -> None:
    levels, lu = TECH_3342[case]
    clip = stereo([(level, 20.0) for level in levels], rate)
    assert range_lu(measure_powers(clip)) == pytest.approx(lu, abs=0.1)


@pytest.mark.parametrize("rate", RATES)
def test_ebu_tech_3341_case_9_short_term_is_steady(rate: int) -> None:
    # 1.34 s at -20 and 1.66 s at -30, five times: every 3 s hold one of each, and
    # 10·log10((1.34·10^-2 + 1.66·10^-3) / 3) = -23.0.
    clip = stereo([(-20.0, 1.34), (-30.0, 1.66)] * 5, rate)
    found = short_term_lufs(measure_powers(clip))
    assert len(found) == 150
    assert found[29:] == pytest.approx(np.full(121, -23.0), abs=0.1)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("file", range(0, 20, 3))
def test_ebu_tech_3341_case_10_short_term_wherever_it_starts(file: int, rate: int) -> None:
    silent = -math.inf
    clip = stereo([(silent, 0.15 * file), (-23.0, 3.0), (silent, 1.0)], rate)
    assert measure_loudness(clip).short_term_max_lufs == pytest.approx(-23.0, abs=0.1)


@pytest.mark.parametrize("rate", RATES)
def test_ebu_tech_3341_case_11_short_term_of_one_tone_after_another(rate: int) -> None:
    # 20 tones of 3 s, each 1 dB over the one before, and each after its own silence: the meter
    # runs on, and its maximum follows the tones.
    silent = -math.inf
    parts = [((silent, 0.15 * n), (-38.0 + n, 3.0), (silent, 3.0 - 0.15 * n)) for n in range(20)]
    found = short_term_lufs(
        measure_powers(stereo([part for three in parts for part in three], rate))
    )
    highest = [found[n * 60 : n * 60 + 60].max() for n in range(20)]
    assert highest == pytest.approx([-38.0 + n for n in range(20)], abs=0.1)


def test_short_term_starts_from_silence_and_the_maximum_is_that_of_whole_windows() -> None:
    powers = measure_powers(stereo([(-20.0, 2.0), (-30.0, 4.0)], 48000))
    found = short_term_lufs(powers)
    # One hop of thirty: 10·log10(30) = 14.77 dB below the tone; K-weighting settles meanwhile.
    assert found[0] == pytest.approx(-20.0 - 14.77, abs=0.2)
    assert found.max() == found[29:].max()
    assert short_term_lufs(np.zeros(3)).tolist() == [-math.inf] * 3
    assert measure_loudness(silence(0, 48000)).short_term_max_lufs == -math.inf


def test_the_rms_is_that_of_all_samples() -> None:
    # A sine's RMS lies 3.01 dB under its peak; half of the time silent, another 3.01 dB lower.
    assert measure_loudness(stereo([(-17.0, 2.0)], 44100)).rms_dbfs == pytest.approx(
        -20.01, abs=0.01
    )
    half = stereo([(-17.0, 2.0), (-math.inf, 2.0)], 44100)
    assert measure_loudness(half).rms_dbfs == pytest.approx(-23.02, abs=0.01)
    square = np.sign(sines([(0.0, 1.0)], 48000, 100.0) + 1e-9)
    assert measure_loudness(Clip(square.astype(np.float32), 48000)).rms_dbfs == pytest.approx(0.0)


def test_silence_and_what_is_too_short_have_no_loudness() -> None:
    for clip in (silence(48000, 48000), silence(0, 48000, 2), stereo([(0.0, 0.39)], 44100)):
        found = measure_loudness(clip)
        assert found.integrated_lufs == -math.inf
        assert found.range_lu == 0.0
    assert measure_loudness(silence(48000, 48000)).true_peak_dbtp == -math.inf


def test_one_block_of_400_ms_is_enough() -> None:
    assert math.isfinite(measure_loudness(stereo([(-20.0, 0.4)], 44100)).integrated_lufs)


def test_the_same_sound_in_two_channels_is_3_db_louder_than_in_one() -> None:
    mono = Clip(sines([(-20.0, 2.0)], 44100).astype(np.float32), 44100)
    difference = (
        measure_loudness(convert_channels(mono, 2)).integrated_lufs
        - measure_loudness(mono).integrated_lufs
    )
    assert difference == pytest.approx(10 * math.log10(2))


def test_other_channel_counts_are_refused() -> None:
    with pytest.raises(SoundError, match="no weights for 3 channels"):
        measure_loudness(silence(44100, 44100, 3))


@settings(max_examples=20)
@given(db=st.floats(-20.0, 20.0), seed=st.integers(0, 99))
def test_gain_moves_the_loudness_by_itself(db: float, seed: int) -> None:
    noise = np.random.default_rng(seed).normal(0.0, 0.05, (8000, 2)).astype(np.float32)
    clip = Clip(noise, 8000)
    before, after = measure_loudness(clip), measure_loudness(amplify(clip, db))
    assert after.integrated_lufs - before.integrated_lufs == pytest.approx(db, abs=1e-3)
    assert after.true_peak_dbtp - before.true_peak_dbtp == pytest.approx(db, abs=1e-3)


@settings(max_examples=40)
@given(
    st.lists(st.integers(0, 9000), max_size=12),
    st.sampled_from([8000, 11025, 44100]),
    st.integers(0, 10**6),
)
def test_it_does_not_matter_in_which_pieces_a_sound_comes(
    lengths: list[int], rate: int, seed: int
) -> None:
    noise = np.random.default_rng(seed).normal(0.0, 0.1, (sum(lengths), 2)).astype(np.float32)
    whole = measure_powers(Clip(noise, rate))
    power, peak = PowerMeter(rate, 2), PeakMeter(2)
    for piece in np.split(noise, np.cumsum(lengths)):
        power.add(piece)
        peak.add(piece)
    assert power.powers() == pytest.approx(whole, rel=1e-9)
    # How many blocks are multiplied at once decides how a processor rounds a point's sum of 32
    # products of 24 bits each: by 32 · 2⁻²⁴ of it at most.
    assert peak.finish() == pytest.approx(measure_true_peak(Clip(noise, rate)), rel=2.0**-19)


@pytest.mark.parametrize("rate", [8000, 48000])
def test_k_weighting_is_its_two_difference_equations(rate: int) -> None:
    x = np.random.default_rng(2).normal(0.0, 1.0, 500)
    stages = [x]
    for one in (high_shelf(rate), high_pass(rate)):
        given, out = stages[-1], np.zeros(len(x))
        for n in range(len(x)):
            out[n] = sum(b * given[n - k] for k, b in enumerate(one.b) if n >= k)
            out[n] -= sum(one.a[k] * out[n - k] for k in (1, 2) if n >= k)
        stages.append(out)
    weigh = KWeighting(rate, 1)
    pieces = [weigh(piece[np.newaxis])[0] for piece in np.split(x, [1, 33, 40, 104, 104, 300])]
    assert np.concatenate(pieces) == pytest.approx(stages[-1], abs=1e-10)


def test_a_hop_is_100_ms_of_mean_square() -> None:
    # At 1 kHz K-weighting is +0.69 dB on a sine's power of 1/2 (BS.1770's constant takes it out).
    powers = measure_powers(Clip(sines([(0.0, 1.05)], 44100, 997.0).astype(np.float32), 44100))
    assert len(powers) == 10
    assert powers[2:] == pytest.approx(np.full(8, 0.5 * 10**0.0691), rel=0.01)


def programme(rate: int, channels: int) -> Clip:
    """Noise that swells between soft and loud, with a different hiss in each channel."""
    time = np.arange(rate * 25) / rate
    noise = np.random.default_rng(3).normal(0.0, 0.1, (len(time), channels))
    swell = 10 ** (-0.6 + 0.6 * np.sin(2 * np.pi * time / 9.0))
    return Clip((noise * swell[:, None]).clip(-0.9, 0.9).astype(np.float32), rate)


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("channels", [1, 2])
def test_ffmpeg_reads_the_same(
    rate: int, channels: int, tmp_path: Path, program: Callable[[str], str]
) -> None:
    import soundfile

    clip, path = programme(rate, channels), tmp_path / "programme.wav"
    soundfile.write(path, clip.samples, rate, subtype="FLOAT")
    command = [program("ffmpeg"), "-nostats", "-hide_banner", "-i", str(path), "-af"]
    command += ["ebur128=peak=true", "-f", "null", "-"]
    log = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    summary = log[log.rindex("Summary:") :]
    lufs, lu, peak = (
        float(re.search(pattern, summary)[1])  # type: ignore[index]
        for pattern in (r"I:\s+(\S+) LUFS", r"LRA:\s+(\S+) LU", r"Peak:\s+(\S+) dBFS")
    )
    ours = measure_loudness(clip)
    assert ours.integrated_lufs == pytest.approx(lufs, abs=0.051)  # it prints one decimal
    assert ours.range_lu == pytest.approx(lu, abs=0.2)
    assert ours.true_peak_dbtp == pytest.approx(peak, abs=0.3)


@pytest.mark.parametrize("channels", [1, 2])
def test_pyloudnorm_reads_the_same(channels: int) -> None:
    import pyloudnorm

    clip = programme(48000, channels)
    theirs = pyloudnorm.Meter(48000).integrated_loudness(clip.samples.astype(np.float64))
    assert measure_loudness(clip).integrated_lufs == pytest.approx(theirs, abs=0.06)
