"""Words said twice, and other words, are found by another reading; good readings have none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.engines.model import Take
from paperledge_audio.sound.clip import Clip
from paperledge_audio.spoken.model import Segment, Span
from paperledge_audio.verify.speech import PlacedSentence
from paperledge_audio.verify.speech.judging import add_opinion, judge
from paperledge_audio.verify.speech.second.aligning import BACK, LEAVE_OUT, follow
from paperledge_audio.verify.speech.second.opinion import (
    BothReadings,
    PlacedWords,
    SecondOpinion,
    SecondReader,
    _list_repeated,
    compare,
)

TEXT = "Every editor has to retype the whole manuscript from scratch."
NOTHING = SecondOpinion(spare_s=0.0)
CAT_TWICE = SecondOpinion(repeated=(PlacedWords("cat", 1.5),))


def say(said: str, pace: float | None = None) -> PlacedSentence:
    return PlacedSentence(7, 10.0, 14.0, said, said, pace=pace)


@pytest.fixture(scope="module")
def reader() -> SecondReader:
    return SecondReader()


@pytest.fixture(scope="module")
def reading(reader: SecondReader) -> Take:
    segment = Segment(0, "speech", (Span(TEXT, TEXT),), "af_heart", 1, 0, 0.0)
    return reader._engine.speak(segment, reader._voice)


@pytest.mark.parametrize("place", [1, 4, 7])
def test_a_word_that_is_said_twice_is_named(reading: Take, place: int) -> None:
    word, samples = reading.words[place], reading.clip.samples
    twice = np.concatenate((samples[: word.end], samples[word.start :]))
    (found,) = compare(Clip(twice, reading.sound.rate), reading).repeated
    assert found.words == word.text
    assert found.at_s == pytest.approx(word.end / reading.sound.rate, abs=0.1)


@pytest.mark.parametrize("place", [0, 1, 4, 7, 9])
def test_a_word_that_is_not_said_is_named(reading: Take, place: int) -> None:
    word, samples = reading.words[place], reading.clip.samples
    without = np.concatenate((samples[: word.start], samples[word.end :]))
    (found,) = compare(Clip(without, reading.sound.rate), reading).missing
    assert found.words == word.text
    assert found.at_s == pytest.approx(word.start / reading.sound.rate, abs=0.1)


def test_a_reading_repeats_nothing_and_neither_does_silence_in_it(
    reader: SecondReader, reading: Take
) -> None:
    samples, rate = reading.clip.samples, reading.sound.rate
    assert reader.compare(reading.clip, say(TEXT)) == NOTHING
    paused = np.insert(samples, reading.words[4].end, np.zeros((rate // 3, 1), np.float32), axis=0)
    assert replace(compare(Clip(paused, rate), reading), spare_s=0.0) == NOTHING


def test_what_is_passed_twice_is_a_repetition_only_if_it_sounds_like_the_words_both_times() -> None:
    """Three words of 10 frames, and the way goes through the second one twice."""
    starts = np.array([0, 10, 20])
    frames = np.zeros((40, 1))
    both = BothReadings(
        frames, np.arange(40), frames[:30], ("a", "b", "c"), starts, starts + 9, 1.0
    )
    path = np.r_[0:20, 10:30]
    like, unlike = np.full(40, 3.0), np.full(40, 3.0)
    (found,) = _list_repeated(both, path, like)
    assert found == PlacedWords("b", 0.2)
    for first in (10, 20):
        unlike[:] = 3.0
        unlike[first : first + 10] = 7.0
        assert list(_list_repeated(both, path, unlike)) == []
    short = np.r_[0:20, [10, 13, 16, 19], 20:30]
    assert list(_list_repeated(both, short, like[: len(short)])) == []


def test_what_the_engine_can_not_say_has_no_second_opinion(
    reader: SecondReader, reading: Take
) -> None:
    assert reader.compare(reading.clip, say("long " * 200)) == SecondOpinion()
    assert reader.compare(Clip(reading.clip.samples[:100], 24000), say(TEXT)) == SecondOpinion()


def test_given_phonemes_are_read(reader: SecondReader) -> None:
    spans = (Span("qwen", "qwen", phonemes="kwˈɛn"), Span(" is here now.", " is here now."))
    take = reader._engine.speak(Segment(0, "speech", spans, "af_heart", 1, 0, 0.0), reader._voice)
    assert reader.compare(take.clip, say("[qwen](/kwˈɛn/) is here now.")) == NOTHING


@given(st.lists(st.integers(2, 9), min_size=1, max_size=5), st.data())
def test_the_cheapest_way_goes_back_where_a_word_comes_again(
    lengths: list[int], data: st.DataObject
) -> None:
    ends = np.cumsum(lengths) - 1
    starts = ends - np.array(lengths) + 1
    word = data.draw(st.integers(0, len(lengths) - 1))
    here = np.arange(ends[-1] + 1)
    heard = np.concatenate((here[: ends[word] + 1], here[starts[word] :]))
    costs = 10.0 * (heard[:, np.newaxis] != here)
    assert follow(costs, starts, ends, back=BACK).tolist() == heard.tolist()


@given(st.lists(st.integers(5, 9), min_size=2, max_size=5), st.data())
def test_the_cheapest_way_leaves_out_words_that_are_not_there(
    lengths: list[int], data: st.DataObject
) -> None:
    ends = np.cumsum(lengths) - 1
    starts = ends - np.array(lengths) + 1
    first = data.draw(st.integers(0, len(lengths) - 1))
    last = data.draw(st.integers(first, len(lengths) - 1 - (first == 0)))
    here = np.arange(ends[-1] + 1)
    heard = np.concatenate((here[: starts[first]], here[ends[last] + 1 :]))
    costs = 10.0 * (heard[:, np.newaxis] != here)
    assert follow(costs, starts, ends, leave_out=LEAVE_OUT).tolist() == heard.tolist()


def test_what_is_said_twice_makes_a_sentence_wrong_once() -> None:
    sentence = PlacedSentence(7, 10.0, 14.0, "as printed", "The old cat sat on the mat.")
    heard = judge(sentence, "The old cat sat on the mat.")
    wrong = add_opinion(heard, CAT_TWICE)
    assert wrong.verdict == "wrong"
    assert [(one.at_s, one.heard) for one in wrong.differences] == [(11.5, "cat twice")]
    both = judge(sentence, "The old cat cat sat on the mat.")
    assert add_opinion(both, CAT_TWICE) == both
    assert add_opinion(heard, SecondOpinion()) == heard


def test_what_is_not_said_makes_a_sentence_wrong_once() -> None:
    said = "It is not half of the forty things that Ernis said."
    sentence = PlacedSentence(7, 10.0, 14.0, said, said)
    filled_in = judge(sentence, said)
    missing = SecondOpinion(missing=(PlacedWords("not half", 0.5), PlacedWords("Ernis", 3.0)))
    wrong = add_opinion(filled_in, missing)
    assert wrong.verdict == "wrong"
    assert wrong.explanations == ("'not half' was not heard", "'Ernis' was not heard")
    assert [(one.text, one.heard) for one in wrong.key_words] == [("forty", True), ("Ernis", False)]
    both = judge(sentence, "It is of the forty things that said.")
    assert add_opinion(both, missing).explanations == both.explanations
    assert add_opinion(both, missing).verdict == "wrong"


@pytest.mark.parametrize("place", [0, 4, 10])
def test_an_added_word_is_doubtful_where_the_sound_has_no_place_for_it(
    reader: SecondReader, reading: Take, place: int
) -> None:
    words = TEXT.removesuffix(".").split()
    added = " ".join((*words[:place], "really", *words[place:]))
    heard = judge(say(TEXT), added)
    assert (heard.verdict, heard.explanations) == ("wrong", ("'really' was added",))
    assert add_opinion(heard, reader.compare(reading.clip, say(TEXT))).verdict == "doubtful"
    said = reader._read(added)
    assert said
    assert add_opinion(heard, reader.compare(said.clip, say(TEXT))).verdict == "wrong"
    assert add_opinion(heard, SecondOpinion()).verdict == "wrong"  # nothing is known


def test_a_word_that_is_another_one_is_strange(reader: SecondReader, reading: Take) -> None:
    opinion = reader.compare(reading.clip, say(TEXT.replace("manuscript", "Minneapolis")))
    assert opinion.strange == ("Minneapolis",)


def test_a_doubtful_name_is_wrong_where_a_reading_of_it_is_strange() -> None:
    said = "Today we read the paper by Ernis on paper."
    doubtful = judge(PlacedSentence(7, 10.0, 14.0, said, said), said.replace("Ernis", "Venice"))
    assert doubtful.verdict == "doubtful"
    assert add_opinion(doubtful, SecondOpinion(strange=("on", "the"))) == doubtful
    assert add_opinion(doubtful, SecondOpinion(strange=("Ernis",))).verdict == "wrong"


def test_names_that_were_missed_are_doubtful_where_they_sound_as_in_the_reading() -> None:
    said = "We read a long paper by Guibin Zhang and Junhao Wang."
    missed = judge(PlacedSentence(7, 10.0, 14.0, said, said), "We read a long paper.")
    assert missed.verdict == "wrong"
    assert add_opinion(missed, SecondOpinion()).verdict == "doubtful"
    assert add_opinion(missed, SecondOpinion(strange=("Guibin",))).verdict == "wrong"
