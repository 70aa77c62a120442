"""Hands a finished folder over to an uploader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.deliver.folder import finished
from paperledge_audio.deliver.folder import writing as folder
from paperledge_audio.deliver.model import DRAFT
from paperledge_audio.errors import DeliveryError, UsageError, locate_errors
from paperledge_audio.files.reading import real_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


def check_apart(
    out: Path, other: Path, slugs: Iterable[str], option: str = "--outbox", first: str = "-o"
) -> None:
    """Raise UsageError if a release would be inside a folder that is replaced as a whole.

    `first` and `option` are what name `out` and `other`.
    """
    here, there = real_path(out), real_path(other)
    if here == there:
        raise UsageError(
            f"{option} names the same folder as {first}", "name another, or leave it out"
        )
    for slug in slugs:
        if there.is_relative_to(here / slug):
            raise UsageError(f"{option} is inside the release {out / slug}", "name another")
        if here.is_relative_to(there / slug):
            raise UsageError(f"{first} is inside {other / slug}, which is replaced", "name another")


def check_publishable(quality: str, *, allow_draft: bool) -> None:
    """Raise DeliveryError for a draft, unless it is allowed."""
    if quality == DRAFT and not allow_draft:
        raise DeliveryError(
            "is a draft, which is not for publishing",
            "render it in studio quality, or add --allow-draft",
        )


def hand_over(
    place: Path,
    outbox: Path,
    *,
    allow_draft: bool = False,
    force: bool = False,
    on_wait: Callable[[str], None] = lambda _what: None,
) -> Path:
    """Copy the finished folder `place` into `outbox`; return where it is now.

    It appears whole or not at all, in place of an older one in a single step, and its manifest is
    written last: a watcher that sees the manifest sees a whole episode. Raises DeliveryError where
    the folder is not as its manifest says or is that of a draft (unless `allow_draft` is set), or
    where it can't be written; then nothing has changed. `force` and `on_wait` are those of
    `folder.write`.
    """
    release = finished.read(place)
    with locate_errors(path=str(place)):
        check_publishable(release.quality, allow_draft=allow_draft)
    names = [*(row["name"] for row in release.manifest["files"]), place.name + finished.MANIFEST]
    files = {name: place / name for name in names}
    kind = folder.release_kind(place.name, release.quality)
    return folder.write(outbox, place.name, files, kind, force=force, on_wait=on_wait)
