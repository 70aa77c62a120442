"""A show that speaks in tones, and a way to call the program as a user does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from paperledge_audio.cli import main

SHOW = """\
title = "Toneledge"
host = "Ernis"
author = "Toneledge"

[voices]
host = "tone"
"""
VOICE = """\
title = "Tone"
licence = "Apache-2.0"
consent = "A sine wave; it imitates nobody."

[engines]
studio = "tone"
draft = "tone"
"""
SCRIPT = """\
---
title: The Sound of One Hand
date: 2025-10-21
authors:
- Ada Lovelace
paper:
  title: On Tones
  url: https://paperledge.example/on-tones
summary: A tone, explained.
---

Hello, learning crew! Today we listen to a tone, and then to another one.

## A heading

> The tone is the message.

- First: it starts.
- Second: it stops.

1. What comes after a tone?

Credit to Paper authors: Ada Lovelace
"""


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
    monkeypatch.setenv("PAPERLEDGE_CACHE", str(tmp_path / "cache"))
    return folder


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
