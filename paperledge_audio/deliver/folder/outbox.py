"""A finished folder handed over to whoever publishes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.deliver.folder import finished
from paperledge_audio.deliver.folder import writing as folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def hand_over(
    place: Path, outbox: Path, on_wait: Callable[[str], None] = lambda _what: None
) -> Path:
    """Copy the finished folder `place` into `outbox`; return where it is now.

    It appears whole or not at all, in place of an older one in a single step, and its manifest is
    written last: a watcher that sees the manifest sees a whole episode. Raises DeliveryError where
    the folder is not as its manifest says, or where it can't be written; then nothing has changed.
    `on_wait`: see `writing.write`.
    """
    release = finished.read(place)
    names = [*(row["name"] for row in release.manifest["files"]), place.name + finished.MANIFEST]
    files = {name: place / name for name in names}
    return folder.write(outbox, place.name, files, on_wait=on_wait)
