"""Findings as GitHub's workflow commands, which are shown at a script's line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.preview.page.document import Json


def format_commands(document: Json) -> Iterator[str]:
    """One for each finding, `::error file=…,line=…::what; remedy`."""
    for episode in document["episodes"]:
        problem = episode["problem"]
        if problem:
            path = problem["path"] or episode["path"]
            yield _format_command("error", path, problem)
        for found in episode["findings"]:
            if not (problem and found["what"] == problem["what"]):
                yield _format_command(found["level"], episode["path"], found)


def _format_command(level: str, path: str, found: Json) -> str:
    line = f",line={found['line']}" if found["line"] else ""
    text = "; ".join(part for part in (found["what"], found["remedy"]) if part)
    return f"::{level} file={_escape_property(_make_relative(path))}{line}::{_escape_data(text)}"


def _make_relative(path: str) -> str:
    """The path from the top of the checkout, where GitHub's steps run."""
    here = Path.cwd()
    return Path(path).relative_to(here).as_posix() if Path(path).is_relative_to(here) else path


def _escape_data(text: str) -> str:
    """Escaped as GitHub's own toolkit does it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_data(text).replace(":", "%3A").replace(",", "%2C")
