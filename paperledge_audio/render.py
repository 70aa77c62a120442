"""The flow, from a script to a finished folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paperledge_audio.check.scripts import Finding, lint
from paperledge_audio.check.sounds import check_silences, list_mended, note_failure
from paperledge_audio.deliver import (
    Edition,
    describe,
    list_narrators,
    master_and_encode,
    prepare,
    tag_sound,
    write_release,
)
from paperledge_audio.deliver.feed.guids import keep_guid
from paperledge_audio.deliver.folder.finished import is_draft, try_read_manifest
from paperledge_audio.deliver.folder.made import explain_made
from paperledge_audio.deliver.folder.manifest import describe_music
from paperledge_audio.deliver.pictures.chapters import read_pictures
from paperledge_audio.deliver.stems import write_stems
from paperledge_audio.errors import TakeError
from paperledge_audio.files.hashing import sha256
from paperledge_audio.files.temporary import make_workspace
from paperledge_audio.master.mastering import bounce
from paperledge_audio.mix.mixing import mixdown
from paperledge_audio.mix.pieces import list_music, measure_trimmed_s, read_music
from paperledge_audio.mix.processing import process
from paperledge_audio.mix.timeline import arrange
from paperledge_audio.orders import (
    Rendered,
    ShardResult,
    check_gathered,
    check_order,
    plan_order,
)
from paperledge_audio.sound.scratch import open_scratch_file
from paperledge_audio.synthesis import synthesize
from paperledge_audio.takes import FINISHING, find_failures
from paperledge_audio.verify.mending import Mender

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Executor

    from paperledge_audio.deliver import Release
    from paperledge_audio.deliver.encode.to_target import Encoded
    from paperledge_audio.deliver.outbox.model import Outbox
    from paperledge_audio.engines import Take
    from paperledge_audio.mix.mixing import Mix
    from paperledge_audio.mix.model import ProcessedTake, Timeline
    from paperledge_audio.orders import Order, ProgressCallbacks
    from paperledge_audio.plan import Plan, ScriptPlan
    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.spoken import Segment
    from paperledge_audio.takes import Shard, TakeStore
    from paperledge_audio.verify.mending import Assemble, Takes


NOT_WRITTEN = Finding(
    "note", None, "no episode was written", "a render without --verified would write one"
)


def render(
    order: Order,
    source: bytes,
    store: TakeStore,
    progress: ProgressCallbacks,
    pool: Executor,
    *,
    before: Mapping[str, Any] | None = None,
) -> Rendered:
    """Render the script `source`, read from `order.place`, to a folder below `order.out`.

    Its segments are spoken in `pool`, which several renders may share (see `engines.make_pool`).
    `before`: the manifest of the release that this one follows, if that is not the one in its
    place.
    """
    plan = plan_order(order, source, store)
    outbox, show = check_order(order, plan), plan.show
    if not order.make:
        check_gathered(plan, plan.missing, store)
    if before is None:
        before = try_read_manifest(order.out / order.slug, order.slug)
    published = {} if is_draft(before) else before
    script, note = keep_guid(plan.script, show, order.script, order.root, published)
    findings = lint(plan).findings
    made: list[Segment] = []
    with open_scratch_file() as scratch, make_workspace() as folder:
        music = read_music(show, scratch, list_music(plan))
        trimmed_s = {name: measure_trimmed_s(piece) for name, piece in music.items()}
        make_edition = partial(
            Edition,
            script=script,
            script_sha256=sha256(source),
            show=show,
            slug=order.slug,
            narrators=list_narrators(plan),
            music_files=describe_music(show, trimmed_s),
            quality=order.quality,
            plotted=order.plot,
            paged=order.page,
            with_book=order.book,
            pictures=read_pictures(script),
            before=published,
        )
        progress.on_plans([plan])
        finish = partial(process, chain=show.voice_chain, scratch=scratch)
        takes = synthesize(plan, store, finish, _note_made(made, progress), pool=pool)
        store.share(plan.take_ids)

        def assemble(plan: ScriptPlan, takes: Takes) -> tuple[Edition, Encoded]:
            progress.on_stage("mixing")
            timeline, mix = _mix(plan, takes, music)
            edition = make_edition(timeline=timeline, take_ids=plan.take_ids)
            with store.speeds.measure(FINISHING, alone=True) as work:
                encoded = finish_sound(edition, mix, folder, on_stage=progress.on_stage)
                work.sound_s = edition.duration_s
            return edition, encoded

        mender = Mender(store, pool, finish, progress.on_stage)
        if order.verified:
            plan, takes, edition, encoded = _verify(mender, order, plan, takes, assemble)
            findings = (*findings, *list_mended(mender))
        else:
            failed = find_failures(one.take for one in takes)
            findings = (*findings, *map(note_failure, failed))
            edition, encoded = assemble(plan, takes)
        with store.speeds.measure(FINISHING, alone=True):
            release = finish_release(
                edition,
                encoded,
                order.out,
                stems=order.stems,
                force=order.force,
                on_stage=progress.on_stage,
            )
    handed_over = hand_over(order, outbox, release.folder, progress.on_stage)
    with edition.form.open_sound(release.paths[0]) as finished:
        findings = (*findings, *check_silences(finished, edition.timeline))
    found = {finding.what for finding in findings}
    return Rendered(
        release,
        explain_made(made, before, plan),
        reused=len(takes) - len(made),
        notes=tuple(one for one in (*plan.notes, note) if one and one not in found),
        findings=findings,
        mended=tuple(one for one in mender.mended.values() if not one.left),
        speaking=plan.speaking,
        handed_over=handed_over,
    )


def speak(
    order: Order,
    source: bytes,
    store: TakeStore,
    progress: ProgressCallbacks,
    *,
    pool: Executor,
    shard: Shard,
) -> ShardResult:
    """Make the takes of a script that are in `shard`, and no episode."""
    plan = plan_order(order, source, store)
    chosen = plan.select(
        {
            segment.index
            for segment, take_id in zip(plan.segments, plan.take_ids, strict=True)
            if shard.has(take_id)
        }
    )
    progress.on_plans([chosen])
    made: list[Segment] = []
    synthesize(chosen, store, lambda _take: None, _note_made(made, progress), pool=pool)
    store.share(chosen.take_ids)
    count = len(chosen.segments)
    return ShardResult(len(made), count - len(made), len(plan.segments) - count)


def mix_speech(
    plan: Plan,
    store: TakeStore,
    on_take: Callable[[Take, bool], None] = lambda _take, _reused: None,
    *,
    pool: Executor,
) -> tuple[Timeline, Mix]:
    """A plan's speech, through the show's voice chain, without music; no release is made of it."""
    finish = partial(process, chain=plan.show.voice_chain)
    return _mix(plan, synthesize(plan, store, finish, on_take, pool=pool), {})


def make_release(
    edition: Edition,
    mix: Sound,
    out: Path,
    *,
    stems: Path | None = None,
    force: bool = False,
    on_stage: Callable[[str], None] = lambda _stage: None,
) -> Release:
    """Mix → Master → Release: write an episode as the folder `out`/SLUG, and its `stems`/SLUG.

    `mix`: the time line's sound at 44.1 kHz. `force` is that of `preflight`. `on_stage` is told
    what begins, and may raise to stop it: "mastering", and "writing" when all is made and nothing
    is changed yet. The same input gives the same bytes. Raises MasterError where the target can't
    be met, and DeliveryError where the folder can't be written; what was there before is then
    untouched.
    """
    with make_workspace() as folder:
        encoded = finish_sound(edition, mix, folder, on_stage=on_stage)
        return finish_release(edition, encoded, out, stems=stems, force=force, on_stage=on_stage)


def finish_sound(
    edition: Edition, mix: Sound, folder: Path, *, on_stage: Callable[[str], None]
) -> Encoded:
    """The mastered and encoded sound of an episode, in `folder`; see `make_release`."""
    edition.check_mix(mix)
    edition.check_soundbites()
    on_stage("mastering")
    path = folder / edition.name(edition.form.suffix)
    with bounce(mix, edition.channels) as bounced:
        return master_and_encode(
            bounced, edition.target, edition.form, edition.encoder_settings, path
        )


def finish_release(
    edition: Edition,
    encoded: Encoded,
    out: Path,
    *,
    stems: Path | None,
    force: bool,
    on_stage: Callable[[str], None],
) -> Release:
    """Tag a finished sound and write it with all that lies beside it; see `make_release`."""
    prepared = prepare(edition)
    tagged = tag_sound(edition, encoded, prepared.cover.small)
    parts = describe(edition, tagged, prepared)
    on_stage("writing")
    made = write_release(edition, tagged, parts, out, force=force, on_wait=on_stage)
    if stems:
        on_stage("writing stems")
        write_stems(edition, encoded.master, stems, force=force, on_wait=on_stage)
    return made


def hand_over(
    order: Order, outbox: Outbox | None, folder: Path, on_wait: Callable[[str], None]
) -> str:
    """Hand a finished folder over to the order's outbox; where it is there, empty without one."""
    if outbox is None:
        return ""
    return outbox.hand_over(
        folder, allow_draft=order.allow_draft, force=order.force, on_wait=on_wait
    )


def _verify(
    mender: Mender, order: Order, plan: ScriptPlan, takes: Takes, assemble: Assemble
) -> tuple[ScriptPlan, Takes, Edition, Encoded]:
    """As `Mender.verify`; its error also tells what was mended."""
    try:
        return mender.verify(plan, takes, assemble)
    except TakeError as error:
        told = (*list_mended(mender), NOT_WRITTEN)
        notes = tuple(one.describe(order.script) for one in told)
        raise error.located(notes=notes) from error


def _note_made(made: list[Segment], progress: ProgressCallbacks) -> Callable[[Take, bool], None]:
    """A callback that adds the segment of each take that was spoken to `made`."""

    def on_take(take: Take, reused: bool) -> None:  # noqa: FBT001 - the callback's signature
        if not reused:
            made.append(take.segment)
        progress.on_take(take, reused)

    return on_take


def _mix(
    plan: Plan, takes: Sequence[ProcessedTake], music: Mapping[str, Sound]
) -> tuple[Timeline, Mix]:
    show = plan.show
    timeline = arrange(
        takes,
        plan.chapter_titles,
        music,
        show.music,
        host=plan.host,
        leveling_db=show.voice_chain.leveling_db,
    )
    return timeline, mixdown(timeline, show.music)
