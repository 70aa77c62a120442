"""A render that is to go wrong: a release that is there, and another that shall take its place."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import soundfile

from tests.deliver.making import plain_artwork
from tests.samples import ROOT
from tests.sound.making import RATE, sound
from tests.tone_show import SCRIPT, SHOW, VOICE
from tests.warm import WarmProcess

PLAIN = "from paperledge_audio.cli import entry; entry()"
READY = PLAIN.replace(";", "; print('ready', flush=True);")
"""Python is to blame for what comes before `ready`, the program for what comes after."""
PATIENCE_S = 120
MUSIC = '\n[music]\nintro = "intro.wav"\n'
MORE = "".join(f"\nThis is sentence {'very ' * n}nice.\n" for n in range(8))

Files = dict[str, bytes]


def snapshot(folder: Path) -> Files:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@dataclass(frozen=True)
class Ended:
    """What a process left."""

    code: int
    """Negative: the signal that ended it."""
    said: str


class Running:
    """The program at work. What it says goes to a file, so that it never waits for a reader."""

    def __init__(self, process: subprocess.Popen[bytes] | WarmProcess, said: Path) -> None:
        self._process, self._said = process, said

    def until(self, *words: str) -> None:
        """Wait until it has said one of `words`, or ended."""
        limit = time.monotonic() + PATIENCE_S
        while self._process.poll() is None and not any(word in self._told() for word in words):
            assert time.monotonic() < limit, self._told()
            time.sleep(0.002)

    def at(self, seconds: float) -> None:
        """Wait `seconds` from when it was ready, or until it ended."""
        self.until("ready")
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)

    def signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            self._process.send_signal(number)

    def ended(self) -> Ended:
        try:
            code = self._process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            return Ended(-signal.SIGKILL, f"{self._told()}\nunexpected: it never ended")
        return Ended(code, self._told())

    def _told(self) -> str:
        return self._said.read_text("utf-8", "replace")


def hear_signals() -> None:
    """A shell lets what it starts in the background ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@dataclass(frozen=True)
class Scene:
    """A show with a release, its cache, and a home and a temporary folder of its own."""

    folder: Path
    form: str
    former: Files
    """The release that is there."""
    wanted: Files
    """The one that shall be there in the end."""
    lasts_s: float
    """How long an undisturbed render takes, from when it is ready."""

    @property
    def show(self) -> Path:
        return self.folder / "show"

    @property
    def script(self) -> Path:
        return self.show / "scripts" / "ep.md"

    @property
    def settings(self) -> Path:
        return self.show / "scripts" / "show.toml"

    @property
    def music(self) -> Path:
        return self.show / "scripts" / "intro.wav"

    @property
    def out(self) -> Path:
        return self.show / "out"

    @property
    def release(self) -> Files:
        return snapshot(self.out / "ep")

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def leftovers(self) -> set[str]:
        """What nobody needs: temporary files, and what is hidden among the releases."""
        hidden = self.out.glob(".*") if self.out.is_dir() else ()
        return {str(path) for path in (*self.temporary.iterdir(), *hidden)}

    def takes(self, suffix: str) -> list[Path]:
        return sorted(self.cache.rglob(f"*{suffix}"))

    def start(self) -> Running:
        """Start the render."""
        said = self._new_file()
        return Running(WarmProcess(self._render, self.show, self._surroundings({}), said), said)

    def start_fresh(
        self,
        *arguments: str,
        program: str = READY,
        env: Mapping[str, str | None] | None = None,
        before: Callable[[], None] = lambda: None,
        out: int | None = None,
    ) -> Running:
        """Start the program, by default the render, in an interpreter of its own.

        `env`: changes of the environment, None for what is not there; `before`: called in the
        child; `out`: a descriptor for its standard output.
        """

        def prepare() -> None:
            hear_signals()
            before()

        said = self._new_file()
        with said.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-c", program, *(arguments or self._render)],
                cwd=self.show,
                env=self._surroundings(env or {}),
                stdin=subprocess.DEVNULL,
                stdout=file if out is None else out,
                stderr=file,
                start_new_session=True,
                preexec_fn=prepare,  # noqa: PLW1509 - sets limits and signals only
            )
        return Running(process, said)

    @property
    def _render(self) -> tuple[str, ...]:
        return "render", "scripts/ep.md", "-o", "out", "--format", self.form

    def _surroundings(self, changes: Mapping[str, str | None]) -> dict[str, str]:
        here = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PAPERLEDGE_CACHE": str(self.cache),
            "TMPDIR": str(self.temporary),
            "HOME": str(self.home),
            **changes,
        }
        return {name: value for name, value in here.items() if value is not None}

    def _new_file(self) -> Path:
        """Where what a process says goes."""
        return self.folder / f"said-{time.monotonic_ns()}"

    def copy(self, folder: Path) -> Scene:
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder)


def make_scene(folder: Path, form: str) -> Scene:
    """A show of one script, of which one version is rendered and another lies there."""
    scene = Scene(folder, form, {}, {}, 0)
    for place in (scene.script.parent, scene.show / "voices", scene.temporary, scene.home):
        place.mkdir(parents=True)
    (scene.show / "voices" / "tone.toml").write_text(VOICE)
    plain_artwork(scene.settings.parent)
    scene.settings.write_text(f'artwork = "art.png"\n{SHOW}{MUSIC}')
    soundfile.write(scene.music, sound(RATE), RATE, subtype="PCM_16")
    scene.script.write_text(SCRIPT + MORE)
    running = scene.start()
    running.until("ready")
    begun = time.monotonic()
    _succeed(running)
    lasts_s = time.monotonic() - begun
    wanted = scene.release
    scene.script.write_text(SCRIPT)
    shutil.rmtree(scene.cache)
    _succeed(scene.start())
    former = scene.release
    scene.script.write_text(SCRIPT + MORE)
    return replace(scene, former=former, wanted=wanted, lasts_s=lasts_s)


def _succeed(running: Running) -> None:
    ended = running.ended()
    assert ended.code == 0, ended.said
