"""What is installed, told without importing it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from paperledge_audio.errors import MissingError


def need(package: str, command: str) -> Path:
    """The folder of an installed package; raises MissingError, naming the command that adds it."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise MissingError(f"{package} is not installed", command)
    return Path(spec.origin).parent
