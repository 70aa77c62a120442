"""What commands share: options, reading a script, printing."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from paperledge_audio.errors import PaperledgeError, ScriptError, UsageError
from paperledge_audio.files.names import find_illegible, unfit
from paperledge_audio.files.reading import read_bytes

if TYPE_CHECKING:
    from paperledge_audio.files.remote.address import Address
    from paperledge_audio.show.model import Show


def command(**attributes: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command of this program, with the options that every command has."""

    def decorate(function: Callable[..., Any]) -> click.Command:
        settings = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
        as_command: Any = click.command(**attributes, context_settings=settings)
        made: click.Command = as_command(function)
        made.params.append(
            click.Option(
                ["--debug"],
                is_flag=True,
                expose_value=False,
                help="Show the traceback of an error.",
            )
        )
        return made

    return decorate


def refuse_empty(value: str | os.PathLike[str], param: click.Parameter | None) -> None:
    """Raise UsageError for a value without text: a variable that isn't set, not this folder."""
    if not os.fspath(value).strip():
        name = ""
        if param:
            is_option = isinstance(param, click.Option)
            name = max(param.opts, key=len) if is_option else param.human_readable_name
        raise UsageError(f"{name} is empty".lstrip(), "name one, or leave it out")


class NumberRange(click.FloatRange):
    """Numbers between two, and not nan, which click finds in every range."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """Read one."""
        number: float = super().convert(value, param, ctx)
        if math.isnan(number):
            self.fail(f"{value} is not a number.", param, ctx)
        return number


class _Name(click.Path):
    """A file's name, refused at once where no file can have it or it can't be written down."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> str | bytes | os.PathLike[str]:
        refuse_empty(value, param)
        if why := unfit(Path(value)):
            raise PaperledgeError(why, "rename it, or name another")
        return super().convert(value, param, ctx)


PATH = _Name(path_type=Path, readable=False)
"""A file's name; our own messages, not click's, say what is wrong with the file."""


class _Line(click.types.StringParamType):
    """A text on one line that can be written down and shown; without the spaces around it."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = str(super().convert(value, param, ctx)).strip()
        if why := find_illegible(text):
            named = f"{max(param.opts, key=len)} " if param else ""
            raise UsageError(f"{named}{why}", "write plain text on one line")
        return text


LINE = _Line()
"""A text for a file that this program writes."""


class _Place(_Name):
    """A folder's path, or the address of one on a server, whose secrets are never printed."""

    def convert(  # type: ignore[override]
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Path | Address:
        from paperledge_audio.deliver.outbox import parse_place

        refuse_empty(value, param)
        place = parse_place(os.fspath(value))
        if isinstance(place, Path):
            super().convert(place, param, ctx)
        return place


PLACE = _Place()
"""A path, or an address."""


def out_option(kind: str, meaning: str, default: str = "") -> Callable[[Any], Any]:
    """-o, the FILE or DIR that a command writes, by `kind`; needed where it has no default."""
    # click takes a default of None for one that was given
    presence = {"default": default, "show_default": True} if default else {"required": True}
    return click.option("-o", "--out", metavar=kind, type=PATH, help=meaning, **presence)


json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document for machines."
)
quality_option = click.option(
    "--quality",
    type=click.Choice(["studio", "draft"]),
    default="studio",
    show_default=True,
    help="studio is for publishing; draft is faster, for previews.",
)


force_option = click.option(
    "--force",
    is_flag=True,
    help="Replace files of the same names even if this program did not make them.",
)


def complete_voice(
    ctx: click.Context,  # noqa: ARG001 - click's signature
    param: click.Parameter,  # noqa: ARG001
    incomplete: str,
) -> list[str]:
    """Names of voices, for shell completion."""
    from paperledge_audio.voices.finding import voice_names

    return [name for name in voice_names(load_local_show()) if name.startswith(incomplete)]


voice_option = click.option(
    "--voice",
    metavar="NAME",
    shell_complete=complete_voice,
    help="Speak in this voice instead of the host's.",
)


def _list_scripts(
    _ctx: click.Context, _param: click.Parameter, paths: tuple[Path, ...]
) -> tuple[Path, ...]:
    from paperledge_audio.show.scripts import list_scripts

    return list_scripts(paths)


scripts_argument = click.argument(
    "scripts", nargs=-1, required=True, type=PATH, callback=_list_scripts
)
"""Scripts; a folder means those in it."""


def read_source(path: Path) -> bytes:
    """A script's bytes; raises ScriptError where it can't be read or is too large."""
    from paperledge_audio.script.limits import SCRIPT

    return read_bytes(path, SCRIPT.largest, SCRIPT.what, error=ScriptError)


def load_local_show() -> Show:
    """The show of the working folder, for commands that are given no script."""
    from paperledge_audio.show.loading import find_local_show, load_show

    return load_show(find_local_show())
