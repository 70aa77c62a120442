"""Whole renders: how fast, how much memory, and what an edit costs."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.process import Render, paperledge, render
from tests.samples import ROOT

RUNS = 3
SENTENCES = (
    "This sentence was not here before.",
    "Nobody had written this one yet.",
    "And this is how it stayed for good.",
)
"""New ones, each in the place of the one before."""
EPISODE = ROOT / "scripts" / "attention-is-all-you-need.md"


def measured(folder: Path) -> Iterator[Figure]:
    """All figures of this module, made below `folder`."""
    show = folder / "show"
    shutil.copytree(EPISODE.parent, show / "scripts")
    shutil.copytree(ROOT / "voices", show / "voices")
    cache = folder / "cache"
    render(cache, ROOT / "scripts" / "quickstart.md", folder / "out", "--quality", "studio")
    models = cache / "models"  # made once a machine, before anything is measured
    help_s = _median([paperledge(cache, "--help").wall_s for _ in range(RUNS)], lambda s: s)
    yield Figure("paperledge --help", help_s, "s", "< 0.25")
    yield from drafts(show, folder, models)
    yield from edit(show, folder, models)
    yield from long_script(show, folder, models)


def drafts(show: Path, folder: Path, models: Path) -> Iterator[Figure]:
    """A whole episode as a draft, from a cold and from a warm store, in turn.

    In the host's voice alone, which is hibari's; and as it is cast, whose guest speaks by Kokoro.
    """
    alone = folder / "alone"
    shutil.copytree(show, alone)
    settings = alone / "scripts" / "show.toml"
    settings.write_text(settings.read_text("utf-8").replace('quote = "emma"', 'quote = ""'))
    cold: list[Render] = []
    warm: list[Render] = []
    cast: list[Render] = []
    for run in range(RUNS):
        cache = fresh_cache(folder / f"draft-{run}", models)
        for renders, place in ((cold, alone), (warm, alone), (cast, show)):
            script = place / "scripts" / EPISODE.name
            renders.append(render(cache, script, folder / "out", "--quality", "draft"))
    minutes = cold[0].sound_s / 60
    yield Figure("draft episode, length", minutes, "min")
    yield Figure("draft episode, cold store", _median(cold, lambda r: r.wall_s), "s")
    speed = _median(cold, lambda r: r.speed)
    yield Figure("draft episode, cold store", speed, "x real time", "≥ 50")
    yield Figure("draft episode, warm store", _median(warm, lambda r: r.speed), "x real time")
    yield Figure("the same, quotations by a guest", _median(cast, lambda r: r.speed), "x real time")


def edit(show: Path, folder: Path, models: Path) -> Iterator[Figure]:
    """An episode in the studio with two jobs, then one sentence of it changed, three times."""
    cache = fresh_cache(folder / "studio", models)
    script = show / "scripts" / EPISODE.name
    options = ("--quality", "studio", "--jobs", "2")
    first = render(cache, script, folder / "out", *options)
    head, _, body = script.read_text("utf-8").partition("\n\n")
    edits = []
    for sentence in SENTENCES:
        script.write_text(f"{head}\n\n{sentence} {body}", "utf-8")
        edits.append(render(cache, script, folder / "out", *options))
    edit_s = _median(edits, lambda r: r.wall_s)
    yield Figure("studio episode, first render", first.wall_s, "s")
    yield Figure("studio episode, first render", first.speed, "x real time")
    yield Figure("studio episode, two jobs, peak memory", first.peak_mb, "MB", "< 1200")
    yield Figure("studio episode, one sentence changed", edit_s, "s")
    share = 100 * edit_s / first.wall_s
    yield Figure("one sentence changed : first render", share, "%", "≤ 10")


def long_script(show: Path, folder: Path, models: Path) -> Iterator[Figure]:
    """Peak memory of drafts of about five and about sixty minutes."""
    header, _, body = EPISODE.read_text("utf-8").partition("\n---\n")
    memory: list[Render] = []
    for copies in (1, 11):
        script = show / "scripts" / f"times-{copies}.md"
        script.write_text(f"{header}\n---\n" + body * copies, "utf-8")
        cache = fresh_cache(folder / f"times-{copies}", models)
        memory.append(render(cache, script, folder / "out", "--quality", "draft"))
    short, long = memory
    yield Figure("long script, length", long.sound_s / 60, "min")
    yield Figure("long script, peak memory", long.peak_mb, "MB")
    ratio = long.peak_mb / short.peak_mb
    yield Figure(f"its peak memory : that of {short.sound_s / 60:.1f} min", ratio, "times", "≤ 1.3")


def fresh_cache(folder: Path, models: Path) -> Path:
    """A cache without takes, but with the models that a machine makes once."""
    shutil.copytree(models, folder / "models")
    return folder


def _median(runs: list[Render] | list[float], figure: Callable[..., float]) -> float:
    return statistics.median(figure(run) for run in runs)
