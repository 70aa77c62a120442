"""What decides whether a worker makes the same bytes as the others, and keeps them."""

from __future__ import annotations

import platform
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from distributed import get_worker

from paperledge_audio import GENERATOR, __version__
from paperledge_audio.deliver.folder.versions import list_versions
from paperledge_audio.engines import open_engine
from paperledge_audio.errors import ClusterError, PaperledgeError, StoreError, WorkerError, reason
from paperledge_audio.files.resources import cache_folder
from paperledge_audio.takes import SharedTakes, TakeStore
from paperledge_audio.voices.finding import hash_shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from paperledge_audio.files.remote.address import Address
    from paperledge_audio.voices.profiles import Voice

T = TypeVar("T")

ABSENT = "not at all"
"""The version of what a machine hasn't."""
VERSION_DIGITS = 12
"""Of a hash: enough to tell two sets of voices apart."""


@dataclass(frozen=True, slots=True)
class MachineFacts:
    """A machine, as far as bytes depend on it."""

    versions: tuple[tuple[str, str], ...]
    """This program's, its voices', Python's and those of the packages that speak, encode, draw."""
    processor: str
    """System, architecture and vector instructions: a model's sums are rounded by them."""


@cache
def describe_machine() -> MachineFacts:
    """The machine that this process runs on."""
    found: Any = np.show_config(mode="dicts")
    vectors = found.get("SIMD Extensions", {}).get("found", [])
    return MachineFacts(
        versions=(
            (GENERATOR, __version__),
            ("bundled voices", hash_shipped()[:VERSION_DIGITS] or ABSENT),
            *sorted(list_versions().items()),
        ),
        processor=" ".join((platform.system(), platform.machine(), *vectors)),
    )


def inspect_worker(shared: Address | None) -> MachineFacts:
    """This worker, which can keep takes, here and in the store that is shared; or WorkerError."""
    with blame_worker():
        TakeStore(cache_folder(), SharedTakes(shared) if shared else None).check()
    return describe_machine()


@contextmanager
def blame_worker() -> Iterator[None]:
    """What a store raises inside is the fault of this worker: raises WorkerError for it."""
    try:
        yield
    except StoreError as error:
        place = f"{error.path}: " if error.path else ""
        raise WorkerError(
            f"the worker can't keep takes: {place}{error.what}", error.remedy, path=name_worker()
        ) from error


def describe_voices(quality: str, voices: Mapping[str, Voice]) -> dict[str, str]:
    """All of each voice that changes its takes here: its engine's fingerprint and its timbre."""
    found = {}
    for name, voice in voices.items():
        engine = open_engine(voice.engine(quality))
        found[name] = f"{engine.fingerprint} {engine.timbre(voice)}"
    return found


def check_machines(found: Mapping[str, MachineFacts | BaseException]) -> MachineFacts:
    """What all workers are; raises ClusterError, which names one that isn't so.

    `found`: worker → what `inspect_worker` gave there. They must have this machine's versions,
    and one kind of processor among themselves.
    """
    for worker, facts in found.items():
        if isinstance(facts, OSError):
            continue  # it went while it was asked
        if isinstance(facts, PaperledgeError):
            raise facts.located(path=worker)
        if isinstance(facts, BaseException):
            raise ClusterError(
                f"the worker {worker} can't run this program: {reason(facts)}",
                f"install {GENERATOR} {__version__} there",
            )
    there = {worker: one for worker, one in found.items() if isinstance(one, MachineFacts)}
    kinds = Counter(facts.processor for facts in there.values())
    expected = describe_machine()
    if kinds:
        expected = replace(expected, processor=kinds.most_common(1)[0][0])
    for worker, facts in there.items():
        check_machine(worker, facts, expected)
    return expected


def check_machine(worker: str, facts: MachineFacts, expected: MachineFacts) -> None:
    """Raise WorkerError unless a worker is as is expected."""
    ours, theirs = dict(expected.versions), dict(facts.versions)
    for name in ours | theirs:
        if ours.get(name) != theirs.get(name):
            raise WorkerError(
                f"the worker has {name} {theirs.get(name, ABSENT)}, "
                f"and this machine {ours.get(name, ABSENT)}",
                "run the same versions on all machines",
                path=worker,
            )
    if facts.processor != expected.processor:
        raise WorkerError(
            f"the worker has another processor ({facts.processor}) than the others "
            f"({expected.processor}), so its takes would differ in their last bits",
            "leave it out",
            path=worker,
        )


def run_checked(expected: MachineFacts, call: Callable[..., T], *arguments: Any) -> T:
    """Make a call on this worker, which may have come late; raises WorkerError as above."""
    check_machine(name_worker(), describe_machine(), expected)
    with blame_worker():
        return call(*arguments)


def name_worker() -> str:
    """The address of the worker that this thread is of; empty for no worker's."""
    try:
        address: str = get_worker().address
    except ValueError:
        return ""
    return address


def check_voices(
    ours: Mapping[str, str], found: Mapping[str, Mapping[str, str] | BaseException]
) -> None:
    """Raise ClusterError, which names the worker, unless all have these voices and models.

    `found`: worker → what `describe_voices` gave there.
    """
    for worker, theirs in found.items():
        if isinstance(theirs, OSError):
            continue
        if isinstance(theirs, BaseException):
            raise ClusterError(
                f"the worker {worker} can't speak: {reason(theirs)}",
                "give all workers the same models, and the show's folder at the same path",
            )
        for name, voice in ours.items():
            if theirs.get(name) != voice:
                raise ClusterError(
                    f"the worker {worker} has another model or pack of the voice {name}",
                    "give all workers the same ones",
                )
