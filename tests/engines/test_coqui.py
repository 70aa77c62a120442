"""Coqui models of every shape that a profile can name, as tiny untrained ones: nothing is fetched.

Such a model makes noise, but with the right text, speaker, durations, lengths and errors.
"""

from __future__ import annotations

import json
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from paperledge_audio.engines.coqui import Coqui, open_engine, package
from paperledge_audio.engines.coqui.model import LoadedModel
from paperledge_audio.engines.coqui.noise import SEED
from paperledge_audio.errors import EngineError, VoiceError
from paperledge_audio.spoken.model import Segment, Span
from paperledge_audio.voices.profiles import Voice
from tests.engines.coqui_models import (
    need_coqui,
    profile,
    tiny_encoder,
    tiny_glow,
    tiny_vits,
    tiny_xtts,
)
from tests.samples import plain_segment

TEXT = "Hello there, learning crew!"
MANY: dict[str, Any] = {
    "speakers": ["anna", "ben"],
    "languages": ["en", "fr"],
    "model_args": {
        "use_speaker_embedding": True,
        "speaker_embedding_channels": 8,
        "use_language_embedding": True,
    },
}


@pytest.fixture(scope="module")
def engine() -> Coqui:
    need_coqui()
    return open_engine()


@pytest.fixture(scope="module")
def letters(engine: Coqui, tmp_path_factory: pytest.TempPathFactory) -> Voice:
    folder = tmp_path_factory.mktemp("letters")
    tiny_vits(folder)
    return profile(folder, 'model = "model.pth"')


