"""Check the place of a new voice profile, and make its title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.errors import UsageError
from paperledge_audio.files.ownership import check_file

if TYPE_CHECKING:
    from pathlib import Path


def check_place(out: Path, *, force: bool) -> None:
    """Raise UsageError unless `out` is a profile's name that no other voice has.

    Raises DeliveryError if a file is there already, or if none can be written.
    """
    from paperledge_audio.voices.finding import stock_names

    if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_-]*\.toml", out.name):
        raise UsageError(
            f"{out}: is not a profile's name", "use letters, digits, - and _, and .toml"
        )
    if out.stem in stock_names():
        raise UsageError(
            f"{out.name}: a stock voice has that name", "choose another, so that both can be named"
        )
    check_file(out, force=force)


def title_of(out: Path) -> str:
    """The title of a voice that was given none."""
    return out.stem.replace("_", " ").replace("-", " ").title()
