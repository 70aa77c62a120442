"""Fixtures that several rooms share."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as the program has it, and before numpy is imported
# Hundreds of tests start the program: so they don't compile each of its modules every time.
os.environ["PYTHONDONTWRITEBYTECODE"] = ""

import pytest
from hypothesis import settings

from paperledge_audio.cli import main
from paperledge_audio.show.loading import load_show
from paperledge_audio.show.model import Show
from tests.browsing import axe, browser, tab  # noqa: F401 - fixtures
from tests.covers import draw_covers_once  # noqa: F401 - a fixture
from tests.samples import ROOT, SHOW_PAGE, absent, share_models
from tests.servers import s3, s3_server, server, sftp, sftp_server  # noqa: F401 - fixtures
from tests.sounds import make_box, make_take, make_tone  # noqa: F401 - fixtures
from tests.tone_show import SCRIPT, SHOW, VOICE

# Whether an example takes long is a matter of the machine, not of what is tested.
settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


SLOWER = ("browser", "faults", "fuzz", "model", "wheel")
"""Marks of tests that take longer than most."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slower tests come first: none is left for one worker at the end."""
    slower = {item.path for item in items if any(map(item.get_closest_marker, SLOWER))}
    items.sort(key=lambda item: item.path not in slower)


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """Find a program that this project didn't write."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            absent(f"the program {name}")
        return str(path)

    return find


@pytest.fixture(scope="session")
def show_page() -> str:
    """The show's real page, kept beside the repository and not in it."""
    if not SHOW_PAGE.is_file():
        pytest.skip("no saved show page beside the repository")
    return SHOW_PAGE.read_text("utf-8")


@pytest.fixture(scope="session")
def show() -> Show:
    """The show of this repository."""
    return load_show(ROOT / "scripts" / "show.toml")


@dataclass(frozen=True)
class Ran:
    """What a call of the program left."""

    code: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line that an error is allowed."""
        assert self.err.count("\n") == 1, self.err
        return self.err.rstrip("\n")


@pytest.fixture
def show_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A show of its own, the working folder, with a fresh store of takes."""
    folder = tmp_path / "show"
    (folder / "scripts").mkdir(parents=True)
    (folder / "voices").mkdir()
    (folder / "scripts" / "show.toml").write_text(SHOW)
    (folder / "voices" / "tone.toml").write_text(VOICE)
    (folder / "scripts" / "one-hand.md").write_text(SCRIPT)
    monkeypatch.chdir(folder)
    share_models(tmp_path / "cache")
    monkeypatch.setenv("PAPERLEDGE_CACHE", str(tmp_path / "cache"))
    return folder


@pytest.fixture(scope="module")
def made_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `once` keeps what it has made for a module."""
    return tmp_path_factory.mktemp("left")


@pytest.fixture
def once(show_folder: Path, made_folder: Path) -> Callable[[Callable[[], None]], None]:
    """Have the show and its takes as a function leaves them, which a module's first test calls."""

    def have(make: Callable[[], None]) -> None:
        kept = made_folder / make.__name__
        if kept.exists():
            shutil.copytree(kept, show_folder.parent, dirs_exist_ok=True)
        else:
            make()
            shutil.copytree(show_folder.parent, kept, ignore=shutil.ignore_patterns("models"))

    return have


@pytest.fixture
def paperledge(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ran]:
    """Call the program in this process."""

    def call(*arguments: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["paperledge", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main()
        said = capsys.readouterr()
        code = stopped.value.code
        return Ran(code if isinstance(code, int) else int(bool(code)), said.out, said.err)

    return call
