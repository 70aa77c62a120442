"""Every engine passes one suite: speaks all of the text, at its rate, timed, the same each time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from paperledge_audio.engines import ENGINES, Engine, open_engine
from paperledge_audio.errors import EngineError
from paperledge_audio.show import Show
from paperledge_audio.spoken.model import Segment, Span
from paperledge_audio.voices import Voice, find_voice
from tests.samples import plain_segment

TEXT = "Alright, learning crew. This is a small sentence about attention."

every_engine = pytest.mark.parametrize(
    "engine",
    [pytest.param(name, marks=[] if name == "tone" else pytest.mark.model) for name in ENGINES],
    indirect=True,
)


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> Engine:
    return open_engine(request.param)


@pytest.fixture
def voice(show: Show) -> Voice:
    return find_voice("ernis", show)


@every_engine
def test_a_take_is_mono_finite_unclipped_and_at_the_engines_rate(
    engine: Engine, voice: Voice
) -> None:
    clip = engine.speak(plain_segment(TEXT), voice).clip
    assert (clip.rate, clip.channels) == (engine.rate, 1)
    assert np.isfinite(clip.samples).all()
    assert 0.05 < clip.peak < 1.0
    assert 2.0 < clip.duration_s < 8.0  # eleven words: 85 to 330 a minute


@every_engine
def test_the_words_cover_the_text_and_sound(engine: Engine, voice: Voice) -> None:
    take = engine.speak(plain_segment(TEXT), voice)
    assert [w.text for w in take.words] == TEXT.split()
    times = [t for w in take.words for t in (w.start, w.end)]
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] <= take.clip.frames
    level = [np.abs(take.clip.samples[w.start : w.end]).max() for w in take.words]
    assert min(level) > 0.02


@every_engine
def test_the_same_words_give_the_same_samples(engine: Engine, voice: Voice) -> None:
    first, second = (engine.speak(plain_segment(TEXT), voice).clip for _ in range(2))
    assert np.array_equal(first.samples, second.samples)


@every_engine
def test_a_quicker_pace_is_shorter(engine: Engine, voice: Voice) -> None:
    plain = engine.speak(plain_segment(TEXT), voice).clip.frames
    quick = engine.speak(plain_segment(TEXT), replace(voice, pace=1.3)).clip.frames
    assert quick == pytest.approx(plain / 1.3, rel=0.2)  # models round phonemes to 25 ms


@every_engine
def test_a_take_starts_and_ends_with_its_words(engine: Engine, voice: Voice) -> None:
    clip = engine.speak(plain_segment(TEXT), voice).clip
    loud = np.flatnonzero(np.abs(clip.samples[:, 0]) > 0.001 * clip.peak)
    assert 0 <= loud[0] / clip.rate < 0.03
    assert 0 <= (clip.frames - loud[-1]) / clip.rate < 0.08


@every_engine
def test_nothing_to_say_is_refused(engine: Engine, voice: Voice) -> None:
    for text in ("", " ", "...", "—"):
        with pytest.raises(EngineError, match="nothing to say"):
            engine.speak(plain_segment(text), voice)


@pytest.mark.model
@pytest.mark.parametrize("engine", ["kokoro", "hibari"], indirect=True)
def test_too_long_a_sentence_is_refused_not_cut(engine: Engine, voice: Voice) -> None:
    with pytest.raises(EngineError, match=r"phonemes, \w+ takes \d+; split the sentence"):
        engine.speak(plain_segment("a very long sentence " * 60), voice)


@pytest.mark.model
@pytest.mark.parametrize("engine", ["kokoro", "hibari"], indirect=True)
def test_words_that_cannot_be_pronounced_are_refused_not_dropped(
    engine: Engine, voice: Voice
) -> None:
    with pytest.raises(EngineError, match="can't be spoken"):
        engine.speak(plain_segment("hello 漢字 there"), voice)
    odd = Segment(0, "speech", (Span("x", "x", "", "Ж"),), "ernis", 1, 0, 0.0)
    with pytest.raises(EngineError, match="'Ж' is not in the phoneme alphabet"):
        engine.speak(odd, voice)


def test_the_tone_lasts_as_long_as_its_letters(voice: Voice) -> None:
    take = open_engine("tone").speak(plain_segment("abc de"), voice)
    assert take.clip.frames == 6 * 1500
    silent = take.clip.samples[3 * 1500 : 4 * 1500]
    assert np.abs(silent).max() == 0.0


def test_an_unknown_engine_is_refused_with_the_near_one() -> None:
    with pytest.raises(EngineError, match="no engine is called 'kokro'; did you mean 'kokoro'"):
        open_engine("kokro")
