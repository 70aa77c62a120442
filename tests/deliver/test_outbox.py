"""A release is handed over whole, and nobody ever sees less."""

from __future__ import annotations

import dataclasses
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from paperledge_audio.deliver.folder import writing as folder
from paperledge_audio.deliver.folder.exchange import exchange
from paperledge_audio.deliver.outbox.local import FolderOutbox
from paperledge_audio.errors import DeliveryError
from paperledge_audio.show.model import Show
from tests.deliver.making import EPISODE, plain_artwork, released

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def releases(show: Show, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same episode before and after a correction."""
    top = tmp_path_factory.mktemp("releases")
    quick = dataclasses.replace(show, artwork=plain_artwork(top))
    later = dataclasses.replace(EPISODE, title="Corrected")
    return (
        released(quick, top / "before", "look").folder,
        released(quick, top / "after", "look", later).folder,
    )


def hand_over(release: Path, box: Path) -> str:
    return FolderOutbox(box).hand_over(release)


def contents(place: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in place.iterdir()}


def test_a_release_is_copied_whole_and_replaced_whole(
    releases: tuple[Path, Path], tmp_path: Path
) -> None:
    for release in (*releases, releases[0]):
        assert hand_over(release, tmp_path / "box") == str(tmp_path / "box" / "look")
        assert contents(tmp_path / "box" / "look") == contents(release)
        assert [entry.name for entry in (tmp_path / "box").iterdir()] == ["look"]


def test_a_release_that_is_not_as_listed_is_not_handed_over(
    releases: tuple[Path, Path], tmp_path: Path
) -> None:
    import shutil

    spoilt = shutil.copytree(releases[0], tmp_path / "look")
    (spoilt / "look.mp3").write_bytes(b"x")
    with pytest.raises(DeliveryError, match=r"look\.mp3 was changed"):
        hand_over(spoilt, tmp_path / "box")
    assert not (tmp_path / "box").exists()


KILLER = """
import os, signal, sys
from pathlib import Path
import jsonschema  # which is imported late
from paperledge_audio.deliver.folder import writing as folder
from paperledge_audio.deliver.outbox.local import FolderOutbox

left = 0
def counted(call):
    def step(*arguments, **more):
        global left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return call(*arguments, **more)
    return step

def hand_over(box):
    os.fsync = counted(os.fsync)
    Path.mkdir, Path.rename = counted(Path.mkdir), counted(Path.rename)
    Path.open, folder.shutil.rmtree = counted(Path.open), counted(folder.shutil.rmtree)
    folder.exchange = counted(folder.exchange) if way == "swap" else lambda new, old: False
    FolderOutbox(box).hand_over(release)

release, way = Path(sys.argv[1]), sys.argv[2]
for line in sys.stdin:
    step, box = line.rstrip("\\n").split(" ", 1)
    left = int(step)
    if not (child := os.fork()):
        hand_over(Path(box))
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""For each "step box" on standard input: a process that hands over and is killed before the
n-th change that it makes; prints its exit code."""


class Killer:
    """Hands a release over, and is killed meanwhile."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._asked, self._told = process.stdin, process.stdout

    def kills(self, box: Path, step: int) -> bool:
        """True if the handover was killed before `step`, False if it was done before that."""
        assert self._asked
        assert self._told
        print(step, box, file=self._asked, flush=True)
        code = int(self._told.readline())
        assert code in {0, -signal.SIGKILL}
        return code != 0


@contextmanager
def killer_of(release: Path, way: str) -> Iterator[Killer]:
    with subprocess.Popen(
        [sys.executable, "-c", KILLER, str(release), way],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield Killer(process)
    assert process.returncode == 0


@pytest.mark.parametrize("way", ["swap", "renames"])
def test_killed_at_any_step_the_outbox_holds_the_one_release_or_the_other(
    releases: tuple[Path, Path], tmp_path: Path, way: str
) -> None:
    before, after = releases
    seen = []
    with killer_of(after, way) as killer:
        for step in range(0, 200, 1 if way == "renames" else 3):
            box = tmp_path / str(step)
            hand_over(before, box)
            ended = not killer.kills(box, step)
            if (box / "look").exists():
                found = contents(box / "look")
                assert found in (contents(before), contents(after))
                seen.append("after" if found == contents(after) else "before")
            else:  # only where names can't be swapped, and the next writer puts it back
                assert way == "renames"
                seen.append("aside")
            hand_over(after, box)
            assert contents(box / "look") == contents(after)
            assert [entry.name for entry in box.iterdir()] == ["look"]
            if ended:
                break
    assert seen == sorted(seen, key=["before", "aside", "after"].index)
    assert seen[0] == "before"
    assert seen[-1] == "after"


def test_a_watcher_never_misses_the_manifest(releases: tuple[Path, Path], tmp_path: Path) -> None:
    hand_over(releases[0], tmp_path)
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    if not exchange(tmp_path / "a", tmp_path / "b"):
        pytest.skip("this file system can't swap names")
    (tmp_path / "a").rmdir()
    (tmp_path / "b").rmdir()
    code = (
        "import sys; from pathlib import Path\n"
        "from paperledge_audio.deliver.outbox.local import FolderOutbox\n"
        "for n in range(20): FolderOutbox(Path(sys.argv[3])).hand_over(Path(sys.argv[1 + n % 2]))"
    )
    process = subprocess.Popen([sys.executable, "-c", code, *map(str, releases), str(tmp_path)])
    manifest = tmp_path / "look" / "look.manifest.json"
    missed = 0
    while process.poll() is None:
        missed += not manifest.exists()
    assert (process.returncode, missed) == (0, 0)


def test_names_are_swapped_or_an_error_says_why(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError, match="No such file"):
        exchange(tmp_path / "a", tmp_path / "none")
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]


def test_a_file_in_the_outbox_is_kept(releases: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "look").write_text("mine")
    with pytest.raises(DeliveryError, match="is in the way"):
        hand_over(releases[0], tmp_path)
    assert (tmp_path / "look").read_text() == "mine"
    with pytest.raises(DeliveryError):
        folder.check_place(tmp_path, "look")
