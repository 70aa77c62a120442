"""A call → what the scheduler, or each worker, answers; who is held up holds up nobody else."""

from __future__ import annotations

import threading
from concurrent.futures import Future, wait
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

ANSWER_S = 10.0
"""Seconds for a worker to answer. One at work does, since it works in another thread."""


def begin(call: Callable[[], T]) -> Future[T]:
    """The answer to a call that waits for somebody, in a thread that nobody has to wait for."""
    answer: Future[T] = Future()
    threading.Thread(target=_answer, args=(answer, call), daemon=True).start()
    return answer


def ask_workers(client: Any, call: Callable[..., Any], *arguments: Any) -> dict[str, Any]:
    """What each worker answers to a call, or the exception that it raised there.

    One that went is an OSError, one that doesn't answer a TimeoutError, which is an OSError, too.
    """

    def ask(worker: str) -> Any:
        return client.run(call, *arguments, workers=[worker], on_error="return")[worker]

    asked = {worker: begin(partial(ask, worker)) for worker in client.nthreads()}
    wait(asked.values(), ANSWER_S)
    found: dict[str, Any] = {}
    for worker, answer in asked.items():
        if not answer.done():
            found[worker] = TimeoutError(f"no answer within {ANSWER_S:g} s")
        elif isinstance(answer.exception(), KeyError):
            found[worker] = ConnectionError("it went")
        else:
            found[worker] = answer.result()
    return found


def _answer(answer: Future[T], call: Callable[[], T]) -> None:
    try:
        answer.set_result(call())
    except BaseException as error:  # noqa: BLE001 - whoever asked gets it
        answer.set_exception(error)
