"""The command line: parse options, call the library, print. One module a command."""

from __future__ import annotations

import io
import os
import sys
from typing import NoReturn

import click

from paperledge_audio import __version__
from paperledge_audio.cli.support import printing  # `say` is the name of a command here, too
from paperledge_audio.cli.support.ending import STOPPED, Signalled, leave, listen
from paperledge_audio.cli.support.lazy import LazyGroup
from paperledge_audio.cli.support.logs import print_logs
from paperledge_audio.cli.support.streams import encode_anything, open_streams, restart_in_utf8
from paperledge_audio.errors import explain

COMMANDS = {
    "init": "init",
    "plan": "render.plan",
    "render": "render",
    "gather": "render.gather",
    "preview": "preview",
    "import": "import_page",
    "check": "check",
    "spoken": "spoken",
    "say": "say",
    "verify": "verify",
    "locate": "locate",
    "again": "again",
    "guids": "guids",
    "feed": "feed",
    "outbox": "outbox",
    "voices": "voices",
    "takes": "takes",
    "lexicon": "lexicon",
    "schema": "schema",
    "doctor": "doctor",
}
"""Command → module, in the order of the help; a module is imported when its command is used."""

PROGRAM = "paperledge"
INTERRUPTED = 130
"""The shell's convention for a program stopped by Ctrl-C: 128 + SIGINT."""


@click.group(
    cls=LazyGroup,
    package=__name__,
    modules=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Try: paperledge render scripts/quickstart.md -o out",
)
@click.version_option(__version__, prog_name=PROGRAM)
def cli() -> None:
    """Turn finished episode scripts into mastered, tagged podcast episodes."""


def entry() -> NoReturn:
    """The program: run the command line in a process of its own, and end that."""
    try:
        restart_in_utf8()
        listen()
        open_streams()
        leave(run())
    except KeyboardInterrupt as stop:  # in the moment before the end, or while an error was told
        leave(getattr(stop, "exit_code", INTERRUPTED))


def main() -> NoReturn:
    """Run the command line and exit, for whoever imports it."""
    sys.exit(run())


def run() -> int:
    """Run the command line: 0 done, 1 bad input or result, 2 usage, 3 missing parts.

    An error is one line on standard error, and so is each of its `others`; `--debug` adds the
    traceback.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # we run threads of our own; see sessions.py
    os.environ.pop("SOURCE_DATE_EPOCH", None)  # no clock is read; nonsense stops some libraries
    encode_anything()
    try:
        with print_logs():
            code = cli.main(prog_name=PROGRAM, standalone_mode=False)
        sys.stdout.flush()
    except SystemExit as end:
        code = end.code
    except BaseException as error:  # noqa: BLE001 - the last door: a user sees one line
        return _tell(error)
    return code if isinstance(code, int) else 0


def _tell(error: BaseException) -> int:
    """Say what went wrong; the exit code for it."""
    if "--debug" in sys.argv:
        import traceback

        printing.say_lines("".join(traceback.format_exception(error)).rstrip(), err=True)
    if stop := Signalled.heard or isinstance(error, KeyboardInterrupt | click.Abort):
        if sys.stderr.isatty():
            printing.say("", err=True)  # a terminal shows ^C
        Signalled.is_told = True
        printing.say(STOPPED, err=True)
        return getattr(stop, "exit_code", INTERRUPTED)
    if isinstance(error, BrokenPipeError):
        return 1  # whoever read the output has gone
    if isinstance(error, click.ClickException):
        shown = io.StringIO()
        error.show(shown)
        printing.say_lines(shown.getvalue().rstrip(), err=True)
        return error.exit_code
    ours = explain(error)
    printing.say_error(ours)
    return ours.exit_code
