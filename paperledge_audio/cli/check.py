"""paperledge check: check scripts before they are rendered."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.common import json_option, read_source, scripts_argument
from paperledge_audio.cli.support.logs import verbose_option
from paperledge_audio.cli.support.printing import describe_finding, print_json, say, say_finding
from paperledge_audio.errors import PaperledgeError, raise_first
from paperledge_audio.units import clock, count_of

if TYPE_CHECKING:
    from paperledge_audio.check.scripts import Finding, Lint


@make_command(
    epilog="""\b
Examples:
  paperledge check scripts
  paperledge check scripts/*.md --strict --json"""
)
@scripts_argument
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@verbose_option
@json_option
def command(scripts: tuple[Path, ...], strict: bool, as_json: bool) -> None:
    """Check SCRIPTS, or those in a folder: metadata, what can't be spoken, estimated duration.

    Lists each word that no rule, lexicon or dictionary covers, with an entry to start from. Exits
    with 1 if there is an error; warnings count only with --strict.
    """
    documents = []
    failed = False
    elsewhere: set[Finding] = set()
    for path, result in _compare({path: _lint(path) for path in scripts}).items():
        levels = {finding.level for finding in result.findings}
        failed = failed or "error" in levels or (strict and "warning" in levels)
        documents.append(_describe(path, result))
        if not as_json:
            _print(path, result, elsewhere)
    if as_json:
        print_json({"scripts": documents})
    if failed:
        sys.exit(1)


def _lint(path: Path) -> Lint:
    """Lint a script; what stops it from being read at all is a finding too."""
    from paperledge_audio.check.scripts import Lint, lint_script, list_faults
    from paperledge_audio.deliver import preflight
    from paperledge_audio.files.settings.keys import gather
    from paperledge_audio.mix.pieces import read_music
    from paperledge_audio.script.parsing import parse
    from paperledge_audio.show.loading import find_show, load_show
    from paperledge_audio.sound.scratch import open_scratch_file

    faults: list[PaperledgeError] = []
    try:
        source = read_source(path)
        with gather(faults):
            show = load_show(find_show(path))
        if faults:  # those of the script are told, too
            with gather(faults):
                parse(source, str(path))
            raise_first(faults)
        result = lint_script(source, str(path), show)
        if result.plan:
            preflight(result.plan.script, show, Path.cwd(), path.stem)
            with open_scratch_file() as scratch:
                read_music(show, scratch)
    except PaperledgeError as error:
        return Lint(list_faults(error, str(path)))
    return result


def _compare(results: dict[Path, Lint]) -> dict[Path, Lint]:
    """The results, with an error where two scripts of a show have one number or guid."""
    from paperledge_audio.check.scripts import find_clashes

    plans = {path: result.plan for path, result in results.items() if result.plan}
    for show in {plan.show.path for plan in plans.values()}:
        episodes = [
            (str(p), one.script.episode) for p, one in plans.items() if one.show.path == show
        ]
        for path, found in find_clashes(episodes):
            old = results[Path(path)]
            results[Path(path)] = replace(old, findings=(*old.findings, found))
    return results


def _print(path: Path, result: Lint, elsewhere: set[Finding]) -> None:
    """Print a result; a fault of another file, kept in `elsewhere`, only with its first script."""
    for finding in result.findings:
        if finding not in elsewhere:
            say_finding(path, finding, err=finding.level == "error")
    elsewhere |= {finding for finding in result.findings if finding.path}
    if result.segments:
        say(
            f"{path}: {count_of(result.words, 'word')}, "
            f"{count_of(len(result.segments), 'segment')}, "
            f"about {clock(result.duration_s)} of speech by {_list_speakers(result)}"
        )


def _list_speakers(result: Lint) -> str:
    """Who speaks, each with the voice if that has another name."""
    return ", ".join(
        name if name.casefold() == voice.casefold() else f"{name} ({voice})"
        for name, voice in result.speakers
    )


def _describe(path: Path, result: Lint) -> dict[str, Any]:
    return {
        "script": str(path),
        "findings": [describe_finding(path, finding) for finding in result.findings],
        "words": result.words,
        "segments": len(result.segments),
        "estimated_s": round(result.duration_s, 1),
        "speakers": [{"name": name, "voice": voice} for name, voice in result.speakers],
    }
