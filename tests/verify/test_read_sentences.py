"""What is heard otherwise is judged by its words, then by its sound."""

from __future__ import annotations

import doctest
import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.cli.verify import _describe
from paperledge_audio.sound.measuring.loudness import Loudness
from paperledge_audio.verify import Report
from paperledge_audio.verify.speech import PlacedSentence, ReadSentence, phonemes
from paperledge_audio.verify.speech.findings import list_speech_findings
from paperledge_audio.verify.speech.judging import judge
from paperledge_audio.verify.speech.phonemes import measure_distance
from paperledge_audio.verify.speech.verdicts import respect_choice
from paperledge_audio.verify.speech.words import list_meant

SOUNDS = st.text("ptkbdɡszmnlɹaɪəɛO", max_size=8)


def read(said: str, heard: str) -> ReadSentence:
    """A sentence from 10 to 14 s of line 7, as it is judged."""
    return judge(PlacedSentence(7, 10.0, 14.0, "as printed", said), heard)


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("The datasets are well-known by now.", "The data sets are well known by now."),
        ("It took thirty point eight five percent.", "It took 30.85%."),
        ("It took three and a half days.", "It took 3½ days."),
        ("It took three and a half days.", "It took 3.5 days."),
        ("Layer one oh one is not one fifty two.", "Layer 101 is not 152."),
        ("Science knew billions of them.", "Science new billions of them."),
        ("[ernis](/ˈɜɹnɪs/) here, and welcome.", "Earnest here, and welcome."),
        ("They used [Qwen](/kwˈɛn/) for it.", "They used Quen for it."),
        ("On [see far ten](/sˈi fˈɑɹ tˈɛn/) it was better.", "On CIFAR 10, it was better."),
        ("It runs on a [G P U](/ʤˌipˌijˈu/) here.", "It runs on a GPU here."),
        ("I want the cat and the dog.", "I want a cat and the dog."),
        ("It did ten to the sixth turns.", "It did 10 to the 6 turns."),
        ("It ran for one fifth and three quarters.", "It ran for 1/5 and 3/4."),
        ("He came for me at eight.", "He came four me at ate."),
    ],
)
def test_what_sounds_the_same_is_right(said: str, heard: str) -> None:
    assert read(said, heard).differences == ()


LONG = "one hundred twenty three thousand four hundred fifty six"
MARCH = ("On 14 March it rained.", "On the fourteenth of March it rained.")
TIME = ("At 9:15 a.m. it rained.", "At nine fifteen A M it rained.")
RATIO = ("They won by 4:1 here.", "They won by four to one here.")
WEIGHT = ("It has 12.5 kg.", "It has twelve point five kilograms.")


@pytest.mark.parametrize(
    ("printed", "said", "heard"),
    [
        (*MARCH, "On 14 March it rained."),
        (*WEIGHT, "It has 12.5 kg."),
        ("It has 12.5kg.", WEIGHT[1], "It has 12.5 kg."),
        (*TIME, "At 9.15 am it rained."),
        (*TIME, "At 9:15 AM it rained."),
        (*TIME, "At 915 AM it rained."),
        (*RATIO, "They won by 4-1 here."),
        (*RATIO, "They won by 4.1 here."),
        ("In 2–3 weeks.", "In two to three weeks.", "In 2-3 weeks."),
        ("Has 16 A100 in it.", "Has sixteen A one hundred in it.", "Has 16A100 in it."),
    ],
)
def test_what_is_heard_as_it_is_printed_is_right(printed: str, said: str, heard: str) -> None:
    assert judge(PlacedSentence(7, 10.0, 14.0, printed, said), heard).differences == ()


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("Not in a hundred years.", "Not in 100 years."),
        ("Not in one hundred years.", "Not in 100 years."),
        ("It has a hundred and fifty of them.", "It has 150 of them."),
        ("Call double oh seven at once, please.", "Call 007 at once, please."),
        ("Call double oh seven at once, please.", "Call double-07 at once, please."),
        ("On [M two oh five](/ˌɛm tˌuˌOfˈIv/) it ran.", "On M205 it ran."),
        ("It was a hundred percent right.", "It was 100% right."),
        ("A thousand dollars went there.", "$1,000 went there."),
        ("It took a thousand five hundred steps.", "It took 1,500 steps."),
        ("It took fifteen hundred steps.", "It took 1,500 steps."),
        ("They asked Claude four Sonnet twice.", "They asked Claude force Sonnet twice."),
        ("We saw a million of them.", "We saw 1 million of them."),
    ],
)
def test_a_number_may_be_said_in_each_way_that_people_say_it(said: str, heard: str) -> None:
    assert judge(PlacedSentence(7, 10.0, 14.0, said, said), heard).differences == ()


