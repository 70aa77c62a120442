"""A render keeps to its machine: nothing is looked up, and no library writes files of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.samples import ROOT, absent, share_models

pytestmark = pytest.mark.model

LONE = """\
---
title: A Lone Script
date: 2025-10-21
---

Hello, learning crew! This script has no show of its own.
"""
ALIVE_S = 20
"""onnxruntime's first report is due some 10 s after its import."""
PROGRAM = f"""
import sys, time

def refuse(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        print(event, *arguments, file=sys.stderr, flush=True)
        raise OSError("this test is offline")

sys.addaudithook(refuse)
begun = time.monotonic()

from pathlib import Path
from paperledge_audio.engines import make_pool
from paperledge_audio.orders import Order, ProgressCallbacks
from paperledge_audio.render import render
from paperledge_audio.files.resources import cache_folder
from paperledge_audio.takes import TakeStore

script = Path("lone.md")
order = Order(script, Path("out"), sys.argv[1])
with make_pool() as pool:
    render(order, script.read_bytes(), TakeStore(cache_folder()), ProgressCallbacks(), pool)
assert "onnxruntime" in sys.modules
time.sleep(max(0.0, begun + {ALIVE_S} - time.monotonic()))
"""
"""What a user of the library would write, kept alive."""


@dataclass(frozen=True)
class Alone:
    """What was seen of a render with a home and a temporary folder of its own."""

    said: str
    """On standard error."""
    network: tuple[str, ...] | None
    """The system calls that reach for a network, of all threads; None where none can be seen."""
    strangers: tuple[Path, ...]
    """Files left in the home and in the temporary folder."""


def tracing(calls: Path) -> list[str]:
    """The beginning of a command whose use of the network and of files is to be written down."""
    strace = shutil.which("strace")
    command = [str(strace), "-f", "-qq", "-e", "trace=socket,connect,sendto,open,openat", "-o"]
    if strace is None or subprocess.run([*command, os.devnull, "true"], check=False).returncode:
        return []
    return [*command, str(calls)]


QUALITIES = ("draft", "studio")


@dataclass(frozen=True)
class Rendering:
    """A render at work."""

    folder: Path
    process: subprocess.Popen[str]

    def ended(self) -> Alone:
        _, said = self.process.communicate()
        assert self.process.returncode == 0, said
        network = None
        if (calls := self.folder / "calls").exists():
            lines = calls.read_text("utf-8", "replace").splitlines()
            reaching = (" socket(", " connect(", " sendto(", "/etc/resolv.conf")
            network = tuple(line for line in lines if any(sign in line for sign in reaching))
        places = (self.folder / "home", self.folder / "tmp")
        strangers = [file for place in places for file in place.rglob("*") if file.is_file()]
        return Alone(said, network, tuple(strangers))


def start(quality: str, folder: Path) -> Rendering:
    for name in ("home", "tmp"):
        (folder / name).mkdir()
    (folder / "lone.md").write_text(LONE)
    share_models(folder / "cache")
    process = subprocess.Popen(
        [*tracing(folder / "calls"), sys.executable, "-c", PROGRAM, quality],
        cwd=folder,
        env={  # nothing of ours: on CI, or told so, libraries are quiet by themselves
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "HOME": str(folder / "home"),
            "TMPDIR": str(folder / "tmp"),
            "PAPERLEDGE_CACHE": str(folder / "cache"),
        },
        stderr=subprocess.PIPE,
        text=True,
    )
    return Rendering(folder, process)


@pytest.fixture(scope="module")
def all_alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Alone]:
    """What was seen at each quality; both render at once, for mostly they wait."""
    started = [start(quality, tmp_path_factory.mktemp(quality)) for quality in QUALITIES]
    return {
        quality: rendering.ended() for quality, rendering in zip(QUALITIES, started, strict=True)
    }


@pytest.fixture(params=QUALITIES)
def alone(request: pytest.FixtureRequest, all_alone: dict[str, Alone]) -> Alone:
    return all_alone[request.param]


def test_a_render_looks_nothing_up(alone: Alone) -> None:
    assert alone.said == ""
    if alone.network is None:
        absent("the program strace, or the right to use it")
    assert alone.network == ()


def test_a_render_leaves_no_file_of_a_library_behind(alone: Alone) -> None:
    assert alone.strangers == ()
