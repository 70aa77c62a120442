"""What takes long to load, loaded when it is first wanted, beside what else there is to do."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable


T = TypeVar("T")


class Loading(Generic[T]):
    """The result of `load`, which a thread of its own calls, once."""

    def __init__(self, load: Callable[[], T]) -> None:
        self._load = load
        self._lock = Lock()
        self._future: Future[T] | None = None

    def start(self) -> Future[T]:
        """Begin, where that hasn't happened yet."""
        with self._lock:
            if self._future is None:
                thread = ThreadPoolExecutor(1, thread_name_prefix="loading")
                self._future = thread.submit(self._load)
                thread.shutdown(wait=False)
            return self._future

    def result(self) -> T:
        """What was loaded, as soon as it is there; raises what `load` raised."""
        return self.start().result()
