"""A client of a cluster without one: its own threads call each job."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any


def work() -> None:
    """A job; tests put something else in its place."""


class StandInFuture:
    """A future as Dask has it."""

    def __init__(self, key: str, future: Future[Any]) -> None:
        self.key = key
        self._future = future

    def result(self, timeout: float) -> Any:
        return self._future.result(timeout)

    @property
    def status(self) -> str:
        if not self._future.done():
            return "pending"
        return "error" if self._future.exception() else "finished"

    def add_done_callback(self, call: Callable[[StandInFuture], None]) -> None:
        self._future.add_done_callback(lambda _: call(self))

    def release(self) -> None:
        """Nothing is kept."""


class StandInClient:
    """Two workers of two threads each."""

    status = "running"

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(4)
        self.sent: list[str] = []

    def nthreads(self) -> dict[str, int]:
        return {"tcp://one": 2, "tcp://two": 2}

    def processing(self) -> dict[str, tuple[str, ...]]:
        return {"tcp://one": tuple(self.sent), "tcp://two": ()}

    def submit(
        self, call: Callable[..., Any], *arguments: Any, key: str, **_: Any
    ) -> StandInFuture:
        self.sent.append(key)
        return StandInFuture(key, self._pool.submit(call, *arguments))
