"""paperledge voices show: a voice's profile, engines and files."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import click

from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.common import (
    complete_voice,
    json_option,
    load_local_show,
)
from paperledge_audio.cli.support.printing import print_json, say
from paperledge_audio.cli.voices.printing import (
    describe_problems,
    describe_profile,
    format_problems,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.check.voices import Readiness
    from paperledge_audio.voices.profiles import Voice

MARGIN = 10
"""Width of the column of names."""
HASH = 16
"""Characters of a hash that are printed."""


@make_command(
    name="show",
    epilog="""\b
Examples:
  paperledge voices show ernis
  paperledge voices show bf_emma --json""",
)
@click.argument("name", shell_complete=complete_voice)
@json_option
def command(name: str, as_json: bool) -> None:
    """Show the voice NAME: its profile, its engines and their files on this machine."""
    from paperledge_audio.check.voices import check_readiness
    from paperledge_audio.voices.finding import find_voice

    show = load_local_show()
    voice = find_voice(name, show)
    found = check_readiness(name, show)
    facts = _describe(voice, found)
    if as_json:
        print_json(
            {**facts, "host": name == show.voices.host, "problems": describe_problems(found)}
        )
        return
    say(f"{name}: {voice.title}, {voice.path}")
    for label, text in _list_rows(voice, facts):
        say(f"  {label:<{MARGIN}} {text}")
    for line in format_problems([found]):
        say(line, err=True)
    say("")
    say(facts["use"])


def _describe(voice: Voice, found: Readiness) -> dict[str, Any]:
    from paperledge_audio.voices.casting import note_draft
    from paperledge_audio.voices.packs import PROVEN, RECORDED, read_about

    facts = describe_profile(voice)
    facts["engines"] = {
        quality: _describe_engine(voice, quality, ready=quality in found.speaks)
        for quality in ("studio", "draft")
    }
    del facts["studio"], facts["draft"]
    facts["note"] = note_draft(voice, "draft")
    about = [read_about(path) for path, _ in voice.packs]
    facts["proofs"] = {
        name: one[name] for one in about for name in (RECORDED, *PROVEN) if name in one
    }
    line = shlex.quote(voice.sample)
    return {**facts, "use": f"paperledge say {line} -o {voice.name}.wav --voice {voice.name}"}


def _describe_engine(voice: Voice, quality: str, *, ready: bool) -> dict[str, Any]:
    """The engine, and if it can speak here, its files and how words are timed."""
    from paperledge_audio.engines import open_engine
    from paperledge_audio.voices.engines import ENGINES

    name = voice.engine(quality)
    facts: dict[str, Any] = {"name": name, "about": ENGINES[name].about, "ready": ready}
    if ready:
        engine = open_engine(name)
        facts["words_timed_by"] = engine.timing(voice)
        facts["models"] = dict(engine.models(voice))
    return facts


def _list_rows(voice: Voice, facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "language", f"{voice.language}, pace {voice.pace:g}"
    yield "roles", ", ".join(voice.roles)
    for quality, engine in facts["engines"].items():
        timed = f"words timed by {engine['words_timed_by']}" if engine["ready"] else "not here"
        yield quality, f"{engine['about']}; {timed}"
        for file, sha256 in engine.get("models", {}).items():
            yield "", f"{file}, sha256 {sha256[:HASH]}…"
    if note := facts["note"]:
        yield "note", note
    yield from _list_packs(voice, facts)
    for key, value in (facts["coqui"] or {}).items():
        if value:
            yield key, ", ".join(value) if isinstance(value, list) else value
    for form, said in voice.pronounce:
        yield "says", f"{form} as {said}"
    yield "licence", voice.licence
    if voice.origin:
        yield "origin", voice.origin
    yield "consent", str(voice.consent)
    yield "sample", voice.sample


def _list_packs(voice: Voice, facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for number, (path, weight) in enumerate(voice.packs):
        yield "" if number else "packs", f"{weight:.4g} {path}"
    if voice.fitted_to:
        yield "fitted to", voice.fitted_to
    for name, proof in facts["proofs"].items():
        yield "", f"{name}: {proof}"
