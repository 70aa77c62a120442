"""Previews: what a reviewer waits for, and what a writer does."""

from __future__ import annotations

import shutil
import statistics
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from paperledge_audio.cli.support.common import read_source
from paperledge_audio.engines import make_pool
from paperledge_audio.preview import PreviewRequest
from paperledge_audio.preview.page.clips import Recorder
from paperledge_audio.preview.watch import LivePage, Watch
from paperledge_audio.takes import TakeStore
from tests.bench.figures import Figure
from tests.bench.process import paperledge
from tests.preview_repository import run_git
from tests.samples import ROOT

RUNS = 3
EPISODES = 8
FULL = ("alphafold", "attention-is-all-you-need", "deep-residual-learning")


def measured(folder: Path) -> Iterator[Figure]:
    """A one-sentence change in a repository of eight full episodes, and a sentence saved."""
    scripts = _repository(folder / "previews")
    start = statistics.median(paperledge(folder, "--help").wall_s for _ in range(RUNS))
    changed = scripts / "episode-3.md"
    walls = []
    for run in range(RUNS):
        _edit(changed, run)
        cache = folder / f"preview-cache-{run}"
        out = folder / f"preview-{run}"
        walls.append(paperledge(cache, "preview", scripts, "--since", "HEAD", "-o", out).wall_s)
    yield Figure(
        f"preview of one changed sentence among {EPISODES} episodes, cold store, after start-up",
        statistics.median(walls) - start,
        "s",
        "< 5",
    )
    yield Figure(
        "preview --watch, from saving a sentence to its sound being there",
        statistics.median(_saved_to_there(changed, folder / "watch-cache")),
        "s",
        "< 2",
    )


def _repository(folder: Path) -> Path:
    """The scripts of a repository with one commit; the episodes repeat, their titles don't."""
    scripts = folder / "scripts"
    shutil.copytree(ROOT / "voices", folder / "voices")
    shutil.copytree(ROOT / "scripts" / "music", scripts / "music")
    shutil.copy(ROOT / "scripts" / "show.toml", scripts)
    for n in range(EPISODES):
        text = (ROOT / "scripts" / f"{FULL[n % len(FULL)]}.md").read_text("utf-8")
        (scripts / f"episode-{n}.md").write_text(
            text.replace("title: ", f"title: {n} ", 1), "utf-8"
        )
    run_git(folder, "init", "-q")
    run_git(folder, "add", "-A")
    run_git(folder, "commit", "-qm", "The show")
    return scripts


def _edit(script: Path, n: int) -> None:
    """Say one sentence of the script otherwise."""
    head, _, rest = script.read_text("utf-8").partition("\n\n")
    edited = f"Welcome to edit number {n}"
    marker = "Welcome to edit number "
    if marker in rest:
        before, _, after = rest.partition(marker)
        rest = f"{before}{edited}{after.lstrip('0123456789')}"
    else:
        rest = f"{edited}, which was not here before. {rest}"
    part = script.with_suffix(".part")
    part.write_text(f"{head}\n\n{rest}", "utf-8")
    part.replace(script)


def _saved_to_there(script: Path, cache: Path) -> Iterator[float]:
    """Seconds for each of some edits of a script that is being watched."""
    with make_pool() as pool:
        watch = Watch(PreviewRequest((script,)), Recorder(TakeStore(cache), pool), read_source)
        live_page, stopping = LivePage(), threading.Event()
        follower = threading.Thread(target=watch.run, args=(live_page, stopping))
        follower.start()
        number = live_page.wait_for_change(0, 600.0)
        for n in range(100, 100 + RUNS + 1):
            _edit(script, n)
            start = time.perf_counter()
            number = live_page.wait_for_change(number, 60.0)
            if n > 100:  # the first edit is the model's first sentence in this process
                yield time.perf_counter() - start
        stopping.set()
        follower.join()
