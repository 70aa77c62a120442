"""paperledge guids: keep episodes' permanent ids beside their scripts."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.common import (
    force_option,
    json_option,
    read_source,
    scripts_argument,
)
from paperledge_audio.cli.support.printing import print_json, say

if TYPE_CHECKING:
    from paperledge_audio.deliver.feed.guids import KeptGuid


@make_command(
    epilog="""\b
Examples:
  paperledge guids scripts/*.md
  paperledge guids scripts/*.md --check"""
)
@scripts_argument
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if something would change.")
@force_option
@json_option
def command(scripts: tuple[Path, ...], check: bool, force: bool, as_json: bool) -> None:
    """Keep the permanent ids of SCRIPTS in guids.toml beside them.

    An episode then stays the same for subscribers when the show, the script or the file is renamed.
    A renamed file takes over the entry of the one that is gone and had its title. Commit the file.
    """
    from paperledge_audio.deliver.feed.guids import FILE_NAME, compose_guids, read_guids
    from paperledge_audio.files.writing import deliver_files

    changes: list[dict[str, str]] = []
    files: dict[Path, bytes] = {}
    for folder in dict.fromkeys(script.parent for script in scripts):
        before = kept = read_guids(folder)
        for script in scripts:
            if script.parent == folder:
                kept, change = _keep(script, kept)
                changes += [{"script": str(script), **change}] if change else []
        if kept != before:
            files[folder / FILE_NAME] = compose_guids(kept)
    if not check:
        deliver_files(files, force=force)
    if as_json:
        print_json({"files": [str(file) for file in files], "changes": changes})
    else:
        for change in changes:
            say(f"{change['script']}: {change['what']}: {change['guid']}")
        written = [f"{file} would be written" if check else str(file) for file in files]
        for line in written or ["every id is kept already: nothing to write"]:
            say(line)
    if check and files:
        sys.exit(1)


def _keep(script: Path, kept: dict[str, KeptGuid]) -> tuple[dict[str, KeptGuid], dict[str, str]]:
    """The entries with that of a script, and what changed, if anything.

    A header's own guid needs no entry.
    """
    from paperledge_audio.deliver.feed.guids import KeptGuid, choose_guid, explain_guid
    from paperledge_audio.script.parsing import parse
    from paperledge_audio.show.loading import find_show, load_show

    episode = parse(read_source(script), str(script)).episode
    if episode.guid:
        return kept, {}
    slug = script.stem
    chosen = choose_guid(episode, load_show(find_show(script)), slug, kept)
    others = {name: entry for name, entry in kept.items() if name not in {chosen.was, slug}}
    same = replace(kept[slug], title=episode.title) if slug in kept else None
    entry = same or KeptGuid(chosen.guid, episode.title)
    why = explain_guid(chosen, slug, kept)
    return {**others, slug: entry}, {"guid": entry.guid, "what": why} if why else {}
