"""paperledge init: a show of one's own, ready to render."""

from __future__ import annotations

import datetime
import shlex
import sys
from pathlib import Path

import click

from paperledge_audio.cli.support.common import PATH, complete_voice, json_option
from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.printing import print_json, say


@make_command(
    name="init",
    epilog="""\b
Examples:
  paperledge init my-show
  paperledge init my-show --title "My Show" --host Ada --voice bf_emma --ci github
  paperledge init --yes""",
)
@click.argument("folder", metavar="[DIR]", required=False, default=".", type=PATH)
@click.option(
    "--title", metavar="TEXT", help="The show's title.  [default: from the folder's name]"
)
@click.option("--host", metavar="NAME", help="The host's name.  [default: that of the voice]")
@click.option(
    "--voice",
    metavar="NAME",
    shell_complete=complete_voice,
    help="The host's voice.  [default: ernis]",
)
@click.option(
    "--ci",
    type=click.Choice(["github", "gitlab", "none"]),
    help="Whose CI previews each change.  [default: none]",
)
@click.option("--yes", is_flag=True, help="Ask nothing, and take the defaults.")
@json_option
def command(  # noqa: PLR0917 - click passes them all by name
    folder: Path,
    title: str | None,
    host: str | None,
    voice: str | None,
    ci: str | None,
    yes: bool,
    as_json: bool,
) -> None:
    """Make a show in DIR, by default in this folder: settings, a first episode, a place for voices.

    On a terminal you are asked for what you don't give. What is there already stays: if a file of
    the show is there, nothing is written.
    """
    from paperledge_audio.cli.init.asking import decide
    from paperledge_audio.cli.init.making import SCRIPT, WORKFLOWS, compose_files, name_files
    from paperledge_audio.files.resources import PROGRAM, name_source
    from paperledge_audio.files.writing import check_new, deliver_new

    check_new(folder / name for name in name_files(ci))  # before anybody is asked
    ask = not yes and not as_json and sys.stdin.isatty()
    start = decide(folder, title, host, voice, ci, ask=ask)
    today = datetime.datetime.now(datetime.UTC).date()
    files = {folder / name: data for name, data in compose_files(start, today).items()}
    deliver_new(files)
    if not (ask or yes or as_json):
        given = {"--title": title, "--host": host, "--voice": voice}
        if left := ", ".join(name for name, value in given.items() if value is None):
            say(f"not on a terminal, so nothing was asked; by default: {left}", err=True)
    script, out, page = (shlex.quote(str(folder / name)) for name in (SCRIPT, "out", "preview"))
    steps = [
        f"paperledge check {script}",
        f"paperledge preview {script} -o {page}",
        f"paperledge render {script} -o {out}",
    ]
    if as_json:
        print_json({"files": [str(path) for path in files], "next": steps})
        return
    for path in files:
        say(path)
    if start.ci in WORKFLOWS and name_source() == PROGRAM:
        workflow = folder / WORKFLOWS[start.ci][0]
        say(f"{workflow}: PAPERLEDGE there says what pip installs: {PROGRAM}", err=True)
    say("")
    say("Next:")
    for step in steps:
        say(f"  {step}")
