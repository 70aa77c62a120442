"""What is wrong with scripts, as GitHub's workflow commands, which show at a script's line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.preview.page.document import Json


def commands(document: Json) -> Iterator[str]:
    """One for each finding, `::error file=…,line=…::what; remedy`."""
    for episode in document["episodes"]:
        problem = episode["problem"]
        if problem:
            path = problem["path"] or episode["path"]
            yield _command("error", path, problem)
        for found in episode["findings"]:
            if not (problem and found["what"] == problem["what"]):
                yield _command(found["level"], episode["path"], found)


def _command(level: str, path: str, found: Json) -> str:
    line = f",line={found['line']}" if found["line"] else ""
    text = "; ".join(part for part in (found["what"], found["remedy"]) if part)
    return f"::{level} file={_property(_relative(path))}{line}::{_data(text)}"


def _relative(path: str) -> str:
    """GitHub needs paths from the top of the checkout, which is where its steps run."""
    here = Path.cwd()
    return Path(path).relative_to(here).as_posix() if Path(path).is_relative_to(here) else path


def _data(text: str) -> str:
    """Escaped as GitHub's own toolkit does it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
