"""render --outbox: the finished folder, handed over."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_a_render_hands_its_folder_over(show_folder: Path, paperledge: Callable[..., Any]) -> None:
    ran = paperledge("render", "scripts/one-hand.md", "--outbox", "box")
    assert ran.code == 0, ran.err
    assert "box/one-hand" in ran.out.splitlines()
    assert contents(Path("box/one-hand")) == contents(Path("out/one-hand"))
    again = paperledge("render", "scripts/one-hand.md", "--outbox", "box", "--json")
    assert json.loads(again.out)["releases"][0]["handed_over"] == "box/one-hand"
    assert [entry.name for entry in Path("box").iterdir()] == ["one-hand"]


def test_the_outbox_is_another_folder(show_folder: Path, paperledge: Callable[..., Any]) -> None:
    ran = paperledge("render", "scripts/one-hand.md", "-o", "x", "--outbox", "./x")
    assert (ran.code, ran.line) == (
        2, "--outbox names the same folder as -o; name another, or leave it out"
    )  # fmt: skip


def test_a_place_that_is_taken_is_told_before_anybody_speaks(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    Path("box").mkdir()
    Path("box/one-hand").write_text("mine")
    ran = paperledge("render", "scripts/one-hand.md", "--outbox", "box")
    assert ran.code == 1
    assert "box/one-hand: is in the way" in ran.err
    assert not Path("out").exists()
