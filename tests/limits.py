"""The program in a child process with limits to its time and memory, and what came of it.

    ended = limited(folder, "check", "scripts/x.md")
    assert "is a pipe" in ended.refusal()

A launcher imports the program once and forks for each call, so that a table of hostile inputs costs
little more than one call, and that a hang or a crash is that call's alone.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import repeat
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 30
"""For one call; a refusal takes a fraction of one, but machines may have much else to do."""
PEAK_MB = 500
"""What a refusal may take at most."""
DATA_MB = 3000
"""The system gives a call no more, so that a failure stays small."""
STAGE = re.compile(
    r".+: (?:speaking (?:\d+ of )?\d+ takes?(?:, about \S+ of sound)?|\d+ takes?, all kept"
    r"|mixing|mastering|writing)"
)
"""What a render tells before it fails."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What a call came to."""

    code: int
    """Of the exit; that of a signal, negative, where one ended it (-9: it took too long)."""
    out: str
    err: str
    peak_mb: int
    """The most memory that was in use."""

    def refusal(self, most_mb: int = PEAK_MB) -> str:
        """The one line of an error of ours; fails for any other end."""
        assert self.code in {1, 2}, self
        told = [line for line in self.err.splitlines() if not STAGE.fullmatch(line)]
        assert len(told) == 1, self
        assert self.err.endswith("\n"), self
        assert told[0].isprintable(), self
        assert "Traceback" not in self.err, self
        assert "unexpected" not in told[0], self
        assert self.peak_mb < most_mb, self
        return told[0]


def limited(
    folder: Path,
    *arguments: str | Path,
    seconds: float = SECONDS,
    data_mb: int = DATA_MB,
    env: Mapping[str, str] | None = None,
) -> Ended:
    """Call the program in `folder`; `env` is added to this process's environment."""
    return limited_each(folder, [arguments], seconds=seconds, data_mb=data_mb, env=env)[0]


def limited_each(
    folder: Path,
    calls: Iterable[Sequence[str | Path]],
    *,
    seconds: float = SECONDS,
    data_mb: int = DATA_MB,
    env: Mapping[str, str] | None = None,
    each_in: Sequence[Path] = (),
    streams: Mapping[int, str] | None = None,
    open_files: int = 1024,
) -> list[Ended]:
    """Several calls, one after another, each in a process of its own; `seconds` are for each.

    `each_in`: the folder for each call, where that is not `folder`. `streams`: the number of a
    standard stream → "closed", "full" or "unread". `open_files`: how many there may be.
    """
    asked = {
        "calls": [[str(argument) for argument in call] for call in calls],
        "folders": [str(one) for one in each_in],
        "seconds": seconds,
        "mb": data_mb,
        "streams": streams or {},
        "open_files": open_files,
    }
    ran = subprocess.run(
        [sys.executable, "-m", "tests.limits"],
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        check=True,
    )
    return [Ended(**json.loads(line)) for line in ran.stdout.splitlines()]


def main() -> None:
    """The launcher: calls as JSON on standard input, a line of JSON for what came of each."""
    asked = json.load(sys.stdin)
    import tests.warmed  # noqa: F401
    from paperledge_audio.cli import entry

    for arguments, folder in zip(asked["calls"], asked["folders"] or repeat("."), strict=False):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            sys.stdout.flush()
            if not (child := os.fork()):
                os.chdir(folder)
                _bow_to_permissions()
                _call(entry, arguments, asked, out.fileno(), err.fileno())
            code, peak_mb = _wait(child, asked["seconds"])
            said, told = (os.fsdecode(os.pread(file.fileno(), 1 << 20, 0)) for file in (out, err))
        print(json.dumps(asdict(Ended(code, said, told, peak_mb))), flush=True)


def _call(
    entry: Callable[[], NoReturn], arguments: list[str], asked: Any, out: int, err: int
) -> NoReturn:
    try:
        os.setsid()  # so that it ends with all that it started
        for limit, most in (
            (resource.RLIMIT_DATA, asked["mb"] << 20),
            (resource.RLIMIT_NOFILE, asked["open_files"]),
        ):
            resource.setrlimit(limit, (most, most))
        for mine, theirs in ((os.open(os.devnull, os.O_RDONLY), 0), (out, 1), (err, 2)):
            os.dup2(mine, theirs)
        for number, (name, mode) in enumerate({"stdin": "r", "stdout": "w", "stderr": "w"}.items()):
            if how := asked["streams"].get(str(number)):
                _spoil(number, how)
            errors = "backslashreplace" if name == "stderr" else None
            stream = None if how == "closed" else os.fdopen(number, mode, errors=errors)
            setattr(sys, name, stream)  # as Python has it
        in_bytes = (argument.encode("utf-8", "surrogateescape") for argument in arguments)
        sys.argv = ["paperledge", *map(os.fsdecode, in_bytes)]
        entry()
    except SystemExit as end:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(end.code if isinstance(end.code, int) else int(bool(end.code)))
    except BaseException:  # noqa: BLE001 - whatever it is, a test is to see it
        traceback.print_exc()
        sys.stderr.flush()
    os._exit(70)


def _spoil(number: int, how: str) -> None:
    """Make a standard stream one that can't be written."""
    if how == "full":
        os.dup2(os.open("/dev/full", os.O_WRONLY), number)
    elif how == "unread":
        reader, writer = os.pipe()
        os.close(reader)
        os.dup2(writer, number)
    else:
        os.close(number)


def _bow_to_permissions() -> None:
    """Give up root's right to read and write whatever it likes, so that tests find what users do.

    Linux only: capset of CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH (man 2 capset, 7 capabilities).
    """
    if sys.platform != "linux" or os.geteuid():
        return
    libc = ctypes.CDLL(None, use_errno=True)
    head, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    libc.capget(head, sets)
    sets[0] &= ~0b110  # what is in effect, and, for access(2), what could be
    sets[1] &= ~0b110
    libc.capset(head, sets)


def _wait(child: int, seconds: float) -> tuple[int, int]:
    """The exit code of a child, which is ended after `seconds`, and its peak of memory in MB."""
    end = time.monotonic() + seconds
    while True:
        pid, status, used = os.wait4(child, os.WNOHANG)
        if pid:
            unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
            return os.waitstatus_to_exitcode(status), used.ru_maxrss // unit
        if time.monotonic() > end:
            os.killpg(child, signal.SIGKILL)
        time.sleep(0.005)


if __name__ == "__main__":
    main()
