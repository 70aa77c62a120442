"""paperledge again: other readings of one sentence, to hear and to choose from."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from paperledge_audio.cli.support.common import (
    PATH,
    force_option,
    json_option,
    out_option,
    quality_option,
    read_source,
    voice_option,
)
from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.lines import check_line_file, play_option, write_line
from paperledge_audio.cli.support.logs import verbose_option
from paperledge_audio.cli.support.printing import print_json, say
from paperledge_audio.cli.support.stores import open_store, store_option
from paperledge_audio.errors import UsageError, brief

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperledge_audio.files.remote.address import Address
    from paperledge_audio.plan import ScriptPlan
    from paperledge_audio.spoken import Segment

RELEASES = Path("out")
"""Where `render` makes them by default."""


@make_command(
    epilog="""\b
Examples:
  paperledge again scripts/quickstart.md 13 --words "bigger models" --play
  paperledge again scripts/quickstart.md 0:42
  paperledge again scripts/quickstart.md 0:42 --choose 2
  paperledge again scripts/quickstart.md 0:42 --accept"""
)
@click.argument("script", type=PATH)
@click.argument("place", metavar="LINE|TIME")
@click.option("--words", default="", help="Some words of the sentence, if the line has several.")
@click.option("--choose", metavar="N", type=click.IntRange(1), help="Keep the reading N.")
@click.option(
    "--accept",
    is_flag=True,
    help="Keep the reading that it has, since it sounds right, whatever verify heard.",
)
@out_option("DIR", "Where the readings go, as 1.wav, 2.wav …", "again")
@click.option(
    "--release",
    metavar="DIR",
    type=PATH,
    default=RELEASES,
    help="The folder of finished folders that TIME is of.  [default: out]",
)
@play_option
@voice_option
@quality_option
@store_option
@force_option
@verbose_option
@json_option
def command(  # noqa: PLR0917 - click passes them all by name
    script: Path,
    place: str,
    words: str,
    choose: int | None,
    accept: bool,
    out: Path,
    release: Path,
    play: bool,
    voice: str | None,
    quality: str,
    shared: Address | None,
    force: bool,
    as_json: bool,
) -> None:
    """Speak a sentence of SCRIPT in other readings: one file each, the plain one first.

    The sentence is that of a line, as 13, or of a time in the finished sound, as 0:42. With
    --choose or --accept the reading is kept in the script's header by the sentence's spoken words,
    so that every render uses it, and verify doesn't call the sentence wrong.
    """
    from paperledge_audio.plan import plan_script, plan_segments
    from paperledge_audio.show.loading import find_show, load_show
    from paperledge_audio.spoken.readings import PLAIN, key_of
    from paperledge_audio.synthesis.mending import list_others

    if choose and accept:
        raise UsageError("--choose and --accept exclude each other", "leave one out")
    store = open_store(shared)
    show = load_show(find_show(script))
    plan = plan_script(
        read_source(script), str(script), show, quality=quality, host=voice or "", store=store
    )
    segment = (
        _find_by_time(plan, place, release / script.stem)
        if ":" in place
        else _find_by_line(plan, place, words)
    )
    plain = replace(segment, reading="")
    ways = (plain, *list_others(plan, plain, by_hand=True))
    names = [way.reading or PLAIN for way in ways]
    now = segment.reading or PLAIN
    if choose or accept:
        number = choose or _find_number(now, names)
        if number > len(ways):
            listed = ", ".join(f"{n} {name}" for n, name in enumerate(names, 1))
            raise UsageError(f"there is no reading {number}", f"choose one of these: {listed}")
        _keep(script, key_of(segment), names[number - 1])
        if as_json:
            print_json({"script": str(script), "sentence": key_of(segment), "chosen": number})
            return
        say(f"{script}: {brief(key_of(segment))} is read {names[number - 1]!r}")
        return
    files = [out / f"{number}.wav" for number in range(1, len(ways) + 1)]
    for file in files:
        check_line_file(file, force=force)
    printed = " ".join(segment.text.split())
    where = f"{script}:{segment.line}" if segment.line else "the show's words"
    if not as_json:
        say(f"{where}: {printed}")
    for number, (way, name, file) in enumerate(zip(ways, names, files, strict=True), 1):
        alone = replace(way, music_after="", sounds_after=(), chapter=0, pause_after=0.0)
        titled = replace(plan, chapter_titles=(segment.text,))
        write_line(plan_segments(titled, [alone], store), store, file, force=force, play=play)
        if not as_json:
            mark = "  (now)" if way.reading == segment.reading else ""
            say(f"{number}  {name}  {file}{mark}")
    if as_json:
        rows = [{"reading": n, "path": str(f)} for n, f in zip(names, files, strict=True)]
        found = {"line": segment.line, "text": printed, "sentence": key_of(segment)}
        print_json({"script": str(script), **found, "readings": rows})
        return
    say(f"To keep one: {_compose_choice(plan, place, words, release)}")


def _find_number(now: str, names: Sequence[str]) -> int:
    """The number of the reading that the sentence has now."""
    if now not in names:
        raise UsageError(f"its reading, {now!r}, is not there here", "choose another one")
    return names.index(now) + 1


def _compose_choice(plan: ScriptPlan, place: str, words: str, release: Path) -> str:
    """The command that keeps one of the readings, without its number's value."""
    parts = ["paperledge", "again", plan.path, place]
    parts += ["--words", words] if words else []
    parts += ["--release", str(release)] if release != RELEASES else []
    parts += ["--voice", plan.replacement] if plan.replacement else []
    parts += ["--quality", plan.quality] if plan.quality != "studio" else []
    return f"{shlex.join(parts)} --choose N"


