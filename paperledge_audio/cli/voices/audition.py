"""paperledge voices audition: hear voices say the same line, and choose."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from paperledge_audio.cli.support.common import (
    PATH,
    complete_voice,
    force_option,
    json_option,
    load_local_show,
    out_option,
    quality_option,
)
from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.logs import verbose_option
from paperledge_audio.cli.support.printing import print_json, say
from paperledge_audio.cli.support.progress import make_callbacks, print_once, show_progress
from paperledge_audio.cli.support.stores import open_store, store_option
from paperledge_audio.units import clock, count_of

if TYPE_CHECKING:
    from paperledge_audio.audition import Audition
    from paperledge_audio.files.remote.address import Address


@make_command(
    name="audition",
    epilog="""\b
Examples:
  paperledge voices audition
  paperledge voices audition ernis emma 'bf_*'
  paperledge voices audition me --recording host.wav
  paperledge voices audition --line "AgenTracer-8B beats GPT-4o by 18.18%." -o out/names""",
)
@click.argument("names", nargs=-1, metavar="[NAME...]", shell_complete=complete_voice)
@click.option("--line", metavar="TEXT", help="What they say.  [default: the host's sample line]")
@click.option(
    "--recording",
    metavar="FILE",
    type=PATH,
    help="Blind beside a recording of the person: the voices, and what fitted ones came from.",
)
@out_option("DIR", "The folder to write; its index.html is the page.", "audition")
@quality_option
@store_option
@force_option
@verbose_option
@json_option
def command(  # noqa: PLR0917 - click passes them all by name
    names: tuple[str, ...],
    line: str | None,
    recording: Path | None,
    out: Path,
    quality: str,
    shared: Address | None,
    force: bool,
    as_json: bool,
) -> None:
    """Make a web page on which voices say the same line, equally loud, to choose by ear.

    NAMEs may be patterns such as 'af_*'; the default is all voices. The page needs no server. A
    voice that can't speak on this machine is listed with the reason; that is an error if you gave
    its name.
    """
    from paperledge_audio.audition import AuditionRequest, audition
    from paperledge_audio.audition.choosing import choose_origins, choose_voices, sample_line
    from paperledge_audio.audition.host import NAME
    from paperledge_audio.audition.page import build_page, folder_kind
    from paperledge_audio.deliver.folder import writing as folder
    from paperledge_audio.engines import make_pool
    from paperledge_audio.files.reading import real_path

    show = load_local_show()
    chosen = choose_voices(names, show)
    beside = choose_origins(chosen, show) if recording else {}
    request = AuditionRequest(chosen, line or sample_line(show), quality, beside, recording)
    place = real_path(out)
    kind = folder_kind([*chosen, *beside, *([NAME] if recording else [])])
    folder.check_place(place.parent, place.name, kind, force=force)
    store = open_store(shared)
    with make_pool() as pool, show_progress(silent=as_json) as tell:
        made = audition(request, show, store, make_callbacks("audition", tell, store), pool)
    folder.write(
        place.parent, place.name, build_page(made), kind, force=force, on_wait=print_once()
    )
    store.prune()
    for silent in made.unavailable:
        say(f"{silent.name}: {silent.problem}", err=True)
    _print(made, out, as_json=as_json)
    if failed := [silent.problem.exit_code for silent in made.unavailable if silent.named]:
        sys.exit(max(failed))


def _print(made: Audition, out: Path, *, as_json: bool) -> None:
    if as_json:
        print_json(_describe(made, out))
        return
    measured = [one.loudness.integrated_lufs for one in made.recordings]
    count = len(made.recordings)
    parts = [
        count_of(count, "voice"),
        *([f"{len(made.unavailable)} that can't speak here"] if made.unavailable else []),
        f"{clock(sum(one.duration_s for one in made.recordings))} of sound",
        f"{min(measured):.2f} to {max(measured):.2f} LUFS",
    ]
    say(f"audition: {' | '.join(parts)}")
    say(out / "index.html")


def _describe(made: Audition, out: Path) -> dict[str, Any]:
    """The result, without what only the page needs."""
    from paperledge_audio.audition.page import describe_audition

    found = describe_audition(made)
    for voice in found["voices"]:
        voice["path"] = str(out / voice.pop("clip"))
        del voice["words"], voice["peaks"]
    return {
        "page": str(out / "index.html"),
        "line": " ".join(found.pop("words")),
        **found,
    }
