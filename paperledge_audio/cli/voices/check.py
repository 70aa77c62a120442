"""paperledge voices check: what is wrong with voices."""

from __future__ import annotations

import sys

import click

from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.common import (
    complete_voice,
    json_option,
    load_local_show,
)
from paperledge_audio.cli.support.printing import print_json, say
from paperledge_audio.cli.voices.printing import describe_problems, exit_code, format_problems
from paperledge_audio.units import count_of


@make_command(
    name="check",
    epilog="""\b
Examples:
  paperledge voices check
  paperledge voices check ernis mix --json""",
)
@click.argument("names", nargs=-1, metavar="[NAME...]", shell_complete=complete_voice)
@json_option
def command(names: tuple[str, ...], as_json: bool) -> None:
    """Check voices (all by default): profiles, packs, models, pronunciations, sample lines.

    Prints a line for each problem. Exits with 1 if a voice has a fault, with 3 if it only lacks
    something to install.
    """
    from paperledge_audio.check.voices import check_thoroughly
    from paperledge_audio.voices.finding import voice_names

    show = load_local_show()
    found = [check_thoroughly(name, show) for name in dict.fromkeys(names or voice_names(show))]
    if as_json:
        print_json(
            {
                "voices": [
                    {"name": one.name, "speaks": one.speaks, "problems": describe_problems(one)}
                    for one in found
                ]
            }
        )
    else:
        for line in format_problems(found):
            say(line, err=True)
        whole = sum(not one.problems for one in found)
        say(f"{whole} of {count_of(len(found), 'voice')} without faults")
    sys.exit(exit_code(found))
