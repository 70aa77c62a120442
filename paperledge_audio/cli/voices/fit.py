"""paperledge voices fit: a voice like a recorded host."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperledge_audio.cli.support.common import (
    LINE,
    PATH,
    NumberRange,
    json_option,
    load_local_show,
    out_option,
)
from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.logs import verbose_option
from paperledge_audio.cli.support.printing import print_json, say
from paperledge_audio.cli.support.progress import ProgressEvent, show_progress
from paperledge_audio.cli.voices.consent import ask_consent
from paperledge_audio.cli.voices.fit_report import (
    describe_fit,
    list_proofs,
    print_fit,
    tell_proof,
    tell_recording,
)
from paperledge_audio.cli.voices.placing import check_place, title_of
from paperledge_audio.errors import PaperledgeError, SoundError, UsageError
from paperledge_audio.files.ownership import check_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from paperledge_audio.cli.support.progress import OnEvent
    from paperledge_audio.likeness import Fit, RecordedVoice, Reference, Shaped
    from paperledge_audio.voices.profiles import Voice

EFFORTS = {"quick": 8, "normal": 24, "thorough": 96}
"""The most blends that are tried."""
TRIALS = {"quick": 150, "normal": 500, "thorough": 1500}
"""Voices beyond the blends that are tried."""
MODEL = "Kokoro-82M (hexgrad)"
PACK = ".safetensors"
"""The ending of the pack beside the profile."""
FITTED = "fitted to"
"""Of this a fitted pack tells."""
LIKE_ANOTHER = 0.5
"""Voices that are less alike sound like different people to the encoder."""
ONE_PERSON = 0.6
"""Two groups of parts that are less alike are two people's: of one person they have 0.71 and more,
of two 0.46 and less, in turn or one after the other."""


@make_command(
    name="fit",
    epilog="""\b
