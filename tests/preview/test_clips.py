"""What a clip holds: the take, to the sample, and the times that captions have."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from paperledge_audio import units
from paperledge_audio.deliver.encode import mp3
from paperledge_audio.engines import make_pool
from paperledge_audio.plan import Plan
from paperledge_audio.preview.page import clips
from paperledge_audio.preview.page.clips import PEAKS_PER_S, Recorder
from paperledge_audio.preview.page.timing import estimate_episode_s, place_segments
from paperledge_audio.render import mix_speech
from paperledge_audio.show.loading import load_show
from paperledge_audio.takes import TakeStore
from tests.sounds import MakeTake
from tests.tone_show import SCRIPT


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[Recorder]:
    with make_pool(1) as pool:
        yield Recorder(TakeStore(tmp_path / "cache"), pool)


@pytest.fixture
def plan(show_folder: Path, recorder: Recorder) -> Plan:
    show = load_show(show_folder / "scripts" / "show.toml")
    return recorder.plan(SCRIPT.encode(), "scripts/one-hand.md", show)


def test_segments_lie_where_a_render_without_music_puts_them(
    plan: Plan, recorder: Recorder
) -> None:
    placing = place_segments(plan, recorder.record(plan))
    reused: list[bool] = []
    timeline, _ = mix_speech(
        plan, recorder.store, lambda _take, kept: reused.append(kept), pool=recorder.pool
    )
    assert reused == [True] * len(plan.segments)  # the clips' takes were kept
    for cue, start, end in zip(timeline.cues, placing.starts, placing.ends, strict=True):
        # a cue's edges are rounded to frames of 44.1 kHz, its take's to 24 kHz
        assert start == pytest.approx(cue.start / timeline.rate, abs=1e-3)
        assert end == pytest.approx(cue.end / timeline.rate, abs=1e-3)
    assert placing.duration_s == pytest.approx(timeline.frames / timeline.rate, abs=1e-3)


def test_a_clip_is_the_take_to_the_sample(plan: Plan, recorder: Recorder) -> None:
    spoken = recorder.record(plan.select({0}))
    clip = spoken[0].clip
    frames = 1500 * len(plan.segments[0].spoken)  # the tone engine's: 24 kHz
    assert clip.duration_s == frames / 24000
    decoded = mp3.decode(clip.mp3)
    assert decoded.frames == units.rescale(frames, 24000, 44100)
    sounding = np.abs(decoded.samples[:, 0]) > 0.05
    first_word = spoken[0].words[0][0]
    assert np.argmax(sounding) / 44100 == pytest.approx(first_word, abs=0.05)


def test_peaks_are_as_high_as_the_sound(plan: Plan, recorder: Recorder) -> None:
    clip = recorder.record(plan.select({0}))[0].clip
    assert len(clip.peaks) == round(clip.duration_s * PEAKS_PER_S)
    assert max(clip.peaks) == round(0.25 * 99)  # the tone engine's amplitude
    assert min(clip.peaks) >= 0


def test_a_take_beyond_full_scale_is_heard_without_clipping(make_take: MakeTake) -> None:
    wave = np.sin(2 * np.pi * 220 * np.arange(24000) / 24000)
    clip = clips._make_clip(make_take(1.4 * wave))
    heard = mp3.decode(clip.mp3).samples[2205:-2205, 0]
    assert np.abs(heard).max() / np.std(heard) == pytest.approx(np.sqrt(2), abs=0.02)  # a sine


def test_what_was_recorded_is_kept_in_hand(plan: Plan, recorder: Recorder) -> None:
    first = recorder.record(plan)
    again = recorder.record(plan.select({2}))
    assert list(again) == [2]
    assert again[2].clip is first[2].clip


def test_without_recordings_the_length_is_the_estimated_one(plan: Plan) -> None:
    assert place_segments(plan, {}).duration_s == pytest.approx(estimate_episode_s(plan))
