"""paperledge render: scripts in, finished folders out."""

from __future__ import annotations

import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from paperledge_audio.cli.support.common import (
    PATH,
    PLACE,
    force_option,
    json_option,
    out_option,
    quality_option,
    read_source,
    scripts_argument,
    voice_option,
)
from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.logs import verbose_option
from paperledge_audio.cli.support.printing import (
    describe_finding,
    describe_speaking,
    print_json,
    say,
    say_finding,
)
from paperledge_audio.cli.support.progress import (
    OnEvent,
    ProgressEvent,
    make_callbacks,
    show_progress,
)
from paperledge_audio.cli.support.stores import open_shared, store_option
from paperledge_audio.errors import PaperledgeError, ScriptError, UsageError
from paperledge_audio.units import clock

if TYPE_CHECKING:
    from paperledge_audio.files.remote.address import Address
    from paperledge_audio.render import Order, Rendered
    from paperledge_audio.script import Episode
    from paperledge_audio.takes import SharedTakes


@dataclass(frozen=True, slots=True)
class FinishedRender:
    """A finished script."""

    order: Order
    rendered: Rendered
    damaged: int
    """Takes that were damaged in the store and made again."""
    wall_s: float


@dataclass(frozen=True, slots=True)
class FailedRender:
    """A script that could not be rendered."""

    order: Order
    error: PaperledgeError


def complete_format(
    ctx: click.Context,  # noqa: ARG001 - click's signature
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> list[str]:
    """Names of formats, for shell completion."""
    from paperledge_audio.deliver import FORMATS
    from paperledge_audio.deliver.reading.book import BOOK

    return [name for name in (*FORMATS, BOOK) if name.startswith(incomplete)]


@make_command(
    epilog="""\b
Examples:
  paperledge render scripts/quickstart.md -o out
  paperledge render scripts/*.md -o out --quality draft
  paperledge render scripts/quickstart.md -o out --quality draft --plot
  paperledge render scripts/quickstart.md -o out --page --format epub
  paperledge render scripts/quickstart.md -o out --outbox /srv/upload
  paperledge render scripts/quickstart.md -o out --outbox s3://bucket/podcast
  paperledge render scripts/quickstart.md -o out --json | jq -r '.releases[].files[].path'"""
)
@scripts_argument
@out_option("DIR", "Where the finished folders go, one for each script.", "out")
@click.option(
    "--outbox",
    metavar="DIR",
    type=PLACE,
    help="Hand each finished folder over to DIR as well, whole, for an uploader. It may be the "
    "address of one on a server, as s3://bucket/path or sftp://host/path.",
)
@click.option("--allow-draft", is_flag=True, help="With --outbox: hand drafts over, too.")
@quality_option
@voice_option
@click.option(
    "--format",
    "forms",
    metavar="NAME",
    multiple=True,
    shell_complete=complete_format,
    help="Deliver as mp3, m4a, m4b, opus, flac or wav.  [default: the show's]  epub adds a book "
    "that is read aloud; it may be given as well.",
)
@click.option(
    "--plot",
    is_flag=True,
    help="Add a picture, NAME.plot.svg: chapters, waveform, ducking, loudness against the target.",
)
@click.option(
    "--stems",
    metavar="DIR",
    type=PATH,
    help="Write DIR/NAME for editors, too: voices, music and effects as FLAC, labels, a session.",
)
@click.option(
    "--page",
    is_flag=True,
    help="Add a web page, NAME.html: it plays the sound and follows the words.",
)
@click.option(
    "--verified",
    is_flag=True,
    help="Make no release of a script with a take that fails a gate; it is an error then.",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 64),
    help="Speak up to N takes side by side, of up to N scripts.  [default: one per processor]",
)
@store_option
@force_option
@verbose_option
@json_option
def command(  # noqa: PLR0917 - click passes them all by name
    scripts: tuple[Path, ...],
    out: Path,
    outbox: Path | Address | None,
    allow_draft: bool,
    quality: str,
    voice: str | None,
    forms: tuple[str, ...],
    plot: bool,
    stems: Path | None,
    page: bool,
    verified: bool,
    jobs: int | None,
    shared: Address | None,
    force: bool,
    as_json: bool,
) -> None:
    """Render episode SCRIPTS to finished, tagged sound with captions, chapters and manifest.

    A folder means the scripts in it. Each script becomes a folder DIR/NAME, named like the script's
    file, which appears whole or not at all. Takes that were spoken before come from the store of
    takes (PAPERLEDGE_CACHE). An older release is replaced; a file that is not part of one, or was
    changed since, is not. A draft says so in its title, and replaces no release in studio quality.
    """
    from paperledge_audio.deliver.outbox import check_apart
    from paperledge_audio.render import Order

    form, book = _choose_formats(forms)
    orders = [
        Order(
            script,
            out,
            quality,
            voice or "",
            outbox,
            form,
            book=book,
            plot=plot,
            page=page,
            force=force,
            allow_draft=allow_draft,
            stems=stems,
            verified=verified,
        )
        for script in scripts
    ]
    if allow_draft and not outbox:
        raise UsageError("--allow-draft needs --outbox", "leave it out, or name an outbox")
    same = [slug for slug, count in Counter(order.slug for order in orders).items() if count > 1]
    if same:
        raise UsageError(f"two scripts are called {same[0]!r}", "render them into two folders")
    for option, place in (("--outbox", outbox), ("--stems", stems)):
        if place:
            check_apart(out, place, [order.slug for order in orders], option)
    if outbox and stems:
        check_apart(outbox, stems, [order.slug for order in orders], "--stems", "--outbox")
    _check_numbers(scripts)
    with show_progress(silent=as_json) as tell:
        results = list(_render_all(orders, jobs, open_shared(shared), tell))
    failed = [result for result in results if isinstance(result, FailedRender)]
    if as_json:
        done = [result for result in results if isinstance(result, FinishedRender)]
        print_json(
            {
                "releases": [_describe(r) for r in done],
                "errors": [_describe_failure(f) for f in failed],
            }
        )
    else:
        for result in results:
            _print(result)
    if failed:
        sys.exit(max(failure.error.exit_code for failure in failed))


