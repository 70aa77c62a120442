"""paperledge preview: hear what scripts, or changes to them, sound like."""

from __future__ import annotations

import os
import re
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperledge_audio.cli.support.common import (
    PATH,
    force_option,
    json_option,
    read_source,
)
from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.logs import verbose_option
from paperledge_audio.cli.support.printing import (
    describe_speaking,
    print_json,
    say,
    say_error,
    say_to_host,
)
from paperledge_audio.cli.support.progress import make_callbacks, print_once, show_progress
from paperledge_audio.cli.support.stores import open_store, store_option
from paperledge_audio.errors import UsageError
from paperledge_audio.units import clock, count_of

if TYPE_CHECKING:
    from paperledge_audio.files.remote.address import Address
    from paperledge_audio.preview import Preview, PreviewRequest
    from paperledge_audio.preview.page.clips import Recorder
    from paperledge_audio.preview.page.document import Json

DEFAULT_OUT = Path("preview")
SINGLE = ".html"
"""The ending of a page in one file."""


@make_command(
    epilog="""\b
Examples:
  paperledge preview scripts/quickstart.md
  paperledge preview scripts --since main...
  paperledge preview --watch scripts/quickstart.md"""
)
@click.argument("scripts", metavar="SCRIPT...", nargs=-1, required=True, type=PATH)
@click.option(
    "--since",
    metavar="REF",
    help="Compare with this git reference; REF... means the merge base of HEAD and REF.",
)
@click.option("--whole", is_flag=True, help="With --since: speak what did not change, too.")
@click.option(
    "-o",
    "--out",
    metavar="DIR",
    type=PATH,
    help="The folder to write; its index.html is the page. NAME.html: one file that holds all.  "
    "[default: preview]",
)
@click.option(
    "--watch",
    is_flag=True,
    help="Serve the page here and update it whenever the script is saved. Click a word there to "
    "change how it is said.",
)
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    help="With --watch: the port to serve at.  [default: any free one]",
)
@click.option(
    "--summary",
    metavar="FILE",
    type=PATH,
    help="Write what changed as a comment in Markdown, for a review.",
)
@click.option(
    "--address",
    metavar="URL",
    help="With --summary: where the page will be, so that links lead to its clips.",
)
@store_option
@force_option
@verbose_option
@json_option
def command(  # noqa: PLR0917 - click passes them all by name
    scripts: tuple[Path, ...],
    since: str | None,
    whole: bool,
    out: Path | None,
    watch: bool,
    port: int | None,
    summary: Path | None,
    address: str | None,
    shared: Address | None,
    force: bool,
    as_json: bool,
) -> None:
    """Make a web page to hear SCRIPTS with, in draft quality.

    A folder means the scripts in it. With --since, each script is compared with its earlier
    version, and what changed is spoken in both versions. The page needs no server. It replaces an
    older preview, and no other files. Exits with 1 if a script can't be previewed; the others
    still are.
    """
    from paperledge_audio.engines import make_pool
    from paperledge_audio.preview import PreviewRequest
    from paperledge_audio.preview.page.clips import Recorder

    if watch and (summary or as_json):
        raise UsageError("--watch goes on until Ctrl-C", "leave --summary and --json out")
    if port is not None and not watch:
        raise UsageError("--port needs --watch", "add --watch")
    if whole and not since:
        raise UsageError(
            "--whole needs --since", "leave it out: without --since everything is spoken"
        )
    if address and not summary:
        raise UsageError("--address needs --summary", "add --summary FILE")
    if since is not None and not since.strip():
        raise UsageError("--since names no commit", "name one, as --since main...")
    request = PreviewRequest(scripts, since or "", whole)
    store = open_store(shared)
    with make_pool() as pool, show_progress(silent=as_json or watch) as tell:
        recorder = Recorder(store, pool, lambda path: make_callbacks(path, tell, store))
        if watch:
            _serve(request, recorder, port or 0, out, force=force)
        else:
            comment = (summary, _read_address(address or "")) if summary else None
            _write(request, recorder, out or DEFAULT_OUT, comment, force=force, as_json=as_json)
    store.prune()


def _write(
    request: PreviewRequest,
    recorder: Recorder,
    out: Path,
    comment: tuple[Path, str] | None,
    *,
    force: bool,
    as_json: bool,
) -> None:
    """Write the page, and the summary to a file, with links below an address."""
    from paperledge_audio.files.writing import deliver_files
    from paperledge_audio.preview import preview
    from paperledge_audio.preview.page.annotations import format_commands
    from paperledge_audio.preview.page.summary import PageLinks, write_summary

    single = out.suffix == SINGLE
    _check_places(out, comment[0] if comment else None, force=force)
    made = preview(request, recorder, read_source)
    _write_page(made.document, made.sounds, out, force=force)
    if comment:
        file, address = comment
        text = write_summary(made.document, PageLinks.below(address, single=single))
        deliver_files({file: text.encode()}, force=force)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for line in format_commands(made.document):
            say_to_host(line, err=as_json)
    told: set[str] = set()
    for problem in made.broken:
        say_error(problem, told)
    page = out if single else out / "index.html"
    if as_json:
        print_json(_describe(made, page))
    else:
        for line in _list_results(made.document):
            say(line)
        say(page)
    if made.broken:
        sys.exit(max(problem.exit_code for problem in made.broken))


