"""Which episodes say a word: their lines, and when."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio.spoken.lexicon.mentions import find_mentions

Call = Callable[..., Any]


@pytest.mark.parametrize(("text", "form", "places"), [
    ("Qwen, and Qwen's own; qwen is not", "Qwen", [0, 10]),
    ("Qwen, and Qwen's own; qwen is", "qwen", [0, 10, 22]),
    ("Tones, atone, tonality, tone's", "tone", [0, 24]),
    ("A State of the art state-of-the-art", "state of the art", [2]),
    ("Gaël or Gael", "Gaël", [0, 8]),
    ("GPT-4o and GPT-4", "GPT-4", [11]),
    ("C++ and C", "C++", [0]),
    ("nothing", "", []),
    ("", "tone", []),
])  # fmt: skip
def test_a_form_is_found_as_the_lexicon_finds_it(text: str, form: str, places: list[int]) -> None:
    assert list(find_mentions(text, form)) == places


def test_an_episode_that_says_a_word_is_named_with_line_and_time(
    show_folder: Path, paperledge: Call
) -> None:
    def ask(*arguments: str) -> list[tuple[str, int, float | None]]:
        ran = paperledge("lexicon", "who", *arguments, "--json")
        assert ran.code == 0, ran.err
        rows = json.loads(ran.out)["mentions"]
        return [(row["episode"], row["line"], row["start_s"]) for row in rows]

    script = "scripts/one-hand.md"
    assert ask("message", "scripts") == ask("message", script) == [(script, 16, None)]
    assert paperledge("render", script, "--quality", "draft").code == 0
    words = [
        word
        for row in json.loads(Path("out/one-hand/one-hand.transcript.json").read_text())["segments"]
        for word in row["words"]
    ]
    (start_s,) = (word["startTime"] for word in words if word["word"].startswith("message"))
    assert ask("message") == ask("message", "out/one-hand") == [("out/one-hand", 16, start_s)]
    assert [line for _, line, _ in ask("tone", "out")] == [12, 16, 21]
    assert ask("Tone", "out") == ask("nobody", "out") == []
    said = paperledge("lexicon", "who", "message")
    assert said.out.startswith("out/one-hand:16 at 0:")
    assert said.out.endswith("1 episode says message\n")
    Path("out/one-hand/one-hand.transcript.json").write_text("{}")
    said = paperledge("lexicon", "who", "message")
    assert (said.code, "transcript.json: breaks its schema" in said.line) == (1, True)
