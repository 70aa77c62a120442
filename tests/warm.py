"""The program in a process of its own that starts at once.

    process = WarmProcess(["render", "x.md"], folder, environment, file)
    assert process.wait() == 0

A server imports the program and forks for each call. What depends on how an interpreter starts (its
streams, its locale, limits to its memory) needs a fresh one.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import NoReturn

_SERVER = get_context("forkserver")


class WarmProcess:
    """The program at work in `folder`, with the environment `env`; `said` gets all that it prints.

    It leads a group of processes, and prints "ready" before it begins. Its methods are those of
    `subprocess.Popen`.
    """

    def __init__(
        self, arguments: Sequence[str], folder: Path, env: Mapping[str, str], said: Path
    ) -> None:
        _SERVER.set_forkserver_preload(["tests.warmed"])
        said.touch()
        work = list(arguments), folder, dict(env), said
        self._process = _SERVER.Process(target=_call, args=work)
        self._process.start()
        assert self._process.pid
        self.pid: int = self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if (code := self.poll()) is None:
            raise subprocess.TimeoutExpired("paperledge", timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self._process.kill()


def _call(arguments: list[str], folder: Path, env: dict[str, str], said: Path) -> NoReturn:
    from paperledge_audio.cli import entry

    os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(env)
    with said.open("ab") as file, Path(os.devnull).open("rb") as nothing:
        for number, stream in enumerate((nothing, file, file)):
            os.dup2(stream.fileno(), number)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1)
    sys.argv = ["paperledge", *arguments]
    print("ready", flush=True)
    entry()
