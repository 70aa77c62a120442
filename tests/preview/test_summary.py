from __future__ import annotations

import html
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from paperledge_audio.preview.page.annotations import format_commands
from paperledge_audio.preview.page.summary import write_summary


def episode(**fields: Any) -> dict[str, Any]:
    return {
        "path": "scripts/a.md",
        "title": "A",
        "status": "changed",
        "was": "",
        "problem": None,
        "findings": [],
        "counts": {"changed": 1, "added": 2},
        "changes": [],
        "anew_s": 12.34,
        "duration_s": 245.2,
        "duration_before_s": 201.0,
        **fields,
    }


def document(*episodes: dict[str, Any]) -> dict[str, Any]:
    return {"since": {"ref": "main...", "commit": "0123456789"}, "episodes": list(episodes)}


def read_text(markdown: str) -> str:
    """What a reader sees of it, without the zero-width spaces."""
    page = MarkdownIt("commonmark").enable("table").render(markdown)
    return " ".join(html.unescape(re.sub("<.*?>", "", page)).replace("\u200b", "").split())


def cells(table: str) -> list[list[str]]:
    """The rows of a table as a Markdown reader finds them, as text."""
    page = MarkdownIt("commonmark").enable("table").render(table)
    return [
        [html.unescape(re.sub("<.*?>", "", cell)) for cell in re.findall(r"<td.*?>(.*?)</td>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    ][1:]


def test_a_row_says_what_changed_and_how_long_it_is() -> None:
    told = write_summary(document(episode(), episode(status="unchanged")))
    row = ["A", "1 changed, 2 added", "12.3", "3:21", "4:05", "+44.2 s", "none"]
    assert cells(told) == [row]
    assert "### Preview since `main...` (0123456789)" in told
    assert "1 other script is unchanged." in told


def test_new_deleted_and_broken_scripts_have_a_row() -> None:
    wrong = {"path": "scripts/a.md", "line": 7, "what": "an image", "remedy": "remove it"}
    text = write_summary(
        document(
            episode(status="new", duration_before_s=None),
            episode(status="deleted", duration_s=None, duration_before_s=None),
            episode(status="broken", problem=wrong, duration_s=None, duration_before_s=None),
        )
    )
    rows = cells(text)
    assert [row[1] for row in rows] == ["new", "deleted", "can't be previewed"]
    assert [row[3:6] for row in rows] == [["–", "4:05", "–"], ["–", "–", "–"], ["–", "–", "–"]]
    assert rows[1][0] == "A (was scripts/a.md)"
    assert [row[6] for row in rows] == ["none", "none", "1 error"]
    assert read_text(text).endswith("error, line 7: an image; remove it")


def test_that_nothing_changed_is_told() -> None:
    assert "No episode sounds different." in write_summary(document(episode(status="unchanged")))
    renamed = episode(status="unchanged", was="scripts/b.md")
    assert "`scripts/b.md` is now `scripts/a.md`" in write_summary(document(renamed))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1))
def test_no_title_leaves_its_cell(title: str) -> None:
    (row,) = cells(write_summary(document(episode(title=title))))
    assert len(row) == 7
    assert row[0].replace("\u200b", "").split() == title.replace("\u200b", "").split()


def test_findings_become_workflow_commands() -> None:
    wrong = {"path": "scripts/a.md", "line": 7, "what": "100% an image", "remedy": "remove\nit"}
    note = {"level": "warning", "line": 3, "what": "guessed", "remedy": ""}
    again = {"level": "error", "line": 7, "what": "100% an image", "remedy": ""}
    broken = episode(path="scripts/a,b.md", problem=wrong, findings=[note, again])
    assert list(format_commands(document(broken))) == [
        "::error file=scripts/a.md,line=7::100%25 an image; remove%0Ait",
        "::warning file=scripts/a%2Cb.md,line=3::guessed",
    ]


@pytest.mark.parametrize("line", [None, 0])
def test_a_finding_about_the_whole_script_has_no_line(line: int | None) -> None:
    note = {"level": "warning", "line": line, "what": "no summary", "remedy": ""}
    assert list(format_commands(document(episode(findings=[note])))) == [
        "::warning file=scripts/a.md::no summary"
    ]
