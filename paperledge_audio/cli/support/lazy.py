"""A group that imports a command's module only when the command is used, so that help is fast."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from paperledge_audio.errors import suggest


class LazyGroup(click.Group):
    """Commands of the modules of one package; each module has a `command`."""

    def __init__(self, *args: Any, package: str, modules: Mapping[str, str], **kwargs: Any) -> None:
        """`modules`: command → module in `package`, in the order of the help."""
        super().__init__(*args, **kwargs)
        self._package = package
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Every command, in the order of the help."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command called `cmd_name`, imported now."""
        if cmd_name not in self._modules:
            return None
        module = import_module(f"{self._package}.{self._modules[cmd_name]}")
        command: click.Command = module.command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; of a Ctrl-C click would print an empty line first."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as stop:
            raise click.Abort from stop

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that `args` begin with; the nearest one is named where there is none."""
        name = args[0]
        if name[:1].isalnum() and name not in self._modules and not ctx.resilient_parsing:
            raise click.UsageError(
                f"no command is called {name!r}; {suggest(name, self._modules)}", ctx
            )
        return super().resolve_command(ctx, args)
