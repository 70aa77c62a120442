"""paperledge outbox: what lies where uploaders take it from."""

from __future__ import annotations

import click

from paperledge_audio.cli.support.lazy import LazyGroup


@click.group(
    cls=LazyGroup,
    package=__name__,
    modules={"list": "listing", "withdraw": "withdraw"},
    epilog="Example: paperledge outbox list s3://bucket/podcast",
)
def command() -> None:
    """List the episodes in an outbox, and withdraw them."""