def _find_by_line(plan: ScriptPlan, line: str, words: str) -> Segment:
    from paperledge_audio.spoken.readings import key_of

    if not (line.isascii() and line.isdecimal() and len(line) < 10):
        raise UsageError(f"{line!r} is no line and no time", "write 13, or 0:42")
    there: dict[str, Segment] = {}
    for one in plan.segments:
        if one.line == int(line):
            there.setdefault(key_of(one), one)  # said twice, it is one to choose for
    if not there:
        lines = sorted({one.line for one in plan.segments if one.line})
        near = next((one for one in lines if one > int(line)), lines[-1])
        raise UsageError(f"no sentence begins in line {line}", f"one begins in line {near}")
    found = [
        one for one in there.values() if words.casefold() in " ".join(one.text.split()).casefold()
    ]
    if len(found) == 1:
        return found[0]
    said = ", ".join(brief(" ".join(one.text.split())) for one in there.values())
    what = f"{len(found)} sentences begin in line {line}"
    if words:
        what = f"{len(found) or 'no'} sentences of line {line} have the words {brief(words)}"
    raise UsageError(what, f"name some --words of one: {said}")


def _find_by_time(plan: ScriptPlan, time: str, finished: Path) -> Segment:
    """The segment that is said at a time of the release in the folder `finished`."""
    from paperledge_audio.cli.locate import find_sentence
    from paperledge_audio.engines.g2p import spell_sounds
    from paperledge_audio.spoken.readings import PLAIN

    placed = find_sentence(finished, time)
    found = [one for one in plan.segments if placed.said in {spell_sounds(one), one.text}]
    if not found:
        raise UsageError(
            f"{brief(placed.printed)}, said at {time}, is not in the script any more",
            "render it again, or name a line",
        )
    segment = min(found, key=lambda one: one.line != placed.line)
    if placed.voice not in {"", segment.voice}:
        add = f"add --voice {placed.voice}, or " if segment.voice == plan.host else ""
        raise UsageError(
            f"at {time} {placed.voice!r} says it, and by the script {segment.voice!r} does",
            f"{add}render it again",
        )
    return replace(segment, reading="" if placed.reading == PLAIN else placed.reading)


def _keep(script: Path, key: str, name: str) -> None:
    from paperledge_audio.errors import ScriptError
    from paperledge_audio.files.reading import read_text
    from paperledge_audio.files.writing import rewrite
    from paperledge_audio.script.editing import set_entry
    from paperledge_audio.script.limits import SCRIPT

    before = read_text(script, SCRIPT.largest, SCRIPT.what, error=ScriptError)
    after = set_entry(before, "readings", key, name, str(script))
    rewrite(script, after.encode())