Examples:
  paperledge voices fit host.wav -o voices/me.toml
  paperledge voices fit one.wav two.mp3 -o voices/me.toml --effort thorough --like 0.8
  paperledge voices fit host.wav -o voices/me.toml --consent-by "Ada Example" \\
      --consent-date 2026-03-01 --consent-for "the narration of PaperLedge\"""",
)
@click.argument("recordings", nargs=-1, required=True, metavar="RECORDING...", type=PATH)
@out_option("FILE", "The profile to write, as .toml; a show finds it in its folder voices.")
@click.option(
    "--consent-by",
    metavar="NAME",
    type=LINE,
    help="The person whose voice it is, and who agrees.",
)
@click.option("--consent-date", metavar="DATE", help="When they agreed, such as 2026-03-01.")
@click.option("--consent-for", metavar="PURPOSE", type=LINE, help="What they agreed to.")
@click.option(
    "--title",
    metavar="NAME",
    type=LINE,
    help="The name that captions show.  [default: the file's]",
)
@click.option(
    "--language",
    type=click.Choice(["en-US", "en-GB"]),
    help="The accent to speak with.  [default: that of most of the blend]",
)
@click.option(
    "--effort",
    type=click.Choice(list(EFFORTS)),
    default="normal",
    show_default=True,
    help="How many voices are tried: " + ", ".join(map(str, TRIALS.values())) + ".",
)
@click.option(
    "--like",
    type=NumberRange(0, 1),
    default=0.5,
    show_default=True,
    help="1: as like as can be, at a price in quality; 0: no more than a blend of stock voices.",
)
@click.option(
    "--from",
    "start",
    metavar="PACK",
    type=PATH,
    help="Begin the search at this pack, of a tuner such as inno-kokoro.  [default: the blend]",
)
@click.option("--force", is_flag=True, help="Replace an existing profile.")
@verbose_option
@json_option
def command(  # noqa: PLR0917 - click passes them all by name
    recordings: tuple[Path, ...],
    out: Path,
    consent_by: str | None,
    consent_date: str | None,
    consent_for: str | None,
    title: str | None,
    language: str | None,
    effort: str,
    like: float,
    start: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Make a voice for Kokoro that is like a recorded host.

    RECORDINGs are sound files of one person, speaking English alone, half a minute or more in all.
    The nearest blend of stock voices comes first, then a voice beyond the blends. If you stop it,
    it goes on from there the next time. It is a likeness, not a clone: docs/FIT.md says how close
    it comes. The person must agree; you are asked who agreed, when and to what, and the profile
    keeps the answers.
    """
    from paperledge_audio.engines import make_pool, open_engine
    from paperledge_audio.files.writing import deliver_files
    from paperledge_audio.likeness import (
        VoiceEmbedder,
        embed_reference,
        fit,
        shape,
    )
    from paperledge_audio.likeness.lines import PROOF, SEARCH
    from paperledge_audio.likeness.predicting import CHOSEN_FROM
    from paperledge_audio.likeness.shaping import WEIGHED
    from paperledge_audio.verify.encoder import open_encoder
    from paperledge_audio.voices.finding import stock_names, stock_voice
    from paperledge_audio.voices.origins import describe_blend
    from paperledge_audio.voices.packs import blend

    check_place(out, force=force)
    if like:
        check_file(out.with_suffix(PACK), force=force)
    elif start:
        raise UsageError("--like 0 only blends stock voices", "leave out --from, or --like")
    _check_parts(beyond=bool(like))
    begin = blend(((start, 1.0),))[0] if start else None
    consent = ask_consent(consent_by, consent_date, consent_for)
    stock = [stock_voice(name) for name in stock_names()]
    reference = _read_speech(recordings)
    encoder = open_encoder()
    recorded = embed_reference(reference, encoder)
    target = recorded.embedding
    remarks = [*_remark_cache(), *_remark(reference, recorded)]
    with make_pool() as pool, show_progress(silent=as_json) as tell:
        engine = open_engine("kokoro")
        embedder = VoiceEmbedder(engine, encoder, pool)
        if unknown := embedder.count_missing(stock, (*SEARCH, *PROOF)):
            on_take = _make_listener("stock voices", unknown, tell)
            replace(embedder, on_take=on_take).embed_stock(stock, (*SEARCH, *PROOF))
        takes = EFFORTS[effort] * len(SEARCH) + len(PROOF)
        embedder = replace(embedder, on_take=_make_listener("blends", takes, tell))
        found = fit(
            target,
            embedder,
            stock,
            EFFORTS[effort],
            itself=recorded.itself,
            language=language or "",
        )
        shaped = None
        if like:
            trials = TRIALS[effort] + CHOSEN_FROM
            shaped = shape(
                found,
                stock,
                reference,
                target,
                replace(
                    embedder, on_take=_make_listener("beyond the blends", trials, tell, kept=True)
                ),
                trials=TRIALS[effort],
                like=like,
                start=begin,
                on_manner=_make_listener("manner", WEIGHED, tell),
            )
    recipe = describe_blend(found.blend)
    voice = replace(
        found.voice,
        name=out.stem,
        path=out,
        title=title or title_of(out),
        origin=f"{MODEL}, a blend fitted to a recording: {recipe}",
        consent=consent,
        fitted_to=", ".join(path.name for path in recordings),
    )
    files = _compose_files(voice, found, shaped, start)
    deliver_files(files, force=force)
    remarks += [*_remark_shaped(shaped), *_remark_left(out, files)]
    if as_json:
        print_json(describe_fit(found, shaped, reference, remarks, list(files)))
        return
    print_fit(found, shaped, reference.pause_s)
    for path in files:
        say(path)
    say(_tell_use(out))


def _check_parts(*, beyond: bool) -> None:
    """Raise MissingError for what isn't installed, before anything that takes long."""
    from paperledge_audio.likeness.evolving import check_search
    from paperledge_audio.likeness.quality import network
    from paperledge_audio.verify.encoder import campplus

    campplus.CHECKPOINT.check()
    if beyond:
        check_search()
        network.CHECKPOINT.check()


def _read_speech(recordings: Sequence[Path]) -> Reference:
    """The recordings; raises SoundError where nobody speaks in them."""
    from paperledge_audio.likeness import read_reference
    from paperledge_audio.likeness.manner import sounds_like_speech

    reference = read_reference(recordings)
    if not sounds_like_speech(reference.clips):
        raise SoundError(
            "does not sound like speech",
            "name a recording of one person who speaks, without music",
            path=", ".join(map(str, recordings)),
        )
    return reference


def _remark_cache() -> list[str]:
    """Say so where what is heard can't be kept."""
    from paperledge_audio.files.ownership import check_writable
    from paperledge_audio.files.resources import cache_folder

    try:
        check_writable(cache_folder())
    except OSError:
        remark = f"{cache_folder()} can't be written: if you stop this command, it begins anew"
        say(remark, err=True)
        return [remark]
    return []


def _remark(reference: Reference, recorded: RecordedVoice) -> list[str]:
    """Say what is wrong with the recordings."""
    remarks = list(reference.remarks)
    if recorded.groups < ONE_PERSON:
        remarks.append("the recording does not sound like one person throughout")
    for remark in remarks:
        say(remark, err=True)
    return remarks


def _remark_shaped(shaped: Shaped | None) -> list[str]:
    """Say what was not found."""
    if shaped is None:
        return []
    remarks = []
    if shaped.rows is None:
        remarks.append("no voice beyond the blends was more like it and as well understood")
    if shaped.found.likeness < LIKE_ANOTHER:
        remarks.append(
            f"a similarity of {shaped.found.likeness:.2f} is little, as that of two people; more"
            " speech, or a larger --effort, may come nearer"
        )
    for remark in remarks:
        say(remark, err=True)
    return remarks


def _remark_left(out: Path, files: Collection[Path]) -> list[str]:
    """Say so where a pack of an earlier fit lies beside the profile, which no longer names it."""
    from paperledge_audio.voices.packs import read_about

    pack = out.with_suffix(PACK)
    try:
        if pack in files or FITTED not in read_about(pack):
            return []
    except PaperledgeError:  # it is no pack of ours
        return []
    remark = f"{pack} is of an earlier fit, and {out.name} no longer names it; remove it"
    say(remark, err=True)
    return [remark]


def _tell_use(out: Path) -> str:
    """What to do next with a profile."""
    from paperledge_audio.files.reading import real_path

    use = f"to use it: paperledge render SCRIPT --voice {out.stem}"
    try:
        here = load_local_show().voices_folder
    except PaperledgeError:  # a show with a fault of its own
        return use
    if real_path(out).parent == real_path(here):
        return use
    return f"to use it, write it to the folder voices of a show, as {here / out.name}"


def _compose_files(
    voice: Voice, found: Fit, shaped: Shaped | None, start: Path | None
) -> dict[Path, bytes]:
    """The profile, and before it the pack of a voice that isn't a blend."""
    from paperledge_audio.voices.origins import BLEND, STOCK, describe_blend
    from paperledge_audio.voices.packs import RECORDED, compose_pack, hash_rows
    from paperledge_audio.voices.profiles import compose

    out = voice.path
    if shaped is None or shaped.rows is None:
        return {out: compose(voice, out.parent).encode()}
    pack = out.with_suffix(PACK)
    after = start.name if start else f"a blend, {describe_blend(found.blend)}"
    voice = replace(
        voice,
        packs=((pack, 1.0),),
        pace=shaped.pace,
        draft="kokoro",
        pack_sha256=hash_rows(shaped.rows),
        origin=f"{MODEL}, fitted to a recording; the search began at {after}",
    )
    about = {
        STOCK: found.nearest,
        BLEND: describe_blend(found.blend),
        "title": voice.title,
        "licence": voice.licence,
        "origin": voice.origin,
        "consent": str(voice.consent),
        FITTED: voice.fitted_to,
        RECORDED: tell_recording(found, shaped),
        **{name: tell_proof(proof) for name, proof in list_proofs(shaped)},
    }
    return {pack: compose_pack(shaped.rows, about), out: compose(voice, out.parent).encode()}


def _make_listener(
    slug: str, count: int, tell: OnEvent, *, kept: bool = False
) -> Callable[[float], None]:
    """What tells of one stage of `count` takes, which begins with the first one.

    `kept`: whether a take of no seconds is one that an earlier run has kept.
    """
    begun = False

    def listen(seconds: float) -> None:
        nonlocal begun
        if not begun:
            tell(ProgressEvent(slug, "start", takes=count, missing=count))
        begun = True
        tell(ProgressEvent(slug, "reused" if kept and not seconds else "take", seconds))

    return listen
