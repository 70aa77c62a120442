"""paperledge plan: what a render would make, and why, before anything runs."""

from __future__ import annotations

from typing import Any

import click

from paperledge_audio.cli.render import command as render
from paperledge_audio.cli.support.common import command as make_command

ONLY_RENDER = ("shard", "dry_run", "debug")
"""The options of `render` that `plan` has not, or has in its own way."""


@make_command(
    epilog="""\b
Examples:
  paperledge plan scripts -o out
  paperledge plan scripts/*.md -o out --jobs 8 --store s3://bucket/takes
  paperledge plan scripts -o out --cluster tls://host:8786 --store s3://bucket/takes
  paperledge plan scripts -o out --json | jq '.scripts[] | select(.takes.make != []) | .script'"""
)
@click.pass_context
def command(ctx: click.Context, /, **options: Any) -> None:
    """Say what a render of SCRIPTS would make, and why, how long it takes, and how much memory.

    A folder means the scripts in it. A take has to be made where the text is new, or the lexicon,
    the voice, the engine or the direction is another one than in the release below DIR, or where
    the store lost it. Nothing is written, and no model is loaded. The time is that of this machine,
    as its own renders measured it; before the first one it is that of another machine. With
    --cluster, what its workers need stands beside that. The options are those of `render`.
    """
    ctx.invoke(render, shard=None, dry_run=True, **options)


command.params = [*(one for one in render.params if one.name not in ONLY_RENDER), *command.params]
