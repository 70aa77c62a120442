"""Mastering: on target, under the ceiling, as long as before, or a clear refusal."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest

from paperledge_audio import units
from paperledge_audio.errors import MasterError, UsageError
from paperledge_audio.master.mastering import master
from paperledge_audio.master.targets import TARGETS, target_for
from paperledge_audio.sound.clip import Clip, amplify, convert_channels, load, silence
from paperledge_audio.sound.measuring.meter import measure_loudness


def speechlike(channels: int = 2, *, peaks: float = 0.0) -> Clip:
    """Ten seconds of noise in syllables, with a few samples that stand out by `peaks`."""
    rng = np.random.default_rng(5)
    time = np.arange(441000) / 44100
    wave = rng.normal(0.0, 0.03, len(time)) * (0.3 + np.abs(np.sin(2 * np.pi * 2 * time)))
    wave[rng.integers(1000, 440000, 25)] += peaks
    return convert_channels(Clip(wave.astype(np.float32), 44100), channels)


@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("name", TARGETS)
def test_every_target_is_met(name: str, channels: int) -> None:
    target = target_for(name, channels)
    mix = speechlike(channels)
    result = master(mix, target)
    measured = measure_loudness(result.sound)
    assert asdict(measured) == pytest.approx(asdict(result.after), abs=1e-5)
    assert target.level_of(measured) == pytest.approx(target.level, abs=0.05)
    assert measured.true_peak_dbtp <= target.true_peak_dbtp + 0.01
    assert result.sound.frames == mix.frames
    assert result.sound.channels == channels
    assert result.before == measure_loudness(mix)


@pytest.mark.parametrize("name", ["apple", "spotify", "aes-td1008"])
def test_a_mono_file_is_3_db_lower_and_as_loud_from_two_loudspeakers(name: str) -> None:
    stereo, mono = (target_for(name, channels) for channels in (2, 1))
    assert stereo.level - mono.level == 3.0
    result = master(speechlike(1), mono)
    both = measure_loudness(convert_channels(load(result.sound), 2)).integrated_lufs
    assert both == pytest.approx(stereo.level, abs=0.05)


def test_the_figures_of_the_platforms() -> None:
    lufs = {name: target_for(name, 2).integrated_lufs for name in TARGETS}
    stereo = {"apple": -16, "spotify": -14, "ebu-r128": -23, "aes-td1008": -18, "acx": None}
    assert lufs == stereo
    assert target_for("apple", 1).integrated_lufs == -19
    assert target_for("ebu-r128", 1).integrated_lufs == -23


@pytest.mark.parametrize("channels", [1, 2])
def test_acx_is_about_rms_peak_floor_and_bitrate(channels: int) -> None:
    # ACX: RMS from -23 to -18 dB, peaks at most -3 dB, noise floor at most -60 dB, 192 kb/s.
    target = target_for("acx", channels, 192)
    assert (target.unit, target.rms_dbfs, target.floor_dbfs) == ("dB RMS", -20.0, -60.0)
    assert target.level - target.tolerance_lu >= -23.0
    assert target.level + target.tolerance_lu <= -18.0
    sound = load(master(speechlike(channels, peaks=0.2), target).sound)
    rms = units.decibels(float(np.sqrt(np.square(sound.samples, dtype=np.float64).mean())))
    assert rms == pytest.approx(-20.0, abs=0.05)
    assert units.decibels(sound.peak) <= -3.0 + 0.01  # the limiter's own slack is 0.005 dB
    with pytest.raises(UsageError, match="acx asks for 192 kb/s or more, not 128; set output"):
        target_for("acx", channels, 128)


def test_without_peaks_it_is_one_linear_gain() -> None:
    mix = speechlike()
    result = master(mix, target_for("ebu-r128", 2))
    assert result.limited_db == 0.0
    assert np.array_equal(load(result.sound).samples, amplify(mix, result.gain_db).samples)


def test_single_peaks_are_caught_and_the_loudness_still_fits() -> None:
    result = master(speechlike(peaks=0.4), target_for("apple", 2), ceiling_dbtp=-1.5)
    assert 1.0 < result.limited_db < 12.0
    assert result.after.true_peak_dbtp <= -1.49
    assert result.after.integrated_lufs == pytest.approx(-16.0, abs=0.05)


def test_aiming_higher_makes_up_for_an_encoder() -> None:
    target = target_for("apple", 2)
    first, second = (master(speechlike(), target, aim=aim) for aim in (-16.0, -15.55))
    lift = second.after.integrated_lufs - first.after.integrated_lufs
    assert lift == pytest.approx(0.45, abs=0.05)


def test_the_same_mix_gives_the_same_bits() -> None:
    target = target_for("apple", 2)
    first, second = (master(speechlike(peaks=0.4), target) for _ in range(2))
    assert load(first.sound).samples.tobytes() == load(second.sound).samples.tobytes()


@pytest.mark.parametrize("seconds", [0.1, 5.0])
def test_a_mix_without_loudness_is_refused(seconds: float) -> None:
    with pytest.raises(MasterError, match=r"has no loudness: it is silent or under 0\.4 s"):
        master(silence(round(44100 * seconds), 44100, 2), target_for("apple", 2))


def test_one_peak_far_over_everything_is_refused_with_its_height() -> None:
    with pytest.raises(MasterError, match=r"a peak is \d+\.\d dB too high"):
        master(speechlike(peaks=3.0), target_for("apple", 2))


def test_squashing_is_refused() -> None:
    # A train of pulses, one every 25 ms: its peaks are its loudness.
    wave = np.zeros(44100 * 3, np.float32)
    wave[::1102] = 0.5
    with pytest.raises(MasterError, match=r"-16\.0 LUFS can't be reached under -1 dBTP"):
        master(Clip(wave, 44100), target_for("apple", 2))


def test_an_unknown_target_gets_the_near_one() -> None:
    with pytest.raises(UsageError, match="did you mean 'apple'"):
        target_for("aple", 2)
    with pytest.raises(UsageError, match="6 channels"):
        target_for("apple", 6)
