"""Small values that many tests start from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
    """Have a new cache folder use this machine's rewritten models: to make them takes seconds."""
    models = cache_folder() / "models"
    models.mkdir(parents=True, exist_ok=True)
    cache.mkdir()
    (cache / "models").symlink_to(models)


def absent(what: str) -> None:
    """Skip, saying what is absent; on CI, where everything must be there, fail."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is absent, and CI must have it")
    pytest.skip(f"{what} is absent")
