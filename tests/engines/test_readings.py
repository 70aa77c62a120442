"""Other readings of a segment: the same words in another sound, under names of their own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from paperledge_audio.engines.reading import is_plain, read
from paperledge_audio.engines.tone import LETTER, Tone
from paperledge_audio.show.model import Show
from paperledge_audio.spoken.model import Segment, Span
from paperledge_audio.spoken.readings import QUICKER, SLOWER, key_of, list_parts, list_readings
from paperledge_audio.takes import take_id
from paperledge_audio.voices.finding import find_voice
from paperledge_audio.voices.profiles import Voice
from tests.samples import plain_segment

TONE = Tone()
LONG = "It begins with a single tone in the morning, and then it goes on until the evening."
SHORT = "It ends."


@pytest.fixture(scope="module")
def voice(show: Show) -> Voice:
    return replace(find_voice("ernis", show), pace=1.0)


def in_reading(text: str, name: str) -> Segment:
    return replace(plain_segment(text), reading=name)


def test_a_long_sentence_is_split_and_a_short_one_carried() -> None:
    assert "in two parts" in list_readings(plain_segment(LONG))
    assert "after a sentence" not in list_readings(plain_segment(LONG))
    assert "in two parts" not in list_readings(plain_segment(SHORT))
    assert "after a sentence" in list_readings(plain_segment(SHORT))


@pytest.mark.parametrize("text", [LONG, SHORT])
def test_the_parts_say_every_word_once_and_in_order(text: str) -> None:
    for name in list_readings(plain_segment(text)):
        parts = list_parts(in_reading(text, name))
        kept = [part.segment.spoken[part.start : part.end] for part in parts]
        assert " ".join(kept) == text
        assert [text.startswith(said, part.at) for said, part in zip(kept, parts, strict=True)]


@pytest.mark.parametrize("text", [LONG, SHORT])
def test_words_and_their_order_stay_and_lie_in_the_sound(text: str, voice: Voice) -> None:
    plain = TONE.speak(plain_segment(text), voice)
    for name in list_readings(plain_segment(text)):
        take = read(TONE, in_reading(text, name), voice)
        assert [word.text for word in take.words] == [word.text for word in plain.words]
        places = [place for word in take.words for place in (word.start, word.end)]
        assert places == sorted(places)
        assert places[-1] <= take.sound.frames
        assert take.marks[0][0] == 0
        assert take.marks[-1][0] == len(text)


def test_a_carrier_is_cut_off_again(voice: Voice) -> None:
    plain = TONE.speak(plain_segment(SHORT), voice)
    carried = read(TONE, in_reading(SHORT, "after a sentence"), voice)
    assert abs(carried.sound.frames - plain.sound.frames) <= LETTER
    first = [np.flatnonzero(np.abs(one.clip.samples) > 0.01)[0] for one in (plain, carried)]
    shift = first[1] - first[0]
    same = plain.clip.samples[first[0] : first[0] + 2 * LETTER]
    found = carried.clip.samples[first[0] + shift : first[0] + shift + 2 * LETTER]
    assert np.abs(np.abs(same).max() - np.abs(found).max()) < 0.01


@pytest.mark.parametrize(("name", "pace"), [("slower", SLOWER), ("quicker", QUICKER)])
def test_one_at_another_pace_takes_as_much_longer_or_shorter(
    name: str, pace: float, voice: Voice
) -> None:
    plain = TONE.speak(plain_segment(LONG), voice)
    other = read(TONE, in_reading(LONG, name), voice)
    assert other.sound.frames == pytest.approx(plain.sound.frames / pace, rel=1e-3)


def test_a_heteronym_has_another_sound() -> None:
    spans = (Span("record", "record", "heteronym", "ɹˈɛkəɹd"), Span(".", "."))
    segment = replace(plain_segment("record."), spans=spans)
    assert "other sound" in list_readings(segment)
    (part,) = list_parts(replace(segment, reading="other sound"))
    assert part.segment.spans[0].phonemes not in {"", "ɹˈɛkəɹd"}
    assert "other sound" not in list_readings(plain_segment(SHORT))


def test_each_reading_has_a_take_of_its_own_and_the_plain_one_keeps_its_name(voice: Voice) -> None:
    names = {
        name: take_id(TONE, in_reading(LONG, name), voice)
        for name in ("", *list_readings(plain_segment(LONG)))
    }
    assert len(set(names.values())) == len(names)
    assert names[""] == take_id(TONE, plain_segment(LONG), voice)


@pytest.mark.parametrize("name", ["slower", "quicker"])
def test_an_engine_that_follows_no_pace_has_no_reading_at_another(name: str) -> None:
    class Stubborn(Tone):
        def direction(self, segment: Segment) -> str:  # noqa: ARG002
            return ""

    assert is_plain(Stubborn(), in_reading(LONG, name))
    assert not is_plain(TONE, in_reading(LONG, name))


def test_a_key_is_the_spoken_words_without_their_spacing() -> None:
    assert key_of(plain_segment(" It  ends. ")) == SHORT
