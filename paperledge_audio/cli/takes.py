"""paperledge takes: the store of takes."""

from __future__ import annotations

import math

import click

from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.common import json_option
from paperledge_audio.cli.support.printing import print_json, say
from paperledge_audio.errors import UsageError

MEGABYTE = 1_000_000


@click.group(epilog="Example: paperledge takes info")
def command() -> None:
    """Inspect and empty the store of takes."""


@make_command(epilog="Example: paperledge takes info --json")
@json_option
def info(as_json: bool) -> None:
    """Print where the store is, how many takes it has and how large it is."""
    from paperledge_audio.files.resources import cache_folder
    from paperledge_audio.takes import LIMIT_BYTES, TakeStore

    store = TakeStore(cache_folder())
    stock = store.measure_size()
    if as_json:
        document = {"folder": str(store.folder), "takes": stock.takes, "bytes": stock.bytes}
        print_json({**document, "limit_bytes": LIMIT_BYTES})
        return
    say(
        f"{store.folder}: {stock.takes} takes, {stock.bytes / MEGABYTE:.1f} MB of at most "
        f"{LIMIT_BYTES / MEGABYTE:.0f}"
    )


@make_command(epilog="Example: paperledge takes prune --limit 500")
@click.option(
    "--limit",
    metavar="MB",
    type=click.FloatRange(0, 1e9),
    help="Keep at most this many megabytes.",
)
@json_option
def prune(limit: float | None, as_json: bool) -> None:
    """Remove the takes that were unused for longest, down to a limit.

    Every render ends with this, at the default limit.
    """
    from paperledge_audio.takes import LIMIT_BYTES

    if limit is not None and math.isnan(limit):  # it is in every range
        raise UsageError("--limit: nan is not a number", "write megabytes, as 500")
    _remove(LIMIT_BYTES if limit is None else round(limit * MEGABYTE), as_json=as_json)


@make_command(epilog="Example: paperledge takes clear")
@json_option
def clear(as_json: bool) -> None:
    """Remove all takes; the next render speaks everything again."""
    _remove(0, as_json=as_json)


def _remove(limit_bytes: int, *, as_json: bool) -> None:
    from paperledge_audio.files.resources import cache_folder
    from paperledge_audio.takes import TakeStore

    removed = TakeStore(cache_folder()).prune(limit_bytes)
    if as_json:
        print_json({"removed": removed.takes, "bytes": removed.bytes})
    else:
        say(f"removed {removed.takes} takes, {removed.bytes / MEGABYTE:.1f} MB")


for subcommand in (info, prune, clear):
    command.add_command(subcommand)
