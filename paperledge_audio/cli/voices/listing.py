"""paperledge voices list: who can speak here."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import click

from paperledge_audio.cli.support.common import command as make_command
from paperledge_audio.cli.support.common import json_option, load_local_show
from paperledge_audio.cli.support.printing import print_json, print_table, say, say_lines
from paperledge_audio.cli.voices.printing import (
    describe_problems,
    describe_profile,
    format_problems,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperledge_audio.check.voices import Readiness
    from paperledge_audio.show.model import Show

HEADINGS = ("name", "shown as", "language", "studio", "draft", "roles", "licence", "here")
WIDTH = 100
"""Columns, if there is no terminal."""


@make_command(
    name="list",
    epilog="""\b
Examples:
  paperledge voices list
  paperledge voices list --json""",
)
@json_option
def command(as_json: bool) -> None:
    """List the voices: the show's own (from `voices/` here), the built-in ones, the stock ones.

    Below the list, one line per problem says why a voice can't speak on this machine.
    """
    from paperledge_audio.check.voices import check_readiness
    from paperledge_audio.voices.finding import profile_names, voice_names

    show = load_local_show()
    profiles = profile_names(show)
    found = [check_readiness(name, show) for name in voice_names(show)]
    if as_json:
        print_json(
            {"voices": [_describe_row(one, show, stock=one.name not in profiles) for one in found]}
        )
        return
    _print_table([one for one in found if one.name in profiles], show)
    _print_stock([one for one in found if one.name not in profiles])
    for line in format_problems(found):
        say(line, err=True)


def _describe_row(one: Readiness, show: Show, *, stock: bool) -> dict[str, Any]:
    return {
        "name": one.name,
        "stock": stock,
        "host": one.name == show.voices.host,
        "speaks": one.speaks,
        "problems": describe_problems(one),
        **(describe_profile(one.voice) if one.voice else {}),
    }


def _print_table(found: Sequence[Readiness], show: Show) -> None:
    rows: list[tuple[str, ...]] = []
    for one in found:
        name = one.name + (" *" if one.name == show.voices.host else "")
        if voice := one.voice:
            facts = (voice.title, voice.language, voice.studio, voice.draft)
            rows.append((name, *facts, ", ".join(voice.roles), voice.licence, _describe_here(one)))
        else:
            rows.append((name, *[""] * 6, _describe_here(one)))
    print_table(HEADINGS, rows, shutil.get_terminal_size((WIDTH, 24)).columns)
    say(f"* hosts {show.title}")


def _describe_here(one: Readiness) -> str:
    return {2: "yes", 1: f"{''.join(one.speaks)} only", 0: "no"}[len(one.speaks)]


def _print_stock(found: Sequence[Readiness]) -> None:
    """Print the stock voices' names, grouped by accent and by whether they can speak here."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for one in found:
        if voice := one.voice:
            engines = f"studio {voice.studio}, draft {voice.draft}, {voice.licence}"
            groups.setdefault((voice.language, engines, _describe_here(one)), []).append(one.name)
    for (language, engines, here), names in groups.items():
        say("")
        say(f"stock voices, {language}: {engines}, here: {here}")
        say_lines(click.wrap_text(" ".join(names), WIDTH, "  ", "  "))
