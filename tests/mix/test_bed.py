"""Beds: copies that join so that nobody hears where."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperledge_audio.mix.bed import loop_bed, make_seamless
from paperledge_audio.sound.clip import Clip, Sound, load

RATE = 44100
MakeTone = Callable[..., Clip]


def largest_step(sound: Sound) -> float:
    samples = load(sound).samples
    twice = np.concatenate([samples, samples])
    return float(np.abs(np.diff(twice, axis=0)).max())


def test_a_bed_that_loops_by_itself_is_left_alone(make_tone: MakeTone) -> None:
    whole_periods = make_tone(441.0, 2.0)
    assert make_seamless(whole_periods) is whole_periods


def test_a_bed_that_does_not_loses_its_step(make_tone: MakeTone) -> None:
    # 100.25 periods a second for 3 s: it ends three quarters through a period, near -1.
    clip = make_tone(100.25, 3.0)
    step = 0.5 * 2 * np.pi * 100.25 / RATE
    assert largest_step(clip) > 20 * step
    assert largest_step(make_seamless(clip)) < 1.5 * step
    assert make_seamless(clip).frames == clip.frames - RATE * 3 // 4


@settings(max_examples=60)
@given(
    frames=st.integers(1, 3000),
    start=st.integers(0, 5000),
    length=st.integers(1, 20000),
    fade=st.integers(0, 2000),
)
def test_the_copies_fill_the_stretch_exactly(
    frames: int, start: int, length: int, fade: int
) -> None:
    clip = Clip(np.sin(np.arange(frames) / 50).astype(np.float32), RATE)
    copies = loop_bed(clip, start, start + length, fade=fade, gain_db=-3.0)
    assert copies[0].start == start
    assert copies[-1].end == start + length
    for one, two in pairwise(copies):
        assert one.end == two.start
        assert one.fade_out == two.fade_in == 0
    assert copies[0].fade_in == copies[-1].fade_out == min(fade, length // 2)
    assert copies[-1].fade_out <= copies[-1].sound.frames


@pytest.mark.parametrize("length", [0, -5])
def test_no_stretch_no_bed(length: int, make_tone: MakeTone) -> None:
    assert loop_bed(make_tone(441.0, 1.0), 100, 100 + length, fade=10, gain_db=0.0) == []
