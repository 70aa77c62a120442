"""Sends units to a cluster, a bounded number at a time, and sees to it that each is done.

Whatever becomes of a worker, its units are done by another one: Dask sends them on where a worker
dies, and what Dask gives up, or what takes too long, is sent again here. Units have no effect but
on the store, where the same take is the same entry, so none is lost and none does harm twice.
A worker that came late and would make other bytes, or that can't keep takes, says so, and its units
go to the others.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import Counter
from concurrent.futures import wait
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from distributed import CancelledError, KilledWorker

from paperledge_audio.cluster.answers import begin
from paperledge_audio.cluster.machine import run_checked
from paperledge_audio.errors import ClusterError, PaperledgeError, WorkerError, map_errors, reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from paperledge_audio.cluster.machine import MachineFacts

    Ended = queue.SimpleQueue[tuple[str, Any]]
    """Names of jobs with futures that are done."""

log = logging.getLogger(__name__)
T = TypeVar("T")

POLL_S = 0.2
"""Seconds between looks for a stop and for units that take too long."""
A_THREAD = 2
"""Units in flight for each thread of the cluster: one that it works at, one that waits."""
COUNT_S = 1.0
"""Seconds for which the number of threads is taken to be the same; clusters grow and shrink."""
TRIES = 5
"""How often a unit is sent. Dask alone gives up when four workers died with it."""


DESERTED = "no workers left; waiting for one"
AGAIN = "start it again, and render again: finished takes are kept"


def map_scheduler_errors() -> AbstractContextManager[None]:
    """Where the scheduler is asked for something."""
    return map_errors(ClusterError, "the scheduler fails", AGAIN, foreign=(Exception,))


class SendingStopped(Exception):  # noqa: N818 - not an error: somebody pressed Ctrl-C
    """Ends whoever waits for a cluster that was told to stop."""


@dataclass(frozen=True, slots=True)
class Job:
    """A call to be made on a worker."""

    name: str
    """The same name means the same result, whoever sends it."""
    call: Callable[..., Any]
    arguments: tuple[Any, ...]
    what: str
    """What errors call it."""
    patience_s: float
    """Seconds after which it is sent to another worker as well."""
    priority: int = 0
    """The greater comes first."""


@dataclass(slots=True)
class _Flight:
    job: Job
    is_first: bool
    """Whether nobody else here has sent the same job."""
    futures: list[Any] = field(default_factory=list)
    sent: int = 0
    """How often it was sent."""
    refused: int = 0
    """How often by then to a worker that can't make it."""
    sent_s: float = 0.0

    @property
    def is_hopeless(self) -> bool:
        """Whether it was sent often enough."""
        return self.sent - self.refused >= TRIES


