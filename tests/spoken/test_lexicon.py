"""The lexicon: its file, its layers, its inflections, and its way into W3C's format and back."""

from __future__ import annotations

import tomllib
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperledge_audio.errors import SpokenError
from paperledge_audio.files.resources import read_packaged_text
from paperledge_audio.spoken import english
from paperledge_audio.spoken.lexicon.entries import (
    BUILT_IN,
    Entry,
    Lexicon,
    load,
    load_built_in,
    make_entry,
)
from paperledge_audio.spoken.lexicon.fold import fold
from paperledge_audio.spoken.lexicon.ipa import from_ipa, to_ipa
from paperledge_audio.spoken.lexicon.phonemes import ALPHABET, VOWELS
from paperledge_audio.spoken.lexicon.pls import compose_pls, parse_pls

PACKAGE = "paperledge_audio.spoken.lexicon"
PEOPLE = load(read_packaged_text(PACKAGE, "people.toml"), "people.toml").entries
RARE = {"Bolivar", "Dang", "Dogan", "Gunter", "Lea", "Muller", "Plucker", "Tamas"}
"""Words of the dictionary that are rarer than the name without its accents, or sound the same."""


def test_the_built_in_lexicon_is_large_and_whole() -> None:
    entries = load_built_in().entries.values()
    assert len(entries) >= 2000
    for item in entries:
        assert ALPHABET.issuperset(item.phonemes)
        assert not item.phonemes or VOWELS.intersection(item.phonemes), item
        assert item.phonemes.count("ˈ") >= (1 if item.phonemes else 0), item


def test_no_entry_is_there_twice() -> None:
    forms: Counter[str] = Counter()
    for name in BUILT_IN:
        tables = tomllib.loads(read_packaged_text(PACKAGE, name))
        for table in tables.keys() - {"heteronyms", "senses"}:
            forms.update(set(tables[table]))
    assert [form for form, count in forms.items() if count > 1] == []


def test_a_name_of_a_person_has_one_main_stress_a_word() -> None:
    for item in PEOPLE.values():
        words = item.phonemes.split()
        assert all(word.count("ˈ") <= 1 for word in words), item
        assert item.said or any("ˈ" in word for word in words), item


def test_a_person_s_accents_take_no_ordinary_word() -> None:
    """An entry with accents answers to its form without them, too, where that has none."""
    known = load_built_in().entries
    plain = {fold(form) for form in PEOPLE if not form.isascii()} - known.keys()
    assert {form for form in plain if english.is_common(form.lower())} <= RARE


@pytest.mark.parametrize(
    ("word", "sound"),
    [
        ("Šimon", "ʃˈimɔn"),
        ("Simon", "sˈImən"),
        ("Félix", "fˈAliks"),
        ("Felix", "fˈilɪks"),
        ("Muñoz", "munjˈOz"),
        ("Munoz", "munjˈOz"),
        ("Rousseau’s", "ɹusˈOz"),
        ("Hsu", "ʃˈu"),
    ],
)
def test_a_name_of_a_person_has_its_own_sound(word: str, sound: str) -> None:
    found = load_built_in().inflected(word)
    assert found is not None
    assert found.phonemes == sound


@pytest.mark.parametrize("word", ["Ni", "Martin", "Harris", "Ales", "Said", "Per", "Long", "Can"])
def test_a_word_that_a_name_looks_like_has_no_entry(word: str) -> None:
    assert load_built_in().inflected(word) is None


def test_a_form_with_capitals_answers_only_to_itself() -> None:
    lexicon = Lexicon([make_entry("MaAS", "mass"), make_entry("dataset", "data set")])
    assert lexicon.find("MAAS") is None
    assert lexicon.find("Dataset") == make_entry("dataset", "data set")


