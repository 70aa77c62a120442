"""What `check` lists: words that nothing covers, with their line and an entry to start from."""

from __future__ import annotations

import datetime
import re
import tomllib
from pathlib import Path

import pytest

from paperledge_audio.script.model import Credit, Episode, Script, Speech
from paperledge_audio.script.printed.markup import strip_markup
from paperledge_audio.show.loading import load_show
from paperledge_audio.spoken import english
from paperledge_audio.spoken.lexicon.entries import load_built_in
from paperledge_audio.spoken.rules.rule import Context
from paperledge_audio.spoken.rules.scanner import scan
from paperledge_audio.spoken.unknown import UnknownWord, find_unknown_words
from paperledge_audio.voices.casting import cast

SHOW = load_show(Path(__file__).parents[2] / "scripts" / "show.toml")
ORDINARY = "the a we they plan call it fast map story stop nice big multi agent easy design"
WORDS = frozenset(ORDINARY.split())


def unknown(text: str, **more: str) -> list[str]:
    episode = Episode("T", datetime.date(2025, 1, 1), pronounce=tuple(more.items()))
    script = Script(episode, (Speech(text, 3), Credit("by Zyxl Qrtz", 9)))
    return [
        found.word
        for found in find_unknown_words(script, SHOW, cast(script, SHOW), WORDS.__contains__)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We call it fast.", []),
        ("We planned it, they called; stories, stopping, the nicest, biggest, easily.", []),
        ("A redesigned multi-agent map's", []),
        ("We call it Zorblat.", ["Zorblat"]),
        ("We call it ZorblatNet-7B.", ["Zorblat"]),
        ("The Qwen, the LLMs, the 7B, 30% and $\\sigma$", []),
        ("The CAZP and the HTMQ", ["CAZP"]),
        ("Zorblat, Zorblat, Blorp", ["Zorblat", "Blorp"]),
        ("We call it λόγος, a мир.", ["λόγος", "мир"]),
    ],
)
def test_only_what_nothing_covers_is_listed(text: str, expected: list[str]) -> None:
    listed = [word for word in unknown(text) if word.lower() not in {"and", "net"}]
    assert listed == expected


def test_a_pronunciation_in_the_script_covers_its_word() -> None:
    assert unknown("We call it Zorblat.", Zorblat="zor blat") == []
    assert unknown("We call it λόγος.", λόγος="low goss") == []


def test_a_finding_has_its_line_and_an_entry_ready_to_paste() -> None:
    script = Script(
        Episode("T", datetime.date(2025, 1, 1)), (Speech("We call\nit Zorblat.", 3),), "x.md"
    )
    (plain,) = find_unknown_words(script, SHOW, cast(script, SHOW), WORDS.__contains__)
    assert plain == UnknownWord(4, "Zorblat", '"Zorblat" = "zorblat"')
    (guessed,) = find_unknown_words(
        script, SHOW, cast(script, SHOW), WORDS.__contains__, lambda _word, **_accent: "zˈɔɹblæt"
    )
    assert guessed.entry == '"Zorblat" = "/zˈɔɹblæt/"'


KINDS = (
    "Zorblat", "zorblats", "zorblat's", "ZORBLAT", "ZORB", "ZOB", "zoblat-like", "ZorblatNet",
    "ZorblatNet-7B", "ZoCo", "miniZorblat", "Zorblé", "Žorbek", "zorblaaat", "@zorblat", "#Zorblat",
    "zorblat_size", "O'Zorb", "McZorb", "Zorblat2", "ZOBs",
)  # fmt: skip
TABLES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))
TEXTS = [text for kind, table in TABLES.items() for text in table if kind != "people"]


def guesses(text: str) -> set[str]:
    """The printed text of every span that holds a word which no dictionary has, nor a sound."""
    spans = scan(strip_markup(text), Context(load_built_in()))
    return {
        span.text
        for span in spans
        if span.rule != "lexicon" and not span.phonemes
        for word in re.findall(r"[A-Za-z]{3,}(?:'[a-z]+)?", span.said)
        if word.lower() in span.text.lower()
        and not any(map(english.is_known, english.list_forms(word)))
    }


@pytest.mark.parametrize("word", KINDS)
def test_every_kind_of_unknown_word_is_listed(word: str) -> None:
    assert listed(f"Today we say {word} to it.")


@pytest.mark.parametrize("text", [*TEXTS, *(f"Today we say {word} to it." for word in KINDS)])
def test_whatever_an_engine_would_guess_is_listed(text: str) -> None:
    found = listed(text)
    assert not [guess for guess in guesses(text) if not any(word in guess for word in found)]


@pytest.mark.parametrize(
    "word", ["HTML", "GPT", "IMF", "NOISE", "NASA", "LLaMA2", "José", "McDonald"]
)
def test_what_is_sure_is_not_listed(word: str) -> None:
    assert listed(f"Today we say {word} to it.") == []


def listed(text: str) -> list[str]:
    script = Script(Episode("T", datetime.date(2025, 1, 1)), (Speech(text, 3),))
    found = find_unknown_words(script, SHOW, cast(script, SHOW), english.is_known)
    return [one.word for one in found]
