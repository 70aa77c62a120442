"""A folder appears whole or not at all, and nothing that was there is lost."""

from __future__ import annotations

import fcntl
import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from paperledge_audio.deliver.folder import exchange
from paperledge_audio.deliver.folder import writing as folder
from paperledge_audio.deliver.folder.locking import LOCK
from paperledge_audio.errors import DeliveryError
from paperledge_audio.files.hashing import sha256
from paperledge_audio.files.ownership import compose_listing


def release(**parts: bytes) -> dict[str, bytes]:
    """The files of a release called x, with the manifest that lists them."""
    files = {f"x.{suffix}": data for suffix, data in parts.items()}
    return {**files, "x.manifest.json": compose_listing(files)}


FILES = release(mp3=b"sound", vtt=b"WEBVTT\n")
NEWER = release(mp3=b"other sound", vtt=b"WEBVTT\n\n", srt=b"")


def contents(place: Path) -> dict[str, bytes]:
    """Every file under a folder by its relative path; a folder alone as its path with a slash."""
    return {
        str(path.relative_to(place)) + "/" * path.is_dir(): b""
        if path.is_dir()
        else path.read_bytes()
        for path in sorted(place.rglob("*"))
    }


def whole(files: dict[str, bytes], slug: str = "x") -> dict[str, bytes]:
    return {f"{slug}/": b"", **{f"{slug}/{name}": data for name, data in files.items()}}


def test_the_files_appear_in_a_folder_of_their_own(tmp_path: Path) -> None:
    out = tmp_path / "not" / "yet" / "there"
    assert folder.write(out, "x", FILES) == out / "x"
    assert contents(out) == whole(FILES)
    umask = os.umask(0)
    os.umask(umask)
    assert (out / "x").stat().st_mode & 0o777 == 0o777 & ~umask  # others may read it as usual


def test_who_looks_while_another_writes_sees_one_whole_release(tmp_path: Path) -> None:
    """Else the old manifest is held against the new files, which then seem to be somebody's."""
    folder.write(tmp_path, "x", FILES)
    looks = []

    def look() -> dict[str, bytes]:
        looks.append(0)
        manifest = json.loads((tmp_path / "x" / "x.manifest.json").read_text())
        if len(looks) == 1:
            folder.write(tmp_path, "x", NEWER)
        for row in manifest["files"]:
            if sha256((tmp_path / "x" / row["name"]).read_bytes()) != row["sha256"]:
                raise DeliveryError("was changed")
        return contents(tmp_path / "x")

    assert exchange.read_unswapped(tmp_path / "x", look) == NEWER
    assert len(looks) == 2
    (tmp_path / "x" / "x.mp3").write_bytes(b"mine")
    with pytest.raises(DeliveryError, match="was changed"):  # by nobody who swaps
        exchange.read_unswapped(tmp_path / "x", look)
    assert len(looks) == 3


def test_a_place_may_be_checked_while_another_writes_there(tmp_path: Path) -> None:
    folder.write(tmp_path, "x", FILES)

    def replace() -> None:
        for files in (NEWER, FILES) * 40:
            folder.write(tmp_path, "x", files)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(replace)
        while not writing.done():
            folder.check_place(tmp_path, "x")
        writing.result()


def test_a_release_is_replaced_as_a_whole(tmp_path: Path) -> None:
    folder.write(tmp_path, "x", NEWER)
    folder.write(tmp_path, "x", FILES)
    assert contents(tmp_path) == whole(FILES)


@contextmanager
def disk_of(most: int) -> Iterator[None]:
    """No file can grow beyond `most` bytes: the system itself refuses to write more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_write_that_fails_half_way_leaves_everything_as_it_was(tmp_path: Path) -> None:
    folder.write(tmp_path, "x", FILES)
    with disk_of(1000), pytest.raises(DeliveryError, match=r"x: can't be written: File too large"):
        folder.write(tmp_path, "x", release(mp3=b"short", vtt=b"long" * 1000))
    assert contents(tmp_path) == whole(FILES)


def test_ctrl_c_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where names can't be swapped, at the moment when neither release has the name."""
    monkeypatch.setattr(folder, "exchange", lambda _new, _old: False)
    folder.write(tmp_path, "x", FILES)
    real, calls = Path.rename, []

    def rename(self: Path, target: Path) -> Path:
        calls.append(self.name)
        if self.suffix == ".new":
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(KeyboardInterrupt):
        folder.write(tmp_path, "x", NEWER)
    assert len(calls) == 3  # the old one aside, the new one not in, the old one back
    assert contents(tmp_path) == whole(FILES)


