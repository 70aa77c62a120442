"""render --shard: the takes of a shard go to the store, and no episode is written."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING

import click

from paperledge_audio.cli.render.running import (
    FailedRender,
    describe_failure,
    open_pool,
    run_each,
)
from paperledge_audio.cli.support.common import read_source
from paperledge_audio.cli.support.printing import print_json, say
from paperledge_audio.cli.support.progress import OnEvent, make_callbacks, show_progress
from paperledge_audio.cli.support.stores import open_store
from paperledge_audio.errors import UsageError
from paperledge_audio.units import count_of

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from paperledge_audio.files.remote.address import Address
    from paperledge_audio.orders import Order, ShardResult
    from paperledge_audio.takes import Shard


class _ShardType(click.ParamType):  # type: ignore[type-arg] # not generic before click 8.4
    """A number and how many there are, as 3/8."""

    name = "shard"

    def convert(
        self,
        value: str,
        param: click.Parameter | None,  # noqa: ARG002 - click's signature
        ctx: click.Context | None,  # noqa: ARG002
    ) -> Shard:
        from paperledge_audio.takes import parse_shard

        return parse_shard(value)


shard_option = click.option(
    "--shard",
    metavar="N/M",
    type=_ShardType(),
    help="Only make the takes of shard N of M, for the store; paperledge gather does the rest.",
)


def refuse_with_shard(**options: object) -> None:
    """Raise UsageError for options of an episode that are given: a shard writes none."""
    if given := [f"--{name}" for name, value in options.items() if value]:
        raise UsageError("--shard writes no episode", f"give {', '.join(given)} to gather")


@dataclass(frozen=True, slots=True)
class SpokenShard:
    """What a script has in a shard."""

    order: Order
    result: ShardResult


def render_shard(
    orders: Sequence[Order],
    jobs: int | None,
    shard: Shard,
    shared: Address | None,
    *,
    as_json: bool,
) -> None:
    """Make the takes of a shard, print how many, and exit as a render does."""
    with show_progress(silent=as_json) as tell, open_pool(jobs) as (pool, count):
        one = partial(_speak, shared=shared, pool=pool, shard=shard)
        stop = partial(pool.shutdown, wait=False, cancel_futures=True)
        results = list(run_each(orders, one, count, stop, tell))
    failed = [result for result in results if isinstance(result, FailedRender)]
    spoken = [result for result in results if isinstance(result, SpokenShard)]
    if as_json:
        rows = [
            {"script": str(one.order.script), "slug": one.order.slug, **asdict(one.result)}
            for one in spoken
        ]
        errors = [describe_failure(one, error) for one in failed for error in one.error.all]
        place = open_store(shared).place
        print_json({"shard": str(shard), "store": place, "scripts": rows, "errors": errors})
    else:
        for result in failed:
            say(str(result.error), err=True)
        for done in spoken:
            takes = done.result
            say(
                f"{done.order.slug}: shard {shard} | {count_of(takes.made, 'take')} made, "
                f"{takes.reused} reused, {takes.others} in other shards"
            )
        if not shared:
            say(
                f"the takes are in {open_store(shared).place}, for gather on this machine; "
                "for another one give --store to all shards and to gather",
                err=True,
            )
    if failed:
        sys.exit(max(failure.error.exit_code for failure in failed))


def _speak(
    order: Order, tell: OnEvent, *, shared: Address | None, pool: Executor, shard: Shard
) -> SpokenShard:
    from paperledge_audio.render import speak

    store = open_store(shared)
    progress = make_callbacks(order.slug, tell, store)
    return SpokenShard(
        order, speak(order, read_source(order.script), store, progress, pool=pool, shard=shard)
    )
