"""Killed at any instant, the next render goes on from the finished takes and ends the same.

`PAPERLEDGE_KILLS` says how many kills to try for each number of processes, which share one store.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.tone_show import SCRIPT, SHOW, VOICE

pytestmark = pytest.mark.faults

KILLS = int(os.environ.get("PAPERLEDGE_KILLS", "2"))
PROGRAM = [sys.executable, "-c", "from paperledge_audio.cli import main; main()"]


def make_show(folder: Path) -> Path:
    """A show of five scripts of a dozen sentences each."""
    (folder / "scripts").mkdir(parents=True)
    (folder / "voices").mkdir()
    (folder / "scripts" / "show.toml").write_text(SHOW)
    (folder / "voices" / "tone.toml").write_text(VOICE)
    for name in ("a", "b", "c", "d", "all"):
        more = "".join(
            f"\nThis is sentence {'very ' * (n % 5)}{'nice ' * (n // 5)}of {name}.\n"
            for n in range(12)
        )
        (folder / "scripts" / f"{name}.md").write_text(SCRIPT + more)
    return folder


def start(show: Path, cache: Path, count: int) -> list[subprocess.Popen[bytes]]:
    """`count` processes at once, each with a script of its own and one that all render."""
    return [
        subprocess.Popen(
            [*PROGRAM, "render", f"scripts/{name}.md", "scripts/all.md", "-o", "out"],
            cwd=show,
            env={**os.environ, "PAPERLEDGE_CACHE": str(cache)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for name in "abcd"[:count]
    ]


def finish(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        assert process.wait(timeout=240) == 0


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.mark.parametrize("count", [1, 2, 4])
def test_a_killed_render_leaves_whole_folders_and_ends_in_the_same_bytes(
    tmp_path: Path, count: int
) -> None:
    show = make_show(tmp_path / "show")
    begun = time.monotonic()
    finish(start(show, tmp_path / "undisturbed", count))
    lasts_s = time.monotonic() - begun
    expected = snapshot(show / "out")
    whole = {path.partition("/")[0] for path in expected}
    dice = random.Random(count)
    for _ in range(KILLS):
        processes = start(show, tmp_path / "killed", count)
        time.sleep(dice.uniform(0.1, 1.1) * lasts_s)
        for process in processes:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=60)
        left = snapshot(show / "out")
        for name in whole:  # each release is as it was, or as it will be
            release = {path: data for path, data in left.items() if path.startswith(f"{name}/")}
            assert release == {p: d for p, d in expected.items() if p.startswith(f"{name}/")}
    finish(start(show, tmp_path / "killed", count))
    assert snapshot(show / "out") == expected
    assert not list((show / "out").glob(".*"))


def test_a_killed_first_render_leaves_no_half_folder(tmp_path: Path) -> None:
    show = make_show(tmp_path / "show")
    begun = time.monotonic()
    finish(start(show, tmp_path / "cache", 1))
    lasts_s = time.monotonic() - begun
    expected = snapshot(show / "out")
    dice = random.Random(7)
    for attempt in range(KILLS):
        fresh = make_show(tmp_path / f"fresh-{attempt}")
        (process,) = start(fresh, tmp_path / "killed", 1)
        time.sleep(dice.uniform(0.1, 1.1) * lasts_s)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=60)
        release = fresh / "out" / "a"
        assert not release.exists() or snapshot(fresh / "out")["a/a.mp3"] == expected["a/a.mp3"]
        finish(start(fresh, tmp_path / "killed", 1))
        assert snapshot(fresh / "out") == expected
