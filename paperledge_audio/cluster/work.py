"""What a worker does: it makes a take, or it finishes an episode. One unit is one call."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING, Any

from paperledge_audio.cluster.machine import name_worker
from paperledge_audio.engines import open_engine
from paperledge_audio.errors import ClusterError, WorkerError
from paperledge_audio.files.reading import list_folder
from paperledge_audio.files.resources import cache_folder
from paperledge_audio.files.temporary import make_workspace
from paperledge_audio.orders import ProgressCallbacks
from paperledge_audio.render import render
from paperledge_audio.synthesis import speak_segment
from paperledge_audio.takes import Parcel, Parcels, SharedTakes, Speeds, TakeStore, take_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from paperledge_audio.engines import Take
    from paperledge_audio.files.remote.address import Address
    from paperledge_audio.orders import Order, Rendered
    from paperledge_audio.plan import Plan
    from paperledge_audio.spoken import Segment
    from paperledge_audio.voices.profiles import Voice


@dataclass(frozen=True, slots=True)
class TakeUnit:
    """A take to make."""

    id: str
    segment: Segment
    voice: Voice
    engine: str
    path: str
    """The script's, for messages."""
    shared: Address | None
    """The store that machines share."""


@dataclass(frozen=True, slots=True)
class MadeUnit:
    """A take in the store; its sound is read from there."""

    take: Take
    reused: bool
    damaged: frozenset[str]
    """Names of damaged takes that were met."""


@dataclass(frozen=True, slots=True)
class EpisodeUnit:
    """An episode to finish, whose takes are in the store."""

    order: Order
    source: bytes
    take_ids: tuple[str, ...]
    """Those that it consists of."""
    before: Mapping[str, Any]
    """The manifest of the release that it follows."""
    shared: Address | None
    parcels: Address
    """Where its files are left for the client."""
    stems: bool = False
    """Whether to make stems as well."""


@dataclass(frozen=True, slots=True)
class EpisodeResult:
    """A finished episode, whose files wait at the parcels' address."""

    rendered: Rendered
    files: tuple[Parcel, ...]
    stems: tuple[Parcel, ...]
    damaged: frozenset[str] = field(default_factory=frozenset)


_preparing = Lock()


@cache
def _open_shared(address: Address) -> SharedTakes:
    return SharedTakes(address)


@cache
def _open_speeds() -> Speeds:
    return Speeds(cache_folder())


def open_worker_store(shared: Address | None) -> TakeStore:
    """This worker's own store, before the one that machines share; one connection a process."""
    store = TakeStore(cache_folder(), _open_shared(shared) if shared else None)
    store.speeds = _open_speeds()
    return store


def make_take(unit: TakeUnit) -> MadeUnit:
    """Make a take and keep it, unless this machine has it.

    An engine is opened and its model is loaded once a process. Raises what engines and the store
    raise, and WorkerError where this machine would make another take.
    """
    engine = open_engine(unit.engine)
    if take_id(engine, unit.segment, unit.voice) != unit.id:
        raise WorkerError(
            "the worker would make another take than this machine asks for",
            "give all workers the same models",
            path=name_worker(),
        )
    store = open_worker_store(unit.shared)
    # The client just asked the shared store.
    if store.has(unit.id) and (take := store.find(unit.id, unit.segment, engine.fingerprint)):
        return MadeUnit(take, reused=True, damaged=frozenset())
    with _preparing:
        engine.prepare(unit.voice)
    take = speak_segment(engine, unit.segment, unit.voice, unit.path, store.speeds)
    return MadeUnit(store.keep(unit.id, take), reused=False, damaged=frozenset(store.damaged))


def finish_episode(unit: EpisodeUnit, on_stage: Callable[[str], None]) -> EpisodeResult:
    """Render an episode from the takes in the store, and leave its files as parcels.

    `on_stage` may raise to stop it. Takes that vanished are made again. Raises WorkerError where
    this machine would say another text, or in other voices.
    """

    def check(plans: Sequence[Plan]) -> None:
        if [*chain.from_iterable(plan.take_ids for plan in plans)] != [*unit.take_ids]:
            raise WorkerError(
                "the worker has another show, other voices or other models",
                "mount one folder on all machines",
                path=name_worker(),
            )

    store = open_worker_store(unit.shared)
    with make_workspace() as folder, ThreadPoolExecutor(1) as pool:
        out, stems = folder / "out", folder / "stems"
        order = replace(unit.order, out=out, stems=stems if unit.stems else None)
        progress = ProgressCallbacks(on_plans=check, on_stage=on_stage)
        rendered = render(order, unit.source, store, progress, pool, before=unit.before)
        parcels = Parcels(unit.parcels)
        sent = [
            tuple(parcels.send(file) for file in list_folder(place / order.slug, ClusterError))
            for place in (out, stems)
            if place is out or unit.stems
        ]
    store.speeds.keep()
    store.prune()
    return EpisodeResult(rendered, sent[0], sent[1] if unit.stems else (), frozenset(store.damaged))
