"""The command line: parse options, call the library, print. One module a command."""

from __future__ import annotations

import io
import os
import sys
from typing import NoReturn

import click

from paperledge_audio import __version__
from paperledge_audio.cli.support.lazy import LazyGroup
from paperledge_audio.errors import PaperledgeError

COMMANDS = {
    "render": "render",
    "preview": "preview",
    "import": "import_page",
    "check": "check",
    "spoken": "spoken",
    "say": "say",
    "verify": "verify",
    "feed": "feed",
    "voices": "voices",
    "takes": "takes",
    "lexicon": "lexicon",
    "doctor": "doctor",
}
"""Command → module, in the order of the help; a module is imported when its command is used."""

INTERRUPTED = 130
"""The shell's convention for a program stopped by Ctrl-C: 128 + SIGINT."""


@click.group(
    cls=LazyGroup,
    package=__name__,
    modules=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Try: paperledge render scripts/quickstart.md -o out",
)
@click.version_option(__version__, prog_name="paperledge")
def cli() -> None:
    """Turn finished episode scripts into mastered, tagged podcast episodes."""


def entry() -> NoReturn:
    """`main`, and leave at once if all went well.

    By then every file is closed and every folder in place, and the system takes hundreds of
    megabytes back faster than Python does, object by object: a twentieth of a draft's time
    (docs/BENCHMARKS.md).
    """
    try:
        main()
    except SystemExit as end:
        if end.code:
            raise
    sys.stderr.flush()
    os._exit(0)


def main() -> NoReturn:
    """Run the command line and exit: 0 done, 1 bad input or result, 2 usage, 3 missing parts.

    An error is one line on standard error; `--debug` adds the traceback.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # we run threads of our own; see sessions.py
    if isinstance(sys.stdout, io.TextIOWrapper):  # names of files may be any bytes
        sys.stdout.reconfigure(errors="surrogateescape")
    debug = "--debug" in sys.argv
    try:
        code = cli.main(standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except PaperledgeError as error:
        _fail(str(error), error.exit_code, debug=debug)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        _fail("stopped; finished takes are kept, nothing else was changed", INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read the output has gone
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - the last door: a user sees one line
        what = " ".join(f"{type(error).__name__}: {error}".split())
        _fail(f"unexpected error: {what}; run again with --debug and report it", 1, debug=debug)


def _fail(line: str, code: int, *, debug: bool = False) -> NoReturn:
    if debug:
        import traceback

        traceback.print_exc()
    click.echo(line, err=True)
    sys.exit(code)
