"""Renders scripts side by side until all are done or somebody stops it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from paperledge_audio.cli.support.common import read_source
from paperledge_audio.cli.support.progress import OnEvent, ProgressEvent, make_callbacks
from paperledge_audio.errors import PaperledgeError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from paperledge_audio.cluster import ClusterSize
    from paperledge_audio.files.remote.address import Address
    from paperledge_audio.orders import Order, ProgressCallbacks, Rendered
    from paperledge_audio.takes import SharedTakes, TakeStore

    Flow = Callable[[Order, bytes, TakeStore, ProgressCallbacks], Rendered]
    """From a script to its folder: `render`, and where it speaks."""

T = TypeVar("T")

POLL_S = 0.2
"""Seconds between looks for a Ctrl-C, which doesn't wake this thread if another one gets it."""


@dataclass(frozen=True, slots=True)
class FinishedRender:
    """A finished script."""

    order: Order
    rendered: Rendered
    damaged: int
    """Takes that were damaged in the store and made again."""
    wall_s: float


@dataclass(frozen=True, slots=True)
class FailedRender:
    """A script that could not be rendered."""

    order: Order
    error: PaperledgeError


def describe_failure(failed: FailedRender, error: PaperledgeError) -> dict[str, Any]:
    """One of its errors, for a program."""
    return {
        "script": str(failed.order.script),
        **error.facts(),
        "notes": list(error.notes),
        "exit_code": failed.error.exit_code,
    }


@dataclass(frozen=True, slots=True)
class Studio:
    """Where scripts are rendered."""

    flow: Flow
    scripts: int
    """How many scripts it takes side by side."""
    stop: Callable[[], None]
    """Ends what is at work there, soon."""


class RenderStopped(Exception):  # noqa: N818 - not an error: somebody pressed Ctrl-C
    """Ends the render of a script after Ctrl-C."""


@contextmanager
def open_pool(jobs: int | None) -> Iterator[tuple[Executor, int]]:
    """Threads of this machine to speak in, and how many they are."""
    from paperledge_audio.engines import make_pool
    from paperledge_audio.files.resources import count_processors

    count = jobs or count_processors()
    with make_pool(count) as pool:
        yield pool, count


@contextmanager
def open_studio(jobs: int | None, cluster: str, shared: Address | None) -> Iterator[Studio]:
    """This machine as a studio, or the cluster at an address, with the store that is shared."""
    from paperledge_audio.render import render

    if cluster:
        _require_cluster()
        from paperledge_audio.cluster import open_cluster

        with open_cluster(cluster, shared) as there:
            yield Studio(there.render, there.scripts, there.stop)
        return
    with open_pool(jobs) as (pool, count):
        stop = partial(pool.shutdown, wait=False, cancel_futures=True)
        yield Studio(partial(render, pool=pool), count, stop)


def ask_size(cluster: str, shared: Address | None) -> ClusterSize:
    """What the cluster at an address has; raises what `open_studio` raises."""
    _require_cluster()
    from paperledge_audio.cluster import ask_cluster

    return ask_cluster(cluster, shared)


def _require_cluster() -> None:
    """Raise MissingError where the extra of clusters isn't installed."""
    from paperledge_audio.files.resources import compose_install, require_package

    for package in ("distributed", "cryptography"):
        require_package(package, compose_install("cluster"))


def run_each(
    orders: Sequence[Order],
    work: Callable[[Order, OnEvent], T],
    count: int,
    stop: Callable[[], None],
    tell: OnEvent,
) -> Iterator[T | FailedRender]:
    """What comes of each order, in their order, each as soon as it is ready.

    `count` orders are worked on side by side; a PaperledgeError becomes the result.
    """
    stopping = threading.Event()

    def tell_or_stop(event: ProgressEvent) -> None:
        if stopping.is_set():
            raise RenderStopped
        tell(event)

    def one(order: Order) -> T | FailedRender:
        try:
            return work(order, tell_or_stop)
        except PaperledgeError as error:
            return FailedRender(order, error)

    with ThreadPoolExecutor(min(count, len(orders))) as scripts:
        try:
            for result in [scripts.submit(one, order) for order in orders]:
                while not result.done():
                    wait([result], POLL_S)
                yield result.result()
        except BaseException:
            stopping.set()  # each script ends with the take or the stage that it is at
            scripts.shutdown(wait=False, cancel_futures=True)
            stop()
            raise


def render_one(
    order: Order, tell: OnEvent, studio: Studio, shared: SharedTakes | None = None
) -> FinishedRender:
    """Render one script; raises what the flow raises."""
    from paperledge_audio.files.resources import cache_folder
    from paperledge_audio.takes import TakeStore

    store = TakeStore(cache_folder(), shared)
    start = time.perf_counter()
    progress = make_callbacks(order.slug, tell, store)
    rendered = studio.flow(order, read_source(order.script), store, progress)
    wall_s = time.perf_counter() - start
    store.speeds.keep()
    try:
        store.prune()
    except PaperledgeError as error:  # the episode is there all the same
        rendered = replace(rendered, notes=(*rendered.notes, str(error)))
    return FinishedRender(order, rendered, len(store.damaged), wall_s)