def _choose_formats(names: tuple[str, ...]) -> tuple[str, bool]:
    """The format of the sound, empty for the show's, and whether to add a book."""
    from paperledge_audio.deliver.reading.book import BOOK

    sounds = [name for name in dict.fromkeys(names) if name != BOOK]
    if len(sounds) > 1:
        raise UsageError(
            f"--format names two sounds, {sounds[0]} and {sounds[1]}", "render once for each"
        )
    return "".join(sounds), BOOK in names


def _check_numbers(scripts: tuple[Path, ...]) -> None:
    """Refuse two scripts with one season and number; what can't be read is told by its render."""
    from paperledge_audio.check.scripts import find_same_numbers
    from paperledge_audio.script import parse
    from paperledge_audio.show.loading import find_show

    shows: dict[Path, list[tuple[str, Episode]]] = {}
    for script in scripts if len(scripts) > 1 else ():
        with suppress(PaperledgeError):
            episode = parse(read_source(script), str(script)).episode
            shows.setdefault(find_show(script), []).append((str(script), episode))
    for episodes in shows.values():
        for path, found in find_same_numbers(episodes).items():
            raise ScriptError(found.what, found.remedy, path=path, line=found.line)


POLL_S = 0.2
"""Seconds between looks for a Ctrl-C, which doesn't wake this thread if another one gets it."""


class RenderStopped(Exception):  # noqa: N818 - not an error: somebody pressed Ctrl-C
    """Ends the render of a script after Ctrl-C."""


