"""How the program ends: nothing is left behind, and one line says why.

Two signals beside Ctrl-C's ask for an end: the system's and the terminal's that goes away. Each is
heard as Ctrl-C is, so that whoever has something to close or to put back does. A second one waits
for nobody.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

from paperledge_audio.files.temporary import remove_all

if TYPE_CHECKING:
    from types import FrameType

_SIGNALS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
_SHOW_CURSOR = "\x1b[?25h"
"""A bar of progress hides it (ECMA-48's private mode 25, as every terminal has it)."""


class Signalled(KeyboardInterrupt):
    """Somebody asks the program to end; the exit code is the shell's for that signal."""

    heard: Signalled | None = None
    """The first one. Libraries make other errors of it."""
    is_told = False
    """Whether the user knows."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.exit_code = 128 + number


STOPPED = "stopped; what is finished is kept, and nothing is left half done"


def listen() -> None:
    """Hear the signals that ask for an end, but for those that whoever called us has ignored."""
    for number in _SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _stop)
    sys.unraisablehook = _unraisable


def leave(code: int) -> NoReturn:
    """End this process now, with this exit code.

    Every file is closed by then and every folder in place, unless somebody could not wait. Python's
    own end would free hundreds of megabytes object by object, and pull libraries away from under
    their threads: a twentieth of a draft's time (docs/BENCHMARKS.md).
    """
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    remove_all()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


def _stop(number: int, _frame: FrameType | None) -> None:
    for each in _SIGNALS:
        if signal.getsignal(each) == _stop:
            signal.signal(each, _leave_now)
    Signalled.heard = Signalled(number)
    raise Signalled.heard


def _leave_now(number: int, _frame: FrameType | None) -> None:
    if sys.stderr.isatty():
        with suppress(OSError):
            os.write(sys.stderr.fileno(), _SHOW_CURSOR.encode())
    if not Signalled.is_told:  # a program may send two at once
        with suppress(OSError, ValueError):
            os.write(sys.stderr.fileno(), f"{STOPPED}\n".encode())
    leave(128 + number)


def _unraisable(found: sys.UnraisableHookArgs) -> None:
    """An end that was asked for where Python could only have printed that it goes on."""
    if isinstance(found.exc_value, Signalled):
        leave(found.exc_value.exit_code)
    sys.__unraisablehook__(found)
