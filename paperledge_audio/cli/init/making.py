"""The files of a new show."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from paperledge_audio.files.resources import name_source, read_bundled_text, read_packaged_text
from paperledge_audio.files.settings.starting import compose_start
from paperledge_audio.show.keys import SHOW

if TYPE_CHECKING:
    import datetime

PACKAGED = {
    "scripts/show.toml": (__package__, "template", "show.toml"),
    "scripts/show.schema.json": ("paperledge_audio.deliver.schemas", "show.schema.json"),
    "scripts/first-episode.md": (__package__, "template", "first-episode.md"),
    "voices/README.md": (__package__, "template", "voices.md"),
    ".gitignore": (__package__, "template", "gitignore"),
}
"""Each file of a show → where the package has it, or its template."""
WORKFLOWS = {
    "github": (".github/workflows/preview.yml", "github-workflow.yml"),
    "gitlab": (".gitlab-ci.yml", "gitlab-ci.yml"),
}
"""Who runs CI → the file that tells it what to do, and which of docs/ that is."""
NOBODY = "none"
"""No CI."""
SCRIPT = "scripts/first-episode.md"
SOURCE = "PAPERLEDGE: paperledge-audio "
"""The line of a workflow that says what pip installs."""


@dataclass(frozen=True, slots=True)
class Start:
    """What somebody who begins a show decides."""

    title: str
    host: str
    voice: str
    ci: str
    """A key of `WORKFLOWS`, or `NOBODY`."""


def name_files(ci: str | None) -> list[str]:
    """The paths of a show's files inside its folder, with CI's if that is known."""
    return [*PACKAGED, *(WORKFLOWS[ci][:1] if ci in WORKFLOWS else ())]


def compose_files(start: Start, today: datetime.date) -> dict[Path, bytes]:
    """Each file of the show, by its path inside the show's folder → what it holds."""
    values = {
        "title": start.title,
        "host": start.host,
        "author": start.host,
        "voices.host": start.voice,
    }
    words = {"SETTINGS": compose_start(SHOW, values), "DATE": today.isoformat()}
    found = {
        name: re.sub(
            "@([A-Z]+)@",
            lambda match: words[match[1]],
            read_packaged_text(*packaged),
        )
        for name, packaged in PACKAGED.items()
    }
    if start.ci in WORKFLOWS:
        name, template = WORKFLOWS[start.ci]
        text = read_bundled_text("docs", template)
        found[name] = text.replace(SOURCE, f"PAPERLEDGE: {json.dumps(name_source())} ")
    return {Path(name): text.encode() for name, text in found.items()}
