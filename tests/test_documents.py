"""The documents are true: what they name is there, and what they show can be run."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paperledge_audio.cli import COMMANDS
from paperledge_audio.script.parsing import parse
from tests.samples import ROOT

README = (ROOT / "README.md").read_text("utf-8")
MARKDOWN_BLOCK, *_ = re.findall(r"```markdown\n(.*?)```", README, re.DOTALL)
VOICES, FIT = ((ROOT / "docs" / name).read_text("utf-8") for name in ("VOICES.md", "FIT.md"))


def calls(document: str) -> list[list[str]]:
    """The calls of the program that a document's shell examples show."""
    return [
        shlex.split(line, comments=True)
        for block in re.findall(r"```sh\n(.*?)```", document, re.DOTALL)
        for line in block.splitlines()
        if line.startswith("paperledge ")
    ]


def test_the_readme_shows_every_command() -> None:
    assert {call[1] for call in calls(README)} | set(
        re.findall(r"`paperledge (\w+)", README)
    ) == set(COMMANDS)


@pytest.mark.parametrize("call", calls(README) + calls(VOICES) + calls(FIT), ids=" ".join)
def test_every_call_in_a_document_is_one_that_the_program_takes(
    call: list[str], paperledge: Callable[..., Any]
) -> None:
    words = 3 if call[1] in {"voices", "takes", "lexicon"} else 2
    help_ = paperledge(*call[1:words], "--help")
    assert help_.code == 0
    for word in call[words:]:
        if word.startswith("-"):
            assert re.search(rf"(^|\s){re.escape(word)}\b", help_.out), word


def test_the_script_in_the_readme_parses() -> None:
    script = parse(MARKDOWN_BLOCK, "README.md")
    kinds = {type(block).__name__ for block in script.blocks}
    assert kinds == {
        "Credit", "Effect", "Heading", "ListItem", "Music", "Pause", "Question", "Quote", "Speech",
    }  # fmt: skip


@pytest.mark.parametrize(
    "document", ["README.md", "docs/ARCHITECTURE.md", "docs/VOICES.md", "CHANGELOG.md"]
)
def test_files_that_a_document_names_are_there(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        if not target.startswith(("/", "say:")):
            assert ((ROOT / document).parent / target).exists(), target


def test_paths_that_the_architecture_names_are_there() -> None:
    text = (ROOT / "docs" / "ARCHITECTURE.md").read_text("utf-8")
    package = ROOT / "paperledge_audio"
    for line in text.splitlines():
        names = [name for name in re.findall(r"`([\w./]+)`", line) if re.search(r"/|\.py$", name)]
        room = package / names[0] if line.startswith("| `") else package
        for name in names:
            assert any((folder / name).exists() for folder in (ROOT, package, room)), name


def test_the_architecture_names_every_room_and_module() -> None:
    text = (ROOT / "docs" / "ARCHITECTURE.md").read_text("utf-8")
    for part in sorted(Path(ROOT / "paperledge_audio").iterdir()):
        if part.name.startswith("_") or part.name in {"py.typed", "bundled"}:
            continue
        name = f"{part.name}/" if part.is_dir() else part.name
        assert f"`{name}`" in text, name
