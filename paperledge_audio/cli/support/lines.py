"""What the commands that speak a single line to a file share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from paperledge_audio.plan import Plan
    from paperledge_audio.takes import TakeStore

play_option = click.option("--play", is_flag=True, help="Play the file as well.")


def check_line_file(out: Path, *, force: bool) -> None:
    """Raise UsageError for an ending that no format has, DeliveryError for another's file."""
    from paperledge_audio.errors import UsageError, suggest
    from paperledge_audio.files.ownership import check_file
    from paperledge_audio.sound.exporting import LINE_FORMATS

    if out.suffix.lower() not in LINE_FORMATS:
        raise UsageError(
            f"{out.name}: no format has that ending", suggest(out.suffix, LINE_FORMATS)
        )
    check_file(out, force=force)


def write_line(plan: Plan, store: TakeStore, out: Path, *, force: bool, play: bool) -> float:
    """Speak the plan of a line into `out`, play it if asked, and return its length in seconds."""
    from paperledge_audio import GENERATOR_NOTE
    from paperledge_audio.engines import make_pool
    from paperledge_audio.files.writing import deliver_files
    from paperledge_audio.render import mix_speech
    from paperledge_audio.sound.clip import convert_channels, duration_s, load
    from paperledge_audio.sound.exporting import export
    from paperledge_audio.sound.playing import play as play_file

    with make_pool() as pool:
        _, mix = mix_speech(plan, store, pool=pool)
        clip = convert_channels(load(mix), 1)
    deliver_files({out: export(clip, out.suffix.lower(), GENERATOR_NOTE)}, force=force)
    if play:
        play_file(out)
    return duration_s(clip)
