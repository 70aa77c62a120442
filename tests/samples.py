"""Small values that many tests start from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from paperledge_audio.engines.kokoro.model import has_fast_graph, make_fast_graph
from paperledge_audio.files.resources import cache_folder
from paperledge_audio.spoken.model import Segment, Span

ROOT = Path(__file__).resolve().parents[1]
"""Of the repository."""
SHOW_PAGE = ROOT.parent / "shared" / "show-page" / "show-page.txt"
"""Real input, where somebody keeps it beside the repository."""


def plain_segment(text: str, index: int = 0, voice: str = "ernis") -> Segment:
    """A segment that says what is printed."""
    return Segment(index, "speech", (Span(text, text),), voice, index + 1, 0, 0.5)


def share_models(cache: Path) -> None:
    """Link this machine's rewritten Kokoro into a new cache folder: to make it takes seconds."""
    (cache / "models").mkdir(parents=True)
    if has_fast_graph() or make_fast_graph():
        for file in (cache_folder() / "models").glob("kokoro-*"):
            (cache / "models" / file.name).symlink_to(file)


def absent(what: str) -> None:
    """Skip, saying what is absent; on CI, where everything must be there, fail."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is absent, and CI must have it")
    pytest.skip(f"{what} is absent")
