"""How a render is disturbed. Each function renders meanwhile, and puts right what no render can."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from filelock import FileLock

from paperledge_audio.deliver.folder.locking import LOCK
from tests.faults.scene import PLAIN, Ended, Scene


@cache
def may_mount() -> bool:
    with TemporaryDirectory() as folder:
        command = ["mount", "-t", "tmpfs", "none", folder]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            return False
        subprocess.run(["umount", folder], check=True)
        return True


def system(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def another_disk(folder: Path) -> Iterator[None]:
    """The folder, with all that is in it, on a disk of its own."""
    aside = folder.with_name(f"{folder.name}-aside")
    folder.mkdir(exist_ok=True)
    folder.rename(aside)
    folder.mkdir()
    system("mount", "-t", "tmpfs", "none", folder)
    try:
        shutil.copytree(aside, folder, dirs_exist_ok=True)
        yield
        shutil.rmtree(aside)
        shutil.copytree(folder, aside)
    finally:
        system("umount", folder)
        folder.rmdir()
        aside.rename(folder)


# Signals


def killed(scene: Scene, dice: Random) -> list[Ended]:
    running = scene.start()
    running.at(dice.uniform(0, 1.05) * scene.lasts_s)
    running.signal(signal.SIGKILL)
    return [running.ended()]


def signalled(number: int, times: int, scene: Scene, dice: Random) -> list[Ended]:
    running = scene.start()
    running.at(dice.uniform(0.02, 0.95) * scene.lasts_s)
    for _ in range(times):
        running.signal(number)
        time.sleep(dice.uniform(0, 0.2))
    return [running.ended()]


def signalled_waiting(scene: Scene, _dice: Random) -> list[Ended]:
    """Ctrl-C while another process writes into the folder."""
    with FileLock(scene.out / LOCK):
        running = scene.start()
        running.until("waiting")
        running.signal(signal.SIGINT)
        ended = running.ended()
    (scene.out / LOCK).unlink(missing_ok=True)  # it was ours, for a moment
    return [ended]


# Disks


def full(place: str, room: int, scene: Scene, _dice: Random) -> list[Ended]:
    """The disk of a folder has `room` bytes left."""
    folder: Path = getattr(scene, place)
    with another_disk(folder):
        facts = os.statvfs(folder)
        used = (facts.f_blocks - facts.f_bfree) * facts.f_frsize
        system("mount", "-o", f"remount,size={used + room}", folder)
        return [scene.start().ended()]


def read_only(place: str, scene: Scene, _dice: Random) -> list[Ended]:
    with another_disk(getattr(scene, place)):
        system("mount", "-o", "remount,ro", getattr(scene, place))
        return [scene.start().ended()]


def limited(what: int, limit: int, scene: Scene, _dice: Random) -> list[Ended]:
    """A limit that the system sets, as `ulimit` does."""
    return [scene.start_fresh(before=lambda: resource.setrlimit(what, (limit, limit))).ended()]


# What changes while it works


def removed(place: str, stage: str, scene: Scene, _dice: Random) -> list[Ended]:
    running = scene.start()
    running.until(stage)
    shutil.rmtree(getattr(scene, place), ignore_errors=True)
    ended = running.ended()
    getattr(scene, place).mkdir(exist_ok=True)
    return [ended]


def edited(place: str, data: bytes, stage: str, scene: Scene, _dice: Random) -> list[Ended]:
    """A file that was read is another when it is done."""
    file: Path = getattr(scene, place)
    before = file.read_bytes()
    running = scene.start()
    running.until(stage)
    file.write_bytes(data)
    ended = running.ended()
    file.write_bytes(before)
    return [ended]


def damaged(
    suffix: str, damage: Callable[[Path, Random], None], stage: str, scene: Scene, dice: Random
) -> list[Ended]:
    """What the store keeps is damaged, before the render (no stage) or at a stage of it."""
    running = scene.start() if stage else None
    if running:
        running.until(stage)
    for file in scene.takes(suffix):
        damage(file, dice)
    return [(running or scene.start()).ended()]


def flip(file: Path, dice: Random) -> None:
    data = bytearray(file.read_bytes())
    data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    file.write_bytes(data)


def truncate(file: Path, dice: Random) -> None:
    os.truncate(file, dice.randrange(file.stat().st_size))


def empty(file: Path, _dice: Random) -> None:
    os.truncate(file, 0)


def replace_by_folder(file: Path, _dice: Random) -> None:
    file.unlink()
    file.mkdir()
    (file / "x").touch()


def replace_by_pipe(file: Path, _dice: Random) -> None:
    file.unlink()
    os.mkfifo(file)


def remove(file: Path, _dice: Random) -> None:
    file.unlink()


def at_once(scene: Scene, _dice: Random) -> list[Ended]:
    return [running.ended() for running in [scene.start() for _ in range(2)]]


# What surrounds it


def by_ffmpeg(text: str, scene: Scene, _dice: Random) -> list[Ended]:
    """A program of that name is found first; or none at all."""
    real = shutil.which("ffmpeg")
    place = scene.folder / "bin"
    place.mkdir()
    if text:
        fake = place / "ffmpeg"
        fake.write_text(
            f'#!/bin/sh\ncase "$*" in *-version*|*"-h "*) exec {real} "$@";; esac\n{text}\n'
        )
        fake.chmod(0o755)
    path = f"{place}:{os.environ['PATH']}" if text else str(place)
    ended = scene.start_fresh(env={"PATH": path}).ended()
    shutil.rmtree(place)
    return [ended]


def surrounded(env: dict[str, str | None], scene: Scene, _dice: Random) -> list[Ended]:
    return [scene.start_fresh(env=env).ended()]


def unheard(arguments: tuple[str, ...], scene: Scene, _dice: Random) -> list[Ended]:
    """Standard output is closed, a pipe without a reader, and full."""
    reader, writer = os.pipe()
    os.close(reader)
    with Path("/dev/full").open("wb") as full_device:
        ended = [
            scene.start_fresh(*arguments, program=PLAIN, before=lambda: os.close(1)).ended(),
            scene.start_fresh(*arguments, program=PLAIN, out=writer).ended(),
            scene.start_fresh(*arguments, program=PLAIN, out=full_device.fileno()).ended(),
        ]
    os.close(writer)
    return ended
