"""What takes long, done when it is first wanted, beside what else there is to do."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Background(Generic[T]):
    """The result of `work`, which a thread of its own does, once."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._lock = Lock()
        self._future: Future[T] | None = None

    def start(self) -> Future[T]:
        """Begin, where that hasn't happened yet."""
        with self._lock:
            if self._future is None:
                thread = ThreadPoolExecutor(1, thread_name_prefix="background")
                self._future = thread.submit(self._work)
                thread.shutdown(wait=False)
            return self._future

    def result(self) -> T:
        """What came of it, as soon as it is there; raises what `work` raised."""
        return self.start().result()
