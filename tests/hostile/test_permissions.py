"""What may not be read or written, and folders that go away, are one line that names them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.making import make_show
from tests.limits import ROOT, Ended, limited_each

RENDER = ("render", "scripts/one-hand.md")
READ_ONLY, UNSEEN, NAMES_ONLY, NO_NAMES = 0o500, 0o000, 0o400, 0o100
"""Permissions of a folder: it can be read and not written; nothing can be read; only its names; all
but those."""
SHUT: tuple[tuple[str, int, tuple[str, ...], str], ...] = (
    ("scripts", UNSEEN, ("preview", "scripts"), "scripts"),
    ("scripts", NAMES_ONLY, ("preview", "scripts"), "scripts/one-hand.md"),
    ("scripts", NO_NAMES, ("preview", "scripts"), "scripts"),
    ("scripts", UNSEEN, RENDER, "scripts/one-hand.md"),
    ("scripts", UNSEEN, ("say", "hi", "-o", "x.wav"), "scripts/show.toml"),
    ("scripts", READ_ONLY, ("import", "page.txt", "-o", "scripts"), "scripts/"),
    ("voices", UNSEEN, RENDER, "voices"),
    ("voices", NAMES_ONLY, RENDER, "voices/tone.toml"),
    ("voices", UNSEEN, ("voices", "list"), "voices"),
    ("voices", READ_ONLY, ("voices", "blend", "af_heart=1", "-o", "voices/x.toml"), "x.toml"),
    ("out", UNSEEN, ("feed", "out"), "out"),
    ("out", READ_ONLY, RENDER, "out/one-hand"),
    ("out", READ_ONLY, (*RENDER, "-o", "new", "--outbox", "out"), "out/one-hand"),
    ("out", UNSEEN, ("verify", "out/one-hand/one-hand.mp3"), "one-hand.mp3"),
    ("out/one-hand", UNSEEN, ("feed", "out"), "out/one-hand"),
    ("out/one-hand", NO_NAMES, ("feed", "out"), "out/one-hand"),
    ("out/one-hand", READ_ONLY, RENDER, "out/one-hand"),
    ("out/one-hand", UNSEEN, RENDER, "out/one-hand"),
    ("cache", UNSEEN, ("takes", "info"), "cache/takes"),
    ("cache/takes", UNSEEN, ("takes", "clear"), "cache/takes"),
    ("cache/takes", NAMES_ONLY, ("takes", "prune"), "cache/takes/"),
    ("cache/takes/*", READ_ONLY, ("takes", "clear"), "cache/takes/"),
    ("cache/takes/*", UNSEEN, ("takes", "info"), "cache/takes/"),
    ("cache/takes", READ_ONLY, ("say", "Another line.", "-o", "x.wav"), "cache/takes/"),
    ("cache/takes/*", UNSEEN, RENDER, "cache/takes/"),
    (".", READ_ONLY, (*RENDER, "-o", "new"), "new/one-hand"),
    (".", READ_ONLY, ("say", "hi", "-o", "x.wav"), "x.wav"),
    (".", READ_ONLY, ("feed", "out"), "feed."),
    (".", UNSEEN, ("lexicon", "export", "-o", "x.pls"), "show.toml"),
)
"""What is shut and how, a command, and what its line names."""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[Ended]:
    top = tmp_path_factory.mktemp("shut")
    show = make_show(top / "show")
    (show / "page.txt").write_text("Tuesday Oct 21, 2025\n\nHello, learning crew! Here we are.\n")
    env = {"PAPERLEDGE_CACHE": "cache"}
    (first,) = limited_each(show, [RENDER], env=env)
    assert first.code == 0
    folders = [shutil.copytree(show, top / str(n)) for n in range(len(SHUT))]
    shut = [
        (path, permissions)
        for folder, (place, permissions, _, _) in zip(folders, SHUT, strict=True)
        for path in ([folder] if place == "." else folder.glob(place))
    ]
    assert len(shut) >= len(SHUT)
    for path, permissions in shut:
        path.chmod(permissions)
    ended = limited_each(top, [call for _, _, call, _ in SHUT], env=env, each_in=folders)
    for path, _ in shut:
        path.chmod(0o700)
    return ended


@pytest.mark.skipif(sys.platform != "linux" and not os.geteuid(), reason="root may do anything")
@pytest.mark.parametrize("row", range(len(SHUT)), ids=[f"{p} {m:o} {c[0]}" for p, m, c, _ in SHUT])
def test_what_is_shut_is_named(row: int, outcomes: list[Ended]) -> None:
    line = outcomes[row].refusal()
    assert "Permission denied" in line
    assert SHUT[row][-1] in line.partition(" can't be ")[0]


@pytest.mark.parametrize(
    "arguments", ["feed out", "lexicon export -o x.pls", "preview .", "voices list", "render x.md"]
)
def test_a_working_folder_that_is_gone_is_one_line(tmp_path: Path, arguments: str) -> None:
    (tmp_path / "gone").mkdir()
    program = (sys.executable, "-c", "from paperledge_audio.cli import main; main()")
    ran = subprocess.run(
        ["sh", "-c", 'rmdir "$PWD"; exec "$@"', "sh", *program, *arguments.split()],
        cwd=tmp_path / "gone",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert "the working folder is gone" in ran.stderr or "x.md: can't be read" in ran.stderr
