"""Progress of a render: bars on a terminal, plain lines when piped, nothing with --json."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING

from paperledge_audio.cli.support.logs import is_verbose
from paperledge_audio.cli.support.printing import count_things, escape_line, say

if TYPE_CHECKING:
    from rich.progress import TaskID

    from paperledge_audio.engines import Take
    from paperledge_audio.render import ProgressCallbacks


@dataclass(frozen=True, slots=True)
class ProgressEvent:
    """A step of one script's render."""

    slug: str
    kind: str
    """segments, take, reused or a stage's name."""
    amount: float = 0.0
    """How many segments, or seconds of sound."""


OnEvent = Callable[[ProgressEvent], None]


class SpeedMeter:
    """Counts a script's takes and measures how fast they are spoken."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._spoken_s = 0.0
        self._reused = 0

    def describe(self, event: ProgressEvent) -> str:
        """Count one more take; say how many were reused, and how fast the others are spoken."""
        if event.kind == "reused":
            self._reused += 1
        else:
            self._spoken_s += event.amount
        speed = self._spoken_s / max(time.monotonic() - self._started, 1e-3)
        reused = f"{self._reused} reused" if self._reused else ""
        spoken = f"{speed:.1f} x real time" if self._spoken_s else ""
        return ", ".join(part for part in (reused, spoken) if part)


class ProgressBars:
    """A bar for each script: takes done and reused, speed, time left, the stage after that."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress = Progress(
            TextColumn("{task.fields[slug]}", markup=False),
            BarColumn(),
            TextColumn("{task.completed:.0f}/{task.total:.0f} takes"),
            TextColumn("{task.fields[note]}", markup=False),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
            redirect_stdout=False,  # standard output is not the bar's
            redirect_stderr=False,
        )
        self._tasks: dict[str, TaskID] = {}
        self._paces: dict[str, SpeedMeter] = {}

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
        if event.kind == "segments":
            self._paces[event.slug] = SpeedMeter()
            self._tasks[event.slug] = self._progress.add_task(
                "", slug=escape_line(event.slug), note="", total=event.amount
            )
            return
        task = self._tasks[event.slug]
        if event.kind in {"take", "reused"}:
            self._progress.update(task, advance=1, note=self._paces[event.slug].describe(event))
        else:
            self._progress.update(task, note=escape_line(event.kind))


def _print_lines() -> OnEvent:
    """Print a line for each stage, once; takes print nothing, since they would fill a log."""
    say = print_once()

    def tell(event: ProgressEvent) -> None:
        if event.kind == "segments":
            say(f"{event.slug}: speaking {count_things(round(event.amount), 'segment')}")
        elif event.kind not in {"take", "reused"}:
            say(f"{event.slug}: {event.kind}")

    return tell


def print_once() -> Callable[[str], None]:
    """A function that prints a line on standard error, each line only once."""
    return cache(lambda line: say(line, err=True))


def make_callbacks(slug: str, tell: OnEvent) -> ProgressCallbacks:
    """Callbacks that turn a script's render into events."""
    from paperledge_audio.render import ProgressCallbacks
    from paperledge_audio.sound.clip import duration_s

    def on_take(take: Take, reused: bool) -> None:
        tell(ProgressEvent(slug, "reused" if reused else "take", duration_s(take.sound)))

    return ProgressCallbacks(
        on_segments=lambda count: tell(ProgressEvent(slug, "segments", count)),
        on_take=on_take,
        on_stage=lambda stage: tell(ProgressEvent(slug, stage)),
    )


def show_progress(*, silent: bool) -> AbstractContextManager[OnEvent]:
    """Bars, lines or nothing; never bars beside a log, which would overwrite each other."""
    if silent:
        return nullcontext(lambda _event: None)
    return (
        ProgressBars() if sys.stderr.isatty() and not is_verbose() else nullcontext(_print_lines())
    )
