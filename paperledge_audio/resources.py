"""Where the things that ship with the package are: Ernis, the show's defaults and its music."""

from __future__ import annotations

from pathlib import Path


def bundled() -> Path:
    """The folder holding `voices/` and `scripts/`: inside a wheel, else the source tree's root."""
    package = Path(__file__).resolve().parent
    inside = package / "bundled"
    return inside if inside.is_dir() else package.parent
