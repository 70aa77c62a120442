"""make bench: how fast the renderer is, as figures and as ratios within one run.

Every row but the speech text's is a whole process, started fresh; each is the median of `RUNS`.
Rows that are compared run in turn, so that a machine that slows down slows both. Results go to
standard output and, as JSON, to `out/bench.json`.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from paperledge_audio.script import parse
from paperledge_audio.show import load_show
from paperledge_audio.spoken import segments
from tests.samples import ROOT

RUNS = 3
EPISODE = ROOT / "scripts" / "attention-is-all-you-need.md"
QUICKSTART = ROOT / "scripts" / "quickstart.md"


@dataclass(frozen=True)
class Row:
    """A measured command."""

    name: str
    wall_s: float
    sound_s: float = 0.0

    @property
    def speed(self) -> float:
        """Seconds of finished episode for a second of waiting."""
        return self.sound_s / self.wall_s


def paperledge(cache: Path, *arguments: str | Path) -> tuple[float, str]:
    """Wall seconds and standard output of one fresh process."""
    start = time.perf_counter()
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from paperledge_audio.cli import main; main()",
            *map(str, arguments),
        ],
        env={**os.environ, "PAPERLEDGE_CACHE": str(cache)},
        capture_output=True,
        text=True,
        check=True,
    )
    return time.perf_counter() - start, done.stdout


def render(folder: Path, script: Path, quality: str, cache: Path) -> tuple[float, float]:
    """Wall seconds and seconds of sound of one render."""
    wall_s, out = paperledge(
        cache, "render", script, "-o", folder / "out", "--quality", quality, "--json"
    )
    return wall_s, float(json.loads(out)["releases"][0]["duration_s"])


def edited(script: Path, folder: Path) -> Path:
    """A copy of the show with one sentence of the script changed."""
    shutil.copytree(script.parent, folder / "scripts")
    shutil.copytree(ROOT / "voices", folder / "voices")
    copy = folder / "scripts" / script.name
    head, _, body = copy.read_text("utf-8").partition("\n\n")
    copy.write_text(f"{head}\n\nThis sentence was not here before. {body}", "utf-8")
    return copy


def speech_text() -> Row:
    """A thousand words of the examples, from printed to spoken, in this process when warm."""
    show = load_show(ROOT / "scripts" / "show.toml")
    scripts = [parse(file.read_bytes(), str(file)) for file in sorted(EPISODE.parent.glob("*.md"))]
    words = sum(len(s.text.split()) for script in scripts for s in segments(script, show))
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        for script in scripts:
            segments(script, show)
        times.append(time.perf_counter() - start)
    return Row("1000 words to speech text, after start-up", statistics.median(times) * 1000 / words)


def rows(folder: Path) -> list[Row]:
    """Measure everything."""
    runs: dict[str, list[tuple[float, float]]] = {}
    copy = edited(EPISODE, folder)
    for run in range(RUNS):
        cold = folder / f"cold-{run}"
        runs.setdefault("paperledge --help", []).append((paperledge(cold, "--help")[0], 0.0))
        for name, script, quality, cache in (
            ("draft render, cold store", EPISODE, "draft", cold),
            ("draft render, warm store", EPISODE, "draft", cold),
            ("studio render of the quickstart, cold store", QUICKSTART, "studio", cold),
            ("studio render of the quickstart, warm store", QUICKSTART, "studio", cold),
        ):
            runs.setdefault(name, []).append(render(folder, script, quality, cache))
        runs.setdefault("draft render, one sentence changed", []).append(
            render(folder, copy, "draft", cold)
        )
    return [
        Row(name, *(statistics.median(values) for values in zip(*figures, strict=True)))
        for name, figures in runs.items()
    ] + [speech_text()]


def main() -> None:
    """Measure, print a table, keep it as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        measured = rows(Path(folder))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    machine = f"{platform.machine()}, {cores} cores, Python {platform.python_version()}"
    print(f"{machine}; medians of {RUNS} runs, each a fresh process")
    for row in measured:
        speed = f"{row.speed:8.1f} x real time" if row.sound_s else ""
        print(f"{row.name:<46}{row.wall_s:9.3f} s {speed}")
    by_name = {row.name: row for row in measured}
    ratios = {
        "draft, one sentence changed : cold": (
            by_name["draft render, one sentence changed"].wall_s
            / by_name["draft render, cold store"].wall_s
        ),
        "studio, warm : cold": (
            by_name["studio render of the quickstart, warm store"].wall_s
            / by_name["studio render of the quickstart, cold store"].wall_s
        ),
        "draft speed : studio speed": (
            by_name["draft render, cold store"].speed
            / by_name["studio render of the quickstart, cold store"].speed
        ),
    }
    for name, ratio in ratios.items():
        print(f"{name:<46}{ratio:8.2f}")
    report = ROOT / "out" / "bench.json"
    report.parent.mkdir(exist_ok=True)
    document = {"machine": machine, "rows": [asdict(row) for row in measured], "ratios": ratios}
    report.write_text(json.dumps(document, indent=2) + "\n", "utf-8")


main()
