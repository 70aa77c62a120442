"""Progress of a render: bars on a terminal, plain lines when piped, nothing with --json."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING

from paperledge_audio.cli.support.logs import is_verbose
from paperledge_audio.cli.support.printing import escape_line, say
from paperledge_audio.units import clock, count_of

if TYPE_CHECKING:
    from rich.progress import TaskID

    from paperledge_audio.engines import Take
    from paperledge_audio.orders import ProgressCallbacks
    from paperledge_audio.plan import Plan
    from paperledge_audio.takes import TakeStore


@dataclass(frozen=True, slots=True)
class ProgressEvent:
    """A step of one script's render."""

    slug: str
    kind: str
    """start, take, reused or a stage's name."""
    sound_s: float = 0.0
    """Seconds of sound: of a take, or at the start the estimate of what has to be spoken."""
    takes: int = 0
    """At the start: how many there will be."""
    missing: int = 0
    """At the start: how many of them have to be spoken."""


OnEvent = Callable[[ProgressEvent], None]


class SpeakingProgress:
    """How far the speaking of one script is, and how fast: m:ss are sound, seconds are waiting."""

    def __init__(self, start: ProgressEvent) -> None:
        self._start = start
        self._started = time.monotonic()
        self._spoken_s = 0.0
        self._spoken = 0
        self._reused = 0
        self._counting = threading.Lock()

    @property
    def done(self) -> int:
        """Takes that are ready."""
        return self._spoken + self._reused

    def describe_start(self) -> str:
        """What has to be spoken, before any of it is."""
        takes, missing = self._start.takes, self._start.missing
        if not takes:
            return "nothing to speak"
        if not missing:
            return f"{count_of(takes, 'take')}, all kept"
        of_all = f"{missing} of " if missing < takes else ""
        sound = f", about {clock(self._start.sound_s)} of sound" if self._start.sound_s else ""
        return f"speaking {of_all}{count_of(takes, 'take')}{sound}"

    def count(self, event: ProgressEvent) -> None:
        """Count one more take; several threads may."""
        with self._counting:
            if event.kind == "reused":
                self._reused += 1
            else:
                self._spoken += 1
                self._spoken_s += event.sound_s

    def describe(self) -> str:
        """Takes that are ready and reused, how fast the others are spoken, and the time left."""
        waited_s = max(time.monotonic() - self._started, 1e-3)
        parts = [f"{self.done}/{count_of(self._start.takes, 'take')}"]
        if self._reused:
            parts.append(f"{self._reused} reused")
        if self._spoken_s:
            parts.append(f"{self._spoken_s / waited_s:.1f} x real time")
        left = min(self._start.missing - self._spoken, self._start.takes - self.done)
        if self._spoken and left > 0:
            parts.append(f"{waited_s * left / self._spoken:.0f} s left")
        return ", ".join(parts)


class ProgressBars:
    """A bar for each script; beside it what a log says in lines."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        self._progress = Progress(
            TextColumn("{task.fields[slug]}", markup=False),
            BarColumn(),
            TextColumn("{task.fields[note]}", markup=False),
            console=Console(stderr=True),
            transient=True,
            redirect_stdout=False,  # standard output is not the bar's
            redirect_stderr=False,
        )
        self._tasks: dict[str, TaskID] = {}
        self._speaking: dict[str, SpeakingProgress] = {}
        self._notes: dict[str, str] = {}

    def __enter__(self) -> OnEvent:
        self._progress.__enter__()
        return self._show

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.__exit__(kind, error, trace)

    def _show(self, event: ProgressEvent) -> None:
        if event.kind == "start":
            speaking = self._speaking[event.slug] = SpeakingProgress(event)
            self._notes[event.slug] = speaking.describe_start()
            if event.slug not in self._tasks:
                self._tasks[event.slug] = self._progress.add_task("", slug="", note="")
            self._progress.reset(
                self._tasks[event.slug],
                slug=escape_line(event.slug),
                note=self._notes[event.slug],
                total=event.takes,
            )
            return
        task, speaking = self._tasks[event.slug], self._speaking[event.slug]
        if event.kind in {"take", "reused"}:
            speaking.count(event)
            self._notes[event.slug] = speaking.describe()
            self._progress.update(task, completed=speaking.done, note=self._notes[event.slug])
        else:
            note = f"{self._notes[event.slug]}, {event.kind}"
            self._progress.update(task, note=escape_line(note))


LINE_EVERY_S = 10.0
"""Seconds between two lines that say how far the speaking is."""


def _print_lines() -> OnEvent:
    """Print a line when speaking starts, now and then while it lasts, and for each stage, once."""
    say = print_once()
    speaking: dict[str, SpeakingProgress] = {}
    printed: dict[str, float] = {}

    def tell(event: ProgressEvent) -> None:
        slug = event.slug
        if event.kind == "start":
            speaking[slug], printed[slug] = SpeakingProgress(event), time.monotonic()
            say(f"{slug}: {speaking[slug].describe_start()}")
        elif event.kind in {"take", "reused"}:
            speaking[slug].count(event)
            if time.monotonic() - printed[slug] >= LINE_EVERY_S:
                printed[slug] = time.monotonic()
                say(f"{slug}: {speaking[slug].describe()}")
        else:
            say(f"{slug}: {event.kind}")

    return tell


def print_once() -> Callable[[str], None]:
    """A function that prints a line on standard error, each line only once."""
    return cache(lambda line: say(line, err=True))


def make_callbacks(slug: str, tell: OnEvent, store: TakeStore) -> ProgressCallbacks:
    """Callbacks that turn a script's render, with takes of `store`, into events."""
    from paperledge_audio.orders import ProgressCallbacks
    from paperledge_audio.plan import estimate_take_s
    from paperledge_audio.sound.clip import duration_s

    def on_plans(plans: Sequence[Plan]) -> None:
        missing = [(segment, plan) for plan in plans for segment in plan.missing]
        speeds = store.speeds.read()
        about_s = sum(estimate_take_s(segment, plan, speeds) for segment, plan in missing)
        takes = sum(len(plan.segments) for plan in plans)
        tell(ProgressEvent(slug, "start", about_s, takes, len(missing)))

    def on_take(take: Take, reused: bool) -> None:
        tell(ProgressEvent(slug, "reused" if reused else "take", duration_s(take.sound)))

    return ProgressCallbacks(
        on_plans=on_plans, on_take=on_take, on_stage=lambda stage: tell(ProgressEvent(slug, stage))
    )


def show_progress(*, silent: bool) -> AbstractContextManager[OnEvent]:
    """Bars, lines or nothing; never bars beside a log, which would overwrite each other."""
    if silent:
        return nullcontext(lambda _event: None)
    return (
        ProgressBars() if sys.stderr.isatty() and not is_verbose() else nullcontext(_print_lines())
    )
