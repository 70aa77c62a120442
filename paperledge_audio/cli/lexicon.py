"""paperledge lexicon: export and import pronunciations as W3C PLS files."""

from __future__ import annotations

from pathlib import Path

import click

from paperledge_audio.cli.support.common import (
    PATH,
    force_option,
    json_option,
    load_local_show,
    out_option,
)
from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.printing import print_json, say, say_lines
from paperledge_audio.errors import ScriptError
from paperledge_audio.files.reading import read_bytes


@click.group(epilog="Example: paperledge lexicon export -o paperledge.pls")
def command() -> None:
    """Export and import pronunciations as W3C PLS files."""


@make_command(epilog="Example: paperledge lexicon export -o paperledge.pls")
@out_option("FILE", "The PLS file.")
@force_option
@json_option
def export(out: Path, force: bool, as_json: bool) -> None:
    """Write the built-in lexicon and the show's own entries as a PLS file."""
    from paperledge_audio.files.writing import deliver_files
    from paperledge_audio.spoken import compose_pls
    from paperledge_audio.spoken.lexicon.entries import load_built_in

    show = load_local_show()
    lexicon = load_built_in().add_layer(show.pronounce.items())
    deliver_files({out: compose_pls(lexicon, show.language).encode()}, force=force)
    if as_json:
        print_json({"path": str(out), "entries": len(lexicon.entries)})
    else:
        say(f"{out}: {len(lexicon.entries)} entries")


@make_command(name="import", epilog="Example: paperledge lexicon import names.pls >> lexicon.toml")
@click.argument("file", type=PATH)
@json_option
def import_file(file: Path, as_json: bool) -> None:
    """Print a PLS file's entries as lines for [pronounce] in show.toml or a script."""
    import tomli_w

    from paperledge_audio.script.source import decode
    from paperledge_audio.spoken import parse_pls
    from paperledge_audio.spoken.lexicon.pls import LARGEST_BYTES

    source = read_bytes(file, LARGEST_BYTES, "a lexicon", error=ScriptError)
    lexicon = parse_pls(decode(source, str(file)), str(file))
    entries = {
        item.grapheme: f"/{item.phonemes}/" if item.phonemes else item.said
        for item in lexicon.entries.values()
    }
    if as_json:
        print_json({"pronounce": entries})
        return
    say_lines(tomli_w.dumps(entries).rstrip("\n"))


for subcommand in (export, import_file):
    command.add_command(subcommand)
