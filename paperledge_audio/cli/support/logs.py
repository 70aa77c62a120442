"""What modules log, on standard error: what takes its time, and with `--verbose` decisions as well.

Modules log to the logger of their name, decisions at the level INFO. What a user needs is a
result or an error, not a log; only what keeps a user waiting is logged as a WARNING. What other
packages log is not for users: Python would print it on standard error if nobody took it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import click

from paperledge_audio.cli.support.printing import say

PACKAGE = "paperledge_audio"


class EchoHandler(logging.Handler):
    """Prints a line for each record to the current standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        """Print what it says, and which module decided it."""
        decided = record.levelno < logging.WARNING
        name = f"{record.name.removeprefix(f'{PACKAGE}.')}: " if decided else ""
        say(f"{name}{record.getMessage()}", err=True)


@contextmanager
def print_logs() -> Iterator[None]:
    """Print what this package logs, and nothing that others log."""
    handlers = {PACKAGE: EchoHandler(), None: logging.NullHandler()}
    for name, handler in handlers.items():
        logging.getLogger(name).addHandler(handler)
    try:
        yield
    finally:
        for name, handler in handlers.items():
            logging.getLogger(name).removeHandler(handler)


def is_verbose() -> bool:
    """Whether logs are printed."""
    return logging.getLogger(PACKAGE).isEnabledFor(logging.INFO)


def _listen(ctx: click.Context, _option: click.Parameter, given: bool) -> None:
    """Log decisions until the command ends."""
    if not given:
        return
    package = logging.getLogger(PACKAGE)
    package.setLevel(logging.INFO)
    ctx.call_on_close(lambda: package.setLevel(logging.NOTSET))


verbose_option = click.option(
    "--verbose",
    is_flag=True,
    expose_value=False,
    callback=_listen,
    help="Log decisions on standard error: engines, takes, loudness, files.",
)