def _render_all(
    orders: list[Order], jobs: int | None, shared: SharedTakes | None, tell: OnEvent
) -> Iterator[FinishedRender | FailedRender]:
    """Results in the order of the scripts, each as soon as it is ready."""
    from paperledge_audio.engines import make_pool
    from paperledge_audio.files.resources import count_processors

    stopping = threading.Event()

    def tell_or_stop(event: ProgressEvent) -> None:
        if stopping.is_set():
            raise RenderStopped
        tell(event)

    count = jobs or count_processors()
    with make_pool(count) as pool, ThreadPoolExecutor(min(count, len(orders))) as scripts:
        one = partial(render_one, tell=tell_or_stop, pool=pool, shared=shared)
        try:
            for result in [scripts.submit(one, order) for order in orders]:
                while not result.done():
                    wait([result], POLL_S)
                yield result.result()
        except BaseException:
            stopping.set()  # each script ends with the take or the stage that it is at
            scripts.shutdown(wait=False, cancel_futures=True)
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def render_one(
    order: Order, tell: OnEvent, pool: Executor, shared: SharedTakes | None = None
) -> FinishedRender | FailedRender:
    """Render one script; a PaperledgeError becomes the result."""
    from paperledge_audio.files.resources import cache_folder
    from paperledge_audio.render import render
    from paperledge_audio.takes import TakeStore

    store = TakeStore(cache_folder(), shared)
    start = time.perf_counter()
    try:
        progress = make_callbacks(order.slug, tell)
        rendered = render(order, read_source(order.script), store, progress, pool)
    except PaperledgeError as error:
        return FailedRender(order, error)
    wall_s = time.perf_counter() - start
    try:
        store.prune()
    except PaperledgeError as error:  # the episode is there all the same
        rendered = replace(rendered, notes=(*rendered.notes, str(error)))
    return FinishedRender(order, rendered, len(store.damaged), wall_s)


def _print(result: FinishedRender | FailedRender) -> None:
    if isinstance(result, FailedRender):
        say(str(result.error), err=True)
        return
    for path in result.rendered.release.paths:
        say(path)
    if result.order.stems:
        say(result.order.stems / result.order.slug)
    if result.order.outbox:
        say(result.rendered.handed_over)
    for take in result.rendered.made:
        if take.why != "first render":
            place = f"{result.order.script}:{take.line}" if take.line else "the show"
            say(f"{place}: spoken again ({take.why}): {_shorten(take.text)}", err=True)
    for finding in result.rendered.findings:
        say_finding(result.order.script, finding, err=True)
    for note in result.rendered.notes:
        say(f"{result.order.slug}: {note}", err=True)
    if result.damaged:
        say(f"{result.damaged} damaged takes were made again", err=True)
    say(_summarize(result))


def _shorten(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _summarize(result: FinishedRender) -> str:
    """One line: how long, how loud, how fast."""
    rendered = result.rendered
    release = rendered.release
    reused = f", {rendered.reused} reused" if rendered.reused else ""
    parts = [
        clock(release.duration_s),
        f"{release.loudness.integrated_lufs:.1f} LUFS",
        f"{release.loudness.true_peak_dbtp:.1f} dBTP",
        describe_speaking(rendered.speaking),
        f"{len(rendered.made)} takes made{reused}",
        f"{result.wall_s:.1f} s, {release.duration_s / result.wall_s:.1f} x real time",
    ]
    return f"{release.slug}: {' | '.join(parts)}"


def _describe(result: FinishedRender) -> dict[str, Any]:
    rendered = result.rendered
    release = rendered.release
    return {
        "script": str(result.order.script),
        "slug": release.slug,
        "handed_over": rendered.handed_over or None,
        "stems": str(result.order.stems / release.slug) if result.order.stems else None,
        "title": release.episode.title,
        "quality": result.order.quality,
        "engines": dict(rendered.speaking),
        "notes": list(rendered.notes),
        "findings": [describe_finding(result.order.script, one) for one in rendered.findings],
        "duration_s": round(release.duration_s, 6),
        "loudness": {
            "integrated_lufs": round(release.loudness.integrated_lufs, 2),
            "true_peak_dbtp": round(release.loudness.true_peak_dbtp, 2),
            "range_lu": round(release.loudness.range_lu, 2),
        },
        "takes": {
            "made": [asdict(take) for take in rendered.made],
            "reused": rendered.reused,
            "damaged": result.damaged,
        },
        "wall_s": round(result.wall_s, 3),
        "files": [
            {"path": str(path), "bytes": file.bytes, "sha256": file.sha256, "type": file.type}
            for path, file in zip(release.paths, release.files, strict=True)
        ],
    }


def _describe_failure(failed: FailedRender) -> dict[str, Any]:
    error = failed.error
    return {
        "script": str(failed.order.script),
        **error.facts(),
        "exit_code": error.exit_code,
    }
