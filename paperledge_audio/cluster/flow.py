"""The flow of a script on a cluster: plan here, speak and finish there, put in its place here."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from distributed import get_worker
from distributed.worker import thread_state

from paperledge_audio.cluster.answers import ask_workers
from paperledge_audio.cluster.machine import check_voices, describe_voices
from paperledge_audio.cluster.sending import Job, SendingStopped
from paperledge_audio.cluster.work import EpisodeUnit, TakeUnit, finish_episode, make_take
from paperledge_audio.deliver.folder.finished import try_read_manifest
from paperledge_audio.deliver.folder.made import explain_made
from paperledge_audio.deliver.folder.writing import release_kind, write
from paperledge_audio.deliver.stems import KIND as STEMS
from paperledge_audio.engines import Take
from paperledge_audio.files.reading import real_path
from paperledge_audio.files.temporary import make_workspace
from paperledge_audio.orders import check_gathered, check_order, plan_order
from paperledge_audio.plan import name_takes
from paperledge_audio.render import hand_over
from paperledge_audio.sound.clip import Clip
from paperledge_audio.takes import Parcels

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.cluster.sending import Sender
    from paperledge_audio.cluster.work import EpisodeResult
    from paperledge_audio.files.ownership import FolderKind
    from paperledge_audio.files.remote.address import Address
    from paperledge_audio.orders import Order, ProgressCallbacks, Rendered
    from paperledge_audio.plan import ScriptPlan
    from paperledge_audio.spoken import Segment
    from paperledge_audio.takes import Parcel, SharedTakes, TakeStore

TAKE_S, EPISODE_S = 300.0, 3600.0
"""Seconds after which a take, or an episode, is sent to another worker as well."""
MOST_SCRIPTS = 64
"""Scripts that are planned or waited for at once; each needs a thread here."""
_UNHEARD = Clip(np.zeros((0, 1), np.float32), 24_000)
"""Stands for the sound of a take that lies in the store."""


class Cluster:
    """A cluster that renders scripts; many threads may call `render` at once."""

    def __init__(
        self,
        client: Any,
        sender: Sender,
        shared: SharedTakes | None,
        parcels: Address,
        *,
        is_local: bool,
    ) -> None:
        """`is_local`: its workers have this machine's store of takes as their own."""
        self._client = client
        self._sender = sender
        self._shared = shared
        self._parcels = parcels
        self._is_local = is_local
        self._checked: set[str] = set()
        self._checking = Lock()
        self._ranks = count()
        self._topic = f"paperledge-{secrets.token_hex(8)}"
        self._on_stage: dict[str, Callable[[str], None]] = {}
        client.subscribe_topic(self._topic, self._hear)

    @property
    def scripts(self) -> int:
        """How many scripts keep its workers busy."""
        return min(MOST_SCRIPTS, 2 * max(1, self._sender.threads))

    def stop(self) -> None:
        """Stop all that is at work there."""
        self._sender.stop()

    def render(
        self, order: Order, source: bytes, store: TakeStore, progress: ProgressCallbacks
    ) -> Rendered:
        """Render a script as `render.render` does, with the same bytes, on the workers.

        Raises what that raises, and ClusterError.
        """
        rank = next(self._ranks)
        plan = name_takes(plan_order(order, source, None))
        outbox = check_order(order, plan)
        there = store.share(plan.take_ids)
        missing = [
            segment
            for segment, name in zip(plan.segments, plan.take_ids, strict=True)
            if not (name in there or (self._is_local and store.has(name)))
        ]
        if not order.make:
            check_gathered(plan, missing, store)
        self._check_voices(plan)
        before = try_read_manifest(order.out / order.slug, order.slug)
        made = self._speak(plan, missing, rank, store, progress)
        with self._stages(order.slug, progress.on_stage):
            result = self._finish(order, source, plan, rank, before, on_wait=progress.on_stage)
        store.damaged.update(result.damaged)
        progress.on_stage("writing")
        release = self._put_in_place(order, result, progress)
        explained = (*explain_made(made, before, plan), *result.rendered.made)
        return replace(
            result.rendered,
            release=release,
            made=explained,
            reused=len(plan.segments) - len(explained),
            notes=(*result.rendered.notes, *self._sender.pop_refusals()),
            handed_over=hand_over(order, outbox, release.folder, progress.on_stage),
        )

    def _check_voices(self, plan: ScriptPlan) -> None:
        """Raise ClusterError unless all workers have the plan's voices; asked once for each."""
        ours = describe_voices(plan.quality, plan.voices)
        with self._checking:
            unknown = {name: one for name, one in ours.items() if one not in self._checked}
            if unknown:
                voices = {name: plan.voices[name] for name in unknown}
                ask = partial(ask_workers, self._client, describe_voices, plan.quality, voices)
                found = self._sender.ask(ask)
                check_voices(unknown, found)
                self._sender.check_silent(found)
                self._checked.update(unknown.values())

    def _speak(
        self,
        plan: ScriptPlan,
        missing: Sequence[Segment],
        rank: int,
        store: TakeStore,
        progress: ProgressCallbacks,
    ) -> list[Segment]:
        """Have the missing takes made, the longest first; the segments of those that were."""
        names = dict(zip((one.index for one in plan.segments), plan.take_ids, strict=True))
        first: dict[str, Segment] = {}  # the same words may be said twice
        for segment in sorted(missing, key=lambda one: -len(one.spoken)):
            first.setdefault(names[segment.index], segment)
        sent = {segment.index for segment in first.values()}
        kept = [Take(one, _UNHEARD, (), "") for one in plan.segments if one.index not in sent]
        progress.on_plans([replace(plan, kept=tuple(kept))])
        had = True
        for take in kept:
            progress.on_take(take, had)
        made = []
        jobs = (self._make_job(plan, name, segment) for name, segment in first.items())
        for job, result, is_first in self._sender.run(jobs, rank, progress.on_stage):
            store.damaged.update(result.damaged)
            had = result.reused or not is_first
            if not had:
                made.append(first[job.name])
            progress.on_take(result.take, had)
        return made

    def _make_job(self, plan: ScriptPlan, name: str, segment: Segment) -> Job:
        voice = plan.voices[segment.voice]
        unit = TakeUnit(
            id=name,
            segment=segment,
            voice=voice,
            engine=voice.engine(plan.quality),
            path=plan.path,
            shared=self._shared.address if self._shared else None,
        )
        what = f"{plan.path}:{segment.line}" if segment.line else plan.path
        return Job(name, make_take, (unit,), what, TAKE_S)

    def _finish(
        self,
        order: Order,
        source: bytes,
        plan: ScriptPlan,
        rank: int,
        before: Any,
        *,
        on_wait: Callable[[str], None],
    ) -> EpisodeResult:
        unit = EpisodeUnit(
            replace(order, root=real_path(Path()), outbox=None, stems=None, make=True),
            source,
            plan.take_ids,
            before,
            self._shared.address if self._shared else None,
            self._parcels,
            stems=order.stems is not None,
        )
        job = Job(
            f"{self._topic}-{order.slug}",
            finish_and_tell,
            (unit, self._topic),
            str(order.script),
            EPISODE_S,
            priority=1,
        )
        ((_, result, _),) = self._sender.run([job], rank, on_wait)
        found: EpisodeResult = result
        return found

    def _put_in_place(
        self, order: Order, result: EpisodeResult, progress: ProgressCallbacks
    ) -> Any:
        """The release, in its folder, and its stems in theirs."""
        kind, out = release_kind(order.slug, order.quality), order.out
        folder = self._receive(order, result.files, out, kind, progress.on_stage)
        if order.stems:
            progress.on_stage("writing stems")
            self._receive(order, result.stems, order.stems, STEMS, progress.on_stage)
        return replace(result.rendered.release, folder=folder)

    def _receive(
        self,
        order: Order,
        sent: Sequence[Parcel],
        out: Path,
        kind: FolderKind,
        on_wait: Callable[[str], None],
    ) -> Path:
        parcels = Parcels(self._parcels)
        try:
            with make_workspace() as folder:
                files = {one.name: parcels.fetch(one, folder) for one in sent}
                return write(out, order.slug, files, kind, force=order.force, on_wait=on_wait)
        finally:
            for one in sent:
                parcels.remove(one)

    @contextmanager
    def _stages(self, slug: str, on_stage: Callable[[str], None]) -> Iterator[None]:
        """Pass on what a worker tells of a script."""
        self._on_stage[slug] = on_stage
        try:
            yield
        finally:
            del self._on_stage[slug]

    def _hear(self, event: tuple[float, dict[str, str]]) -> None:
        told = event[1]
        if on_stage := self._on_stage.get(told["slug"]):
            with suppress(Exception):  # whoever stops the render stops it elsewhere, too
                on_stage(told["stage"])


def finish_and_tell(unit: EpisodeUnit, topic: str) -> EpisodeResult:
    """Finish an episode on a worker, and tell the client of each stage; stop if it gave up."""
    return finish_episode(unit, partial(_tell, topic, unit.order.slug))


def _tell(topic: str, slug: str, stage: str) -> None:
    worker = get_worker()
    task = worker.state.tasks.get(thread_state.key)
    if task is None or task.state == "cancelled":
        raise SendingStopped
    worker.log_event(topic, {"slug": slug, "stage": stage})
