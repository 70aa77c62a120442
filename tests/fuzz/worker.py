"""Reads inputs, one after the other, in a process that may die of them.

Standard input: a line of JSON with the target's name and the number of bytes, and the bytes.
Standard output: a line of JSON, an `Outcome`. Whatever else is told, why it died or what a library
says behind Python's back, goes to the file `NOISE`. The working folder is the show's.
"""

from __future__ import annotations

import faulthandler
import io
import json
import os
import re
import resource
import shutil
import sys
import tempfile
import traceback
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from paperledge_audio.cli import main
from tests.fuzz.spending import Spent, measured
from tests.fuzz.targets import TARGETS, Target

PATIENCE_S = 60
"""Of the wall's clock: what takes as long hangs."""
MOST_S = 5.0
"""Of the processor's time."""
MOST_MB = 400
"""That an input may add; the program itself takes about 100."""
MOST_BYTES = 4 << 30
"""Of addresses, for the whole worker; what asks for more is told that there are none."""
LARGEST_FILE = 1 << 30
CODES = {0, 1, 2, 3}
MADE = ("imported", "rendered", "feed.xml", "feed.jpg", "line.wav")
"""What commands leave in the show's folder."""
NOISE = Path("../noise")
ERRORS = 2
"""The descriptor."""
NO_ERROR_OF_OURS = "is no error of ours"
FORBIDDEN = {
    r"unexpected error": NO_ERROR_OF_OURS,
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f]": "control characters are printed",
    r"(?m)^[ \t]*+::": "a command of a CI host is printed",
    r"Warning: ": "a warning is printed",
    r"Traceback": "a traceback is printed",
}
"""What may never be said, and what it is called."""


@dataclass(frozen=True)
class Outcome:
    """What came of one input."""

    code: int
    cpu_s: float
    added_mb: float
    wrong: str
    """What should not have been; empty: nothing."""
    said: str
    """Where something is wrong, what the program said."""


def read(target: Target, data: bytes) -> Outcome:
    """Give an input to the program."""
    NOISE.write_bytes(b"")
    with in_place(target.place(Path(), target.file, data)):
        with measured() as spent:
            code, said = call(target.command)
        wrong = [*complaints(target, code, said, spent)]
        if NO_ERROR_OF_OURS in wrong:
            _, said = call((*target.command, "--debug"))
    return Outcome(code, spent.cpu_s, spent.added_mb, "; ".join(wrong), said if wrong else "")


def call(arguments: tuple[str, ...]) -> tuple[int, str]:
    """The exit code of the program, and all that it said."""
    sys.argv = ["paperledge", *arguments]
    code = 0
    with io.TextIOWrapper(io.BytesIO(), "utf-8") as out:
        with redirect_stdout(out), redirect_stderr(out):
            faulthandler.dump_traceback_later(PATIENCE_S, exit=True, file=ERRORS)
            try:
                main()
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 1
            except BaseException:  # noqa: BLE001 - that anything gets so far is what is looked for
                code = -1
                traceback.print_exc()
            finally:
                faulthandler.cancel_dump_traceback_later()
        out.flush()
        return code, out.buffer.getvalue().decode("utf-8", "surrogateescape")


def complaints(target: Target, code: int, said: str, spent: Spent) -> Iterator[str]:
    """What is wrong with how an input was read."""
    if code not in CODES or (target.mended and code):
        yield f"exit code {code}"
    for pattern, what in FORBIDDEN.items():
        if re.search(pattern, said):
            yield what
    if noise := NOISE.read_text("utf-8", "replace"):
        yield f"behind our back: {noise[:300]!r}"
    if left := sorted(Path(tempfile.gettempdir()).iterdir()):
        yield f"left behind: {', '.join(path.name for path in left)[:300]}"
        for path in left:
            remove(path)
    if spent.cpu_s > MOST_S:
        yield f"{spent.cpu_s:.1f} s"
    if spent.added_mb > MOST_MB:
        yield f"{spent.added_mb:.0f} MB"


@contextmanager
def in_place(files: Mapping[str, bytes]) -> Iterator[None]:
    """The files, where others were before and are again afterwards."""
    before = {name: Path(name).read_bytes() for name in files}
    try:
        for name, data in files.items():
            Path(name).write_bytes(data)
        yield
    finally:
        for name, data in before.items():
            Path(name).write_bytes(data)
        for made in MADE:
            remove(Path(made))


def remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@cache
def warm_up(command: tuple[str, ...]) -> None:
    """What a command loads once a process is not to be counted for an input."""
    with in_place({}):
        call(command)


def work() -> None:
    """Answer until the inputs end."""
    answers = os.fdopen(os.dup(1), "w")
    noise = os.open(NOISE, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (1, 2):
        os.dup2(noise, stream)
    for what, most in (
        (resource.RLIMIT_AS, MOST_BYTES),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    faulthandler.enable(ERRORS)
    warnings.simplefilter("always")
    for unseen in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        warnings.simplefilter("ignore", unseen)  # as by default
    while line := sys.stdin.buffer.readline():
        asked = json.loads(line)
        target, data = TARGETS[asked["target"]], sys.stdin.buffer.read(asked["bytes"])
        warm_up(target.command)
        print(json.dumps(asdict(read(target, data))), file=answers, flush=True)


if __name__ == "__main__":
    work()
