"""A scheduler and workers on loopback, each a process that a test may kill.

A server imports Dask and the program once, and forks for each process: to import them takes longer
than all that a worker then does.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import dask
from distributed import Client
from distributed.cli import dask_scheduler, dask_worker

COMMANDS = {"scheduler": dask_scheduler.main, "worker": dask_worker.main}
multiprocessing.set_forkserver_preload(
    ["pytest", "tests.cluster.running", "paperledge_audio.cluster", "paperledge_audio.engines.tone"]
)
SETTINGS = {
    "distributed.worker.multiprocessing-method": "fork",  # of a nanny
    # What waits is to be still: by default each process looks at itself up to a hundred times a
    # second.
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.monitor-interval": "5s",
    "distributed.admin.tick.interval": "500ms",
    "distributed.admin.system-monitor.interval": "5s",
}
PATIENCE_S = 60.0
SLOW = Path(__file__).with_name("slow_tone.py")


@dataclass(frozen=True)
class Unsuitable:
    """A worker that is refused."""

    said: str
    """What is said of it."""
    preload: str = ""
    """What it imports."""
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> Path | None:
        return Path(__file__).with_name(self.preload) if self.preload else None


UNSUITABLE = {
    "version": Unsuitable("has paperledge-audio 0.0.0, and this machine ", "other_version.py"),
    "processor": Unsuitable("has another processor (Another processor) ", "other_processor.py"),
    "voices": Unsuitable("has bundled voices not at all, and this machine ", "other_voices.py"),
    "store": Unsuitable("can't keep takes: /dev/null/takes", env={"PAPERLEDGE_CACHE": "/dev/null"}),
}


def call_dask(command: str, arguments: list[str], env: dict[str, str], log: Path) -> None:
    """What a process of a cluster does: `dask scheduler …` or `dask worker …`."""
    os.setsid()  # so that it ends with all that it started
    os.environ.clear()
    os.environ.update(env)
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    with dask.config.set(SETTINGS):
        COMMANDS[command](arguments)


def wait_until(happens: Callable[[], Any], what: str) -> None:
    end = time.monotonic() + PATIENCE_S
    while not happens():
        assert time.monotonic() < end, f"waited too long for {what}"
        time.sleep(0.02)


class DaskProcess(ForkServerProcess):
    """A process that was started."""

    pid: int


class RunningCluster:
    """A scheduler, and workers with a store of takes of their own each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "scheduler.json"
        self._processes: list[DaskProcess] = []
        self.scheduler = self._start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
            "--scheduler-file", str(self.file),
        )  # fmt: skip
        wait_until(self.file.is_file, "the scheduler")
        wait_until(self.file.read_text, "the scheduler's file")
        self.address: str = json.loads(self.file.read_text())["address"]
        self.client = Client(self.address, set_as_default=False)

    def _start(self, command: str, *arguments: str, **env: Any) -> DaskProcess:
        process = DaskProcess(
            target=call_dask,
            args=(command, [*arguments], {**os.environ, **env}, self.folder / "log"),
        )
        process.start()
        self._processes.append(process)
        return process

    def add_workers(
        self, count: int, preload: Path | None = None, *, nanny: bool = True, **env: Any
    ) -> None:
        """Start workers of one thread, and wait for them; a nanny starts what was killed again."""
        before = len(self.client.nthreads())
        for number in range(before, before + count):
            self._start_worker(number, preload, nanny=nanny, **env)
        wait_until(lambda: len(self.client.nthreads()) == before + count, "workers")

    def add_unsuitable(self, *kinds: Unsuitable) -> set[str]:
        """Start such workers; the addresses."""
        before = self.client.nthreads().keys()
        for number, kind in enumerate(kinds, len(before)):
            self._start_worker(number, kind.place, nanny=False, **kind.env)
        wait_until(lambda: len(self.client.nthreads()) == len(before) + len(kinds), "workers")
        return {*self.client.nthreads().keys() - before}

    def _start_worker(self, number: int, preload: Path | None, *, nanny: bool, **env: Any) -> None:
        name = f"worker-{number}"
        self._start(
            "worker", self.address, "--nthreads", "1", "--no-dashboard", "--name", name,
            "--local-directory", str(self.folder),
            *(("--preload", str(preload)) if preload else ()),
            *(() if nanny else ("--no-nanny",)),
            **{"PAPERLEDGE_CACHE": str(self.folder / name), "PAPERLEDGE_STORE": "", **env},
        )  # fmt: skip

    def pids(self) -> list[int]:
        """Those of the processes that work."""
        found: list[int] = []
        with suppress(OSError, TimeoutError):
            found = [*self.client.run(os.getpid, on_error="ignore").values()]
        return found

    def is_idle(self) -> bool:
        return not any(self.client.processing().values())

    def close(self) -> None:
        with suppress(Exception):
            self.client.close(timeout=2)
        for process in reversed(self._processes):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.join(PATIENCE_S)


@contextmanager
def run_cluster(folder: Path) -> Iterator[RunningCluster]:
    cluster = RunningCluster(folder)
    try:
        yield cluster
    finally:
        cluster.close()
