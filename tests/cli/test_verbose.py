"""`--verbose` tells what is decided on standard error, and changes nothing else."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio.cli.support import progress
from paperledge_audio.engines.kokoro import rewriting
from tests.samples import ROOT

Call = Callable[..., Any]
ONE = "scripts/one-hand.md"


def test_a_render_tells_engine_takes_loudness_and_files(
    show_folder: Path, paperledge: Call, tmp_path: Path
) -> None:
    first = paperledge("render", ONE, "--verbose").err.splitlines()
    assert f"show.loading: reads the show {show_folder / 'scripts/show.toml'}" in first
    assert f"plan: {ONE}: tone of {show_folder / 'voices/tone.toml'}: tone" in first
    assert f"plan: {ONE}: engines tone/1" in first
    assert f"plan: {ONE}: segments 7, takes kept 0, takes to make 7" in first
    why = "tone speaks, since the store has no take of it"
    assert f"synthesis: {ONE}:18: {why}: First: it starts." in first
    assert [line for line in first if "one-hand.mp3, round 1: aiming at " in line]
    assert [line for line in first if "wrote out/one-hand: one-hand.mp3, " in line]

    facts = next((tmp_path / "cache" / "takes").rglob("*.json"))
    facts.write_bytes(b"{}")
    again = paperledge("render", ONE, "--verbose").err
    assert f"takes.store: the take {facts} is damaged and will be made again\n" in again
    assert again.count("tone speaks, since its take is damaged: ") == 1
    assert f"plan: {ONE}: segments 7, takes kept 6, takes to make 1\n" in again


def test_standard_output_is_the_same_and_the_next_command_is_quiet(
    show_folder: Path, paperledge: Call
) -> None:
    paperledge("render", ONE)
    quiet = paperledge("verify", "out/one-hand/one-hand.mp3", "--json")
    verbose = paperledge("verify", "out/one-hand/one-hand.mp3", "--json", "--verbose")
    assert json.loads(verbose.out) == json.loads(quiet.out)
    assert "is compared with the target apple, of its manifest\n" in verbose.err
    assert quiet.err == ""
    assert paperledge("verify", "out/one-hand/one-hand.mp3", "--json").err == ""


SOUND = ("render", "preview", "say", "check", "verify")
VOICES = ("voices audition", "voices fit")


@pytest.mark.parametrize("command", SOUND + VOICES)
def test_whatever_makes_or_judges_sound_can_be_verbose(paperledge: Call, command: str) -> None:
    assert "--verbose" in paperledge(*command.split(), "--help").out


def test_on_a_terminal_a_log_takes_the_bars_place(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setattr(
        progress, "ProgressBars", lambda: pytest.fail("a bar was drawn into the log")
    )
    ran = paperledge("render", ONE, "--verbose")
    assert ran.code == 0
    assert "one-hand: mastering\n" in ran.err


def test_logs_are_for_the_curious_but_for_what_takes_its_time() -> None:
    """What a user needs is a result or an error: only the rewriting is logged above INFO."""
    called = set()
    for file in sorted((ROOT / "paperledge_audio").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                called |= {(node.attr, file)} if node.value.id == "log" else set()
    rewriting_file = ROOT / "paperledge_audio" / "engines" / "kokoro" / "model.py"
    assert {call for call in called if call[0] != "info"} == {("warning", rewriting_file)}


def test_what_keeps_a_user_waiting_is_told_without_being_asked(
    paperledge: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(_model: bytes, *, signed: bool) -> bytes:
        raise ValueError("not here")

    monkeypatch.setattr(rewriting, "rewrite", refuse)
    monkeypatch.setenv("PAPERLEDGE_CACHE", str(tmp_path))
    told = [line for line in paperledge("doctor").err.splitlines() if "once" in line]
    what = "rewriting the speech model's graph for this machine, once"
    assert told == [f"{what}; it is kept in {tmp_path / 'models'}"]


@pytest.mark.parametrize("name", ["asyncio", "paperledge_audio.plan"])
def test_what_other_packages_log_is_not_printed(name: str) -> None:
    """In a process of its own: pytest takes whatever is logged."""
    code = (
        "import logging; from paperledge_audio.cli.support.logs import print_logs\n"
        f"with print_logs(): logging.getLogger({name!r}).error('a task was lost')"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stderr == ("" if name == "asyncio" else "a task was lost\n")
