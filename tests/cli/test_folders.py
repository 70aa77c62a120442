"""Commands that are given a folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]
NAMES = ["one-hand", "other"]


@pytest.fixture
def two_scripts(show_folder: Path) -> Path:
    """A show with two scripts, and a file that is none."""
    shutil.copy("scripts/one-hand.md", "scripts/other.md")
    Path("scripts/notes.pdf").write_bytes(b"%PDF")
    return show_folder


@pytest.mark.parametrize("command", ["check", "spoken"])
def test_a_folder_means_its_scripts(two_scripts: Path, paperledge: Call, command: str) -> None:
    ran = paperledge(command, "scripts", "scripts/other.md", "--json")
    assert ran.code == 0
    scripts = [document["script"] for document in json.loads(ran.out)["scripts"]]
    assert scripts == [f"scripts/{name}.md" for name in NAMES]


def test_a_folder_is_rendered_and_its_releases_are_verified(
    two_scripts: Path, paperledge: Call
) -> None:
    rendered = paperledge("render", "scripts", "-o", "out", "--json")
    assert [one["slug"] for one in json.loads(rendered.out)["releases"]] == NAMES
    sounds = [f"out/{name}/{name}.mp3" for name in NAMES]
    for folder, inside in (("out", sounds), ("out/other", sounds[1:])):
        verified = paperledge("verify", folder, "--json")
        assert [report["path"] for report in json.loads(verified.out)["reports"]] == inside


def test_a_release_without_its_sound_is_not_passed_over(
    two_scripts: Path, paperledge: Call
) -> None:
    paperledge("render", "scripts", "-o", "out")
    Path("out/other/other.mp3").unlink()
    ran = paperledge("verify", "out")
    assert ran.code == 1
    assert ran.line == "out/other: has no sound; render it again"
