"""What a stretch of work takes: the processor's time, and memory beyond what was in use before."""

from __future__ import annotations

import re
import resource
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

STATUS = Path("/proc/self/status")
_KB = 1024


@dataclass
class Spent:
    """Known when the work is done."""

    cpu_s: float = 0.0
    """Of this process and of those that it waited for."""
    added_mb: float = 0.0
    """The most of this process, or of a program that it ran, beyond what this process had."""


@contextmanager
def measured() -> Iterator[Spent]:
    """Measure what is done inside. Memory only where there is a /proc (man 5 proc)."""
    spent = Spent()
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")  # the peak of memory begins anew
    before_s, before_mb, others_mb = _cpu_s(), _memory_mb("VmRSS"), _others_mb()
    yield spent
    spent.cpu_s = _cpu_s() - before_s
    spent.added_mb = _memory_mb("VmHWM") - before_mb
    if (grown := _others_mb()) > others_mb:
        spent.added_mb = max(spent.added_mb, grown - before_mb)  # a fork begins as large as we are


def _cpu_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _others_mb() -> float:
    """The most that any program took which this process has run."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / _KB


def _memory_mb(name: str) -> float:
    with suppress(OSError):
        if found := re.search(rf"{name}:\s+(\d+) kB", STATUS.read_text()):
            return int(found[1]) / _KB
    return 0.0
