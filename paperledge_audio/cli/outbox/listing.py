"""paperledge outbox list: the episodes in an outbox."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperledge_audio.cli.support.common import PLACE, json_option
from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.logs import verbose_option
from paperledge_audio.cli.support.printing import print_json, print_table, say

if TYPE_CHECKING:
    from paperledge_audio.files.remote.address import Address

WIDTH = 120
MEGABYTE = 1_000_000


@make_command(
    name="list",
    epilog="""\b
Examples:
  paperledge outbox list upload
  paperledge outbox list s3://bucket/podcast --json""",
)
@click.argument("outbox", metavar="ADDRESS", type=PLACE)
@verbose_option
@json_option
def command(outbox: Path | Address, as_json: bool) -> None:
    """List the episodes in the outbox at ADDRESS, a folder or an address as s3://bucket/path.

    An episode is whole if every file that its manifest lists is there with the listed size.
    """
    from paperledge_audio.deliver.outbox import open_outbox

    episodes = [*open_outbox(outbox).list_episodes()]
    if as_json:
        print_json({"outbox": str(outbox), "episodes": [asdict(one) for one in episodes]})
        return
    if not episodes:
        say(f"{outbox}: no episodes")
        return
    print_table(
        ("episode", "title", "date", "quality", "MB", "state"),
        (
            (one.slug, one.title, one.date, one.quality, f"{one.bytes / MEGABYTE:.1f}",
             one.problem or "whole")
            for one in episodes
        ),
        WIDTH,
    )  # fmt: skip