def test_what_a_killed_run_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path\n"
        "from paperledge_audio.deliver.folder import writing as folder\n"
        "real = os.fsync\n"
        "def die(handle): real(handle); os._exit(9)\n"
        "os.fsync = die\n"
        f"folder.write(Path({str(tmp_path)!r}), 'x', {FILES!r})"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == 9
    left, lock = sorted(entry.name for entry in tmp_path.iterdir())[::-1]
    assert left.startswith(".x.")
    assert lock == LOCK
    folder.write(tmp_path, "x", FILES)
    assert contents(tmp_path) == whole(FILES)


def test_a_release_that_was_stepping_aside_at_a_power_cut_comes_back(tmp_path: Path) -> None:
    folder.write(tmp_path, "x", FILES)
    (tmp_path / "x").rename(tmp_path / ".x.0123abcd.old")
    with disk_of(1000), pytest.raises(DeliveryError):
        folder.write(tmp_path, "x", release(mp3=b"long" * 1000))
    assert contents(tmp_path) == whole(FILES)


def test_a_release_that_comes_back_changed_is_kept(tmp_path: Path) -> None:
    folder.write(tmp_path, "x", FILES)
    (tmp_path / "x" / "x.vtt").write_bytes(b"mine")
    (tmp_path / "x").rename(tmp_path / ".x.0123abcd.old")
    with pytest.raises(DeliveryError, match=r"x\.vtt: .*would be lost; move it or add --force"):
        folder.write(tmp_path, "x", NEWER)
    assert contents(tmp_path) == whole({**FILES, "x.vtt": b"mine"})


@pytest.mark.parametrize("end", ["new", "old"])
def test_what_no_writer_of_ours_left_is_left_alone(tmp_path: Path, end: str) -> None:
    folder.write(tmp_path, "x", FILES)
    own = tmp_path / f".x.0123abcd.{end}" / "notes.txt"
    own.parent.mkdir()
    own.write_text("mine")
    folder.write(tmp_path, "x", NEWER)
    assert own.read_text() == "mine"


def test_what_belongs_to_another_slug_is_left_alone(tmp_path: Path) -> None:
    others = [".x.y.0123abcd.new", ".xy.0123abcd.new", ".x.0123abcd.new.txt", ".x.zzzzzzzz.new"]
    for name in others:
        (tmp_path / name).mkdir()
    folder.write(tmp_path, "x", FILES)
    assert all((tmp_path / name).is_dir() for name in others)


def test_many_processes_can_deliver_into_one_folder(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from paperledge_audio.deliver.folder import writing as folder\n"
        "from paperledge_audio.files.ownership import compose_listing\n"
        "files = {sys.argv[1] + '.mp3': b's' * 10000}\n"
        "files[sys.argv[1] + '.manifest.json'] = compose_listing(files)\n"
        f"for _ in range(10): folder.write(Path({str(tmp_path)!r}), sys.argv[1], files)"
    )
    slugs = ["x", "x", "y", "z"]  # the same one twice, too
    running = [subprocess.Popen([sys.executable, "-c", code, slug]) for slug in slugs]
    assert [process.wait() for process in running] == [0, 0, 0, 0]
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["x", "y", "z"]


def test_a_writer_waits_for_its_turn_and_says_so_meanwhile(tmp_path: Path) -> None:
    other = FileLock(tmp_path / LOCK, thread_local=False)
    other.acquire()
    told: list[str] = []

    def on_wait(what: str) -> None:
        told.append(what)
        if len(told) == 2:
            other.release()

    folder.write(tmp_path, "x", FILES, on_wait=on_wait)
    assert told == [f"waiting: another program is writing into {tmp_path}"] * 2
    assert contents(tmp_path) == whole(FILES)


