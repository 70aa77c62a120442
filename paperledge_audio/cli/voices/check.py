"""paperledge voices check: what is wrong with voices."""

from __future__ import annotations

import sys

import click

from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.common import complete_voice, json_option, print_json, show_here
from paperledge_audio.cli.support.logs import verbose_option
from paperledge_audio.cli.voices.printing import exit_code, problem_lines, problem_rows


@make_command(
    name="check",
    epilog="""\b
Examples:
  paperledge voices check
  paperledge voices check ernis mix --json""",
)
@click.argument("names", nargs=-1, metavar="[NAME...]", shell_complete=complete_voice)
@verbose_option
@json_option
def command(names: tuple[str, ...], as_json: bool) -> None:
    """Check voices, by default all: profiles, packs and models, pronunciations, the sample line.

    Each problem is a line. Exits with 1 where a voice is at fault, with 3 where something is
    merely not installed.
    """
    from paperledge_audio.check.voices import checked
    from paperledge_audio.voices.finding import voice_names

    show = show_here()
    found = [checked(name, show) for name in dict.fromkeys(names or voice_names(show))]
    if as_json:
        print_json(
            {
                "voices": [
                    {"name": one.name, "speaks": one.speaks, "problems": problem_rows(one)}
                    for one in found
                ]
            }
        )
    else:
        for line in problem_lines(found):
            click.echo(line, err=True)
        whole = sum(not one.problems for one in found)
        click.echo(f"{whole} of {len(found)} voices are as they should be")
    sys.exit(exit_code(found))
