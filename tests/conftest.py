"""Fixtures that several rooms share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

import pytest

from paperledge_audio.show import Show, load_show
from tests.samples import ROOT


def absent(what: str) -> None:
    """Skip, saying what is absent; on CI, where everything must be there, fail."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is absent, and CI must have it")
    pytest.skip(f"{what} is absent")


@pytest.fixture(scope="session")
def program() -> Callable[[str], str]:
    """Find a program that this project didn't write."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            absent(f"the program {name}")
        return str(path)

    return find


@pytest.fixture(scope="session")
def show() -> Show:
    """The show of this repository."""
    return load_show(ROOT / "scripts" / "show.toml")
