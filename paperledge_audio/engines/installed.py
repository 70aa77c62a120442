"""Finds installed packages without importing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.errors import MissingError
from paperledge_audio.files.resources import find_package

if TYPE_CHECKING:
    from pathlib import Path


def require_package(package: str, command: str) -> Path:
    """The folder of an installed package; raises MissingError, naming the command that adds it."""
    folder = find_package(package)
    if folder is None:
        raise MissingError(f"{package} is not installed", command)
    return folder
