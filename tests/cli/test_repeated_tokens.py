"""One token, said again and again up to what a text may hold, gets its answer: no command hangs."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperledge_audio.script.limits import LONGEST_PARAGRAPH, LONGEST_WORD
from tests.limits import PEAK_MB, limited_each
from tests.tone_show import SHOW, VOICE

pytestmark = pytest.mark.fuzz
HEAD = "---\ntitle: A\ndate: 2025-10-21\n---\n\n"
DATE = "Tuesday Oct 21, 2025\n"
TOKENS = (
    *"_*~`>#[]()$\\<&^@|{+=%/-?!.,:;\"'“”…—aAσé1½²中😀\u0301\u200b\u00a0\t\n",
    *("1:1:1:", "say:", "[a](", "[a](say: b)", "](", "$a$", "$\\a", "<a", "<!--", "&amp;", "x^"),
    *("a ", "A. ", "IV ", "Type I ", "12 ", "1, ", "1-1", "1/", "x_", "10^", "http://a", "a@b."),
    *("a.b", "a'", "(a) ", "(Aa, 2020; ", "Aa et al., ", "Aa Aa ", "Fig. ", "O(n) ", "zorble "),
    *("**a:**", "x1", "e\u0301", "a\n", "- a\n", "> a\n", "1. a\n", "# a\n", "a\n\n", "> a\n\n"),
    *("## a\n\n", "[pause 1s]\n\n", "“a\n", "a?\n", "So:\n", "So? a:\n", "AaBb\n", "Share\n"),
    *("Level 1: a\n", "Aa (AB)\n", "Credit to Paper authors: A\n", f"{DATE}Hello.\n"),
)
LINES = 4000


def paragraph(token: str) -> str:
    """As much of it as a paragraph and its words may hold; a token with a line end, as lines."""
    if "\n" in token:
        return token * (LINES // token.count("\n"))
    words = LONGEST_WORD // len(token) * len(token)
    text = token * (LONGEST_PARAGRAPH // len(token) - 40)
    return " ".join(text[at : at + words] for at in range(0, len(text), words))


CALLS = {"check": (HEAD, (".md", ".txt"), ()), "import": (DATE, (".txt",), ("-o", "scripts"))}


@pytest.mark.parametrize("command", CALLS)
def test_a_text_of_one_token_gets_its_answer(tmp_path: Path, command: str) -> None:
    head, endings, options = CALLS[command]
    (tmp_path / "show.toml").write_text(SHOW)  # without music, which takes longer than a text
    (tmp_path / "voices").mkdir()
    (tmp_path / "voices" / "tone.toml").write_text(VOICE)
    calls = []
    for number, token in enumerate(TOKENS):
        file = tmp_path / f"{number}{endings[number % len(endings)]}"
        file.write_text(head + paragraph(token), "utf-8")
        calls.append([command, file.name, *options])
    for token, ended in zip(TOKENS, limited_each(tmp_path, calls), strict=True):
        assert ended.code in {0, 1}, (token, ended)
        assert "Traceback" not in ended.err, token
        assert ended.peak_mb < PEAK_MB, (token, ended.peak_mb)