@pytest.mark.parametrize(
    ("printed", "said", "heard", "meant"),
    [
        (*MARCH, "On 14 March rained.", "it"),
        (*MARCH, "On 15 March it rained.", "the fourteenth of"),
        (*TIME, "At 9.50 am it rained.", "nine fifteen"),
        (*TIME, "At 9.15 pm it rained.", "nine fifteen A M"),
        (*WEIGHT, "It has 125 kg.", "twelve point five kilograms"),
        ("From 60 to 16.", "From sixty to sixteen.", "From 16 to 60.", "sixty"),
    ],
)
def test_another_number_or_a_lost_word_beside_one_is_wrong(
    printed: str, said: str, heard: str, meant: str
) -> None:
    found = judge(PlacedSentence(7, 10.0, 14.0, printed, said), heard)
    assert found.differences[0].meant == meant


@pytest.mark.parametrize(
    ("said", "heard", "meant", "other"),
    [
        ("The old cat sat on the mat.", "The cat sat on the mat.", "old", ""),
        ("The old cat sat on the mat.", "The old cat sat sat on the mat.", "", "sat"),
        ("The old cat sat on the mat.", "The old dog sat on the mat.", "cat", "dog"),
        ("They had fifteen of them left.", "They had fifty of them left.", "fifteen", "fifty"),
        ("They had fifteen of them left.", "They had 50 of them left.", "fifteen", "50"),
        ("They saw a hundred of them.", "They saw 200 of them.", "a hundred", "200"),
        ("It did ten to the sixth turns.", "It did 10 to the 5 turns.", "sixth", "5"),
        (f"Of {LONG} parts.", "Of 123,459 parts.", LONG, "123459"),
        ("They had twenty one of them left.", "They had 22 of them left.", "twenty one", "22"),
        ("They asked [Qwen](/kwˈɛn/) about it.", "They asked about it.", "Qwen", ""),
    ],
)
def test_other_words_are_wrong(said: str, heard: str, meant: str, other: str) -> None:
    sentence = read(said, heard)
    assert sentence.verdict == "wrong"
    assert [(one.meant, one.heard) for one in sentence.differences] == [(meant, other)]


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("Come in here.", "Come on over there."),  # too short
        ("The work of [Vaswani](/vɑswˈɑni/) and others.", "The work of fast warning others."),
        ("They had nine of them left.", "They had line of them left."),  # a number, or a word?
    ],
)  # fmt: skip
def test_what_a_recogniser_can_not_know_is_doubtful(said: str, heard: str) -> None:
    assert read(said, heard).verdict == "doubtful"


def test_a_sentence_that_somebody_chose_is_not_called_wrong() -> None:
    said = PlacedSentence(7, 10.0, 14.0, "as printed", "The old cat sat on the mat.", chosen=True)
    wrong = judge(said, "The old dog sat on the mat.")
    accepted = respect_choice(wrong, said)
    assert (accepted.verdict, accepted.differences) == ("accepted", wrong.differences)
    (line,) = (one for one in list_speech_findings([accepted]) if one.name == "speech")
    assert (line.ok, line.detail) == (True, "1 sentence: 0 right, 1 accepted, 0 doubtful, 0 wrong")
    right = judge(said, said.said)
    assert respect_choice(right, said) == right
    silent = judge(said, "")
    assert respect_choice(silent, said).verdict == "wrong"
    assert respect_choice(wrong, replace(said, chosen=False)) == wrong


