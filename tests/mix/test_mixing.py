"""The mix: a sum, exact in place and level, without a click."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperledge_audio import units
from paperledge_audio.engines.model import Take
from paperledge_audio.errors import SoundError
from paperledge_audio.mix.mixing import mixdown
from paperledge_audio.mix.model import Placed, Timeline
from paperledge_audio.show.model import MusicSettings
from paperledge_audio.sound.clip import Clip, amplify, load, silence
from tests.sounds import arranged

RATE = 44100
MakeTake = Callable[..., Take]
MakeTone = Callable[..., Clip]
MakeBox = Callable[..., MusicSettings]


def timeline_of(*placed: Placed, frames: int) -> Timeline:
    return Timeline(RATE, frames, placed, (), (), "ernis")


def hiss(
    start: int, seed: int, gain_db: float, fade_in: int, fade_out: int, channels: int
) -> Placed:
    noise = np.random.default_rng(seed).normal(0.0, 0.1, (900, channels)).astype(np.float32)
    return Placed(Clip(noise, RATE), start, gain_db, fade_in, fade_out, "sting")


clips = st.builds(
    hiss,
    st.integers(0, 1000),
    st.integers(0, 99),
    st.floats(-20.0, 6.0),
    st.integers(0, 1200),
    st.integers(0, 1200),
    st.sampled_from([1, 2]),
)


@settings(max_examples=40)
@given(placed=st.lists(clips, min_size=1, max_size=4))
def test_the_mix_is_the_sum_of_its_parts(placed: list[Placed], make_box: MakeBox) -> None:
    whole = load(mixdown(timeline_of(*placed, frames=2000), make_box())).samples
    parts = [load(mixdown(timeline_of(p, frames=2000), make_box())).samples for p in placed]
    assert whole == pytest.approx(np.sum(parts, axis=0), abs=1e-6)


@settings(max_examples=40)
@given(placed=clips, shift=st.integers(0, 500))
def test_moving_a_clip_moves_the_mix(placed: Placed, shift: int, make_box: MakeBox) -> None:
    moved = replace(placed, start=placed.start + shift)
    before = load(mixdown(timeline_of(placed, frames=2400), make_box())).samples
    after = load(mixdown(timeline_of(moved, frames=2400), make_box())).samples
    assert np.array_equal(before[: 2400 - shift], after[shift:])


@settings(max_examples=20)
@given(placed=clips, db=st.floats(-12.0, 12.0))
def test_gain_before_is_gain_after(placed: Placed, db: float, make_box: MakeBox) -> None:
    louder = Placed(amplify(load(placed.sound), db), placed.start, role="sting")
    gained = Placed(placed.sound, placed.start, db, role="sting")
    one = load(mixdown(timeline_of(louder, frames=2000), make_box())).samples
    two = load(mixdown(timeline_of(gained, frames=2000), make_box())).samples
    assert one == pytest.approx(two, abs=1e-6)


def test_crossing_fades_keep_the_power(make_box: MakeBox) -> None:
    # sin² + cos² = 1: two unlike sounds that cross keep the power of one.
    left = Clip(np.tile(np.array([[0.5, 0.0]], np.float32), (2000, 1)), RATE)
    right = Clip(np.tile(np.array([[0.0, 0.5]], np.float32), (2000, 1)), RATE)
    out = Placed(left, 0, fade_out=1000, role="sting")
    into = Placed(right, 1000, fade_in=1000, role="sting")
    mix = load(mixdown(timeline_of(out, into, frames=3000), make_box())).samples
    assert (mix[1000:2000] ** 2).sum(axis=1) == pytest.approx(0.25, abs=1e-5)


def test_music_is_down_by_the_depth_before_the_first_word(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    box = make_box(duck_db=-12.0, duck_fade_s=1.0)
    timeline = arranged([make_take(np.zeros(24000))], ["A"], {"intro": make_tone(441.0, 10.0)}, box)
    mix = load(mixdown(timeline, box)).samples[:, 0]
    entry = timeline.cues[0].start

    def level_db(start: int, frames: int = 100) -> float:
        # 441 Hz at 44.1 kHz: 100 frames are one period, so this is its exact RMS.
        return units.decibels(float(np.sqrt(np.mean(mix[start : start + frames] ** 2.0))))

    full = level_db(44100)
    for frame in range(entry - 4000, entry + 44000, 1000):
        assert level_db(frame) - full == pytest.approx(-12.0, abs=0.01)
    # A second before it is down (with 0.1 s to spare) nothing has happened; half-way it is half.
    assert level_db(entry - units.frames(1.1, RATE) - 100) == pytest.approx(full, abs=0.01)
    half = level_db(entry - units.frames(0.6, RATE) - 50)
    assert half - full == pytest.approx(-6.0, abs=0.1)


def test_the_outro_rises_when_the_last_word_ends(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    box = make_box()
    takes = [make_take(np.zeros(5 * 24000))]
    timeline = arranged(takes, ["A"], {"outro": make_tone(441.0, 8.0)}, box)
    mix = np.abs(load(mixdown(timeline, box)).samples[:, 0])
    end = timeline.cues[-1].end
    under = mix[end - 30000 : end].max()
    after = mix[end + units.frames(1.2, RATE) : end + 150000].max()
    assert units.decibels(float(under / after)) == pytest.approx(-14.0, abs=0.05)


def test_a_sting_between_segments_is_not_ducked(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    box = make_box()
    takes = [make_take(np.zeros(24000), i, music_after=a) for i, a in enumerate(["sting", ""])]
    timeline = arranged(takes, ["A"], {"sting": make_tone(441.0, 2.0)}, box)
    (sting,) = (p for p in timeline.placed if p.role == "sting")
    mix = load(mixdown(timeline, box)).samples
    assert np.abs(mix).max() == pytest.approx(0.5 * units.gain(sting.gain_db), rel=1e-3)


def test_short_gaps_do_not_pump(
    make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    box = make_box()
    takes = [make_take(np.zeros(24000), i, pause_after=1.0, music_after="" if i else "bed")
             for i in range(6)]  # fmt: skip
    timeline = arranged(takes, ["A"], {"bed": make_tone(441.0, 3.0)}, box)
    mix = np.abs(load(mixdown(timeline, box)).samples[:, 0])
    start, end = timeline.cues[2].start, timeline.cues[-1].end
    periods = mix[start : start + (end - start) // 100 * 100].reshape(-1, 100).max(axis=1)
    assert periods == pytest.approx(periods[0], rel=1e-3)


@pytest.mark.parametrize("phase", [0.0, 1.0, np.pi / 2])
def test_no_click_at_any_join(
    phase: float, make_take: MakeTake, make_tone: MakeTone, make_box: MakeBox
) -> None:
    box = make_box()
    hertz = {"intro": 330.0, "outro": 290.0, "sting": 410.0, "bed": 173.3}
    music = {
        name: make_tone(hz, seconds, 0.4, phase=phase, channels=2)
        for (name, hz), seconds in zip(hertz.items(), (8.0, 9.0, 2.0, 3.3), strict=True)
    }
    speech = make_tone(220.0, 2.0, 0.5, rate=24000, phase=phase).samples[:, 0]
    asks = ["", "sting", "bed", "", "", ""]
    takes = [make_take(speech, i, music_after=ask) for i, ask in enumerate(asks)]
    timeline = arranged(takes, ["A"], music, box)
    mix = load(mixdown(timeline, box)).samples[:, 0].astype(np.float64)
    # The steepest step of a tone is amplitude · 2π·f/rate; a fade over n frames adds at most
    # amplitude · π/2/n. What sounds together at a join adds up.
    steep = {role: 2 * np.pi * hz / RATE for role, hz in {**hertz, "speech": 220.0}.items()}
    fades = {"speech": 0.004, "intro": 0.02, "outro": 0.02, "sting": 0.02, "bed": 1.0}
    for join in {edge for p in timeline.placed for edge in (p.start, p.end)}:
        step = np.abs(np.diff(mix[max(join - 500, 0) : join + 500])).max(initial=0.0)
        own = sum(
            np.abs(load(p.sound).samples).max()
            * units.gain(p.gain_db)
            * (steep[p.role] + np.pi / 2 / (fades[p.role] * RATE))
            for p in timeline.placed
            if p.start < join + 500 and p.end > join - 500
        )
        assert step <= own * 1.02, join


def test_what_does_not_fit_the_time_line_is_refused(make_box: MakeBox) -> None:
    fits = silence(100, RATE)
    for placed in (Placed(fits, 950), Placed(fits, -1), Placed(silence(9, 48000), 0)):
        with pytest.raises(SoundError):
            mixdown(timeline_of(placed, frames=1000), make_box())
