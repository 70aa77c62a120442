"""paperledge voices show: all there is to know of a voice."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import click

from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.common import complete_voice, json_option, print_json, show_here
from paperledge_audio.cli.voices.printing import problem_lines, problem_rows, profile_facts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.check.voices import Readiness
    from paperledge_audio.voices.profiles import Voice

MARGIN = 10
"""Columns that the names of facts take."""
HASH = 16
"""Characters of a hash that a person is shown."""


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
    """Show all of the voice NAME: its profile, and the engines and files that speak it here."""
    from paperledge_audio.check.voices import readiness
    from paperledge_audio.voices.finding import find_voice

    show = show_here()
    voice = find_voice(name, show)
    found = readiness(name, show)
    facts = _facts(voice, found)
    if as_json:
        print_json({**facts, "host": name == show.voices.host, "problems": problem_rows(found)})
        return
    click.echo(f"{name}: {voice.title}, {voice.path}")
    for label, text in _rows(voice, facts):
        click.echo(f"  {label:<{MARGIN}} {text}")
    for line in problem_lines([found]):
        click.echo(line, err=True)
    click.echo(f"\n{facts['use']}")


def _facts(voice: Voice, found: Readiness) -> dict[str, Any]:
    facts = profile_facts(voice)
    facts["engines"] = {
        quality: _engine(voice, quality, ready=quality in found.speaks)
        for quality in ("studio", "draft")
    }
    del facts["studio"], facts["draft"]
    line = shlex.quote(voice.sample)
    return {**facts, "use": f"paperledge say {line} -o {voice.name}.wav --voice {voice.name}"}


def _engine(voice: Voice, quality: str, *, ready: bool) -> dict[str, Any]:
    """What speaks, and, where it can, with which files and whose times."""
    from paperledge_audio.engines import open_engine
    from paperledge_audio.voices.engines import ENGINES

    name = voice.engine(quality)
    facts: dict[str, Any] = {"name": name, "about": ENGINES[name].about, "ready": ready}
    if ready:
        engine = open_engine(name)
        facts["words_timed_by"] = engine.timing(voice)
        facts["models"] = dict(engine.models(voice))
    return facts


def _rows(voice: Voice, facts: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "language", f"{voice.language}, pace {voice.pace:g}"
    yield "roles", ", ".join(voice.roles)
    for quality, engine in facts["engines"].items():
        timed = f"words timed by {engine['words_timed_by']}" if engine["ready"] else "not here"
        lent = "" if quality == "studio" or voice.draft else " (it has none for drafts)"
        yield quality, f"{engine['about']}{lent}; {timed}"
        for file, sha256 in engine.get("models", {}).items():
            yield "", f"{file}, sha256 {sha256[:HASH]}…"
    for number, (path, weight) in enumerate(voice.packs):
        yield "" if number else "packs", f"{weight:.4g} {path}"
    if voice.fitted_to:
        yield "fitted to", voice.fitted_to
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
