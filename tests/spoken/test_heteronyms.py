"""Words of one spelling and two sounds, each in sentences of its own."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from paperledge_audio.script.printed.markup import strip_markup
from paperledge_audio.spoken import english
from paperledge_audio.spoken.lexicon.entries import load_built_in
from paperledge_audio.spoken.lexicon.phonemes import pluralize
from paperledge_audio.spoken.rules.rule import Context
from paperledge_audio.spoken.rules.scanner import scan

TABLES = tomllib.loads(Path(__file__).with_name("heteronyms.toml").read_text("utf-8"))
SENTENCES = [
    (f"{word}s?", tuple(table["sounds"]), sentence)
    for word, kinds in TABLES.items()
    for table in kinds.values()
    for sentence in table["sentences"]
]
LEAST = 0.97
"""The share of sentences in which the word has the right sound."""


def hear(pattern: str, sentence: str) -> str:
    """The sound that the one word in `sentence` that fits `pattern` gets."""
    spans = scan(strip_markup(sentence), Context(load_built_in()))
    (span,) = (one for one in spans if re.fullmatch(pattern, one.text, re.IGNORECASE))
    word = span.text.lower()
    return span.phonemes or english.find_sound(word) or pluralize(english.find_sound(word[:-1]))


def test_nearly_every_word_has_the_sound_that_its_sentence_asks_for() -> None:
    wrong = [
        sentence for pattern, sounds, sentence in SENTENCES if hear(pattern, sentence) not in sounds
    ]
    assert len(wrong) <= (1 - LEAST) * len(SENTENCES), wrong


@pytest.mark.parametrize("word", TABLES)
def test_each_word_stands_in_enough_sentences(word: str) -> None:
    assert all(len(table["sentences"]) >= 8 for table in TABLES[word].values())
