"""A sentence is off the pace of its voice by the others of it, never by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from paperledge_audio.mix.model import Cue
from paperledge_audio.sound.clip import Clip, Sound
from paperledge_audio.verify.speech import PlacedSentence, ReadSentence
from paperledge_audio.verify.speech.judging import judge
from paperledge_audio.verify.speech.listening import Listener
from paperledge_audio.verify.speech.second.opinion import put_together
from paperledge_audio.verify.speech.second.pacing import judge_pace
from tests.sounds import MakeTake

SAID = PlacedSentence(7, 10.0, 14.0, "as printed", "The old cat sat on the mat.")
OTHERS = (1.04, None, 1.02, 1.06, 1.04)


def read(tempo: float | None, sentence: PlacedSentence = SAID) -> ReadSentence:
    return replace(judge(sentence, sentence.said), tempo=tempo)


@pytest.mark.parametrize("tempo", [1.04 * 0.81, 1.04, 1.04 * 1.12, None])
def test_a_sentence_near_the_pace_of_its_voice_is_right(tempo: float | None) -> None:
    assert judge_pace(read(tempo), SAID, OTHERS) == read(tempo)


@pytest.mark.parametrize("pace", [0.75, 1.3])
def test_a_sentence_off_the_pace_of_its_voice_is_wrong(pace: float) -> None:
    found = judge_pace(read(1.04 * pace), SAID, OTHERS)
    fault = f"spoken {pace:g} times as fast as the voice's other sentences"
    assert (found.verdict, found.explanations) == ("wrong", (fault,))
    assert judge_pace(read(1.04 * pace), replace(SAID, chosen=True), OTHERS).verdict == "accepted"
    short = replace(SAID, said="Sit down, cat.")
    assert judge_pace(read(1.04 * pace, short), short, OTHERS).verdict == "doubtful"


def test_a_voice_whose_pace_varies_may_vary() -> None:
    """Its sentences are 5 % off its median: a standard deviation is 7.4 %, and four are free."""
    others = (0.9, 0.95, 0.95, 1.0, 1.05, 1.05, 1.1)
    eleven = replace(SAID, said="One two three four five six seven eight nine ten eleven.")
    for tempo, verdict in ((1.29, "right"), (1.31, "wrong"), (0.71, "right"), (0.69, "wrong")):
        assert judge_pace(read(tempo, eleven), eleven, others).verdict == verdict


def test_a_short_sentence_may_vary_more() -> None:
    """By the root of 11 words through 7, which it has: 37.2 % are free, not 29.7 %."""
    others = (0.9, 0.95, 0.95, 1.0, 1.05, 1.05, 1.1)
    assert judge_pace(read(1.36), SAID, others).verdict == "right"
    assert judge_pace(read(1.38), SAID, others).verdict == "wrong"


def test_the_pace_of_a_voice_with_few_sentences_is_not_known() -> None:
    assert judge_pace(read(2.0), SAID, (1.0, 1.0, None)).verdict == "right"


def test_the_tempo_is_how_long_the_reading_takes_at_the_scripts_pace(make_take: MakeTake) -> None:
    """A tone for its words. Neither silence inside nor what fills it makes it slower or faster."""
    tone = (np.sin(np.arange(48000) / 5) / 4).astype(np.float32)
    reading = make_take(tone)
    silence = np.zeros(24000, np.float32)
    paused = put_together(Clip(np.concatenate((tone, silence)), 24000), reading)
    assert paused
    assert paused.measure_tempo(1.0) == pytest.approx(1.0, rel=0.02)
    parted = make_take(np.concatenate((tone[:24000], silence, tone[24000:])))
    filled = put_together(Clip(np.concatenate((tone, tone[:24000])), 24000), parted)
    assert filled
    assert filled.measure_tempo(1.0) == pytest.approx(1.0, rel=0.02)
    half = Clip(tone[:24000], 24000)
    both = put_together(half, reading)
    assert both
    assert both.measure_tempo(1.0) == pytest.approx(2.0, rel=0.05)
    assert both.measure_tempo(1.25) == pytest.approx(1.6, rel=0.05)
    assert both.measure_tempo(None) is None
    brief = put_together(half, make_take(tone[:20000]))
    assert brief
    assert brief.measure_tempo(1.0) is None


class Timed(Listener):
    """Hears all words; a sentence's tempo is the second at which it begins."""

    def __init__(self) -> None:
        self._heard, self._reads = {}, {}

    def read(self, sound: Sound, sentence: PlacedSentence) -> ReadSentence:
        del sound
        return replace(judge(sentence, "word"), tempo=sentence.start_s)


def test_takes_are_compared_with_those_of_their_voice(make_take: MakeTake) -> None:
    voices, starts_s = "aaaabbb", (1.0, 1.0, 1.0, 1.5, 2.0, 2.0, 1.5)
    takes = [
        replace(make_take(np.zeros(9), n, voice=voice), id=f"{n}") for n, voice in enumerate(voices)
    ]
    cues = [
        Cue(take.segment, int(24000 * at_s), 24000 * 9, ())
        for take, at_s in zip(takes, starts_s, strict=True)
    ]
    listener = Timed()
    assert listener.find_wrong(takes[0].sound, takes, cues, 24000) == {}
    (doubtful,) = listener.doubtful
    assert doubtful.explanations == ("spoken 1.5 times as fast as the voice's other sentences",)
