"""Killed at any instant, the next render goes on from the finished takes and ends the same.

`PAPERLEDGE_KILLS` says how often each stage of the work is to be hit.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.deliver.making import plain_artwork
from tests.tone_show import SCRIPT, SHOW, VOICE
from tests.warm import WarmProcess

pytestmark = pytest.mark.faults

KILLS = int(os.environ.get("PAPERLEDGE_KILLS", "1"))
TRIES = 10
"""For each hit: a machine that is busy elsewhere may let a render end before it is killed."""
STAGES = ("speaking", "mixing", "mastering", "writing")


@dataclass(frozen=True)
class Work:
    """A show of three scripts of a dozen sentences each, and the store of their takes."""

    show: Path
    cache: Path
    said: Path
    """What the renders print."""

    @property
    def out(self) -> Path:
        return self.show / "out"

    def start(self, count: int) -> list[WarmProcess]:
        """`count` processes at once, each with a script of its own and one that all render."""
        self.said.write_bytes(b"")
        env = {**os.environ, "PAPERLEDGE_CACHE": str(self.cache)}
        return [
            WarmProcess(
                ["render", f"scripts/{name}.md", "scripts/all.md", "-o", "out"],
                self.show,
                env,
                self.said,
            )
            for name in "ab"[:count]
        ]

    def finish(self, count: int) -> dict[str, bytes]:
        """Render to the end: every file that is left, by its path below `out`."""
        for process in self.start(count):
            assert process.wait(timeout=240) == 0, self.said.read_text()
        return self.left()

    def left(self) -> dict[str, bytes]:
        files = [file for file in sorted(self.out.rglob("*")) if file.is_file()]
        return {str(file.relative_to(self.out)): file.read_bytes() for file in files}

    def takes(self) -> int:
        """How many takes are kept whole."""
        return len(list(self.cache.glob("takes/??/*.json")))

    def killed(self, count: int, stage: str, delay_s: float) -> bool:
        """Kill `count` renders so long after one began a stage; whether all were still at work.

        At "speaking" it has then kept a take more than there were.
        """
        before = self.takes()
        processes = self.start(count)
        while any(process.poll() is None for process in processes):
            begun = f": {stage}" in self.said.read_text()
            if begun and (stage != "speaking" or self.takes() > before):
                time.sleep(delay_s)
                break
            time.sleep(0.001)
        for process in processes:
            process.kill()
        return {process.wait(timeout=60) for process in processes} == {-signal.SIGKILL}


def make_work(folder: Path, cache: Path) -> Work:
    (folder / "scripts").mkdir(parents=True)
    (folder / "voices").mkdir()
    plain_artwork(folder / "scripts")
    (folder / "scripts" / "show.toml").write_text(f'artwork = "art.png"\n{SHOW}')
    (folder / "voices" / "tone.toml").write_text(VOICE)
    for name in ("a", "b", "all"):
        more = "".join(f"\nThis is a sentence {'very ' * n}much of {name}.\n" for n in range(5))
        (folder / "scripts" / f"{name}.md").write_text(SCRIPT + more)
    return Work(folder, cache, folder.with_name(f"{folder.name}.said"))


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Work:
    """All releases, by renders that nothing disturbed."""
    folder = tmp_path_factory.mktemp("finished")
    work = make_work(folder / "show", folder / "cache")
    work.finish(2)
    return work


def of(name: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """The files of one release."""
    return {path: data for path, data in files.items() if path.startswith(f"{name}/")}


@pytest.mark.parametrize("count", [1, 2])
def test_a_killed_render_leaves_whole_folders_and_ends_in_the_same_bytes(
    tmp_path: Path, finished: Work, count: int
) -> None:
    show, expected = tmp_path / "show", finished.left()
    shutil.copytree(finished.show, show)
    dice = random.Random(count)
    for turn in range(KILLS):
        work = Work(show, tmp_path / f"killed-{turn}", tmp_path / "said")
        for stage in STAGES:
            for _ in range(TRIES):
                at_work = work.killed(count, stage, dice.uniform(0, 0.05))
                left = work.left()
                for name in ("a", "b", "all"):
                    assert of(name, left) == of(name, expected)
                if at_work:
                    break
            else:
                pytest.fail(f"no render was killed at {stage}")
        assert work.finish(count) == expected
        assert not list(work.out.glob(".*"))


def test_a_killed_first_render_leaves_no_half_folder(tmp_path: Path, finished: Work) -> None:
    expected = {**of("a", finished.left()), **of("all", finished.left())}
    dice = random.Random(7)
    for number, stage in enumerate(STAGES * KILLS):
        for turn in range(TRIES):
            place = tmp_path / f"{number}-{turn}"
            work = make_work(place / "show", place / "cache")
            at_work = work.killed(1, stage, dice.uniform(0, 0.05))
            is_early = work.takes() > 0 and not work.left()
            for name in ("a", "all"):
                assert of(name, work.left()) in ({}, of(name, expected))
            assert work.finish(1) == expected
            if at_work and (is_early or stage == "writing"):
                break
        else:
            pytest.fail(f"no render was killed at {stage}")
