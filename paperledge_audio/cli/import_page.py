"""paperledge import: a saved show page → one script an episode."""

from __future__ import annotations

from pathlib import Path

import click

from paperledge_audio.cli.support.common import PATH, json_option, out_option
from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.printing import print_json, say
from paperledge_audio.errors import ScriptError
from paperledge_audio.files.reading import read_bytes


@make_command(
    name="import",
    epilog="""\b
Examples:
  paperledge import show-page.txt -o scripts
  paperledge import show-page.txt -o scripts --force""",
)
@click.argument("page", type=PATH)
@out_option("DIR", "Where the scripts go.")
@click.option("--force", is_flag=True, help="Overwrite scripts that differ.")
@json_option
def command(page: Path, out: Path, force: bool, as_json: bool) -> None:
    """Turn PAGE, a saved show page, into one Markdown script an episode.

    Missing titles are guessed from the text and marked as guesses. Lines that belong to the page
    and not to an episode are listed. If a script exists and differs, nothing is written without
    --force.
    """
    from paperledge_audio.files.reading import holds
    from paperledge_audio.files.writing import deliver_files
    from paperledge_audio.script.composing import compose
    from paperledge_audio.script.limits import PAGE
    from paperledge_audio.script.page.importing import import_page
    from paperledge_audio.script.slugs import make_slugs

    source = read_bytes(page, PAGE.largest, PAGE.what, error=ScriptError)
    imported = import_page(source, str(page))
    scripts = dict(
        zip(
            (out / f"{name}.md" for name in make_slugs(imported.scripts)),
            imported.scripts,
            strict=True,
        )
    )
    files = {file: compose(script).encode() for file, script in scripts.items()}
    changed = {file: data for file, data in files.items() if not holds(file, data)}
    deliver_files(changed, force=force)
    if as_json:
        print_json(
            {
                "scripts": [
                    {
                        "path": str(file),
                        "title": script.episode.title,
                        "title_is_guess": script.episode.title_is_guess,
                        "date": script.episode.date.isoformat(),
                        "written": file in changed,
                    }
                    for file, script in scripts.items()
                ],
                "left_out": [{"line": row.line, "text": row.text} for row in imported.left_out],
            }
        )
        return
    for file, script in scripts.items():
        guess = " (a guess: check it)" if script.episode.title_is_guess else ""
        same = "" if file in changed else " (unchanged)"
        say(f"{file}  {script.episode.title}{guess}{same}")
    if imported.left_out:
        lines = ", ".join(str(row.line) for row in imported.left_out)
        say(f"{page}: not part of an episode, left out: lines {lines}", err=True)
