"""paperledge voices: who can speak here, and making a voice of one's own. One module a command."""

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
    """Who can speak here, what they sound like, and voices of one's own."""
