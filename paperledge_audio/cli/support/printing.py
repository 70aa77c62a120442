"""The one way to standard output and standard error, where what comes from outside stays text.

A title, a key or a file's name may hold what a terminal obeys, or a command to the host that runs
CI. Whatever a command prints goes through here, and shows as escapes what anybody would obey.
"""

from __future__ import annotations

import io
import json
import re
import sys
import textwrap
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from paperledge_audio.errors import DeliveryError, escape_controls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from paperledge_audio.check.scripts import Finding
    from paperledge_audio.errors import PaperledgeError

_COMMAND = re.compile(r"^\s*:(?=:)|#(?=#\w*\[)")
"""GitHub's runner obeys a line that begins with `::`, and `##[` anywhere in one; Azure's, `##vso[`.
"""


def say(line: str | Path, *, err: bool = False, **style: Any) -> None:
    """Print one line, on standard error with `err`; `style` as for `click.style`."""
    text = escape_line(str(line))
    _print(click.style(text, **style) if style else text, err=err)


def say_lines(text: str, *, err: bool = False) -> None:
    """Print a text whose line ends are our own."""
    _print("\n".join(map(escape_line, text.split("\n"))), err=err)


def say_error(error: PaperledgeError, told: set[str] | None = None) -> None:
    """Print an error on standard error, its notes before it and its others behind it, line by line.

    `told`: lines that were printed before, and are not again.
    """
    told = set() if told is None else told
    for line in (*error.notes, *map(str, error.all)):
        if line not in told:
            say(line, err=True)
            told.add(line)


def say_to_host(command: str, *, err: bool = False) -> None:
    """Print a command to the host that runs CI, one that this program made."""
    _print(escape_controls(command), err=err)


def print_json(document: Any) -> None:
    """One JSON document on standard output, in ASCII: no locale can't print it."""
    say_lines(json.dumps(document, indent=2))


def print_json_rows(name: str, rows: Iterable[Any], rest: Callable[[], Mapping[str, Any]]) -> None:
    """The same, of a list called `name`, each row as soon as it is there, then `rest`."""
    say_lines(f'{{\n  "{name}": [')
    before = ""
    for row in rows:
        if before:
            say_lines(f"{before},")
        before = textwrap.indent(json.dumps(row, indent=2), "    ")
    end = json.dumps(rest(), indent=2).removeprefix("{")
    say_lines(f"{before}\n  ],{end}".lstrip("\n"))


def say_finding(path: Path, finding: Finding, *, err: bool) -> None:
    """Print a finding of the script at `path`."""
    say(finding.describe(path), err=err)


def describe_finding(path: Path, finding: Finding) -> dict[str, Any]:
    """A finding of the script at `path` for a program."""
    return {**asdict(finding), "path": finding.path or str(path)}


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]], width: int) -> None:
    """Rows in columns, `width` characters wide together."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*headings, box=box.SIMPLE)
    for row in rows:
        table.add_row(*(Text(escape_line(cell)) for cell in row))
    shown = io.StringIO()
    Console(file=shown, width=width, force_terminal=sys.stdout.isatty()).print(table, end="")
    _print(shown.getvalue().removesuffix("\n"), err=False)


def describe_speaking(engines: Mapping[str, str]) -> str:
    """Which engine speaks in each voice, as "ernis by hibari, emma by kokoro"."""
    return ", ".join(f"{voice} by {engine}" for voice, engine in engines.items())


def shorten(text: str, most: int = 60) -> str:
    """A text that is cut where it has more than `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def escape_line(line: str) -> str:
    r"""A line that nobody obeys, and that is one line.

    >>> escape_line("::error::a\nb"), escape_line("c: ##[group]")
    ('\\u003a:error::a\\u000ab', 'c: \\u0023#[group]')
    """
    return _COMMAND.sub(lambda m: f"{m[0][:-1]}\\u{ord(m[0][-1]):04x}", escape_controls(line))


def _print(text: str, *, err: bool) -> None:
    if err:
        with suppress(OSError):  # there is nobody left to tell
            click.echo(text, err=True)
        return
    try:
        click.echo(text)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise DeliveryError(
            f"standard output can't be written: {error.strerror}",
            "free some space, or send it elsewhere",
        ) from error
