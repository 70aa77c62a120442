"""How a render tells how far it is: on a terminal, in a log, and to a machine."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio.cli.support.progress import ProgressEvent, SpeedMeter


def seen_on_a_terminal(folder: Path) -> str:
    """Everything that a render writes to a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [
            *(sys.executable, "-c", "from paperledge_audio.cli import main; main()"),
            *("render", "scripts/one-hand.md", "-o", "out"),
        ],
        cwd=folder,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "140"},
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # how a terminal says that its other side is closed
            break
        if not part:
            break
        seen += part
    os.close(ours)
    assert process.wait() == 0
    return seen.decode()


def test_a_terminal_gets_a_bar_with_takes_speed_and_stages(show_folder: Path) -> None:
    first = seen_on_a_terminal(show_folder)
    assert "one-hand" in first
    assert "takes" in first
    assert "mastering" in first
    assert "\x1b[" in first  # it is redrawn in place


def test_a_log_gets_a_line_for_each_stage(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    ran = paperledge("render", "scripts/one-hand.md", "-o", "out")
    lines = ran.err.splitlines()
    assert [line.split(": ")[1].split()[0] for line in lines] == [
        "speaking",
        "mixing",
        "mastering",
        "writing",
    ]
    assert "\x1b" not in ran.err


def test_the_speed_is_that_of_what_was_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([100.0, 102.0, 103.0, 105.0])
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    pace = SpeedMeter()
    assert pace.describe(ProgressEvent("x", "take", 10.0)) == "5.0 x real time"
    assert pace.describe(ProgressEvent("x", "reused", 60.0)) == "1 reused, 3.3 x real time"
    assert pace.describe(ProgressEvent("x", "take", 5.0)) == "1 reused, 3.0 x real time"