@pytest.fixture(scope="module")
def many(engine: Coqui, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    tiny_vits(folder, **MANY)
    return folder


def given(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that reach a model from now on."""
    texts: list[str] = []
    say = LoadedModel.say

    def spy(self: LoadedModel, text: str, voice: Voice) -> Any:
        texts.append(text)
        return say(self, text, voice)

    monkeypatch.setattr(LoadedModel, "say", spy)
    return texts


def test_the_words_are_timed_by_the_models_own_durations(engine: Coqui, letters: Voice) -> None:
    take = engine.speak(plain_segment(TEXT), letters)
    assert engine.timing(letters) == "durations"
    assert [w.text for w in take.words] == TEXT.split()
    times = [t for w in take.words for t in (w.start, w.end)]
    assert times == sorted(times)
    assert times[0] < take.clip.frames // 4
    assert times[-1] > take.clip.frames * 3 // 4
    assert take.clip.rate == 16000


def test_the_samples_are_coquis_without_its_padding(engine: Coqui, letters: Voice) -> None:
    model = engine._model(letters)
    said = model.say("hello there", letters)
    assert said.durations is not None
    assert sum(said.durations) == len(said.samples)
    torch = package.import_torch()
    torch.manual_seed(SEED)
    with package.silence_warnings():
        padded = model._synthesizer.tts("hello there", split_sentences=False)
    assert np.array_equal(np.array(padded[:-10000], np.float32), said.samples)
    assert not np.any(padded[-10000:])


def test_sentences_spoken_side_by_side_are_those_spoken_alone(
    engine: Coqui, letters: Voice
) -> None:
    lines = [plain_segment(f"{TEXT} {'again ' * n}") for n in range(6)]
    paces = [replace(letters, pace=1.0 + n / 10) for n in range(6)]
    alone = [engine.speak(line, voice).clip for line, voice in zip(lines, paces, strict=True)]
    with ThreadPoolExecutor(4) as pool:
        together = [take.clip for take in pool.map(engine.speak, lines, paces)]
    for one, other in zip(alone, together, strict=True):
        assert np.array_equal(one.samples, other.samples)


def test_a_model_runs_on_one_thread_whatever_others_have_set(engine: Coqui, letters: Voice) -> None:
    alone = engine.speak(plain_segment(TEXT), letters).clip
    package.import_torch().set_num_threads(2)  # as the recogniser does, through the shared OpenMP
    after = engine.speak(plain_segment(TEXT), letters).clip
    assert package.import_torch().get_num_threads() == 1
    assert np.array_equal(alone.samples, after.samples)


def test_letters_are_what_the_model_learned(
    engine: Coqui, letters: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = given(monkeypatch)
    take = engine.speak(plain_segment("Self-attention: it's HUGE — really."), letters)
    assert texts == ["self attention, it's huge , really."]
    assert [w.text for w in take.words] == ["Self-attention:", "it's", "HUGE", "—", "really."]
    spans = (Span("Ask ", "Ask "), Span("Qwen", "Qwen", "", "kwˈɛn"), Span(".", "."))
    engine.speak(Segment(0, "speech", spans, "", 1, 0, 0.0), letters)
    assert texts[-1] == "ask kwen."  # spelled as it sounds


def test_what_the_model_has_no_letter_for_is_refused(engine: Coqui, letters: Voice) -> None:
    for text, what in (("naïve", "'ï' can't be spoken"), ("ok 漢", "'漢' can't be spoken")):
        with pytest.raises(EngineError, match=what):
            engine.speak(plain_segment(text), letters)
    with pytest.raises(EngineError, match="nothing to say"):
        engine.speak(plain_segment("..."), letters)


def test_phonemes_are_given_as_ipa_without_espeak(
    engine: Coqui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # where no espeak is
    tiny_vits(tmp_path, use_phonemes=True, phonemizer="espeak", phoneme_language="en-us")
    voice = profile(tmp_path, 'model = "model.pth"')
    texts = given(monkeypatch)
    spans = (Span("Jason", "Jason", "", "ʤˈAsən"), Span(" learns.", " learns."))
    take = engine.speak(Segment(0, "speech", spans, "", 1, 0, 0.0), voice)
    assert texts == ["dʒˈeɪsən lˈɜːnz."]
    assert [w.text for w in take.words] == ["Jason", "learns."]


def test_each_speaker_and_language_sounds_its_own(engine: Coqui, many: Path) -> None:
    sums = set()
    for table in ('"anna"\nlanguage = "en"', '"ben"\nlanguage = "en"', '"ben"\nlanguage = "fr"'):
        voice = profile(many, f'model = "model.pth"\nspeaker = {table}')
        sums.add((engine.speak(plain_segment(TEXT), voice).clip.samples.tobytes(),
                  engine.timbre(voice)))  # fmt: skip
    assert len({sound for sound, _ in sums}) == len({timbre for _, timbre in sums}) == 3
    assert sum(files.model.parent == many for files, _ in engine._models) == 1  # loaded once


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ("", "has several voices, and none is chosen; set .* choose from: anna, ben"),
        ('speaker = "ana"\nlanguage = "en"', "has no speaker 'ana'; did you mean 'anna'"),
        ('speaker = "ben"', "has several languages; set .* choose from: en, fr"),
        ('speaker = "ben"\nlanguage = "xx"', "does not speak 'xx'; .* choose from: en, fr"),
    ],
)
def test_a_profile_that_does_not_fit_its_model_is_refused(
    engine: Coqui, many: Path, asked: str, what: str
) -> None:
    voice = profile(many, f'model = "model.pth"\n{asked}')
    with pytest.raises(VoiceError, match=what) as caught:
        engine.speak(plain_segment(TEXT), voice)
    assert str(caught.value.path) == str(many / "host.toml")


def test_a_model_of_one_voice_takes_no_speaker_and_no_clips(engine: Coqui, letters: Voice) -> None:
    assert letters.coqui is not None
    (letters.path.parent / "me.wav").write_bytes(b"")
    for asked, what in (
        ('speaker = "anna"', "has no speaker 'anna'"),
        ('reference = ["me.wav"]', "can't clone from clips"),
        ('language = "fr"', "speaks one language"),
    ):
        voice = profile(letters.path.parent, f'model = "model.pth"\n{asked}')
        with pytest.raises(VoiceError, match=what):
            engine.speak(plain_segment(TEXT), voice)


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Two recordings, of other timbres."""
    noise = np.random.default_rng(0).normal(0, 0.1, (2, 4 * 22050))
    noise[1] = np.cumsum(noise[1]) / 100
    folder = tmp_path_factory.mktemp("clips")
    for n, samples in enumerate(noise):
        soundfile.write(folder / f"{n}.wav", samples, 22050)
    return [str(folder / "0.wav"), str(folder / "1.wav")]


def test_a_vits_that_clones_takes_after_the_clips(
    engine: Coqui, clips: list[str], tmp_path: Path
) -> None:
    tiny_encoder(tmp_path)
    sounds = {}
    for n, reference in enumerate((clips[:1], clips[1:], clips)):
        voice = profile(tmp_path, f'model = "model.pth"\nreference = {json.dumps(reference)}')
        sounds[engine.timbre(voice)] = engine.speak(plain_segment(TEXT), voice).clip
        again = engine.speak(plain_segment(TEXT), voice).clip
        assert np.array_equal(again.samples, sounds[engine.timbre(voice)].samples)
        assert len(sounds) == len({clip.samples.tobytes() for clip in sounds.values()}) == n + 1
    assert sum(files.model.parent == tmp_path for files, _ in engine._models) == 1  # loaded once
    assert {"0.wav", "1.wav", "model_se.pth"} <= engine.models(voice).keys()
    both = profile(tmp_path, f'model = "model.pth"\nspeaker = "anna"\nreference = ["{clips[0]}"]')
    with pytest.raises(VoiceError, match="is given a speaker and clips; name one of them"):
        engine.speak(plain_segment(TEXT), both)


def test_a_model_of_spectrograms_is_repeatable_and_keeps_its_pace(
    engine: Coqui, tmp_path: Path
) -> None:
    tiny_glow(tmp_path)
    voice = profile(tmp_path, 'model = "model.pth"')
    line = plain_segment("Hello there, CREW!")
    first, again = engine.speak(line, voice), engine.speak(line, voice)
    assert np.array_equal(first.clip.samples, again.clip.samples)
    assert engine.timing(voice) == "alignment"
    quick, usual = engine.speak(line, replace(voice, pace=1.5)), engine.speak(line, voice)
    assert quick.clip.frames < first.clip.frames
    assert np.array_equal(first.clip.samples, usual.clip.samples)


def test_xtts_clones_and_its_words_are_aligned(
    engine: Coqui, clips: list[str], tmp_path: Path
) -> None:
    tiny_xtts(tmp_path / "xtts")
    table = f'model = "xtts"\nlanguage = "en"\nreference = {json.dumps(clips[:1])}'
    voice = profile(tmp_path, table)
    assert engine.timing(voice) == "alignment"
    line = plain_segment("Hello there, crew!")
    take, again = engine.speak(line, voice), engine.speak(line, voice)
    assert np.array_equal(take.clip.samples, again.clip.samples)
    assert take.clip.rate == 24000
    assert [w.text for w in take.words] == ["Hello", "there,", "crew!"]
    times = [t for w in take.words for t in (w.start, w.end)]
    assert times == sorted(times)
    assert times[-1] <= take.clip.frames
    quick = engine.speak(line, replace(voice, pace=1.2))
    assert quick.clip.frames < take.clip.frames
    # it makes 3 s at most: a model that stops before the words are said is found out
    with pytest.raises(EngineError, match=r"spoke for \d\.\d s where the words take about 1\d\.\d"):
        engine.speak(plain_segment(" ".join([TEXT] * 8)), voice)
    with pytest.raises(EngineError, match="has 319 symbols, coqui takes 250; split"):
        engine.speak(plain_segment("hello " * 53 + "."), voice)


def test_the_timbre_follows_the_model_the_pace_and_nothing_else(
    engine: Coqui, letters: Voice, tmp_path: Path
) -> None:
    tiny_vits(tmp_path)
    same = profile(tmp_path, 'model = "model.pth"', top='sample = "Another line."')
    assert engine.timbre(same) == engine.timbre(letters)
    assert engine.timbre(replace(same, pace=1.1)) != engine.timbre(same)
    (tmp_path / "model.pth").write_bytes((tmp_path / "model.pth").read_bytes() + b" ")
    assert engine.timbre(same) != engine.timbre(letters)
    assert "coqui-tts-0.28.0" in engine.fingerprint


def test_what_is_no_model_is_one_clear_error(engine: Coqui, tmp_path: Path) -> None:
    tiny_vits(tmp_path)
    voice = profile(tmp_path, 'model = "model.pth"')
    (tmp_path / "model.pth").write_bytes(b"not a checkpoint")
    with pytest.raises(VoiceError, match=r"model\.pth: can't be loaded: .*; name a model"):
        engine.speak(plain_segment(TEXT), voice)
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(VoiceError, match=r"config\.json: is not the config of a Coqui model"):
        engine.speak(plain_segment(TEXT), voice)
    (tmp_path / "model.pth").unlink()
    with pytest.raises(VoiceError, match="is missing; correct"):
        engine.speak(plain_segment(TEXT), voice)
    with pytest.raises(VoiceError, match="names no Coqui model"):
        engine.speak(plain_segment(TEXT), replace(voice, coqui=None))


def test_a_checkpoint_that_would_run_code_is_not_run(engine: Coqui, tmp_path: Path) -> None:
    import pickle

    class Evil:
        def __reduce__(self) -> tuple[Any, ...]:
            return (Path.touch, (tmp_path / "owned",))

    tiny_vits(tmp_path)
    (tmp_path / "model.pth").write_bytes(pickle.dumps(Evil()))
    with pytest.raises(VoiceError, match="can't be loaded"):
        engine.speak(plain_segment(TEXT), profile(tmp_path, 'model = "model.pth"'))
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize(
    ("table", "what"),
    [
        ('model = "none.pth"', r"host\.toml:12:1: coqui\.model: there is no file none\.pth"),
        ('model = "model.pth"\nconfig = "x.json"', r"coqui\.config: there is no file x\.json"),
        ('model = "model.pth"\nreference = ["x.wav"]', r"coqui\.reference: there is no file x\.w"),
        ('model = "model.pth"\nspeeker = "x"', r"coqui\.speeker: is not a known key"),
        ('speaker = "x"', r"coqui\.model: is missing"),
    ],
)
def test_a_profile_is_read_strictly(tmp_path: Path, table: str, what: str) -> None:
    (tmp_path / "model.pth").write_bytes(b"")
    (tmp_path / "config.json").write_bytes(b"{}")
    with pytest.raises(VoiceError, match=what):
        profile(tmp_path, table)


def test_nothing_reaches_the_terminal(
    engine: Coqui, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    tiny_vits(tmp_path, text_cleaner="english_cleaners", **MANY)
    voice = profile(tmp_path, 'model = "model.pth"\nspeaker = "ben"\nlanguage = "en"')
    engine.speak(plain_segment(TEXT), voice)
    logging.getLogger("TTS").error("Coqui has something to say")
    assert capfd.readouterr() == ("", "")
