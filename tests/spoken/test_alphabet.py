"""The phoneme alphabet is the engines', and their grapheme-to-phoneme chain takes what we say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hibari import tts
from hibari.g2p import G2P

from paperledge_audio.spoken.lexicon.entries import load_built_in
from paperledge_audio.spoken.lexicon.phonemes import ALPHABET, LETTERS, spell
from paperledge_audio.spoken.people.pinyin import SYLLABLES, pronounce


@pytest.fixture(scope="module")
def g2p() -> Any:
    return G2P()


def heard(g2p: Any, said: str) -> str:
    """The phonemes that the engines find for spoken words."""
    tokens = g2p.phonemize_tokens(g2p.tokenize(said))
    return "".join(str(token.phonemes or "") + token.whitespace for token in tokens)


def test_the_alphabet_is_the_models() -> None:
    vocabulary = json.loads((Path(tts.ASSETS) / "vocab.json").read_text("utf-8"))
    assert set(vocabulary) == ALPHABET
    assert len(ALPHABET) == 114


def test_letters_have_the_names_that_the_engines_give_them(g2p: Any) -> None:
    assert {letter: heard(g2p, letter) for letter in "BCDEFGHJKLMNOPQRSTUVWXYZ"} == {
        letter: name for letter, name in LETTERS.items() if letter not in "AI"
    }


def test_acronyms_are_stressed_as_the_engines_stress_them(g2p: Any) -> None:
    for acronym in ("GPT", "LLM", "VAE", "HTML", "KNN", "XYZQ"):
        assert spell(acronym) == heard(g2p, acronym)


def test_every_entry_is_spoken_whole(g2p: Any) -> None:
    """Words of an alias are ones that the dictionaries hold, or the entry has phonemes."""
    guessed = {
        word
        for item in load_built_in().entries.values()
        for span in item.spans(item.grapheme)
        if not span.phonemes and item.said
        for word in re.findall(r"[A-Za-z]+", span.said)
        if not g2p.lexicon.is_known(word, None) and not g2p.lexicon.is_known(word.lower(), None)
    }
    assert {word: heard(g2p, word) for word in guessed} == {
        "teraflops": "tˈɛɹəflˌɑps",
        "Gan": "ɡˈæn",
        "Hotpot": "hˈɑtpɑt",
        "Pajama": "pæʤˈɑmə",
        "int": "ˈɪnt",
        "tock": "tˈɑk",
        "decibels": "dˈɛsəbᵊlz",
        "gigahertz": "ɡˈɪɡəhˌɜɹts",
        "tera": "tˈɛəɹə",
    }


def test_sounds_use_what_english_has() -> None:
    english = set("AIOWYTSiuæɑəɛɪɹʊʌɜɔᵊᵻɐbdfhjklmnpstvwzðŋɡʃʒθʤʧˈˌ ")
    entries = load_built_in().entries.values()
    assert {symbol for item in entries for symbol in item.phonemes} <= english
    assert {symbol for part in SYLLABLES for symbol in pronounce((part,))} <= english
