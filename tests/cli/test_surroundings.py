"""Every command, wherever it runs: its own exit code, or one line that says what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import pytest

from paperledge_audio.cli import cli
from tests.deliver.making import plain_artwork
from tests.limits import STAGE, Ended, limited_each
from tests.samples import share_models
from tests.tone_show import SCRIPT, SHOW, VOICE

pytestmark = pytest.mark.faults

SHOW_WITH_FEED = f"""\
artwork = "art.png"
base_url = "https://x.example/p"
website = "https://x.example"
description = "Tones."
{SHOW}"""
PAGE = "Tuesday Oct 21, 2025\n\nHello, learning crew! Today we listen to a tone.\n"

CALLS = {
    "render": ["scripts/töne.md", "-o", "out"],
    "gather": ["scripts/töne.md", "-o", "gathered"],
    "plan": ["scripts/töne.md", "-o", "out"],
    "preview": ["scripts/töne.md", "-o", "page"],
    "import": ["page.txt", "-o", "imported"],
    "check": ["scripts/töne.md"],
    "spoken": ["scripts/töne.md"],
    "say": ["Hello → you.", "-o", "line.wav"],
    "verify": ["out/töne/töne.mp3"],
    "locate": ["out/töne/töne.mp3", "0:01"],
    "again": ["scripts/töne.md", "0:01", "-o", "readings"],
    "guids": ["scripts/töne.md"],
    "feed": ["out"],
    "outbox list": ["out"],
    "outbox withdraw": ["töne", "--outbox", "out"],
    "voices list": [],
    "voices show": ["tone"],
    "voices audition": ["tone", "-o", "heard"],
    "voices blend": ["af_heart=0.7,bf_emma=0.3", "-o", "voices/mix.toml", "--force"],
    "voices fit": ["none.wav", "-o", "voices/me.toml"],
    "voices check": ["tone"],
    "voices install": ["nobody"],
    "takes info": [],
    "takes prune": [],
    "takes clear": [],
    "lexicon export": ["-o", "x.pls"],
    "lexicon import": ["x.pls"],
    "lexicon try": ["tone", "-o", "word.wav"],
    "lexicon who": ["tone", "scripts"],
    "lexicon add": ["Zyx", "zicks"],
    "doctor": [],
    "init": [],
    "schema": ["show"],
}
"""What each command is called with, in an order in which each finds what it needs."""

NO_LOCALE = ("render", "import", "check", "spoken", "say", "verify", "feed", "voices list", "init")
"""Where there is none each command begins anew, in UTF-8, whatever it is: that takes its time."""

SAME: dict[str, dict[str, Any]] = {
    "no error output": {"streams": {2: "closed"}},
    "full error output": {"streams": {2: "full"}},
    "no streams": {"streams": {0: "closed", 1: "closed", 2: "closed"}},
    "no locale": {
        "env": {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        "names": NO_LOCALE,
    },
    "latin-1, few files and an odd date": {
        "env": {"PYTHONIOENCODING": "latin-1", "SOURCE_DATE_EPOCH": "yesterday"},
        "open_files": 32,
    },
    "no home, no temporary folder and a date without end": {
        "env": {
            "HOME": "/nonexistent/home",
            "XDG_CACHE_HOME": "",
            "TMPDIR": "/nonexistent/tmp",
            "SOURCE_DATE_EPOCH": "9" * 400,
        },
    },
}
"""Where each command does as ever."""


def list_names(command: click.Command, above: str = "") -> Iterator[str]:
    """The names of all commands that do something."""
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            below = command.get_command(click.Context(command), name)
            assert below is not None
            yield from list_names(below, f"{above} {name}".strip())
    else:
        yield above


def test_every_command_is_tried() -> None:
    assert sorted(CALLS) == sorted(list_names(cli))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show, and a store of takes beside it that shares this machine's models."""
    folder = tmp_path_factory.mktemp("show")
    for name, text in {
        "scripts/show.toml": SHOW_WITH_FEED,
        "scripts/töne.md": SCRIPT,
        "voices/tone.toml": VOICE,
        "page.txt": PAGE,
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    plain_artwork(folder / "scripts")
    share_models(folder / "cache")
    return folder


def call_each(
    place: Path, names: Sequence[str] = tuple(CALLS), **surroundings: Any
) -> dict[str, Ended]:
    """What comes of every command, or of some."""
    calls = [[*name.split(), *CALLS[name]] for name in names]
    env = {"PAPERLEDGE_CACHE": str(place / "cache"), **surroundings.pop("env", {})}
    ended = limited_each(place, calls, env=env, **surroundings)
    return dict(zip(names, ended, strict=True))


@pytest.fixture(scope="module")
def as_ever(place: Path) -> dict[str, Ended]:
    """Every command where all is well."""
    ended = call_each(place)
    codes = {name: one.code for name, one in ended.items()}
    assert {name for name, code in codes.items() if code} == {
        "init",
        "voices fit",
        "voices install",
    }
    return ended


def assert_told(name: str, ended: Ended) -> None:
    """No end but one of ours."""
    assert ended.code in {0, 1, 2, 3}, (name, ended)
    for word in ("Traceback", "unexpected", "Exception ignored", "terminate called"):
        assert word not in ended.err, (name, ended)


@pytest.mark.parametrize("surroundings", SAME.values(), ids=SAME)
def test_a_command_does_as_ever(
    place: Path, as_ever: dict[str, Ended], surroundings: dict[str, Any]
) -> None:
    for name, ended in call_each(place, **surroundings).items():
        assert_told(name, ended)
        assert ended.code == as_ever[name].code, (name, ended)
        if not surroundings.get("streams"):
            assert bool(ended.out) == bool(as_ever[name].out), (name, ended)


def test_an_output_that_nobody_reads_ends_a_command_quietly(
    place: Path, as_ever: dict[str, Ended]
) -> None:
    for name, ended in call_each(place, streams={1: "unread"}).items():
        assert_told(name, ended)
        if as_ever[name].code == 0:
            assert ended.code == 1, (name, ended)
            assert not [x for x in ended.err.splitlines() if not STAGE.fullmatch(x)], (name, ended)


def test_an_output_that_is_full_is_told_in_a_line(place: Path, as_ever: dict[str, Ended]) -> None:
    for name, ended in call_each(place, streams={1: "full"}).items():
        assert_told(name, ended)
        if as_ever[name].code == 0:
            assert ended.code == 1, (name, ended)
            told = ended.err.splitlines()[-1]
            assert told.startswith("standard output can't be written: No space left"), (name, ended)
