"""What can go wrong around a render, as a table: a fault is a row."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from filelock import FileLock

from paperledge_audio.deliver.folder.locking import LOCK
from tests.faults.scene import MUSIC, PLAIN, Ended, Scene
from tests.sound.making import RATE, sound
from tests.tone_show import SCRIPT

Disturb = Callable[[Scene, Random], Sequence[Ended]]
STAGES = ("speaking", "mixing", "mastering", "writing")
KB = 1 << 10
MB = 1 << 20
INTERRUPTED, TERMINATED, HUNG_UP = 130, 143, 129
"""128 and the signal's number, as shells have it."""


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong."""

    do: Disturb
    """Renders while it goes wrong, and puts right what a render can't."""
    codes: frozenset[int] = frozenset({0, 1})
    """What the render may end with."""
    killed: bool = False
    """Whether nobody was left to tidy up."""
    removes: bool = False
    """Whether the release is removed by it."""
    renders: bool = True
    """Whether all that ends well is a render."""
    form: str = "mp3"
    mounts: bool = False
    """Whether it needs the right to mount."""


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


def forbidden(place: str, scene: Scene, _dice: Random) -> list[Ended]:
    """A folder that another account owns; the program is not run by root."""
    folder: Path = getattr(scene, place)
    folder.mkdir(exist_ok=True)
    folder.chmod(0o555)
    ended = scene.start().ended()
    folder.chmod(0o755)
    return [ended]


def limited(what: int, limit: int, scene: Scene, _dice: Random) -> list[Ended]:
    """A limit that the system sets, as `ulimit` does."""
    return [scene.start(before=lambda: resource.setrlimit(what, (limit, limit))).ended()]


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
    ended = scene.start(env={"PATH": path}).ended()
    shutil.rmtree(place)
    return [ended]


def surrounded(env: dict[str, str | None], scene: Scene, _dice: Random) -> list[Ended]:
    return [scene.start(env=env).ended()]


def unheard(arguments: tuple[str, ...], scene: Scene, _dice: Random) -> list[Ended]:
    """Standard output is closed, a pipe without a reader, and full."""
    reader, writer = os.pipe()
    os.close(reader)
    with Path("/dev/full").open("wb") as full_device:
        ended = [
            scene.start(*arguments, program=PLAIN, before=lambda: os.close(1)).ended(),
            scene.start(*arguments, program=PLAIN, out=writer).ended(),
            scene.start(*arguments, program=PLAIN, out=full_device.fileno()).ended(),
        ]
    os.close(writer)
    return ended


