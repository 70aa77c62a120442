"""What is wrong with an episode's facts is told with its line, before a sound is made of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path("scripts/one-hand.md")
Call = Callable[..., Any]


def add(rows: str) -> None:
    SCRIPT.write_text(SCRIPT.read_text().replace("---\n", f"---\n{rows}", 1))


@pytest.mark.parametrize("command", ["check", "render"])
def test_links_of_a_chapter_that_is_none_have_a_line(
    show_folder: Path, paperledge: Call, command: str
) -> None:
    add("number: 3\nchapters:\n  - link: https://x.example\n    title: Nope\n")
    ran = paperledge(command, SCRIPT)
    assert ran.code == 1
    assert ran.err.startswith("scripts/one-hand.md:4: ")
    assert "chapters: no chapter is called 'Nope'; " in ran.err


def test_a_soundbite_outside_of_the_sound_has_a_line_before_mastering(
    show_folder: Path, paperledge: Call
) -> None:
    add("soundbites:\n  - {start: 0, length: 1}\n  - title: Late\n    start: 900\n    length: 5\n")
    ran = paperledge("render", SCRIPT)
    what = "scripts/one-hand.md:4: a soundbite from 900 to 905 s is not in the episode's "
    assert (ran.code, what in ran.err, "mastering" in ran.err) == (1, True, False), ran.err
    assert not Path("out").exists()


def test_an_id_that_a_release_had_is_named_before_it_is_lost(
    show_folder: Path, paperledge: Call
) -> None:
    add("guid: what-listeners-know\n")
    assert paperledge("render", SCRIPT).code == 0
    SCRIPT.write_text(SCRIPT.read_text().replace("guid: what-listeners-know\n", ""))
    toml = Path("scripts/show.toml")
    toml.write_text('base_url = "https://x.example"\n' + toml.read_text())
    ran = paperledge("render", SCRIPT)
    assert ran.code == 0
    assert "its guid is no longer 'what-listeners-know', so subscribers get" in ran.err
    assert "its guid is new" not in ran.err
    assert "guid is no longer" not in paperledge("render", SCRIPT).err


def test_an_empty_reference_is_no_comparison_left_out(show_folder: Path, paperledge: Call) -> None:
    """As of a variable that is not set in CI."""
    ran = paperledge("preview", SCRIPT, "--since", "")
    assert (ran.code, ran.line) == (2, "--since names no commit; name one, as --since main...")
    assert not Path("preview").exists()


def test_a_name_to_withdraw_is_not_a_script_to_rename(show_folder: Path, paperledge: Call) -> None:
    ran = paperledge("outbox", "withdraw", "../x", "--outbox", "box")
    assert ran.code == 1
    assert ran.line.endswith("; see what is: paperledge outbox list box")


@pytest.mark.parametrize(("call", "name"), [
    (("render", ""), "SCRIPTS"),
    (("render", "scripts", "-o", ""), "--out"),
    (("render", "scripts", "--outbox", ""), "--outbox"),
    (("render", "scripts", "--cluster", ""), "--cluster"),
    (("takes", "prune", "--limit", "0", "--store", " "), "--store"),
])  # fmt: skip
def test_an_empty_place_is_a_variable_that_is_not_set_and_not_this_folder(
    show_folder: Path, paperledge: Call, call: tuple[str, ...], name: str
) -> None:
    there = sorted(show_folder.rglob("*"))
    ran = paperledge(*call)
    assert (ran.code, ran.line) == (2, f"{name} is empty; name one, or leave it out")
    assert sorted(show_folder.rglob("*")) == there
