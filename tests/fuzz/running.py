"""Hands inputs to workers, and tells which of them hurt."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

from tests.fuzz.changing import drawn, inputs
from tests.fuzz.show import make_show
from tests.fuzz.targets import TARGETS
from tests.fuzz.worker import NOISE, Outcome
from tests.samples import ROOT

FOUND = ROOT / "tests" / "fuzz" / "found"
"""Inputs that hurt once: TARGET~HASH.gz."""
BATCH = 100


@dataclass(frozen=True)
class Failure:
    """An input that hurt."""

    target: str
    data: bytes
    outcome: Outcome

    @property
    def kind(self) -> tuple[str, ...]:
        """The same for inputs that hurt in the same place."""
        places = re.findall(r'File "[^"]*paperledge_audio/(.*, line \d+)', self.outcome.said)
        return self.target, re.sub(r"[\d.]+", "N", self.outcome.wrong), *places[-1:]

    def keep(self, folder: Path = FOUND) -> Path:
        """Write the input down, to be tried whenever the tests run."""
        folder.mkdir(exist_ok=True)
        path = folder / f"{self.target}~{hashlib.sha256(self.data).hexdigest()[:10]}.gz"
        path.write_bytes(gzip.compress(self.data, mtime=0))
        return path


def smallest(failures: Iterable[Failure]) -> list[Failure]:
    """The smallest input of each kind."""
    ordered = sorted(failures, key=lambda failure: len(failure.data), reverse=True)
    return list({failure.kind: failure for failure in ordered}.values())


@dataclass
class Tally:
    """What came of the inputs of a target."""

    accepted: int = 0
    refused: int = 0
    slowest_s: float = 0.0
    most_mb: float = 0.0
    failures: list[Failure] = field(default_factory=list)

    def add(self, target: str, data: bytes, outcome: Outcome) -> None:
        if outcome.wrong:
            self.failures.append(Failure(target, data, outcome))
        elif outcome.code:
            self.refused += 1
        else:
            self.accepted += 1
        self._rise(outcome.cpu_s, outcome.added_mb)

    def merge(self, other: Tally) -> None:
        self.accepted += other.accepted
        self.refused += other.refused
        self.failures += other.failures
        self._rise(other.slowest_s, other.most_mb)

    def _rise(self, cpu_s: float, added_mb: float) -> None:
        self.slowest_s = max(self.slowest_s, cpu_s)
        self.most_mb = max(self.most_mb, added_mb)


@dataclass(frozen=True)
class Batch:
    """Inputs of a target: those that are kept, or drawn ones."""

    target: str
    kept: tuple[bytes, ...] = ()
    count: int = 0
    start: int = 0
    """Other inputs are drawn for another number."""

    def read(self, show: Path) -> Sequence[bytes]:
        if self.kept:
            return self.kept
        target = TARGETS[self.target]
        strategy = inputs(target.read_seeds(show), target.tokens, target.structure)
        return drawn(strategy, self.count, self.start)


def new(count: int, start: int, names: Iterable[str] = TARGETS) -> list[Batch]:
    """About `count` inputs over the targets, by their shares; at least one for each."""
    shares = {name: TARGETS[name].share for name in names}
    return [
        Batch(name, (), min(BATCH, left - done), start + done)
        for name, share in shares.items()
        for left in [max(1, round(count * share / sum(shares.values())))]
        for done in range(0, left, BATCH)
    ]


def again(files: Iterable[Path] | None = None) -> list[Batch]:
    """What was written down, by default all of it."""
    paths = sorted(FOUND.glob("*.gz")) if files is None else files
    return [
        Batch(path.name.partition("~")[0], (gzip.decompress(path.read_bytes()),)) for path in paths
    ]


class Reader:
    """A worker with a copy of the show; a new one takes the place of one that died."""

    def __init__(self, show: Path, home: Path) -> None:
        self._show, self._home = show, home
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, target: str, data: bytes) -> Outcome:
        process = self._process = self._process or self._begun()
        assert process.stdin
        assert process.stdout
        head = json.dumps({"target": target, "bytes": len(data)}).encode()
        process.stdin.write(head + b"\n" + data)
        process.stdin.flush()
        if answer := process.stdout.readline():
            return Outcome(**json.loads(answer))
        self.close()
        said = (self._home / "show" / NOISE).read_text("utf-8", "replace")
        return Outcome(-1, 0, 0, f"the process ended with {process.returncode}", said)

    def close(self) -> None:
        if self._process:
            self._process.communicate()
            self._process = None

    def _begun(self) -> subprocess.Popen[bytes]:
        home = self._home
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self._show, home / "show")
        (home / "tmp").mkdir()
        env: Mapping[str, object] = {
            **os.environ,
            "PYTHONPATH": ROOT,
            "PAPERLEDGE_CACHE": home / "show" / "cache",
            "TMPDIR": home / "tmp",
            "HOME": home,
        }
        return subprocess.Popen(
            [sys.executable, "-m", "tests.fuzz.worker"],
            cwd=home / "show",
            env={name: str(value) for name, value in env.items()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )


def try_all(batches: Sequence[Batch], jobs: int = 1) -> Iterator[tuple[str, Tally]]:
    """Each batch's target and what came of it, `jobs` of them at a time."""
    with TemporaryDirectory(prefix="fuzz-") as folder, ThreadPoolExecutor(jobs) as pool:
        show = Path(folder, "show")
        make_show(show)
        readers = SimpleQueue[Reader]()
        for number in range(jobs):
            readers.put(Reader(show, Path(folder, f"home-{number}")))

        def run(batch: Batch) -> tuple[str, Tally]:
            reader, tally = readers.get(), Tally()
            try:
                for data in batch.read(show):
                    tally.add(batch.target, data, reader.read(batch.target, data))
            finally:
                readers.put(reader)
            return batch.target, tally

        try:
            yield from pool.map(run, batches)
        finally:
            pool.shutdown(cancel_futures=True)
            for _ in range(jobs):
                readers.get().close()
