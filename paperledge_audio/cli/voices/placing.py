"""Where the commands that write a voice's profile may put it, and what it is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.errors import UsageError
from paperledge_audio.files.ownership import check_file

if TYPE_CHECKING:
    from pathlib import Path


def check_place(out: Path, *, force: bool) -> None:
    """Raise UsageError where `out` is no name of a profile.

    Raises DeliveryError where one is there, or where none can be.
    """
    if not re.fullmatch(r"[A-Za-z0-9_-]+\.toml", out.name):
        raise UsageError(
            f"{out.name}: no name of a profile", "use letters, digits, - and _, and .toml"
        )
    check_file(out, force=force)


def title_of(out: Path) -> str:
    """What captions call a voice whose title isn't given."""
    return out.stem.replace("_", " ").replace("-", " ").title()
