"""`paperledge render --format`, spoken by the tone engine."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio.deliver import FORMATS
from tests.tone_show import SCRIPT

HEADER = SCRIPT[: SCRIPT.index("Hello, learning crew!")]
NEEDS_NOTHING = tuple(name for name in FORMATS if name not in {"m4a", "m4b"})


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_rendered_and_verified(
    name: str,
    show_folder: Path,
    paperledge: Callable[..., Any],
    program: Callable[[str], str],
) -> None:
    program("ffmpeg")
    ran = paperledge("render", "scripts/one-hand.md", "-o", "out", "--format", name, "--json")
    assert ran.code == 0, ran.err
    (release,) = json.loads(ran.out)["releases"]
    first = release["files"][0]
    assert first["path"] == f"out/one-hand/one-hand.{name}"
    assert first["type"] == FORMATS[name].media_type
    assert release["loudness"]["integrated_lufs"] == pytest.approx(-16.0, abs=0.1)
    checked = paperledge("verify", first["path"])
    assert checked.code == 0, checked.out


def test_the_show_may_name_the_format_and_the_command_another(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    show = Path("scripts/show.toml")
    show.write_text(show.read_text() + '\n[output]\nformat = "flac"\n')
    assert paperledge("render", "scripts/one-hand.md").code == 0
    assert Path("out/one-hand/one-hand.flac").is_file()
    assert paperledge("render", "scripts/one-hand.md", "--format", "opus").code == 0
    assert not Path("out/one-hand/one-hand.flac").exists()  # a release has one sound
    assert Path("out/one-hand/one-hand.opus").is_file()


def test_an_unknown_format_is_wrong_usage(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    ran = paperledge("render", "scripts/one-hand.md", "--format", "flca")
    assert ran.code == 2
    assert ran.line == "format 'flca' is unknown; did you mean 'flac'?"
    assert not Path("out").exists()


def test_a_missing_ffmpeg_stops_a_render_before_anything_is_spoken(
    show_folder: Path,
    paperledge: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = paperledge("render", "scripts/one-hand.md", "--format", "m4b")
    assert ran.code == 3
    assert re.fullmatch(r"writing M4B needs ffmpeg; run: .+ install ffmpeg", ran.line)
    assert not (tmp_path / "cache" / "takes").exists()


def test_the_help_names_every_format(paperledge: Callable[..., Any]) -> None:
    said = " ".join(paperledge("render", "--help").out.split())
    assert "mp3, m4a, m4b, opus, flac or wav" in said
    assert set(re.split(", | or ", "mp3, m4a, m4b, opus, flac or wav")) == set(FORMATS)


@pytest.mark.parametrize("name", NEEDS_NOTHING)
def test_one_sentence_is_an_episode(
    name: str, show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    Path("scripts/short.md").write_text(f"{HEADER}Hello, learning crew!\n")
    ran = paperledge("render", "scripts/short.md", "--format", name, "--json")
    (release,) = json.loads(ran.out)["releases"]
    assert release["loudness"]["integrated_lufs"] == pytest.approx(-16.0, abs=0.1)
    assert release["loudness"]["true_peak_dbtp"] <= -1.0


@pytest.mark.parametrize("name", NEEDS_NOTHING)
def test_an_episode_of_pauses_is_as_loud_as_any(
    name: str, show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    """Gating (BS.1770-4) leaves the pauses out: the few words have the loudness of the target."""
    lines = "\n\n[pause 5s]\n\n".join(("One sentence.", "Then another one.", "And a last one."))
    Path("scripts/pauses.md").write_text(f"{HEADER}{lines}\n")
    ran = paperledge("render", "scripts/pauses.md", "--format", name, "--json")
    (release,) = json.loads(ran.out)["releases"]
    assert release["duration_s"] > 12
    assert release["loudness"]["integrated_lufs"] == pytest.approx(-16.0, abs=0.1)
    assert release["loudness"]["true_peak_dbtp"] <= -1.0
