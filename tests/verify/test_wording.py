"""Only words that were heard wrong count as errors."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperledge_audio.spoken.numbers import ways
from paperledge_audio.verify import wording
from paperledge_audio.verify.wording import count_word_errors, tokenize

WORDS = ["the", "cat", "sat", "on", "a", "mat", "21", "data", "set"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)


def test_the_docstrings_examples_hold() -> None:
    for module, examples in ((wording, 2), (ways, 4)):
        tried = doctest.testmod(module)
        assert (tried.failed, tried.attempted) == (0, examples)


SAME = [
    ("Datasets, and a set.", "data sets and a set"),
    ("a well-known co-author", "a wellknown coauthor"),
    ("it sped up 30.85%", "it sped up thirty point eight five percent"),
    ("in 2025", "in twenty twenty-five"),
    ("in 2025", "in two thousand and twenty five"),
    ("205 layers", "two hundred five layers"),
    ("205 layers", "two hundred and five layers"),
    ("100,005 layers", "one hundred thousand and five layers"),
    ("the 1,105th layer", "the one thousand, one hundred and fifth layer"),
    ("200.5 layers", "two hundred point five layers"),
    ("the 21st layer", "the twenty-first layer"),
    ("double-oh seven", "007"),
    ("in nineteen oh five", "in 1905"),
    ("in nineteen hundred and five", "in 1905"),
    ("in twenty-oh-one", "in 2001"),
    ("oh nine hundred hours", "0900 hours"),
    ("a hundred and fifty", "150"),
    ("treble six", "666"),
    ("triple five oh one double nine", "555-0199"),
    ("eight hundred, five five five, twelve twelve", "800 555 1212"),
    ("three point oh five", "3.05"),
    ("three point fourteen", "3.14"),
    ("point five, nought point five", "0.5, 0.5"),
    ("1,000 tokens", "one thousand tokens"),
    ("the colours we recognised while modelling", "the colors we recognized while modeling"),
    ("GPT4 is an LLM", "G P T four is an L L M"),
    ("it cost $3.5 million", "it cost 3.5 million dollars"),
    ("don’t say “okay”", "Don't say ok"),
    ("alright, all right", "all right alright"),
    ("AgenTracer-8B helps", "agent tracer 8B helps"),
    ("12.5kg on the 21st", "12.5 kg on the 21 st"),
    ("naïve café", "naïve café".upper()),
    ("", ""),
]


@pytest.mark.parametrize(("reference", "heard"), SAME)
def test_other_ways_of_writing_are_no_errors(reference: str, heard: str) -> None:
    assert count_word_errors(reference, heard) == (0, len(tokenize(reference)))
    assert count_word_errors(heard, reference) == (0, len(tokenize(heard)))


WRONG = [
    ("the cat sat", "the cat sat down", 1),  # one put in
    ("the cat sat", "the sat", 1),  # one left out
    ("the cat sat", "the hat sat", 1),  # one replaced
    ("the cat sat", "", 3),
    ("", "the cat", 2),
    ("one two three four", "two three four one", 2),  # moved: left out and put in
    ("21 layers", "22 layers", 1),
    ("sixty layers", "16 layers", 1),
    ("twenty one", "201", 2),
    ("fifty two", "502", 2),
    ("one hundred five", "1005", 3),
    ("double oh seven", "07", 1),
    ("a way", "1 way", 1),
    ("data sets grow", "datasets shrink", 1),
    ("a cat", "a a cat", 1),
]


@pytest.mark.parametrize(("reference", "heard", "errors"), WRONG)
def test_wrong_words_are_counted(reference: str, heard: str, errors: int) -> None:
    assert count_word_errors(reference, heard) == (errors, len(tokenize(reference)))


@given(st.integers(0, 99_999), st.integers(0, 99_999), st.data())
def test_a_number_is_read_as_itself_alone(one: int, two: int, data: st.DataObject) -> None:
    said = data.draw(st.sampled_from(ways.list_ways(str(one)))).split()
    assert len(said) in ways.find_ends(said, 0, str(one))
    assert (len(said) in ways.find_ends(said, 0, str(two))) == (one == two)


@settings(max_examples=60)
@given(TEXTS, TEXTS)
def test_errors_are_a_distance(one: str, two: str) -> None:
    errors, words = count_word_errors(one, two)
    assert words == len(tokenize(one))
    assert errors == count_word_errors(two, one)[0]
    assert errors <= max(len(tokenize(one)), len(tokenize(two)))
    assert count_word_errors(one, one)[0] == 0


@settings(max_examples=40)
@given(st.lists(st.integers(0, 999), min_size=1, max_size=40), st.data())
def test_replacing_some_words_counts_those(numbers: list[int], data: st.DataObject) -> None:
    # Every word is unlike every other, and no two make a third when they are joined.
    words = [f"w{'abcdefghij'[n % 10] * 3}{chr(97 + n // 10 % 26) * 2}q" for n in numbers]
    wrong = data.draw(st.sets(st.integers(0, len(words) - 1)))
    heard = ["zzz" if n in wrong else word for n, word in enumerate(words)]
    assert count_word_errors(" ".join(words), " ".join(heard)) == (len(wrong), len(words))


def test_a_whole_episode_is_compared_in_a_moment() -> None:
    words = [f"word{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(600)]
    heard = [word for n, word in enumerate(words) if n % 10]
    assert count_word_errors(" ".join(words), " ".join(heard)) == (60, 600)
