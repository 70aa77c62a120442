"""paperledge say: hear a line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.common import (
    force_option,
    json_option,
    load_local_show,
    out_option,
    quality_option,
    voice_option,
)
from paperledge_audio.cli.support.lines import check_line_file, play_option, write_line
from paperledge_audio.cli.support.logs import verbose_option
from paperledge_audio.cli.support.printing import print_json, say
from paperledge_audio.cli.support.stores import open_store, store_option

if TYPE_CHECKING:
    from paperledge_audio.files.remote.address import Address


@make_command(
    epilog="""\b
Examples:
  paperledge say "AgenTracer-8B beats GPT-4o by 18.18%."
  paperledge say "Hello, learning crew." -o hello.flac --voice emma
  paperledge say AgenTracer --as "agent racer" --play"""
)
@click.argument("text")
@out_option("FILE", "A .wav, .flac, .ogg, .mp3 or .m4a file.", "line.wav")
@click.option(
    "--as",
    "said",
    metavar="SAID",
    help="How TEXT, one word or name, is said: words, or phonemes between slashes.",
)
@play_option
@quality_option
@voice_option
@store_option
@force_option
@verbose_option
@json_option
def command(  # noqa: PLR0917 - click passes them all by name
    text: str,
    out: Path,
    said: str | None,
    play: bool,
    quality: str,
    voice: str | None,
    shared: Address | None,
    force: bool,
    as_json: bool,
) -> None:
    """Speak TEXT to a file, as the voice says it: no music, no mastering.

    TEXT may use the inline markup of scripts, pronunciations included.
    """
    from paperledge_audio.audition.pronunciations import mark_up
    from paperledge_audio.plan import plan_line
    from paperledge_audio.units import clock
    from paperledge_audio.voices.finding import find_voice

    check_line_file(out, force=force)
    show = load_local_show()
    speaker = find_voice(voice or show.voices.host, show)
    store = open_store(shared)
    line = text if said is None else mark_up(text, said)
    plan = plan_line(line, show, speaker, quality=quality, store=store)
    length_s = write_line(plan, store, out, force=force, play=play)
    if as_json:
        print_json(
            {
                "path": str(out),
                "duration_s": round(length_s, 3),
                "spoken": [segment.spoken for segment in plan.segments],
            }
        )
    else:
        for note in plan.notes:
            say(note, err=True)
        say(f"{out}  {clock(length_s)}")
