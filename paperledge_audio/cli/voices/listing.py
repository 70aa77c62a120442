"""paperledge voices list: who can speak here."""

from __future__ import annotations

import click

from paperledge_audio.cli.common import command as make_command
from paperledge_audio.cli.common import json_option, print_json, show_here


@make_command(name="list", epilog="Example: paperledge voices list")
@json_option
def command(as_json: bool) -> None:
    """List the voices: the show's own (from `voices/` here), then those that ship."""
    from paperledge_audio.voices import find_voice, voice_names

    show = show_here()
    voices = [find_voice(name, show) for name in voice_names(show)]
    if as_json:
        print_json(
            {
                "voices": [
                    {
                        "name": v.name,
                        "title": v.title,
                        "language": v.language,
                        "studio": v.studio,
                        "draft": v.draft,
                        "licence": v.licence,
                        "roles": v.roles,
                        "host": v.name == show.voices.host,
                    }
                    for v in voices
                ]
            }
        )
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE)
    for heading in ("name", "shown as", "language", "studio", "draft", "licence", "roles"):
        table.add_column(heading)
    for v in voices:
        star = " *" if v.name == show.voices.host else ""
        table.add_row(
            v.name + star, v.title, v.language, v.studio, v.draft, v.licence, ", ".join(v.roles)
        )
    Console().print(table, end="")
    click.echo(f"* hosts {show.title}")
