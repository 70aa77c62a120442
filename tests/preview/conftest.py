"""A show in a git repository."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.preview.following import followed  # noqa: F401 - a fixture
from tests.preview_repository import run_git

Git = Callable[..., str]


@pytest.fixture
def repository(show_folder: Path) -> Git:
    """The show as a repository with one commit; call it with git's arguments."""

    def git(*arguments: str) -> str:
        return run_git(show_folder, *arguments)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "The show")
    return git
