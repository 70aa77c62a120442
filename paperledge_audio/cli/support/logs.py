"""`--verbose`: logs decisions on standard error.

Modules log to the logger of their name, at the level INFO. What a user needs is a
result or an error, not a log.
"""

from __future__ import annotations

import logging

import click

from paperledge_audio.cli.support.printing import say

PACKAGE = "paperledge_audio"


class EchoHandler(logging.Handler):
    """Prints a line for each record to the current standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print the module's name and what it says."""
        say(f"{record.name.removeprefix(f'{PACKAGE}.')}: {record.getMessage()}", err=True)


def is_verbose() -> bool:
    """Whether logs are printed."""
    return logging.getLogger(PACKAGE).isEnabledFor(logging.INFO)


def _listen(ctx: click.Context, _option: click.Parameter, given: bool) -> None:
    """Print logs until the command ends."""
    if not given:
        return
    package, handler = logging.getLogger(PACKAGE), EchoHandler()
    package.addHandler(handler)
    package.setLevel(logging.INFO)
    ctx.call_on_close(lambda: package.removeHandler(handler))
    ctx.call_on_close(lambda: package.setLevel(logging.NOTSET))


verbose_option = click.option(
    "--verbose",
    is_flag=True,
    expose_value=False,
    callback=_listen,
    help="Log decisions on standard error: engines, takes, loudness, files.",
)
