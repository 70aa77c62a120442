"""paperledge lexicon: try and keep pronunciations, export and import them as W3C PLS files."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperledge_audio.cli.support.common import (
    PATH,
    force_option,
    json_option,
    load_local_show,
    out_option,
    quality_option,
    read_source,
    voice_option,
)
from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.lines import check_line_file, play_option, write_line
from paperledge_audio.cli.support.printing import print_json, say, say_lines, shorten
from paperledge_audio.cli.support.stores import open_store, store_option
from paperledge_audio.errors import ScriptError, UsageError
from paperledge_audio.files.reading import read_bytes
from paperledge_audio.units import clock, count_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.deliver.folder.mentions import Mention
    from paperledge_audio.files.remote.address import Address


@click.group(
    epilog="""\b
Examples:
  paperledge lexicon try AgenTracer "agent racer" --play
  paperledge lexicon add AgenTracer "agent racer"
  paperledge lexicon export -o paperledge.pls"""
)
def command() -> None:
    """Try and keep pronunciations; export and import them as W3C PLS files."""


@make_command(
    name="try",
    epilog="""\b
Examples:
  paperledge lexicon try AgenTracer
  paperledge lexicon try Qwen "kwen" /kwˈɛn/ --play""",
)
@click.argument("word")
@click.argument("said", nargs=-1)
@out_option("FILE", "The sound of all of them, each after its number.", "line.wav")
@play_option
@quality_option
@voice_option
@store_option
@force_option
@json_option
def try_word(  # noqa: PLR0917 - click passes them all by name
    word: str,
    said: tuple[str, ...],
    out: Path,
    play: bool,
    quality: str,
    voice: str | None,
    shared: Address | None,
    force: bool,
    as_json: bool,
) -> None:
    """Hear WORD as it is said now, as it might be said, and in the ways SAID.

    SAID is words ("agent racer") or phonemes between slashes; docs/PRONOUNCE.md explains them.
    """
    from dataclasses import asdict

    from paperledge_audio.audition.pronunciations import compose_line, list_alternatives
    from paperledge_audio.plan import plan_line
    from paperledge_audio.voices.finding import find_voice

    check_line_file(out, force=force)
    show = load_local_show()
    speaker = find_voice(voice or show.voices.host, show)
    ways = list_alternatives(word, show, speaker, said)
    store = open_store(shared)
    plan = plan_line(compose_line(word, ways), show, speaker, quality=quality, store=store)
    write_line(plan, store, out, force=force, play=play)
    if as_json:
        print_json({"word": word, "path": str(out), "alternatives": [asdict(way) for way in ways]})
        return
    for number, way in enumerate(ways, 1):
        sound = "" if way.entry == f"/{way.phonemes}/" else f"  /{way.phonemes}/"
        say(f"{number}  {way.entry}{sound}  ({way.about})")
    yours = next((way.entry for way in reversed(ways) if way.entry in said), "")
    keep = f"paperledge lexicon add {shlex.quote(word)} {shlex.quote(yours) if yours else 'SAID'}"
    say(f"{out}: all of them. To keep {'yours' if yours else 'one, as SAID'}: {keep}")


@make_command(
    epilog="""\b
Examples:
  paperledge lexicon add AgenTracer "agent racer"
  paperledge lexicon add Qwen /kwˈɛn/ --script scripts/quickstart.md
  paperledge lexicon add Nguyen "win" --voice emma"""
)
@click.argument("word")
@click.argument("said")
@click.option("--script", type=PATH, help="Add it to this script's header, for this script only.")
@click.option("--voice", metavar="NAME", help="Add it to this voice's profile.")
@json_option
def add(word: str, said: str, script: Path | None, voice: str | None, as_json: bool) -> None:
    """Write that WORD is said as SAID under [pronounce] in the show's show.toml.

    SAID is words ("agent racer") or phonemes between slashes; docs/PRONOUNCE.md explains them.
    """
    from paperledge_audio.audition.words import keep_pronunciation

    if script and voice:
        raise UsageError("--script and --voice exclude each other", "leave one out")
    path = script or _find_table(voice)
    keep_pronunciation(word, said, path)
    if as_json:
        print_json({"path": str(path), "word": word, "said": said})
    else:
        say(f"{path}: {word} is said {said}")


def _find_table(voice: str | None) -> Path:
    """The show's show.toml, or the profile of its own `voice`; raises for another one."""
    from paperledge_audio.audition.words import find_table
    from paperledge_audio.voices.finding import find_voice

    show = load_local_show()
    return find_table(show, Path("scripts/any"), find_voice(voice, show) if voice else None)


