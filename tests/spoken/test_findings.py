"""What `check` lists: words that nothing covers, with their line and an entry to start from."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from paperledge_audio.script.model import Credit, Episode, Script, Speech
from paperledge_audio.show.loading import load_show
from paperledge_audio.spoken import UnknownWord, find_unknown_words
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
    ],
)
def test_only_what_nothing_covers_is_listed(text: str, expected: list[str]) -> None:
    listed = [word for word in unknown(text) if word.lower() not in {"and", "net"}]
    assert listed == expected


def test_a_pronunciation_in_the_script_covers_its_word() -> None:
    assert unknown("We call it Zorblat.", Zorblat="zor blat") == []


def test_a_finding_has_its_line_and_an_entry_ready_to_paste() -> None:
    script = Script(
        Episode("T", datetime.date(2025, 1, 1)), (Speech("We call\nit Zorblat.", 3),), "x.md"
    )
    (plain,) = find_unknown_words(script, SHOW, cast(script, SHOW), WORDS.__contains__)
    assert plain == UnknownWord(4, "Zorblat", '"Zorblat" = "zorblat"')
    (guessed,) = find_unknown_words(
        script, SHOW, cast(script, SHOW), WORDS.__contains__, lambda _word: "zˈɔɹblæt"
    )
    assert guessed.entry == '"Zorblat" = "/zˈɔɹblæt/"'
