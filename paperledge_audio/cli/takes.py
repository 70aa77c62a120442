"""paperledge takes: the stores of takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from paperledge_audio.cli.support.common import NumberRange, json_option
from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.printing import print_json, say
from paperledge_audio.cli.support.stores import (
    SharedAddress,
    open_shared,
    open_store,
    store_option,
)
from paperledge_audio.errors import UsageError
from paperledge_audio.units import count_of

if TYPE_CHECKING:
    from paperledge_audio.files.remote.address import Address

MEGABYTE = 1_000_000

shared_only_option = click.option(
    "--store",
    "shared",
    metavar="ADDRESS",
    type=SharedAddress(),
    help="Empty this shared store, not this machine's; PAPERLEDGE_STORE does not count here.",
)


@click.group(epilog="Example: paperledge takes info")
def command() -> None:
    """Inspect and empty the stores of takes."""


@make_command(epilog="Example: paperledge takes info --json")
@store_option
@json_option
def info(shared: Address | None, as_json: bool) -> None:
    """Print where the store is, how many takes it has and how large it is.

    With a shared store, print the same of that.
    """
    from paperledge_audio.takes import LIMIT_BYTES

    store = open_store(shared)
    stock = store.measure_size()
    behind = store.shared.measure_size() if store.shared else None
    if as_json:
        document = {"folder": str(store.folder), "takes": stock.takes, "bytes": stock.bytes}
        there = behind and {"address": str(shared), "takes": behind.takes, "bytes": behind.bytes}
        print_json({**document, "limit_bytes": LIMIT_BYTES, "shared": there})
        return
    say(
        f"{store.folder}: {count_of(stock.takes, 'take')}, "
        f"{stock.bytes / MEGABYTE:.1f} MB of at most {LIMIT_BYTES / MEGABYTE:.0f}"
    )
    if behind:
        say(f"{shared}: {count_of(behind.takes, 'take')}, {behind.bytes / MEGABYTE:.1f} MB")


@make_command(epilog="Example: paperledge takes prune --limit 500")
@click.option(
    "--limit",
    metavar="MB",
    type=NumberRange(0, 1e9),
    help="Keep at most this many megabytes.",
)
@shared_only_option
@json_option
def prune(limit: float | None, shared: Address | None, as_json: bool) -> None:
    """Remove the takes that were unused for longest, down to a limit.

    Every render ends with this, at the default limit. Of a shared store it removes those that were
    made first; no render does.
    """
    from paperledge_audio.takes import LIMIT_BYTES

    if shared and limit is None:
        raise UsageError("a shared store has no limit of its own", "add --limit")
    _remove(LIMIT_BYTES if limit is None else round(limit * MEGABYTE), shared, as_json=as_json)


@make_command(epilog="Example: paperledge takes clear")
@shared_only_option
@json_option
def clear(shared: Address | None, as_json: bool) -> None:
    """Remove all takes; the next render speaks everything again."""
    _remove(0, shared, as_json=as_json)


def _remove(limit_bytes: int, shared: Address | None, *, as_json: bool) -> None:
    removed = (open_shared(shared) or open_store(None)).prune(limit_bytes)
    if as_json:
        print_json({"removed": removed.takes, "bytes": removed.bytes})
    else:
        say(f"removed {count_of(removed.takes, 'take')}, {removed.bytes / MEGABYTE:.1f} MB")


for subcommand in (info, prune, clear):
    command.add_command(subcommand)
