"""paperledge render: scripts in, finished folders out."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperledge_audio.cli.render.foreseeing import foresee_all
from paperledge_audio.cli.render.results import describe_result, print_result
from paperledge_audio.cli.render.running import (
    FailedRender,
    FinishedRender,
    ask_size,
    describe_failure,
    open_studio,
    render_one,
    run_each,
)
from paperledge_audio.cli.render.shards import refuse_with_shard, render_shard, shard_option
from paperledge_audio.cli.support.common import (
    PATH,
    PLACE,
    force_option,
    json_option,
    out_option,
    quality_option,
    read_source,
    refuse_empty,
    scripts_argument,
    voice_option,
)
from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.logs import verbose_option
from paperledge_audio.cli.support.printing import print_json
from paperledge_audio.cli.support.progress import show_progress
from paperledge_audio.cli.support.stores import open_shared, open_store, store_option
from paperledge_audio.errors import PaperledgeError, ScriptError, UsageError, raise_first

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperledge_audio.files.remote.address import Address
    from paperledge_audio.orders import Order
    from paperledge_audio.script import Episode
    from paperledge_audio.takes import Shard


def complete_format(
    ctx: click.Context,  # noqa: ARG001 - click's signature
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> list[str]:
    """Names of formats, for shell completion."""
    from paperledge_audio.deliver import FORMATS
    from paperledge_audio.deliver.reading.book import BOOK

    return [name for name in (*FORMATS, BOOK) if name.startswith(incomplete)]


def _read_cluster(_context: click.Context, option: click.Parameter, address: str | None) -> str:
    """The address; "" where none is given."""
    if address is not None:
        refuse_empty(address, option)
    return address or ""


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
    help="Make takes that fail a gate again, in other readings; if none is good, it is an error.",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 64),
    help="Speak up to N takes side by side, of up to N scripts.  [default: one per processor]",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    callback=_read_cluster,
    help="Render on the Dask cluster at ADDRESS, as tls://host:8786; local:4 starts one here.",
)
@shard_option
@click.option(
    "--dry-run",
    is_flag=True,
    help="Make nothing; say what would be made and why, and how long it takes, as paperledge plan.",
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
    cluster: str,
    shard: Shard | None,
    dry_run: bool,
    shared: Address | None,
    force: bool,
    as_json: bool,
    *,
    make: bool = True,
) -> None:
    """Render episode SCRIPTS to finished, tagged sound with captions, chapters and manifest.

    A folder means the scripts in it. Each script becomes a folder DIR/NAME, named like the script's
    file, which appears whole or not at all. Takes that were spoken before come from the store of
    takes (PAPERLEDGE_CACHE). An older release is replaced; a file that is not part of one, or was
    changed since, is not. A draft says so in its title, and replaces no release in studio quality.
    """
    from paperledge_audio.orders import Order

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
            make=make,
            verified=verified,
        )
        for script in scripts
    ]
    if allow_draft and not outbox:
        raise UsageError("--allow-draft needs --outbox", "leave it out, or name an outbox")
    if shard:
        refuse_with_shard(
            outbox=outbox, stems=stems, verified=verified, format=forms, plot=plot, page=page
        )
    if shard and dry_run:
        raise UsageError("--shard and --dry-run exclude each other", "leave one out")
    if cluster and (jobs or shard):
        raise UsageError("--cluster goes with neither --jobs nor --shard", "leave them out")
    _check_places(orders)
    _check_clashes(scripts)
    if dry_run:
        there = ask_size(cluster, shared) if cluster else None
        foresee_all(orders, jobs, open_store(shared), there, as_json=as_json)
        return
    if shard:
        render_shard(orders, jobs, shard, shared, as_json=as_json)
        return
    with show_progress(silent=as_json) as tell, open_studio(jobs, cluster, shared) as studio:
        one = partial(render_one, studio=studio, shared=open_shared(shared))
        results = list(run_each(orders, one, studio.scripts, studio.stop, tell))
    failed = [result for result in results if isinstance(result, FailedRender)]
    if as_json:
        done = [result for result in results if isinstance(result, FinishedRender)]
        print_json(
            {
                "releases": [describe_result(r) for r in done],
                "errors": [describe_failure(f, one) for f in failed for one in f.error.all],
            }
        )
    else:
        told: set[str] = set()
        for result in results:
            print_result(result, told)
    if failed:
        sys.exit(max(failure.error.exit_code for failure in failed))


def _check_places(orders: Sequence[Order]) -> None:
    """Refuse two scripts of one name, and folders that lie in each other."""
    from paperledge_audio.deliver.outbox import check_apart

    slugs = [order.slug for order in orders]
    for slug, count in Counter(slugs).items():
        if count > 1:
            raise UsageError(f"two scripts are called {slug!r}", "render them into two folders")
    first = orders[0]
    for option, place in (("--outbox", first.outbox), ("--stems", first.stems)):
        if place:
            check_apart(first.out, place, slugs, option)
    if first.outbox and first.stems:
        check_apart(first.outbox, first.stems, slugs, "--stems", "--outbox")


def _choose_formats(names: tuple[str, ...]) -> tuple[str, bool]:
    """The format of the sound, empty for the show's, and whether to add a book."""
    from paperledge_audio.deliver.reading.book import BOOK

    sounds = [name for name in dict.fromkeys(names) if name != BOOK]
    if len(sounds) > 1:
        raise UsageError(
            f"--format names two sounds, {sounds[0]} and {sounds[1]}", "render once for each"
        )
    return "".join(sounds), BOOK in names


def _check_clashes(scripts: tuple[Path, ...]) -> None:
    """Refuse two scripts with one number or guid; what can't be read is told by its render."""
    from paperledge_audio.check.scripts import find_clashes
    from paperledge_audio.show.loading import find_show

    shows: dict[Path, list[Path]] = {}
    for script in scripts if len(scripts) > 1 else ():
        with suppress(PaperledgeError):
            shows.setdefault(find_show(script), []).append(script)
    for ours in shows.values():
        raise_first(
            [
                ScriptError(found.what, found.remedy, path=path, line=found.line)
                for path, found in find_clashes(_read_headers(ours))
            ]
        )


def _read_headers(scripts: Sequence[Path]) -> Iterator[tuple[str, Episode]]:
    """Those that can be read, one at a time: a catalogue may be long."""
    from paperledge_audio.script.parsing import parse_header

    for script in scripts:
        with suppress(PaperledgeError):
            yield str(script), parse_header(read_source(script), str(script))
