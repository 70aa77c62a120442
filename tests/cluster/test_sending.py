"""Jobs: a bounded number in flight, each done once more if its worker is lost, none forgotten."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from typing import Any

import pytest
from distributed import KilledWorker

from paperledge_audio.cluster import sending
from paperledge_audio.cluster.machine import describe_machine, run_checked
from paperledge_audio.cluster.sending import (
    A_THREAD,
    DESERTED,
    TRIES,
    Job,
    Sender,
    SendingStopped,
)
from paperledge_audio.errors import ClusterError, EngineError, StoreError, WorkerError
from tests.cluster.stand_in import StandInClient, StandInFuture


def make_sender(client: Any) -> Sender:
    return Sender(client, describe_machine())


def job(name: str, call: Any, patience_s: float = 60.0) -> Job:
    return Job(name, call, (), f"x.md:{name}", patience_s)


def test_many_senders_keep_no_more_jobs_in_flight_than_the_window_has() -> None:
    lock, busy = threading.Lock(), []

    class Counting(StandInClient):
        def submit(self, *arguments: Any, **more: Any) -> Any:
            with lock:
                busy.append(sender._flying.total())
            return super().submit(*arguments, **more)

    sender = make_sender(Counting())

    def send(script: int) -> set[str]:
        jobs = (job(f"{script}-{n}", lambda: time.sleep(0.001)) for n in range(40))
        return {done.name for done, _, _ in sender.run(jobs, script)}

    with ThreadPoolExecutor(6) as scripts:
        done = set[str]().union(*scripts.map(send, range(6)))
    assert len(done) == 240
    assert 4 < max(busy) <= A_THREAD * 4


def test_the_first_script_is_done_before_the_last_one_begins() -> None:
    client, go = StandInClient(), threading.Event()
    sender = make_sender(client)

    def send(script: int) -> None:
        for _ in sender.run([job(f"{script}-{n}", lambda: go.wait(30)) for n in range(40)], script):
            pass

    with ThreadPoolExecutor(4) as scripts:
        first = scripts.submit(send, 0)
        while len(client.sent) < A_THREAD * 4:
            time.sleep(0.001)
        others = [scripts.submit(send, script) for script in (3, 2, 1)]
        while len(sender._wanting) < 4:
            time.sleep(0.001)
        go.set()
        for run in (first, *others):
            run.result()
    order = [int(key.split("-")[1]) for key in client.sent]
    assert len(order) == 160
    assert order == sorted(order)


def test_a_job_that_two_scripts_send_belongs_to_the_first_one() -> None:
    client, go = StandInClient(), threading.Event()
    sender = make_sender(client)
    with ThreadPoolExecutor(2) as scripts:
        runs = [scripts.submit(list, sender.run([job("same", go.wait)], rank)) for rank in range(2)]
        while len(client.sent) < 2:
            time.sleep(0.001)
        go.set()
    assert set(client.sent) == {"paperledge-same-0"}
    assert sorted(run.result()[0][2] for run in runs) == [False, True]


def test_a_job_whose_workers_die_is_sent_again_but_not_for_ever() -> None:
    client, deaths = StandInClient(), iter(range(TRIES - 1))

    def die() -> str:
        for death in deaths:
            raise KilledWorker("key", f"worker-{death}", TRIES)
        return "done"

    ((_, result, _),) = make_sender(client).run([job("7", die)], 0)
    assert result == "done"
    assert client.sent == [f"paperledge-7-{n}" for n in range(TRIES)]

    def always_die() -> None:
        raise KilledWorker("key", "worker", 4)

    with pytest.raises(ClusterError, match="one worker after another died") as caught:
        list(make_sender(client).run([job("8", always_die)], 0))
    assert str(caught.value).startswith("x.md:8: ")


def test_a_job_that_takes_too_long_is_sent_to_another_worker_as_well() -> None:
    client, calls, end = StandInClient(), iter(range(9)), threading.Event()

    def hang_once() -> int:
        number = next(calls)
        if number == 0:
            end.wait(30)
        return number

    try:
        ((_, result, _),) = make_sender(client).run([job("slow", hang_once, patience_s=0.1)], 0)
    finally:
        end.set()
    assert result == 1
    assert client.sent == ["paperledge-slow-0", "paperledge-slow-1"]


def test_a_job_that_a_worker_refuses_is_sent_on_however_often() -> None:
    client, refusals = StandInClient(), iter(range(2 * TRIES))

    def refuse() -> str:
        for _ in refusals:
            raise WorkerError("the worker is another one", path="tcp://one")
        return "done"

    sender = make_sender(client)
    ((_, result, _),) = sender.run([job("r", refuse)], 0)
    assert result == "done"
    assert len(client.sent) == 2 * TRIES + 1
    assert sender.pop_refusals() == ("tcp://one: the worker is another one",)
    assert sender.pop_refusals() == ()


def test_a_job_that_every_worker_refuses_fails() -> None:
    workers = cycle(("tcp://one", "tcp://two"))

    def refuse() -> None:
        raise WorkerError("the worker is another one", path=next(workers))

    with pytest.raises(WorkerError, match="another one"):
        list(make_sender(StandInClient()).run([job("r", refuse)], 0))


def test_what_every_worker_failed_at_once_is_tried_by_all_again() -> None:
    failures = iter(("tcp://one", "tcp://two"))

    def keep() -> str:
        for worker in failures:
            raise WorkerError("the worker can't keep takes", path=worker)
        return "kept"

    client = StandInClient()
    sender = make_sender(client)
    with pytest.raises(WorkerError):
        list(sender.run([job("a", keep)], 0))
    assert [result for _, result, _ in sender.run([job("b", keep)], 1)] == ["kept"]
    assert sender._refused == set()


def test_a_store_that_fails_a_worker_is_that_workers_fault() -> None:
    def keep() -> None:
        raise StoreError("a take can't be kept: Not a directory", "make it one", path="/cache")

    with pytest.raises(WorkerError) as caught:
        run_checked(describe_machine(), keep)
    assert str(caught.value) == (
        "the worker can't keep takes: /cache: a take can't be kept: Not a directory; make it one"
    )


def test_a_job_may_run_out_of_time_itself() -> None:
    def run_out() -> None:
        raise TimeoutError("too slow")

    with pytest.raises(ClusterError, match="a worker failed: too slow"):
        list(make_sender(StandInClient()).run([job("9", run_out)], 0))


def test_a_job_whose_wait_dask_cancels_is_sent_again() -> None:
    """Dask's `sync` then reads a result that it never set."""

    class CancelledFuture(StandInFuture):
        def result(self, timeout: float) -> Any:
            if self.key.endswith("-0"):
                raise UnboundLocalError("result")
            return super().result(timeout)

    class Cancelling(StandInClient):
        def submit(self, call: Any, *arguments: Any, key: str, **more: Any) -> StandInFuture:
            future = super().submit(call, *arguments, key=key, **more)
            return CancelledFuture(key, future._future)

    client = Cancelling()
    ((_, result, _),) = make_sender(client).run([job("c", lambda: "made")], 0)
    assert result == "made"
    assert client.sent == ["paperledge-c-0", "paperledge-c-1"]


