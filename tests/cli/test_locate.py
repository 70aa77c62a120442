"""A time of a finished sound leads back to the script."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio.cli.locate import read_time

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
    assert paperledge("locate", "out", "0:01").out == first.out
    assert (read_time("75.5"), read_time("1:15.5"), read_time("1:1:5")) == (75.5, 75.5, 3665)


@pytest.mark.parametrize("time", ["soon", "1:2:3:4", "-1", "99:00", "0:60", "1:60:01", "1::1"])
def test_other_times_are_refused(rendered: dict[str, Any], paperledge: Call, time: str) -> None:
    ran = paperledge("locate", SOUND, "--", time)
    assert (ran.code, ran.err.count("\n")) == (2, 1)


def test_what_is_no_finished_sound_is_named_as_what_it_is(
    tmp_path: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("talk.mp3").write_bytes(b"")
    for name, what in {
        "nothing.mp3": "nothing.mp3: is not there",
        "empty": "empty: holds no finished release",
        "talk.mp3": ".: is not a finished release: it has no talk.manifest.json",
    }.items():
        ran = paperledge("locate", name, "0:01")
        assert (ran.code, ran.line.split(";")[0]) == (1, what)