def _wav() -> bytes:
    import io

    import soundfile

    out = io.BytesIO()
    soundfile.write(out, sound(RATE // 2), RATE, format="WAV", subtype="PCM_16")
    return out.getvalue()


FAKES = {
    "missing": "",
    "fails at once": "exit 1",
    "fails half way": "head -c 20000 >/dev/null; echo 'Conversion failed!' >&2; exit 1",
    "is killed half way": "head -c 20000 >/dev/null; kill -9 $$",
    "ends half way as if all were well": "head -c 20000 >/dev/null; exit 0",
    "complains without end": "yes 'a complaint' | head -c 3000000 >&2; exit 1",
    "complains in another script": "printf '\\377\\033]0;x\\007' >&2; exit 1",
}
SURROUNDINGS: dict[str, dict[str, str | None]] = {
    "no HOME": {"HOME": None},
    "no HOME, no cache": {"HOME": None, "PAPERLEDGE_CACHE": None, "XDG_CACHE_HOME": None},
    "LANG=C": {"LANG": "C", "LC_ALL": "C"},
    "POSIX without UTF-8": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "Latin-1": {"PYTHONIOENCODING": "latin-1"},
    "ASCII": {"PYTHONIOENCODING": "ascii"},
    "SOURCE_DATE_EPOCH": {"SOURCE_DATE_EPOCH": "315532800"},
    "SOURCE_DATE_EPOCH=x": {"SOURCE_DATE_EPOCH": "x"},
    "no PATH": {"PATH": None},
    "TZ": {"TZ": "Pacific/Kiritimati"},
}
DAMAGES = {
    "flipped": flip,
    "truncated": truncate,
    "emptied": empty,
    "a folder": replace_by_folder,
    "a pipe": replace_by_pipe,
    "removed": remove,
}
OTHER_SCRIPT = SCRIPT.replace("One Hand", "Two Hands").encode()
OTHERS = {
    "script": OTHER_SCRIPT,
    "settings": (
        'title = "Another"\nhost = "X"\nauthor = "X"\n[voices]\nhost = "tone"\n' + MUSIC
    ).encode(),
    "music": _wav(),
}
LIMITS = {
    **{f"ulimit -n {count}": (resource.RLIMIT_NOFILE, count) for count in (32, 16)},
    **{
        f"ulimit -v {room} MB": (resource.RLIMIT_AS, room * MB)
        for room in (150, 250, 350, 500, 700, 1000, 1500)
    },
    **{f"ulimit -f {size} KB": (resource.RLIMIT_FSIZE, size * KB) for size in (1, 50, 300, 2000)},
}
SIGNALS = {
    "SIGTERM": (signal.SIGTERM, TERMINATED),
    "SIGINT": (signal.SIGINT, INTERRUPTED),
    "SIGHUP": (signal.SIGHUP, HUNG_UP),
}
COMMANDS = {
    "render": (),
    "check": ("check", "scripts/ep.md"),
    "spoken": ("spoken", "scripts/ep.md"),
    "verify": ("verify", "out/ep/ep.mp3"),
    "voices list": ("voices", "list"),
    "takes info": ("takes", "info", "--json"),
    "doctor": ("doctor",),
    "help": ("--help",),
}
PIPE_CODES = frozenset({0, 1, 141})

FAULTS = {
    **{
        f"{name} {'twice' if times > 1 else 'once'}": Fault(
            partial(signalled, number, times), frozenset({0, code})
        )
        for name, (number, code) in SIGNALS.items()
        for times in (1, 2)
    },
    "SIGINT while another writes": Fault(signalled_waiting, frozenset({INTERRUPTED})),
    **{
        f"{place}: {room // KB} KB left": Fault(partial(full, place, room), mounts=True)
        for place in ("out", "cache", "temporary")
        for room in (0, 64 * KB, 400 * KB, 2 * MB)
    },
    **{
        f"{place}: read-only": Fault(partial(read_only, place), mounts=True)
        for place in ("out", "cache", "temporary")
    },
    **{
        f"{place}: removed while {stage}": Fault(
            partial(removed, place, stage), removes=place == "out"
        )
        for place in ("out", "cache", "temporary")
        for stage in STAGES
    },
    **{
        f"{place}: edited while {stage}": Fault(partial(edited, place, data, stage))
        for place, data in OTHERS.items()
        for stage in STAGES
    },
    **{
        f"takes: {suffix} {name}": Fault(partial(damaged, suffix, damage, ""), frozenset({0}))
        for suffix in (".json", ".flac")
        for name, damage in DAMAGES.items()
    },
    **{
        f"takes: .flac {name} while {stage}": Fault(partial(damaged, ".flac", damage, stage))
        for name, damage in DAMAGES.items()
        for stage in ("speaking", "mixing", "mastering")
    },
    "two at once": Fault(at_once, frozenset({0})),
    **{
        f"ffmpeg {name}": Fault(
            partial(by_ffmpeg, text), frozenset({3 if not text else 1}), form="m4a"
        )
        for name, text in FAKES.items()
    },
    **{
        f"surroundings: {name}": Fault(partial(surrounded, env))
        for name, env in SURROUNDINGS.items()
    },
    **{
        name: Fault(partial(limited, *limit), frozenset({0, 1, 3}))
        for name, limit in LIMITS.items()
    },
    **{
        f"unheard: {name}": Fault(partial(unheard, arguments), PIPE_CODES, renders=not arguments)
        for name, arguments in COMMANDS.items()
    },
}


def rows(kills: int) -> dict[str, Fault]:
    """Every fault, with so many kills at random instants."""
    kill = Fault(killed, frozenset({0, -signal.SIGKILL}), killed=True)
    return {**{f"SIGKILL {number + 1}": kill for number in range(kills)}, **FAULTS}