def test_an_error_of_ours_ends_the_script_and_frees_its_places() -> None:
    def fail() -> None:
        raise EngineError("no", path="x.md", line=3)

    sender = make_sender(StandInClient())
    with pytest.raises(EngineError, match="no"):
        list(sender.run([job("a", fail), *(job(str(n), int) for n in range(9))], 0))
    assert sender._flying.total() == 0


def test_that_no_workers_are_left_is_told_once_until_one_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sending, "COUNT_S", 0.0)
    monkeypatch.setattr(sending, "POLL_S", 0.001)
    left, told, go = iter((2, 2, 0, 0, 1, 1, 0, 0, 0)), list[str](), threading.Event()

    class Deserted(StandInClient):
        def nthreads(self) -> dict[str, int]:
            count = next(left, None)
            if count is None:
                go.set()
            return {f"tcp://{number}": 1 for number in range(count or 0)}

    list(make_sender(Deserted()).run([job("a", go.wait)], 0, told.append))
    assert told == [DESERTED] * 2


def test_that_a_result_was_lost_with_the_last_worker_is_told() -> None:
    told = list[str]()

    class LostFuture(StandInFuture):
        def result(self, timeout: float) -> Any:
            if not told:
                raise TimeoutError
            return super().result(timeout)

    class Deserted(StandInClient):
        def nthreads(self) -> dict[str, int]:
            return {}

        def submit(self, call: Any, *arguments: Any, key: str, **more: Any) -> StandInFuture:
            return LostFuture(key, super().submit(call, *arguments, key=key, **more)._future)

    ((_, result, _),) = make_sender(Deserted()).run([job("l", lambda: "made")], 0, told.append)
    assert (result, told) == ("made", [DESERTED])


def test_a_scheduler_that_is_held_up_holds_up_no_stop() -> None:
    end = threading.Event()

    class HeldUp(StandInClient):
        def nthreads(self) -> dict[str, int]:
            end.wait()
            return super().nthreads()

    sender = make_sender(HeldUp())
    threading.Timer(0.1, sender.stop).start()
    try:
        with pytest.raises(SendingStopped):
            list(sender.run([job("a", int)], 0))
    finally:
        end.set()


def test_whoever_waits_is_told_of_a_stop() -> None:
    sender, end = make_sender(StandInClient()), threading.Event()
    threading.Timer(0.1, sender.stop).start()
    try:
        with pytest.raises(SendingStopped):
            list(sender.run((job(str(n), lambda: end.wait(30)) for n in range(20)), 0))
    finally:
        end.set()
    assert sender._flying.total() == 0
