"""What is asked of a render and what comes of it; what is checked before it begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from paperledge_audio.deliver import preflight
from paperledge_audio.deliver.folder.finished import try_read_manifest
from paperledge_audio.deliver.folder.writing import check_place
from paperledge_audio.deliver.outbox import open_outbox
from paperledge_audio.deliver.outbox.model import check_publishable
from paperledge_audio.deliver.stems import KIND as STEMS
from paperledge_audio.engines import foresee_engine
from paperledge_audio.errors import TakeError, locate_errors
from paperledge_audio.plan import name_takes, plan_script
from paperledge_audio.show.loading import find_show, load_show

if TYPE_CHECKING:
    from paperledge_audio.check.forecast import Forecast, Forecaster
    from paperledge_audio.check.scripts import Finding
    from paperledge_audio.deliver import Release
    from paperledge_audio.deliver.folder.made import MadeTake
    from paperledge_audio.deliver.outbox.model import Outbox
    from paperledge_audio.engines import Take
    from paperledge_audio.files.remote.address import Address
    from paperledge_audio.plan import Plan, ScriptPlan
    from paperledge_audio.spoken import Segment
    from paperledge_audio.synthesis.mending import MendedTake
    from paperledge_audio.takes import TakeStore


@dataclass(frozen=True, slots=True)
class Order:
    """What to render and how."""

    script: Path
    out: Path
    quality: str = "studio"
    """studio or draft."""
    voice: str = ""
    """A voice profile that replaces the host's."""
    outbox: Path | Address | None = None
    """Where the finished folder is handed over, if anywhere."""
    format: str = ""
    """Name of a format that replaces the show's."""
    plot: bool = False
    """Whether to add a picture of the sound."""
    page: bool = False
    """Whether to add a web page."""
    book: bool = False
    """Whether to add a book to read along."""
    force: bool = False
    """Whether to replace a release's files even if this program did not make them, and a release
    in studio quality by a draft."""
    allow_draft: bool = False
    """Whether a draft may go to the outbox."""
    stems: Path | None = None
    """The folder for stems and sessions, if they are asked for."""
    verified: bool = False
    """Whether a take that fails a gate is made again, and no release is made where that fails."""
    make: bool = True
    """Whether to make the takes that the store lacks; if not, they are an error."""
    root: Path = Path()
    """The folder that `script` starts from; messages leave it out."""

    @property
    def place(self) -> Path:
        """Where the script lies."""
        return self.root / self.script

    @property
    def slug(self) -> str:
        """Name of the finished folder and of its files: the script's."""
        return self.script.stem


@dataclass(frozen=True, slots=True)
class ProgressCallbacks:
    """Callbacks for a render's progress; called from several threads."""

    on_plans: Callable[[Sequence[Plan]], None] = lambda _plans: None
    """What is spoken next, and from what; not called where it is nothing."""
    on_take: Callable[[Take, bool], None] = lambda _take, _reused: None
    on_stage: Callable[[str], None] = lambda _stage: None


@dataclass(frozen=True, slots=True)
class Rendered:
    """The result of an order."""

    release: Release
    made: tuple[MadeTake, ...]
    """The takes that had to be spoken, each with its reason."""
    reused: int
    """How many takes the store had."""
    notes: tuple[str, ...] = ()
    """Notes on the voices of this render, and on its guid."""
    findings: tuple[Finding, ...] = ()
    """Those of `check` for the script, and those of the finished sound."""
    mended: tuple[MendedTake, ...] = ()
    """The takes that had a fault and were made again."""
    speaking: Mapping[str, str] = field(default_factory=dict)
    """The engine of each voice, by the voice's name."""
    handed_over: str = ""
    """Where in the outbox the files are, if they were handed over."""


@dataclass(frozen=True, slots=True)
class ShardResult:
    """How many takes of a script are in a shard, and were made or were there; and the others."""

    made: int
    reused: int
    others: int


def plan_order(order: Order, source: bytes, store: TakeStore | None) -> ScriptPlan:
    """Plan the script of an order, which `source` is; raises what `plan_script` raises."""
    show = load_show(find_show(order.place))
    if order.format:
        show = replace(show, output=replace(show.output, format=order.format))
    path = str(order.script)
    return plan_script(source, path, show, quality=order.quality, host=order.voice, store=store)


def foresee(order: Order, source: bytes, forecaster: Forecaster) -> Forecast:
    """What `render` would make of an order, and why; writes nothing and loads no model.

    Raises what `render` would raise before any speech is made.
    """
    plan = name_takes(plan_order(order, source, None), foresee_engine)
    check_order(order, plan)
    return forecaster.foresee(plan, try_read_manifest(order.out / order.slug, order.slug))


def check_order(order: Order, plan: ScriptPlan) -> Outbox | None:
    """The order's outbox, if it has one; raises where the episode could not be put in its place."""
    preflight(
        plan.script,
        plan.show,
        order.out,
        order.slug,
        quality=order.quality,
        force=order.force,
        with_book=order.book,
    )
    outbox = open_outbox(order.outbox) if order.outbox else None
    if outbox:
        with locate_errors(path=str(order.script)):
            check_publishable(order.quality, allow_draft=order.allow_draft)
        outbox.check(order.slug, order.quality, force=order.force)
    if order.stems:
        check_place(order.stems, order.slug, STEMS, force=order.force)
    return outbox


def check_gathered(plan: ScriptPlan, missing: Sequence[Segment], store: TakeStore) -> None:
    """Raise TakeError, with the line of the first one, if segments have no take in the store."""
    if missing:
        name = "" if store.shared else "name the --store that the shards had, "
        raise TakeError(
            f"{len(missing)} of {len(plan.segments)} takes are not in the store {store.place}",
            f"{name}render the shards that are missing, or add --make",
            path=plan.path,
            line=missing[0].line,
        )
