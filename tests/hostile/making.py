"""Shows with one thing in them that is not as it should be."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

from tests.tone_show import SCRIPT, SHOW, VOICE

SERVED = """\
base_url = "https://toneledge.example"
website = "https://toneledge.example"
description = "A show of tones."

"""
Make = Callable[[Path], object]


def make_show(folder: Path) -> Path:
    """A show that speaks in tones and has a feed."""
    (folder / "scripts").mkdir(parents=True)
    (folder / "voices").mkdir()
    head, _, rest = SHOW.partition("\n[")
    voices, _, _ = rest.partition("[disclosure]")  # so that a synthetic voice is told of
    (folder / "scripts" / "show.toml").write_text(f"{head}\n{SERVED}[{voices}")
    (folder / "voices" / "tone.toml").write_text(VOICE)
    (folder / "scripts" / "one-hand.md").write_text(SCRIPT)
    return folder


def endless(path: Path) -> None:
    """A terabyte that takes no room."""
    path.touch()
    os.truncate(path, 1 << 40)


def sealed_off(path: Path) -> None:
    """A socket; its name may not be long, so it is made elsewhere."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(name := f"/tmp/{os.getpid()}.socket")  # noqa: S108
    shutil.move(name, path)


def unreadable(path: Path) -> None:
    """A file that nobody may read."""
    path.touch()
    path.chmod(0)


NO_FILES: dict[str, tuple[Make, str]] = {
    "pipe": (os.mkfifo, "is a pipe, not a file"),
    "device": (lambda path: path.symlink_to("/dev/zero"), "is a device, not a file"),
    "socket": (sealed_off, "is a socket, not a file"),
    "terabyte": (endless, "is larger than"),
    "folder": (Path.mkdir, "is a folder, not a file"),
    "circle": (lambda path: path.symlink_to(path.name), "Too many levels of symbolic links"),
    "unreadable": (unreadable, "Permission denied"),
}
"""What has a name and can't be read as a file: how it is made, and what is said of it."""


def put(make: Make, path: Path) -> None:
    """Make something in the place of whatever is there."""
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    make(path)
