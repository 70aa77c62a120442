"""Names of people: pinyin by rule, the rest by lexicon, none of them lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio.script.printed.markup import strip_markup
from paperledge_audio.spoken.lexicon.entries import load_built_in
from paperledge_audio.spoken.lexicon.phonemes import ALPHABET
from paperledge_audio.spoken.numbers.words import cardinal
from paperledge_audio.spoken.people.credits import shorten_credit
from paperledge_audio.spoken.people.pinyin import SURNAMES, SYLLABLES, pronounce, split_syllables
from paperledge_audio.spoken.people.running import is_chinese
from paperledge_audio.spoken.rules.rule import Context
from paperledge_audio.spoken.rules.scanner import scan
from paperledge_audio.spoken.rules.tidy import tidy


def sounds(name: str) -> list[str]:
    spans = scan(strip_markup(name), Context(load_built_in(), "credit"))
    return [span.phonemes for span in spans if span.phonemes]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Xiaoqiang", "xiao qiang"),
        ("Wangchunshu", "wang chun shu"),
        ("Shuicheng", "shui cheng"),
        ("Guibin", "gui bin"),
        ("Qilin", "qi lin"),
        ("Jianyong", "jian yong"),
        ("Ouyang", "ou yang"),
        ("Lü", "lv"),
        ("Wenlei", "wen lei"),
    ],
)
def test_pinyin_is_cut_into_syllables(name: str, parts: str) -> None:
    assert split_syllables(name) == tuple(parts.split())


@pytest.mark.parametrize("name", ["Smith", "Gaël", "Koert", "Joe", "Sreepathihalli", "", "Ωmega"])
def test_other_names_are_not_pinyin(name: str) -> None:
    assert split_syllables(name) is None


@pytest.mark.parametrize(
    ("sentence", "pinyin"),
    [
        ("Yesterday Xiaolong Wu and Pengfei He met.", ["Xiaolong", "Wu", "Pengfei", "He"]),
        ("By Kai-Fu Lee, Fei-Fei Li and others.", ["Fei", "Fei", "Li"]),
        ("Then Qihang agreed.", ["Qihang"]),
        ("Song Han and Long Man met in China.", []),
        ("He Chen said.", ["He", "Chen"]),
        ("Kate Sun and Dan Lin agree.", []),
    ],
)
def test_chinese_names_are_known_among_other_words(sentence: str, pinyin: list[str]) -> None:
    spans = scan(strip_markup(sentence), Context(load_built_in()))
    assert [span.text for span in spans if span.rule == "pinyin"] == pinyin


@pytest.mark.parametrize(
    ("name", "chinese"),
    [
        ("Xiaoqiang Lin", True),
        ("Zhang Wei", True),
        ("Yi-Ting Chen", True),
        ("Kate Sun", False),
        ("Jay Han", False),
        ("Min Choi", False),
        ("Steve Qiu", False),
        ("Daniel Cer", False),
        ("Wei", False),
        ("Susan Zhang", False),
        ("Julia Li", False),
        ("Monica Chen", False),
        ("Linda Wang", False),
        ("Lance Yu", False),
        ("Qizhe Xie", True),
        ("Jiale Chen", True),
    ],
)
def test_a_name_is_chinese_when_all_of_it_is(name: str, chinese: bool) -> None:
    assert is_chinese(name.split()) is chinese


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # x is "sh", q is "ch", zh is "j", c is "ts"; the last syllable has the main stress
        ("Xiaoqiang Lin", ["ʃjˌWʧjˈɑŋ", "lˈɪn"]),
        ("Shuicheng Yan", ["ʃwˌAʧˈʌŋ", "jˈɛn"]),
        ("Wangchunshu Zhou", ["wˌɑŋʧwʌnʃˈu", "ʤˈO"]),
        ("Qin Cai", ["ʧˈɪn", "tsˈI"]),
        ("Shi Zhi", ["ʃˈɜɹ", "ʤˈɜɹ"]),
        ("Gaël Liu", ["ɡɑˈɛl", "ljˈO"]),
        ("J. R. Smith", ["ʤˈA", "ˈɑɹ"]),
        ("AJ Co", ["ˌAʤˈA"]),
        ("Xi'an Li", ["ʃˌiˈɑn", "lˈi"]),
        ("Wayne Xin Zhao", ["ʃˈɪn", "ʤˈW"]),
        ("Percy Liang", ["ljˈɑŋ"]),
        ("Lyu Wei", ["lˈu", "wˈA"]),
        ("Alex Fan", ["fˈɑn"]),
        ("Fan Smith", []),
        ("Trung Quang Do", ["tɹˈʊŋ", "kwˈɑŋ", "dˈO"]),
        ("Do Kim", ["dˈO"]),
        ("In Ho", ["ˈɪn"]),
        ("Sk Jones", ["ʃˈAk"]),
        ("Simon Holder", ["sˈImən", "hˈOldəɹ"]),
        ("Leon Noel", ["lˈiɑn", "nˈOəl"]),
        ("Šimon Hölder", ["ʃˈimɔn", "hˈɜɹldəɹ"]),
        ("Yann LECUN", ["jˈɑn", "ləkˈʌn"]),
    ],
)
def test_names_sound_as_they_should(name: str, expected: list[str]) -> None:
    assert sounds(name) == expected


def test_every_syllable_and_surname_has_a_sound() -> None:
    assert len(SYLLABLES) > 380
    for part in SYLLABLES:
        assert ALPHABET.issuperset(pronounce((part,)))
        assert pronounce((part,)).count("ˈ") == 1, part
    assert {name for name in SURNAMES if not split_syllables(name)} == set()


NAMES = ["Gaël Liu", "J. R. Smith", "Yi-Ting Chen", "Ben Smith Jr.", "O'Brien", "Łukasz Kaiser"]


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=12), st.integers(1, 12))
def test_a_credit_keeps_every_name_and_says_as_many_as_it_may(names: list[str], most: int) -> None:
    text = f"Credit to Paper authors: {', '.join(names)}."
    spans = shorten_credit(scan(strip_markup(text), Context(load_built_in(), "credit")), most)
    assert "".join(span.text for span in spans) == text
    spoken = "".join(span.said for span in tidy(spans))
    others = len(names) - most
    if others > 0:
        assert spoken.endswith(f" and {cardinal(str(others))} other{'s' * (others > 1)}.")
    else:
        assert "other" not in spoken
        assert (len(names) > 1) == (", and " in spoken)
