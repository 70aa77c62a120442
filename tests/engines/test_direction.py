"""Directed speech, measured on the sound by a pitch tracker that knows nothing of the engines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from paperledge_audio.engines import Take, open_engine
from paperledge_audio.engines.durations import round_frames
from paperledge_audio.engines.g2p import import_hibari, load_vocabulary, pronounce
from paperledge_audio.engines.hibari import MODEL, SPECTRA, STAGES
from paperledge_audio.engines.prosody.direction import find_direction
from paperledge_audio.engines.prosody.performing import perform
from paperledge_audio.engines.sessions import open_session
from paperledge_audio.engines.stages import StagedNet, split
from paperledge_audio.likeness.pitch import track_pitch
from paperledge_audio.show.loading import load_show
from paperledge_audio.spoken.model import Segment, Span
from paperledge_audio.takes import take_id
from paperledge_audio.voices.deliveries import Delivery
from paperledge_audio.voices.engines import ENGINES
from paperledge_audio.voices.finding import find_voice
from paperledge_audio.voices.profiles import Voice
from tests.samples import ROOT, plain_segment

SENTENCES = (
    "They *measured* the distance twice, and then once more.",
    "We found that *smaller* networks can learn the same thing.",
    "You can train it on a *single* machine in one night.",
    "The *whole* idea fits on a napkin.",
    "Older methods needed *ten* times as much data.",
)
SENTENCE_COUNTS = {"kokoro": 3, "hibari": len(SENTENCES)}
"""How many of them are tried here; `make bench-direction` tries more."""
PEAK_ST = {1: 2.0, 2: 4.0}
LONGER = {1: 1.15, 2: 1.3}
"""What a listener is promised."""

directed_engines = pytest.mark.parametrize(
    "engine", [pytest.param(name, marks=pytest.mark.model) for name in ("kokoro", "hibari")]
)


@cache
def host() -> Voice:
    return find_voice("ernis", load_show(ROOT / "scripts" / "show.toml"))


def mark(text: str, emphasis: int = 0) -> Segment:
    """A sentence; what stands between asterisks is emphasised."""
    parts = text.split("*")
    spans = (Span(part, part, emphasis=emphasis * (i % 2)) for i, part in enumerate(parts))
    return replace(plain_segment(""), spans=tuple(spans))


@cache
def speak(engine: str, segment: Segment) -> Take:
    return open_engine(engine).speak(segment, host())


@dataclass(frozen=True)
class SoundingWord:
    """What a listener hears of a word."""

    seconds: float
    pitch: NDArray[np.float64]
    """In semitones above 1 Hz, where it has a voice."""

    @property
    def peak(self) -> float:
        return float(np.percentile(self.pitch, 97)) if len(self.pitch) > 3 else np.nan

    @property
    def middle(self) -> float:
        return float(np.median(self.pitch)) if len(self.pitch) > 3 else np.nan


def hear(take: Take) -> list[SoundingWord]:
    rate = take.clip.rate
    times, pitch = track_pitch(take.clip.samples, rate, low=90.0)
    heard = []
    for word in take.words:
        during = (times >= word.start / rate) & (times < word.end / rate) & np.isfinite(pitch)
        heard.append(SoundingWord((word.end - word.start) / rate, 12 * np.log2(pitch[during])))
    return heard


@directed_engines
@pytest.mark.parametrize("emphasis", [1, 2])
def test_an_emphasised_word_is_higher_and_longer_and_the_others_keep_their_pitch(
    engine: str, emphasis: int
) -> None:
    others = []
    for text in SENTENCES[: SENTENCE_COUNTS[engine]]:
        plain, directed = (hear(speak(engine, mark(text, level))) for level in (0, emphasis))
        at = len(text.split("*")[0].split())
        assert directed[at].peak - plain[at].peak >= PEAK_ST[emphasis], text
        assert directed[at].seconds / plain[at].seconds >= LONGER[emphasis] - 1e-9, text
        others += [directed[i].middle - plain[i].middle for i in range(len(plain)) if i != at]
    within = np.abs([st for st in others if np.isfinite(st)]) <= 1
    assert within.mean() >= 0.95


@directed_engines
def test_a_delivery_is_followed_by_pace_pitch_and_range(engine: str) -> None:
    text = " ".join(SENTENCES[:2]).replace("*", "")
    plain = hear(speak(engine, plain_segment(text)))
    quick = Delivery(pace=1.2, pitch_st=2.0, range=0.5)
    directed = hear(speak(engine, replace(plain_segment(text), delivery=quick)))
    length, other = (sum(word.seconds for word in words) for words in (plain, directed))
    assert length / other == pytest.approx(1.2, rel=0.1)  # frames of 25 ms
    melody, moved = (
        np.array([*chain.from_iterable(word.pitch for word in words)])
        for words in (plain, directed)
    )
    assert np.median(moved) - np.median(melody) == pytest.approx(2.0, abs=0.5)
    spread, narrow = (np.subtract(*np.percentile(m, [90, 10])) for m in (melody, moved))
    assert narrow / spread == pytest.approx(0.5, rel=0.2)


@directed_engines
@pytest.mark.parametrize(
    "text", ["Was it a dream?", "Would you believe that number?", "Can we train it alone?"]
)
def test_a_question_that_rises_ends_higher(engine: str, text: str) -> None:
    def end(segment: Segment) -> float:
        clip = speak(engine, segment).clip
        _, pitch = track_pitch(clip.samples, clip.rate, low=90.0)
        return float(12 * np.log2(np.median(pitch[np.isfinite(pitch)][-8:])))

    question = plain_segment(text)
    assert end(replace(question, rises=True)) - end(question) > 1.5


@directed_engines
def test_the_times_of_directed_words_are_exact(engine: str) -> None:
    """A word that is emphasised more takes longer, and moves those after it by as much."""
    text = SENTENCES[2]
    at = len(text.split("*")[0].split())
    plain, strong = (speak(engine, mark(text, level)).words for level in (0, 2))
    longer = strong[at].end - strong[at].start - (plain[at].end - plain[at].start)
    assert longer > 0
    assert longer % 600 == 0
    moved = [after.start - before.start for before, after in zip(plain, strong, strict=True)]
    assert set(moved[1 : at + 1]) == {moved[1]}  # what is cut off before the first word
    assert set(moved[at + 1 :]) == {moved[1] + longer}


@pytest.mark.model
def test_hibari_in_stages_gives_what_its_whole_graph_gives() -> None:
    model = (Path(import_hibari().ASSETS) / MODEL).read_bytes()
    whole, net = open_session(model, "whole"), StagedNet(split(model, STAGES), STAGES, "stages")
    for text in SENTENCES[:3]:
        segment = mark(text)
        pronunciation = pronounce(segment)
        vocabulary = load_vocabulary()
        ids = np.array([[0, *(vocabulary[c] for c in pronunciation.phonemes), 0]], np.int64)
        expected = whole.run({"ids": ids, "speed": np.array([1.07], np.float32)})
        lengths, known = net.read({"ids": ids})
        durations = round_frames(lengths / np.float32(1.07))
        _, made = perform(net, durations, known, find_direction(segment, pronunciation))
        for name, value in zip(SPECTRA, expected, strict=True):
            assert np.array_equal(made[name], value), name


@pytest.mark.parametrize(
    "engine",
    [
        pytest.param(n, marks=[] if n == "tone" else pytest.mark.model)
        for n in ENGINES
        if n != "coqui"
    ],
)
def test_what_is_followed_is_heard_and_has_another_id(engine: str) -> None:
    text = SENTENCES[3]
    plain = mark(text)
    asked = {
        "pace": replace(plain, delivery=Delivery(pace=0.8)),
        "pitch": replace(plain, delivery=Delivery(pitch_st=1.5)),
        "range": replace(plain, delivery=Delivery(range=1.3)),
        "emphasis": mark(text, 1),
        "rise": replace(plain, rises=True),
        "the mix's": replace(plain, delivery=Delivery(energy_db=-1.0, pauses=2.0)),
    }
    speaker, sound = open_engine(engine), speak(engine, plain).clip.samples
    for name, segment in asked.items():
        follows = name in ENGINES[engine].follows
        differs = take_id(speaker, segment, host()) != take_id(speaker, plain, host())
        assert differs == follows, name
        assert np.array_equal(speak(engine, segment).clip.samples, sound) != follows, name


def test_the_tone_follows_by_simple_numbers() -> None:
    plain = speak("tone", mark("aaa *aaa* aaa"))
    strong = speak("tone", mark("aaa *aaa* aaa", 2))
    assert strong.clip.frames == plain.clip.frames + 3 * 750
    assert strong.words[1].end - strong.words[1].start == 3 * 2250
    lower = speak("tone", replace(plain_segment("aaaa"), delivery=Delivery(pitch_st=-12.0)))
    for take, factor in ((speak("tone", plain_segment("aaaa")), 1.0), (lower, 0.5)):
        spectrum = np.abs(np.fft.rfft(take.clip.samples[:, 0], 1 << 16))
        hz = np.argmax(spectrum) * 24000 / (1 << 16)
        assert hz == pytest.approx(220 * 2 ** (ord("a") % 24 / 12) * factor, abs=1)
    fast = speak("tone", replace(plain_segment("aaaa"), delivery=Delivery(pace=1.25)))
    assert fast.clip.frames == 4 * 1200
