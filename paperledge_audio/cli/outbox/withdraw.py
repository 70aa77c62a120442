"""paperledge outbox withdraw: an episode out of an outbox."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperledge_audio.cli.support.common import PLACE, json_option
from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.logs import verbose_option
from paperledge_audio.cli.support.printing import print_json, say
from paperledge_audio.units import count_of

if TYPE_CHECKING:
    from paperledge_audio.files.remote.address import Address

MEGABYTE = 1_000_000


@make_command(
    epilog="Example: paperledge outbox withdraw bits-and-bytes --outbox s3://bucket/podcast"
)
@click.argument("slug")
@click.option(
    "--outbox", metavar="ADDRESS", required=True, type=PLACE, help="The folder, or its address."
)
@verbose_option
@json_option
def command(slug: str, outbox: Path | Address, as_json: bool) -> None:
    """Take the episode SLUG out of an outbox: its manifest first, then its files.

    Only files that this program made are removed. What an uploader has taken already is elsewhere.
    """
    from paperledge_audio.deliver.outbox import open_outbox

    done = open_outbox(outbox).withdraw(slug)
    if as_json:
        print_json({"outbox": str(outbox), "slug": slug, **asdict(done)})
        return
    for name in done.kept:
        say(f"{outbox}/{slug}/{name}: is not this program's, and stays", err=True)
    files = count_of(done.files, "file")
    say(f"{outbox}/{slug}: withdrawn, {files}, {done.bytes / MEGABYTE:.1f} MB")
