"""A text that is too long for an episode is refused with its limit, before anything looks at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from paperledge_audio.errors import ScriptError
from paperledge_audio.script.limits import LONGEST_PARAGRAPH, LONGEST_WORD, PAGE, SCRIPT
from paperledge_audio.script.page.importing import import_page
from paperledge_audio.script.parsing import parse
from tests.limits import limited_each

HEAD = "---\ntitle: A\ndate: 2025-10-21\n---\n\n"
DATE = "Tuesday Oct 21, 2025\n"
ROOM = SCRIPT.largest - len(HEAD)
PARAGRAPH = f"{'Hello, learning crew. ' * 5}\n\n"


def filled(unit: str, length: int) -> str:
    return (unit * (length // len(unit) + 1))[:length]


SCRIPTS = {
    "bytes": (filled(PARAGRAPH, ROOM + 1), ": is larger than 200 kB; divide it into"),
    "lines": (
        "a\n" * SCRIPT.most_lines,
        ":10001: has more than 10000 lines; divide it",
    ),
    "a paragraph": (
        f"Hi.\n\nMy\n{filled('a ', LONGEST_PARAGRAPH - 1)}",
        ":9: a paragraph, or the header, is longer than 20000 characters; shorten it, or",
    ),
    "a word": (
        f"Hi.\n{'a' * (LONGEST_WORD + 1)}",
        ":7: aaaaaaaaaaaaaaaaaaaa… is a word of more than 1000 characters; break it up with spaces",
    ),
    "digits": ("1" * 100_000, ":6: a paragraph, or the header, is longer than"),
}


@pytest.mark.parametrize("name", SCRIPTS)
@pytest.mark.parametrize("ending", [".md", ".txt"])
def test_a_script_beyond_a_limit_is_refused_with_the_limit(name: str, ending: str) -> None:
    body, message = SCRIPTS[name]
    for source in (HEAD + body, (HEAD + body).encode()):
        with pytest.raises(ScriptError) as caught:
            parse(source, f"x{ending}")
        assert str(caught.value).startswith(f"x{ending}{message}")


@pytest.mark.parametrize(
    "body",
    [
        filled(PARAGRAPH, ROOM),
        "Hi.\n\n" * ((SCRIPT.most_lines - 6) // 2),
        filled("a ", LONGEST_PARAGRAPH),
        "a" * LONGEST_WORD,
    ],
)
def test_a_script_at_a_limit_is_read(body: str) -> None:
    assert parse(HEAD + body, "x.md").blocks


PAGES = {
    "bytes": (filled(PARAGRAPH, PAGE.largest), ": is larger than 1 MB; divide it into"),
    "lines": ("a\n" * PAGE.most_lines, ":20001: has more than 20000 lines; divide it into"),
    "a paragraph": (
        filled("a ", LONGEST_PARAGRAPH + 1),
        ":2: a paragraph, or the header, is longer than 20000",
    ),
    "a word": ("Hi.\n" + "a" * (LONGEST_WORD + 1), ":3: aaaaaaaaaaaaaaaaaaaa… is a word of more"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_beyond_a_limit_is_refused_with_the_limit(name: str) -> None:
    body, message = PAGES[name]
    with pytest.raises(ScriptError) as caught:
        import_page(DATE + body, "page.txt")
    assert str(caught.value).startswith(f"page.txt{message}")


def test_the_lines_of_a_page_need_no_empty_lines_between_them() -> None:
    (script,) = import_page(DATE + "A line of a page, as a browser saves it.\n" * 600).scripts
    assert len(script.blocks) == 600


def test_every_command_names_the_limit(tmp_path: Path) -> None:
    script, page = tmp_path / "x.md", tmp_path / "page.txt"
    script.write_text(HEAD + filled("a ", 1_000_000), "utf-8")
    page.write_text(DATE + filled("a\n", 1_000_001), "utf-8")
    calls = [[command, "x.md"] for command in ("check", "spoken", "render", "preview")]
    calls += [["import", "page.txt", "-o", "scripts"], ["render", "x.md", "--quality", "draft"]]
    for call, ended in zip(calls, limited_each(tmp_path, calls, seconds=20), strict=True):
        assert "is larger than" in ended.refusal(most_mb=200), call