@pytest.mark.parametrize(
    ("word", "said", "sound"),
    [
        ("GANs", "gans", "ɡˈænz"),
        ("GAN's", "gan's", "ɡˈænz"),
        ("GANs'", "gans", "ɡˈænz"),
        ("LLMs", "L L Ms", ""),
    ],
)
def test_plurals_and_possessives_follow(word: str, said: str, sound: str) -> None:
    lexicon = Lexicon([Entry("GAN", "gan", "ɡˈæn"), Entry("LLM", "L L M")])
    found = lexicon.inflected(word)
    assert found is not None
    assert (found.said, found.phonemes) == (said, sound)


def test_layers_lie_on_top_of_each_other() -> None:
    lexicon = (
        Lexicon([make_entry("Qwen", "queen")])
        .add_layer([("Qwen", "/kwˈɛn/")])
        .add_layer([("X", "ex")])
    )
    assert lexicon.entries["Qwen"].phonemes == "kwˈɛn"
    assert lexicon.entries["X"].said == "ex"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("/kw3n/", "'3' in the sound of 'Qwen'"),
        ("kwen 2", "not words"),
        ("/ˈˌ/", "has no vowel"),
        ("", "not words"),
    ],
)
def test_a_wrong_entry_is_refused(value: str, message: str) -> None:
    with pytest.raises(SpokenError, match=message):
        make_entry("Qwen", value)


def test_a_wrong_entry_is_refused_with_its_file_and_line() -> None:
    source = '[models]\n"One" = "one"\n"Two" = "/tw0/"\n'
    with pytest.raises(SpokenError, match=r"^lexicon.toml:3: '0' in the sound of 'Two'"):
        load(source, "lexicon.toml")


def test_the_whole_lexicon_survives_pls() -> None:
    lexicon = load_built_in()
    again = parse_pls(compose_pls(lexicon))
    kept = {form: item for form, item in lexicon.entries.items() if item.said or item.phonemes}
    assert again.entries == kept


SYLLABLE = ("bdfhklmnpsvwzðɡʃʒθʤʧɹTj", ["", "ˈ", "ˌ"], "AIOWYiuæɑəɛɪʊʌᵻ")
"""Consonant, stress, vowel: in other orders two symbols of IPA may spell one of misaki's."""


@settings(max_examples=60)
@given(st.lists(st.tuples(*map(st.sampled_from, SYLLABLE)).map("".join), max_size=6))
def test_sounds_survive_ipa(syllables: list[str]) -> None:
    sound = "".join(syllables)
    assert from_ipa(to_ipa(sound)) == sound


def test_pls_of_others_is_read() -> None:
    text = """<?xml version="1.0"?>
      <lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon"
               alphabet="ipa" xml:lang="en-US">
        <lexeme><grapheme>Jason</grapheme><grapheme>JSON</grapheme>
          <phoneme>ˈdʒeɪsən</phoneme></lexeme>
        <lexeme><grapheme>W3C</grapheme><alias>World Wide Web Consortium</alias></lexeme>
      </lexicon>"""
    assert parse_pls(text).entries == {
        "Jason": Entry("Jason", "", "ˈʤAsən"),
        "JSON": Entry("JSON", "", "ˈʤAsən"),
        "W3C": Entry("W3C", "World Wide Web Consortium"),
    }


SAMPA = '<lexicon xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="x-sampa">'
ROOT = '<lexicon xmlns="http://www.w3.org/2005/01/pronunciation-lexicon"'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<lexicon", "is not XML"),
        ("<lexicon/>", "is not a pronunciation lexicon"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "document type"),
        (f"{ROOT}><lexeme><grapheme>a</grapheme></lexeme></lexicon>", "without"),
        (
            f"{SAMPA}<lexeme><grapheme>a</grapheme><phoneme>A</phoneme></lexeme></lexicon>",
            "x-sampa",
        ),
    ],
)
def test_what_is_not_pls_is_refused(text: str, message: str) -> None:
    with pytest.raises(SpokenError, match=f"^a.pls: .*{message}"):
        parse_pls(text, "a.pls")
