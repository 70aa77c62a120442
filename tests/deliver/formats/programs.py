"""Programs that others wrote, and what they say of a sound."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

Program = Callable[[str], str]


def run(*command: str | Path) -> str:
    """What a program prints, its diagnostics last."""
    done = subprocess.run(command, capture_output=True, check=True)
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def probed(program: Program, file: Path) -> Any:
    options = ["-v", "error", "-show_format", "-show_streams", "-show_chapters", "-of", "json"]
    return json.loads(run(program("ffprobe"), *options, file))


def heard_by_ffmpeg(program: Program, file: Path) -> tuple[float, float]:
    """LUFS and dBTP of a file, to the tenth that ffmpeg prints."""
    options = ["-hide_banner", "-nostats", "-map", "0:a", "-af", "ebur128=peak=true"]
    said = run(program("ffmpeg"), "-i", file, *options, "-f", "null", "-").rpartition("Summary:")[2]
    lufs = re.search(r"I:\s+(-?[\d.]+) LUFS", said)
    peak = re.search(r"Peak:\s+(-?[\d.]+) dBFS", said)
    assert lufs, said
    assert peak, said
    return float(lufs[1]), float(peak[1])