def test_a_writer_may_give_up_waiting(tmp_path: Path) -> None:
    folder.write(tmp_path, "x", FILES)

    def stop(_what: str) -> None:
        raise KeyboardInterrupt

    with FileLock(tmp_path / LOCK), pytest.raises(KeyboardInterrupt):
        folder.write(tmp_path, "x", NEWER, on_wait=stop)
    assert contents(tmp_path) == whole(FILES) | {LOCK: b""}


@pytest.mark.parametrize(
    "slug",
    [
        "", ".", "..", ".hidden", "a/b", "../x", "a\\b", "a:b", "a*", 'a"b', "a<b", "a\0b", "a\nb",
        " a", "a ", "a.", "con", "NUL.txt", "lpt1", "é" * 100,
    ],
)  # fmt: skip
def test_a_slug_is_a_name_and_nothing_else(tmp_path: Path, slug: str) -> None:
    with pytest.raises(DeliveryError, match="rename the script"):
        folder.write(tmp_path / "out", slug, FILES)
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("slug", ["x", "2025-10-21-latent-lm", "Łódź", "大模型", "a b", "v1.2"])
def test_usual_slugs_are_taken(tmp_path: Path, slug: str) -> None:
    folder.write(tmp_path, slug, {})
    assert [entry.name for entry in tmp_path.iterdir()] == [slug]


def test_a_file_in_the_way_is_kept(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine")
    with pytest.raises(DeliveryError, match=r"x: is in the way; move it"):
        folder.write(tmp_path, "x", FILES)
    with pytest.raises(DeliveryError, match=r"can't be written: Not a directory"):
        folder.write(tmp_path / "x", "y", FILES)
    assert contents(tmp_path) == {"x": b"mine"}


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "x").symlink_to(tmp_path / "real")
    with pytest.raises(DeliveryError, match="is in the way"):
        folder.write(tmp_path, "x", FILES)


@pytest.mark.parametrize("name", ["notes.txt", "x.aiff", "sub"])
def test_somebody_elses_file_in_the_folder_is_kept(tmp_path: Path, name: str) -> None:
    folder.write(tmp_path, "x", FILES)
    if name == "sub":
        (tmp_path / "x" / name).mkdir()
    else:
        (tmp_path / "x" / name).write_text("mine")
    before = contents(tmp_path)
    with pytest.raises(DeliveryError, match=r"changed since, and would be lost; move it$"):
        folder.write(tmp_path, "x", NEWER)
    assert contents(tmp_path) == before


def test_a_folder_that_may_not_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # as for anyone but root
    with pytest.raises(DeliveryError, match="Permission denied; choose a folder"):
        folder.check_place(tmp_path / "new", "x")


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, mode: str) -> None:
        raise OSError(28, "No space left on device")  # ENOSPC

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(DeliveryError) as caught:
        folder.write(tmp_path, "x", FILES)
    assert str(caught.value) == (
        f"{tmp_path / 'x'}: can't be written: No space left on device; free some space"
    )
    assert contents(tmp_path) == {}


def test_without_locks_leftovers_are_not_touched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They might be a living writer's: a network file system can't say."""

    def no_locks(handle: int, how: int) -> None:
        raise OSError(9, "Bad file descriptor")  # EBADF, as NFS says

    monkeypatch.setattr(fcntl, "flock", no_locks)
    (tmp_path / ".x.0123abcd.new").mkdir()
    folder.write(tmp_path, "x", FILES)
    assert (tmp_path / ".x.0123abcd.new").is_dir()
    shutil.rmtree(tmp_path / ".x.0123abcd.new")
    assert contents(tmp_path) == whole(FILES)


@pytest.mark.parametrize("name", ["../x.mp3", "/x.mp3", "", "..", "a\\b", "a\0b"])
def test_no_file_is_written_outside_of_the_folder(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    folder.write(out, "x", FILES)
    with pytest.raises(DeliveryError, match=r"^the name '.*' (has the part|holds the character)"):
        folder.write(out, "x", {**NEWER, name: b"outside"})
    assert contents(tmp_path) == {"out/": b"", **{f"out/{n}": d for n, d in whole(FILES).items()}}
