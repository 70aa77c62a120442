"""Clips and operations on them, as algebra."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperledge_audio import units
from paperledge_audio.errors import SoundError
from paperledge_audio.sound import clip as audio
from paperledge_audio.sound.clip import Clip


def noise(frames: int, channels: int = 1, rate: int = 44100, seed: int = 0) -> Clip:
    random = np.random.default_rng(seed)
    return Clip(random.uniform(-0.5, 0.5, (frames, channels)).astype(np.float32), rate)


def test_a_clip_is_always_frames_by_channels_float32_and_read_only() -> None:
    clip = Clip(np.zeros(10), 8000)  # type: ignore[arg-type]
    assert clip.samples.shape == (10, 1)
    assert clip.samples.dtype == np.float32
    with pytest.raises(ValueError, match="read-only"):
        clip.samples[0] = 1.0


def test_a_clip_does_not_change_with_the_array_it_was_cut_from() -> None:
    whole = np.zeros(10, np.float32)
    clip = Clip(whole[2:5], 8000)
    whole[:] = 1.0
    assert clip.peak == 0.0


@pytest.mark.parametrize("bad", [np.zeros((2, 2, 2)), np.float32(1), np.zeros((3, 0))])
def test_other_shapes_are_refused(bad: np.ndarray) -> None:
    with pytest.raises(SoundError, match="needs samples"):
        Clip(bad, 8000)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_a_number_is_refused(bad: float) -> None:
    with pytest.raises(SoundError, match="not numbers"):
        Clip(np.array([0.0, bad], np.float32), 8000)
    with pytest.raises(SoundError, match="rate above 0"):
        Clip(np.zeros(2, np.float32), 0)


@given(st.floats(-40, 20))
def test_gain_up_and_down_is_the_clip_again(db: float) -> None:
    clip = noise(100)
    back = audio.amplify(audio.amplify(clip, db), -db)
    assert np.allclose(back.samples, clip.samples, rtol=1e-5, atol=0)


def test_six_decibels_is_a_factor_of_two() -> None:
    doubled = audio.amplify(noise(100), units.decibels(2.0))
    assert np.allclose(doubled.samples, 2 * noise(100).samples, rtol=1e-6)


@given(st.integers(0, 100), st.integers(0, 100))
def test_cutting_and_joining_is_the_clip_again(one: int, other: int) -> None:
    clip = noise(100, 2)
    low, high = sorted((one, other))
    parts = [audio.cut(clip, 0, low), audio.cut(clip, low, high), audio.cut(clip, high, 100)]
    assert np.array_equal(audio.load(audio.JoinedSound(parts)).samples, clip.samples)


def test_padding_adds_silence_and_nothing_else() -> None:
    clip = noise(50)
    padded = audio.pad(clip, 10, 20)
    assert padded.frames == 80
    assert np.array_equal(audio.cut(padded, 10, 60).samples, clip.samples)
    assert audio.cut(padded, 0, 10).peak == audio.cut(padded, 60, 80).peak == 0.0


def test_opposite_fades_keep_the_power() -> None:
    ones = Clip(np.ones(1000, np.float32), 8000)
    falling = audio.fade(ones, 0, 1000).samples.astype(np.float64)
    rising = audio.fade(ones, 1000, 0).samples.astype(np.float64)
    assert np.allclose(falling**2 + rising**2, 1.0, atol=1e-6)


def test_mono_to_stereo_and_back_is_the_clip_again() -> None:
    clip = noise(100)
    stereo = audio.convert_channels(clip, 2)
    assert np.array_equal(stereo.samples[:, 0], stereo.samples[:, 1])
    assert np.array_equal(audio.convert_channels(stereo, 1).samples, clip.samples)
    with pytest.raises(SoundError, match="no rule turns 2 channels into 3"):
        audio.convert_channels(stereo, 3)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=8), st.data())
def test_any_part_of_joined_sounds_is_that_part_of_the_whole(
    lengths: list[int], data: st.DataObject
) -> None:
    whole = noise(sum(lengths), 2)
    edges = [0, *np.cumsum(lengths).tolist()]
    joined = audio.JoinedSound([audio.cut(whole, a, b) for a, b in pairwise(edges)])
    start = data.draw(st.integers(0, whole.frames))
    end = data.draw(st.integers(start, whole.frames))
    assert np.array_equal(joined.read(start, end), whole.samples[start:end])
    assert np.array_equal(
        np.concatenate([*audio.read_blocks(joined, 7), whole.samples[:0]]), whole.samples
    )


def test_clips_of_two_kinds_are_not_joined() -> None:
    with pytest.raises(SoundError, match="different rates or channel counts"):
        audio.JoinedSound([noise(10), noise(10, rate=8000)])


@settings(max_examples=20)
@given(st.integers(0, 5000), st.sampled_from([8000, 24000, 44100, 48000]))
def test_resampling_keeps_the_duration_by_the_one_rounding_rule(frames: int, rate: int) -> None:
    assert audio.resample(noise(frames, rate=24000), rate).frames == units.rescale(
        frames, 24000, rate
    )


def test_resampling_keeps_a_tone() -> None:
    time = np.arange(24000) / 24000
    tone = Clip(np.sin(2 * np.pi * 1000 * time).astype(np.float32), 24000)
    made = audio.resample(tone, 44100).samples[4410:-4410, 0]
    wanted = np.sin(2 * np.pi * 1000 * np.arange(44100) / 44100)[4410:-4410]
    noise_db = 10 * np.log10(np.mean((made - wanted) ** 2) / np.mean(wanted**2))
    assert noise_db < -120  # float32 leaves about -140
