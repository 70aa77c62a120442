"""paperledge voices: list, hear, check and make voices. One module per command."""

from __future__ import annotations

import click

from paperledge_audio.cli.support.lazy import LazyGroup

COMMANDS = {
    "list": "listing",
    "show": "show",
    "audition": "audition",
    "blend": "blend",
    "fit": "fit",
    "check": "check",
    "install": "install",
}
"""Command → module, in the order of the help."""


@click.group(
    cls=LazyGroup, package=__name__, modules=COMMANDS, epilog="Example: paperledge voices list"
)
def command() -> None:
    """List, hear, check and make voices."""
