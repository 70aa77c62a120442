"""paperledge schema: what editors need to complete and check settings."""

from __future__ import annotations

import click

from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.printing import say_lines


@make_command(
    epilog="""\b
Examples:
  paperledge schema show > scripts/show.schema.json
  paperledge schema script --markdown"""
)
@click.argument("name", metavar="show|script", type=click.Choice(["show", "script"]))
@click.option("--markdown", is_flag=True, help="Print a page for people instead.")
def command(name: str, markdown: bool) -> None:
    """Print the JSON Schema (draft-07) of show.toml or of a script's header.

    Editors complete and check keys with it, and show what they are for. With Taplo or Even Better
    TOML a show.toml names its schema in the first line: #:schema ./show.schema.json
    """
    from paperledge_audio.cli.schema.documents import compose_page, compose_schema

    say_lines((compose_page if markdown else compose_schema)(name).removesuffix("\n"))
