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

from paperledge_audio.cli.support.progress import ProgressEvent, SpeakingProgress, show_progress


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
    assert "7/7 takes" in first
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


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What time it is: the last of these."""
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[-1])
    return now


def test_the_speed_is_that_of_what_was_spoken(clock: list[float]) -> None:
    speaking = SpeakingProgress(ProgressEvent("x", "start", 30.0, takes=5, missing=4))
    assert speaking.describe_start() == "speaking 4 of 5 takes, about 0:30 of sound"
    for now, event, said in (
        (102.0, ProgressEvent("x", "take", 10.0), "1/5 takes, 5.0 x real time, 6 s left"),
        (
            103.0,
            ProgressEvent("x", "reused", 60.0),
            "2/5 takes, 1 reused, 3.3 x real time, 9 s left",
        ),
        (105.0, ProgressEvent("x", "take", 5.0), "3/5 takes, 1 reused, 3.0 x real time, 5 s left"),
    ):
        clock.append(now)
        speaking.count(event)
        assert speaking.describe() == said


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (
            ProgressEvent("x", "start", 3.0, takes=1, missing=1),
            "speaking 1 take, about 0:03 of sound",
        ),
        (ProgressEvent("x", "start", takes=9, missing=9), "speaking 9 takes"),
        (ProgressEvent("x", "start", takes=1), "1 take, all kept"),
    ],
)
def test_the_start_tells_what_there_is_to_speak(start: ProgressEvent, said: str) -> None:
    assert SpeakingProgress(start).describe_start() == said


def test_a_log_says_every_ten_seconds_how_far_it_is(
    clock: list[float], capsys: pytest.CaptureFixture[str]
) -> None:
    with show_progress(silent=False) as tell:
        tell(ProgressEvent("x", "start", 40.0, takes=40, missing=40))
        for _ in range(30):
            clock.append(clock[-1] + 1)
            tell(ProgressEvent("x", "take", 2.0))
    assert capsys.readouterr().err.splitlines() == [
        "x: speaking 40 takes, about 0:40 of sound",
        "x: 10/40 takes, 2.0 x real time, 30 s left",
        "x: 20/40 takes, 2.0 x real time, 20 s left",
        "x: 30/40 takes, 2.0 x real time, 10 s left",
    ]
