"""The README's way from nothing to a feed, as it is printed, on a machine that has only Python."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from tests.samples import ROOT, absent, share_models

HEADING = "From nothing to a feed"
PLACES = {"md": "cat {block} > scripts/hello.md", "toml": "cat {block} {toml} > new; mv new {toml}"}
"""How a block that isn't shell gets where the README says: it is saved, or put at the top."""


def read_blocks() -> Iterator[tuple[str, str]]:
    """The kind and the text of each block below the heading."""
    heading = ""
    tokens = MarkdownIt().parse((ROOT / "README.md").read_text("utf-8"))
    for token, after in pairwise(tokens):
        if token.tag == "h2" and token.type == "heading_open":
            heading = after.content
        elif token.type == "fence" and heading == HEADING:
            yield token.info, token.content


def write_path(folder: Path) -> Path:
    """A shell script of these blocks in order, which lie in `folder`."""
    steps = ["set -e"]
    for number, (kind, text) in enumerate(read_blocks()):
        block = folder / f"{number}.{kind}"
        block.write_text(text, "utf-8")
        steps.append(
            text if kind == "sh" else PLACES[kind].format(block=block, toml="scripts/show.toml")
        )
    script = folder / "path.sh"
    script.write_text("\n".join(steps), "utf-8")
    return script


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What others get of this repository, in a fresh folder."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        archive.extractall(tmp_path, filter="data")
    return next(path for path in tmp_path.iterdir() if path.is_dir())


@pytest.mark.model
@pytest.mark.wheel
def test_the_readme_leads_from_nothing_to_a_feed(checkout: Path, tmp_path: Path) -> None:
    if not shutil.which("bash"):
        absent("the program bash")
    forgotten = {"PYTHONPATH", "VIRTUAL_ENV"}
    environment = {name: value for name, value in os.environ.items() if name not in forgotten}
    share_models(tmp_path / "cache")
    ran = subprocess.run(
        ["bash", write_path(tmp_path)],
        cwd=checkout,
        env={
            **environment,
            "PAPERLEDGE_CACHE": str(tmp_path / "cache"),
            "PIP_NO_COMPILE": "1",  # most of what is installed nobody imports here
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    show = checkout / "my-show"
    assert "all well" in ran.stdout
    assert (show / "preview" / "index.html").is_file()
    feed = (show / "feed.xml").read_text("utf-8")
    enclosure = r'<enclosure url="https://podcast\.example/episodes/([^"]+)" length="(\d+)"'
    ((name, length),) = re.findall(enclosure, feed)
    assert (show / "out" / name).stat().st_size == int(length)