def test_every_number_and_name_is_heard_or_said_to_be_not() -> None:
    sentence = read(
        "So John Jumper had sixty four [casp](/kˈæsp/) models.", "So John had 64 models."
    )
    found = {word.text: (word.kind, word.heard) for word in sentence.key_words}
    assert found == {
        "John": ("name", True),
        "Jumper": ("name", False),
        "sixty": ("number", True),
        "four": ("number", True),
        "casp": ("name", False),
    }
    details = [line.detail for line in list_speech_findings([sentence])]
    assert details[1:] == ["2 of 2 words heard", "1 of 3 words heard"]


def test_a_name_that_nobody_says_how_to_say_is_named_as_guessed() -> None:
    said = "So [Qwen](/kwˈɛn/), Wojciech and Paris met the Zarembas and voy chek."
    printed = "So Qwen, Wojciech and Paris met the Zarembas and Wójcik."
    right = judge(PlacedSentence(7, 10.0, 14.0, printed, said), said)
    assert [word.text for word in right.key_words if word.guessed] == ["Wojciech", "Zarembas"]
    line = list(list_speech_findings([right, right]))[-1]
    assert (line.ok, line.detail) == (True, "2 names said as guessed: Wojciech, Zarembas")
    known = read("They met in Paris.", "They met in Paris.")
    assert [line.name for line in list_speech_findings([known])] == ["speech", "numbers", "names"]


def test_a_difference_is_placed_by_its_share_of_the_sounds() -> None:
    wrong = read(
        "Big cats eat fish and large dogs eat meat.", "Big cats eat fish and large dogs eat."
    )
    (one,) = wrong.differences
    assert 13.0 < one.at_s < 14.0


def test_silence_loses_every_word() -> None:
    sentence = read("Nothing of this is to be heard.", "")
    assert sentence.verdict == "wrong"
    assert [one.meant for one in sentence.differences] == ["Nothing of this is to be heard"]


@given(SOUNDS, SOUNDS)
def test_the_distance_of_sounds_is_one(one: str, two: str) -> None:
    assert measure_distance(one, two) == pytest.approx(measure_distance(two, one))
    assert (measure_distance(one, two) == 0) == (one == two)
    assert measure_distance(one, two) <= len(one) + len(two)


def test_the_docstrings_examples_hold() -> None:
    assert doctest.testmod(phonemes) == (0, 1)


def test_the_numbers_are_told_from_other_words() -> None:
    kinds = {word.text: word.kind for word in list_meant("We saw twenty third graders, not third.")}
    assert kinds["twenty"] == kinds["third"] == "number"
    assert kinds["saw"] == kinds["graders"] == ""


def test_what_verify_prints_keeps_its_schema() -> None:
    sentences = (read("The old cat sat on two mats.", "The cat sat on two mats."),)
    findings = tuple(list_speech_findings(sentences))
    loudness = Loudness(-16.0, -1.0, 4.0, -14.0, -20.0)
    document = {
        "reports": [_describe(Report(Path("x.mp3"), 14.0, loudness, findings, sentences))],
        "suggestions": [],
    }
    schema = json.loads(
        (files("paperledge_audio.verify") / "report.schema.json").read_text("utf-8")
    )
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(json.dumps(document)), schema)


def test_a_sentence_s_first_word_and_a_contraction_are_no_names() -> None:
    words = list_meant("We asked. Which one wasn't Ernis? The other one: Paris.")
    assert [word.text for word in words if word.kind == "name"] == ["Ernis"]
    assert [word.text for word in list_meant("They met in Paris.") if word.kind] == ["Paris"]
