"""What a cluster has now, for a plan: it is asked, and given no work."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from paperledge_audio.cluster.answers import ask_workers
from paperledge_audio.cluster.connecting import (
    connect,
    count_local,
    count_threads,
    open_sender,
    silence_logs,
)
from paperledge_audio.cluster.sending import map_scheduler_errors
from paperledge_audio.files.resources import cache_folder, count_processors
from paperledge_audio.takes import Speeds, Work

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperledge_audio.files.remote.address import Address


@dataclass(frozen=True, slots=True)
class ClusterSize:
    """What a cluster has."""

    workers: int
    threads: int
    """Of all workers: as many takes are made at once."""
    most_threads: int
    """Of one worker."""
    lanes: int
    """Threads that have a processor of their own."""
    limit_mb: float | None = None
    """10^6 bytes that a worker may have, where one has the least; None if nothing limits them."""
    speeds: Mapping[str, Work] = field(default_factory=dict)
    """What its workers' machines measured, together, by name."""


def ask_cluster(address: str, shared: Address | None) -> ClusterSize:
    """What the cluster at an address has now, or that of local:N would have; starts nothing.

    Raises what `open_cluster` raises, also for workers that would make other bytes. A scheduler has
    CONNECT_S to answer, and so has the first worker to be there.
    """
    if workers := count_local(address):
        each = count_threads(workers)
        lanes = min(workers * each, count_processors())
        return ClusterSize(workers, workers * each, each, lanes, speeds=read_speeds())
    silence_logs()
    with ExitStack() as stack:
        client, _ = connect(stack, address, shared)
        open_sender(client, shared)
        with map_scheduler_errors():
            known = client.scheduler_info()["workers"]
            answers = ask_workers(client, read_speeds)
    measured = {worker: one for worker, one in answers.items() if isinstance(one, dict)}
    rows = [known[worker] for worker in measured if worker in known]
    threads = [row["nthreads"] for row in rows]
    limits = [row["memory_limit"] / 1e6 for row in rows if row["memory_limit"]]
    speeds: dict[str, Work] = {}
    for name, work in chain.from_iterable(one.items() for one in measured.values()):
        speeds[name] = speeds.get(name, Work()) + work
    return ClusterSize(
        workers=len(threads),
        threads=sum(threads),
        most_threads=max(threads, default=1),
        lanes=max(sum(threads), 1),
        limit_mb=min(limits, default=None),
        speeds=speeds,
    )


def read_speeds() -> dict[str, Work]:
    """What this machine measured."""
    return Speeds(cache_folder()).read()
