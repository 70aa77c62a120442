"""paperledge gather: the episodes of takes that shards have made."""

from __future__ import annotations

from typing import Any

import click

from paperledge_audio.cli.render import command as render
from paperledge_audio.cli.support.common import command as make_command

ONLY_RENDER = ("shard", "dry_run", "debug")
"""The options of `render` that `gather` has not, or has in its own way."""


@make_command(
    epilog="""\b
Examples:
  paperledge gather scripts -o out --store s3://bucket/takes
  paperledge gather scripts -o out --make --json"""
)
@click.option("--make", is_flag=True, help="Make the takes that the store lacks.")
@click.pass_context
def command(ctx: click.Context, /, **options: Any) -> None:
    """Finish the episodes of SCRIPTS from the takes in the store.

    The last step after `paperledge render --shard 1/8` to `8/8`. Where takes are missing, an error
    says how many, and nothing is written for that script, unless --make makes them.
    """
    ctx.invoke(render, shard=None, dry_run=False, **options)


command.params = [
    *(param for param in render.params if param.name not in ONLY_RENDER),
    *command.params,
]
