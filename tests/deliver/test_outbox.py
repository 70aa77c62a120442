"""A release is handed over whole, and nobody ever sees less."""

from __future__ import annotations

import dataclasses
import signal
import subprocess
import sys
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


STEPS = """
import os, signal, sys
from pathlib import Path
from paperledge_audio.deliver.folder import writing as folder
from paperledge_audio.deliver.outbox.local import FolderOutbox

left = int(sys.argv[3])
def counted(call):
    def step(*arguments, **more):
        global left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return call(*arguments, **more)
    return step

os.fsync = counted(os.fsync)
Path.mkdir, Path.rename, Path.open = counted(Path.mkdir), counted(Path.rename), counted(Path.open)
folder.exchange = counted(folder.exchange) if sys.argv[4] == "swap" else lambda new, old: False
folder.shutil.rmtree = counted(folder.shutil.rmtree)
FolderOutbox(Path(sys.argv[2])).hand_over(Path(sys.argv[1]))
print(left)
"""
"""Hands over, and is killed before the n-th change that it makes."""


def killed(release: Path, box: Path, step: int, way: str) -> bool:
    """True if the handover was killed before `step`, False if it was done before that."""
    command = [sys.executable, "-c", STEPS, str(release), str(box), str(step), way]
    done = subprocess.run(command, check=False, capture_output=True)
    assert done.returncode in {0, -signal.SIGKILL}, done.stderr
    return done.returncode != 0


@pytest.mark.parametrize("way", ["swap", "renames"])
def test_killed_at_any_step_the_outbox_holds_the_one_release_or_the_other(
    releases: tuple[Path, Path], tmp_path: Path, way: str
) -> None:
    before, after = releases
    seen = []
    for step in range(0, 200, 1 if way == "renames" else 3):
        box = tmp_path / str(step)
        hand_over(before, box)
        ended = not killed(after, box, step, way)
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
