"""One fresh process of the program, measured from outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

PROGRAM = (sys.executable, "-c", "from paperledge_audio.cli import entry; entry()")


@dataclass(frozen=True, slots=True)
class Ran:
    """What one process took."""

    wall_s: float
    peak_mb: float
    """Most memory that it held at once, in 10^6 bytes."""
    cpu_s: float
    """Seconds of processor."""
    out: str


@dataclass(frozen=True, slots=True)
class Render:
    """What one render took."""

    wall_s: float
    peak_mb: float
    sound_s: float

    @property
    def speed(self) -> float:
        """Seconds of finished episode for a second of waiting."""
        return self.sound_s / self.wall_s


def paperledge(cache: Path, *arguments: str | Path) -> Ran:
    """Run the program; raises RuntimeError, with what it said, where it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [*PROGRAM, *map(str, arguments)],
        env={**os.environ, "PAPERLEDGE_CACHE": str(cache)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    out = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)  # the only way to the peak of just this child
    wall_s = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"paperledge {arguments[0]} ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Ran(wall_s, used.ru_maxrss * unit / 1e6, used.ru_utime + used.ru_stime, out)


def render(cache: Path, script: Path, out: Path, *options: str) -> Render:
    """Render one script."""
    ran = paperledge(cache, "render", script, "-o", out, "--json", *options)
    (release,) = json.loads(ran.out)["releases"]
    return Render(ran.wall_s, ran.peak_mb, float(release["duration_s"]))