@make_command(epilog="Example: paperledge lexicon export -o paperledge.pls")
@out_option("FILE", "The PLS file.")
@force_option
@json_option
def export(out: Path, force: bool, as_json: bool) -> None:
    """Write the built-in lexicon and the show's own entries as a PLS file."""
    from paperledge_audio.files.writing import deliver_files
    from paperledge_audio.spoken.lexicon.entries import load_built_in
    from paperledge_audio.spoken.lexicon.pls import compose_pls

    show = load_local_show()
    lexicon = load_built_in().add_layer(show.pronounce.items())
    deliver_files({out: compose_pls(lexicon, show.language).encode()}, force=force)
    if as_json:
        print_json({"path": str(out), "entries": len(lexicon.entries)})
    else:
        say(f"{out}: {count_of(len(lexicon.entries), 'entry', 'entries')}")


@make_command(name="import", epilog="Example: paperledge lexicon import names.pls >> lexicon.toml")
@click.argument("file", type=PATH)
@json_option
def import_file(file: Path, as_json: bool) -> None:
    """Print a PLS file's entries as lines for [pronounce] in show.toml or a script."""
    import tomli_w

    from paperledge_audio.script.source import decode
    from paperledge_audio.spoken.lexicon.pls import LARGEST_BYTES, parse_pls

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


@make_command(
    epilog="""\b
Examples:
  paperledge lexicon who Qwen
  paperledge lexicon who Qwen out scripts --json"""
)
@click.argument("word")
@click.argument("places", nargs=-1, type=PATH)
@json_option
def who(word: str, places: tuple[Path, ...], as_json: bool) -> None:
    """List the episodes that say WORD, each with the script's line and the time.

    PLACES are finished folders, folders of them, scripts, or folders of scripts.  [default: out]
    A word without capitals is found in any capitalisation, as in the lexicon.
    """
    from dataclasses import asdict

    if not word.strip():
        raise UsageError("WORD is empty", "name a word")
    rows = [
        {"episode": str(episode), **asdict(mention)}
        for place in places or (Path("out"),)
        for episode, mention in _find_mentions(place, word)
    ]
    if as_json:
        print_json({"word": word, "mentions": rows})
        return
    for row in rows:
        place = f"{row['episode']}:{row['line']}" if row["line"] else f"{row['episode']}: the show"
        when = "" if row["start_s"] is None else f" at {clock(row['start_s'])}"
        say(f"{place}{when}: {shorten(row['text'], 80)}")
    count = len({row["episode"] for row in rows})
    say(f"{count} {'episode says' if count == 1 else 'episodes say'} {word}")


def _find_mentions(place: Path, word: str) -> Iterator[tuple[Path, Mention]]:
    """Where the releases of a place, or else its scripts, say a word."""
    from paperledge_audio.deliver.folder.mentions import Mention, find_said, list_releases
    from paperledge_audio.files.reading import is_folder
    from paperledge_audio.plan import plan_script
    from paperledge_audio.show.loading import find_show, load_show
    from paperledge_audio.show.scripts import list_scripts
    from paperledge_audio.spoken.lexicon.mentions import find_mentions

    if releases := list_releases(place) if is_folder(place) else ():
        yield from ((folder, found) for folder in releases for found in find_said(folder, word))
        return
    for script in list_scripts([place]):
        show = load_show(find_show(script))
        for segment in plan_script(
            read_source(script), str(script), show, quality="studio"
        ).segments:
            text = " ".join(segment.text.split())
            yield from (
                (script, Mention(segment.line, None, text)) for _ in find_mentions(text, word)
            )


for subcommand in (try_word, add, export, import_file, who):
    command.add_command(subcommand)
