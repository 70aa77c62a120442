"""Fixtures of the feeds."""

from __future__ import annotations

import dataclasses
import datetime
import shutil
from pathlib import Path

import pytest

from paperledge_audio.show.model import Show
from tests.deliver.making import EPISODE, plain_artwork, released


@pytest.fixture(scope="session")
def served(show: Show, tmp_path_factory: pytest.TempPathFactory) -> Show:
    art = plain_artwork(tmp_path_factory.mktemp("art"))
    return dataclasses.replace(show, base_url="https://cdn.example/p", artwork=art)


@pytest.fixture(scope="session")
def finished(served: Show, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three episodes: two of one day, and one without an address yet."""
    out = tmp_path_factory.mktemp("out")
    for slug, day, number in (("b", 21, 7), ("a", 21, 8), ("c", 20, 9)):
        episode = dataclasses.replace(
            EPISODE, title=f"Title {slug}", date=datetime.date(2025, 10, day), number=number
        )
        homeless = dataclasses.replace(served, base_url="")
        released(homeless if slug == "c" else served, out, slug, episode)
    return out


@pytest.fixture
def out(finished: Path, tmp_path: Path) -> Path:
    """The same, to be spoilt."""
    return shutil.copytree(finished, tmp_path / "out")