def _check_places(out: Path, summary: Path | None, *, force: bool) -> None:
    from paperledge_audio.deliver.folder.writing import check_place
    from paperledge_audio.files.ownership import check_file
    from paperledge_audio.files.reading import real_path
    from paperledge_audio.preview.page.files import FOLDER

    place = real_path(out)
    if out.suffix == SINGLE:
        check_file(out, force=force)
    else:
        check_place(place.parent, place.name, FOLDER, force=force)
    if summary:
        if real_path(summary).is_relative_to(place):
            raise UsageError("--summary is inside the page's folder", "name a file elsewhere")
        check_file(summary, force=force)


def _write_page(document: Json, sounds: dict[str, bytes], out: Path, *, force: bool) -> None:
    from paperledge_audio.deliver.folder import writing as folder
    from paperledge_audio.files.reading import real_path
    from paperledge_audio.files.writing import deliver_files
    from paperledge_audio.preview.page.files import FOLDER, build_page, build_single_page

    if out.suffix == SINGLE:
        deliver_files({out: build_single_page(document, sounds)}, force=force)
        return
    place = real_path(out)
    files = build_page(document, sounds)
    folder.write(place.parent, place.name, files, FOLDER, force=force, on_wait=print_once())


def _read_address(url: str) -> str:
    """An address that can stand in a Markdown link."""
    if url and not re.fullmatch(r"https?://[A-Za-z0-9._~:/?&=%+,;@-]+", url):
        raise UsageError(f"--address {url!r} is not a web address", "write it as https://…")
    return url


def _list_results(document: Json) -> list[str]:
    """A line for each episode that could be previewed, and for what changed around the speech."""
    good = (episode for episode in document["episodes"] if episode["status"] != "broken")
    return [*map(_summarize, good), *(change["text"] for change in document["around"])]


def _summarize(episode: Json) -> str:
    counts = ", ".join(f"{count} {kind}" for kind, count in episode["counts"].items())
    parts = [f"{episode['status']}: {counts}" if counts else episode["status"]]
    if episode["was"]:
        parts.append(f"was {episode['was']}")
    if "duration_s" in episode:
        parts += [f"{clock(episode['duration_s'])} of sound", describe_speaking(episode["engines"])]
        parts.append(f"{clock(episode['anew_s'])} of new speech")
    if warnings := len(episode["findings"]):
        parts.append(count_of(warnings, "warning"))
    return f"{episode['path']}: {' | '.join(parts)}"


def _describe(made: Preview, page: Path) -> Json:
    """The result, without what only the page needs."""
    keys = (
        *("path", "title", "status", "was", "counts", "anew_s", "duration_before_s"),
        *("duration_s", "estimated_s", "loudness_lufs", "engines", "findings", "problem"),
    )
    return {
        "page": str(page),
        "since": made.document["since"],
        "around": made.document["around"],
        "episodes": [
            {
                **{key: episode.get(key) for key in keys},
                "changes": [
                    {
                        "kind": change["kind"],
                        "why": change["why"],
                        **{
                            side: change[side]
                            and {
                                key: change[side][key] for key in ("line", "text", "spoken", "clip")
                            }
                            for side in ("before", "after")
                        },
                    }
                    for change in episode["changes"]
                ],
            }
            for episode in made.document["episodes"]
        ],
    }


def _serve(
    request: PreviewRequest, recorder: Recorder, port: int, out: Path | None, *, force: bool
) -> None:
    """Serve the page until Ctrl-C, and write each version to `out`, if that is given."""
    from paperledge_audio.audition.words import WordEditor
    from paperledge_audio.preview.server import open_server
    from paperledge_audio.preview.watch import LivePage, Watch

    if out:
        _check_places(out, None, force=force)
    live_page, stopping = LivePage(), threading.Event()

    def keep(document: Json, sounds: dict[str, bytes]) -> None:
        if out:
            _write_page(document, sounds, out, force=force)

    with open_server(live_page, port, WordEditor(recorder, live_page)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        say(f"{server.url}  (Ctrl-C ends)")
        watch = Watch(request, recorder, read_source, say_error, keep)
        try:
            watch.run(live_page, stopping)
        finally:
            server.shutdown()