class Sender:
    """Sends jobs by a client of Dask; many threads may send at once."""

    def __init__(self, client: Any, expected: MachineFacts) -> None:
        """`expected`: what each worker must be."""
        self._client = client
        self._expected = expected
        self._refused: set[str] = set()
        self._is_one_silent = False
        self._untold: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._changing = threading.Lock()
        self._flying: Counter[str] = Counter()
        self._wanting: dict[int, Ended] = {}
        self._threads, self._counted_s = 0, -COUNT_S
        self._is_deserted = False
        self._stopped = threading.Event()

    @property
    def threads(self) -> int:
        """How many jobs the cluster works at, at once; 0 while it has no workers for them."""
        if time.monotonic() - self._counted_s >= COUNT_S:
            found = self.ask(self._client.nthreads)
            self._threads = sum(found[worker] for worker in found.keys() - self._refused)
            self._counted_s = time.monotonic()
        return self._threads

    def ask(self, call: Callable[[], T]) -> T:
        """What the scheduler answers, in a call that waits for it, or a SendingStopped.

        One that is held up answers nothing, and can't hold up whoever stops.
        """
        self._check_stopped()
        answer = begin(call)
        while not wait([answer], POLL_S).done:
            self._check_stopped()
        with map_scheduler_errors():
            return answer.result()

    def stop(self) -> None:
        """Give up all jobs, so that the cluster is free; whoever waits gets a SendingStopped."""
        self._stopped.set()

    def pop_refusals(self) -> tuple[str, ...]:
        """Why workers were refused since the last call, each once."""
        found = []
        with suppress(queue.Empty):
            while True:
                found.append(self._untold.get_nowait())
        return tuple(found)

    def run(
        self, jobs: Iterable[Job], rank: int, tell: Callable[[str], None] = lambda _: None
    ) -> Iterator[tuple[Job, Any, bool]]:
        """Each job with its result as it is done, and whether nobody else here had sent it.

        Of those who send at once, and have a `rank` of their own each, the lowest comes first: so
        scripts end one after the other, not all at the end. One of them is told what holds up all:
        that no workers are left. Raises what the call raises if that is
        ours, and ClusterError where workers fail; then those that are left are given up.
        """
        waiting, flights = iter(jobs), dict[str, _Flight]()
        ended: Ended = queue.SimpleQueue()
        job = next(waiting, None)
        try:
            while job or flights:
                while job and (flight := self._take_off(job, rank, ended)):
                    flights[job.name] = flight
                    self._send(flight, ended)
                    job = next(waiting, None)
                try:
                    name, future = ended.get(timeout=POLL_S)
                except queue.Empty:
                    self._look_around(tell)
                    self._look_after(flights, ended)
                    continue
                if name not in flights or future not in flights[name].futures:
                    continue  # a twin was quicker, or there is a place
                flight = flights[name]
                for result in self._collect(future, flight, ended, tell):
                    self._land(flights.pop(name))
                    yield flight.job, result, flight.is_first
        finally:
            with self._changing:
                self._wanting.pop(rank, None)
            for flight in flights.values():
                self._land(flight)

    def _take_off(self, job: Job, rank: int, ended: Ended) -> _Flight | None:
        """A place for a job in the window; None if there is none, or if a lower rank wants it.

        As soon as there may be one, `ended` gets an entry without a name.
        """
        self._check_stopped()
        limit = A_THREAD * max(1, self.threads)
        with self._changing:
            self._wanting[rank] = ended
            if self._flying.total() >= limit or min(self._wanting) < rank:
                return None
            del self._wanting[rank]
            self._flying[job.name] += 1
            self._wake_next()
            return _Flight(job, is_first=self._flying[job.name] == 1)

    def _wake_next(self) -> None:
        """Tell whoever is next that there may be a place."""
        if self._wanting:
            self._wanting[min(self._wanting)].put(("", None))

    def _land(self, flight: _Flight) -> None:
        for future in flight.futures:
            future.release()
        name = flight.job.name
        with self._changing:
            self._flying[name] -= 1
            if not self._flying[name]:
                del self._flying[name]
            self._wake_next()

    def _send(self, flight: _Flight, ended: Ended) -> None:
        """Send a job, at best to a good worker that doesn't have it yet."""
        job = flight.job
        sent = {future.key for future in flight.futures}
        processing = self.ask(self._client.processing) if sent or self._refused else {}
        good = processing.keys() - self._refused
        free = [one for one in good if not sent.intersection(processing[one])]
        with map_scheduler_errors():
            future = self._client.submit(
                run_checked,
                self._expected,
                job.call,
                *job.arguments,
                key=f"paperledge-{job.name}-{flight.sent}",
                pure=False,
                priority=job.priority,
                workers=free or [*good] or None,
                # A worker that is refused says so at once, and the next one is asked.
                allow_other_workers=bool(good) and not self._is_one_silent,
            )
        flight.futures.append(future)
        flight.sent += 1
        flight.sent_s = time.monotonic()
        future.add_done_callback(lambda done: ended.put((job.name, done)))

    def _look_after(self, flights: dict[str, _Flight], ended: Ended) -> None:
        """Send what takes too long to another worker as well."""
        now = time.monotonic()
        for flight in flights.values():
            is_late = now - flight.sent_s > flight.job.patience_s
            if is_late and not flight.is_hopeless:
                self._send(flight, ended)

    def _look_around(self, tell: Callable[[str], None]) -> None:
        """While nothing comes: raise if nothing will, and tell if there are no workers."""
        self._check_stopped()
        self._check_scheduler()
        was_deserted, self._is_deserted = self._is_deserted, not self.threads
        if self._is_deserted and not was_deserted:
            log.info(DESERTED)
            tell(DESERTED)

    def _collect(
        self, future: Any, flight: _Flight, ended: Ended, tell: Callable[[str], None]
    ) -> tuple[Any, ...]:
        """The result alone; nothing if the job has to be done again, which is seen to.

        Dask makes a result again if the worker that had it is gone, but not if that is held up.
        """
        what = flight.job.what
        lost: BaseException | None = None
        while True:
            self._check_stopped()
            try:
                return (_wait_for(future),)
            except WorkerError as error:
                self._refuse(error)
                flight.refused += 1
                flight.futures.remove(future)
                future.release()
                lost = error
            except PaperledgeError:
                raise
            except (KilledWorker, CancelledError, MemoryError) as error:
                lost = error
            except Exception as error:
                self._check_scheduler()
                if future.status == "error":
                    why = f"a worker failed: {reason(error)}"
                    raise ClusterError(why, "see its log", path=what) from error
                if not isinstance(error, TimeoutError):
                    why = f"the scheduler fails: {reason(error)}"
                    raise ClusterError(why, AGAIN, path=what) from error
                if time.monotonic() - flight.sent_s < flight.job.patience_s:
                    self._look_around(tell)
                    continue
                break  # whoever has it doesn't answer
            break
        self._check_stopped()
        self._check_scheduler()
        if flight.is_hopeless:
            raise ClusterError(
                "one worker after another died with it",
                "see their logs; they may have too little memory",
                path=what,
            ) from lost
        self._send(flight, ended)
        return ()

    def check_silent(self, answers: Mapping[str, Any]) -> None:
        """Send nothing to workers that didn't answer, see `ask_workers`; raise if all are so."""
        for worker, answer in answers.items():
            if isinstance(answer, TimeoutError):
                self._is_one_silent = True
                what = f"the worker doesn't answer: {answer}"
                self._refuse(WorkerError(what, "start it again, or leave it out", path=worker))

    def _refuse(self, error: WorkerError) -> None:
        """Send nothing more to a worker, as far as there are others; if there are none, raise."""
        worker = error.path or ""
        if worker not in self._refused:
            self._refused.add(worker)
            self._untold.put(str(error))
        if not self.ask(self._client.nthreads).keys() - self._refused:
            self._refused.clear()  # what fails everywhere may pass
            raise error

    def _check_scheduler(self) -> None:
        if self._client.status != "running":
            raise ClusterError("the scheduler has gone", AGAIN)

    def _check_stopped(self) -> None:
        if self._stopped.is_set():
            raise SendingStopped


def _wait_for(future: Any) -> Any:
    """A future's result, for as long as a look takes.

    Dask reads one that it never set where its own wait was cancelled; that is said as it is.
    """
    try:
        return future.result(timeout=POLL_S)
    except UnboundLocalError as error:
        if future.status == "error":
            raise
        raise CancelledError(future.key) from error
