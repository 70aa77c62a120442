"""A time of a finished sound leads back to the script."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Call = Callable[..., Any]
SOUND = "out/one-hand/one-hand.mp3"


@pytest.fixture
def rendered(show_folder: Path, paperledge: Call) -> dict[str, Any]:
    assert paperledge("render", "scripts/one-hand.md").code == 0
    found: dict[str, Any] = json.loads(Path("out/one-hand/one-hand.manifest.json").read_text())
    return found


def test_every_sentence_is_found_by_its_middle(rendered: dict[str, Any], paperledge: Call) -> None:
    for row in rendered["segments"]:
        middle_s = (row["start_s"] + row["end_s"]) / 2
        found = json.loads(paperledge("locate", SOUND, f"{middle_s:.3f}", "--json").out)
        assert (found["line"], found["said"]) == (row["line"], row["said"])


def test_times_are_read_as_people_write_them(rendered: dict[str, Any], paperledge: Call) -> None:
    first = paperledge("locate", SOUND, "0:00:01")
    assert first.out.startswith("line 12, 0:0")
    assert "Hello, learning crew!" in first.out
    assert paperledge("locate", SOUND, "1.0").out == first.out


@pytest.mark.parametrize("time", ["soon", "1:2:3:4", "-1", "99:00"])
def test_other_times_are_refused(rendered: dict[str, Any], paperledge: Call, time: str) -> None:
    ran = paperledge("locate", SOUND, "--", time)
    assert (ran.code, ran.err.count("\n")) == (2, 1)
