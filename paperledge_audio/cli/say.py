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
from paperledge_audio.cli.support.logs import verbose_option
from paperledge_audio.cli.support.printing import print_json, say
from paperledge_audio.cli.support.stores import open_store, store_option
from paperledge_audio.errors import UsageError, suggest

if TYPE_CHECKING:
    from paperledge_audio.files.remote.address import Address


@make_command(
    epilog="""\b
Examples:
  paperledge say "AgenTracer-8B beats GPT-4o by 18.18%." -o line.wav
  paperledge say "Hello, learning crew." -o hello.flac --voice emma"""
)
@click.argument("text")
@out_option("FILE", "A .wav, .flac, .ogg, .mp3 or .m4a file.")
@quality_option
@voice_option
@store_option
@force_option
@verbose_option
@json_option
def command(  # noqa: PLR0917 - click passes them all by name
    text: str,
    out: Path,
    quality: str,
    voice: str | None,
    shared: Address | None,
    force: bool,
    as_json: bool,
) -> None:
    """Speak TEXT to a file, as the voice says it: no music, no mastering.

    TEXT may use the inline markup of scripts, pronunciations included.
    """
    from paperledge_audio import GENERATOR_NOTE
    from paperledge_audio.engines import make_pool
    from paperledge_audio.files.ownership import check_file
    from paperledge_audio.files.writing import deliver_files
    from paperledge_audio.plan import plan_line
    from paperledge_audio.render import mix_speech
    from paperledge_audio.sound.clip import convert_channels, duration_s, load
    from paperledge_audio.sound.exporting import LINE_FORMATS, export
    from paperledge_audio.units import clock
    from paperledge_audio.voices.finding import find_voice

    ending = out.suffix.lower()
    if ending not in LINE_FORMATS:
        raise UsageError(
            f"{out.name}: no format has that ending", suggest(out.suffix, LINE_FORMATS)
        )
    check_file(out, force=force)
    show = load_local_show()
    speaker = find_voice(voice or show.voices.host, show)
    store = open_store(shared)
    plan = plan_line(text, show, speaker, quality=quality, store=store)
    with make_pool() as pool:
        _, mix = mix_speech(plan, store, pool=pool)
        clip = convert_channels(load(mix), 1)
    deliver_files({out: export(clip, ending, GENERATOR_NOTE)}, force=force)
    if as_json:
        print_json(
            {
                "path": str(out),
                "duration_s": round(duration_s(clip), 3),
                "spoken": [segment.spoken for segment in plan.segments],
            }
        )
    else:
        for note in plan.notes:
            say(note, err=True)
        say(f"{out}  {clock(duration_s(clip))}")
