"""An outbox in a folder of this machine: each episode is a folder that is swapped as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.deliver.folder import finished
from paperledge_audio.deliver.folder import writing as folder
from paperledge_audio.deliver.model import STUDIO
from paperledge_audio.deliver.outbox.model import (
    OutboxEpisode,
    Withdrawn,
    describe_episode,
    read_publishable,
)
from paperledge_audio.errors import DeliveryError, map_errors
from paperledge_audio.files.ownership import LARGEST_MANIFEST
from paperledge_audio.files.reading import is_folder, list_folder, no_file, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class FolderOutbox:
    """Finished folders side by side in `place`."""

    place: Path

    def check(self, slug: str, quality: str = STUDIO, *, force: bool = False) -> None:
        """See `Outbox`."""
        folder.check_place(self.place, slug, folder.release_kind(slug, quality), force=force)

    def hand_over(
        self,
        place: Path,
        *,
        allow_draft: bool = False,
        force: bool = False,
        on_wait: Callable[[str], None] = lambda _what: None,
    ) -> str:
        """Copy the finished folder `place`; see `Outbox`.

        It appears whole or not at all, in place of an older one in a single step, and its manifest
        is written last: a watcher that sees the manifest sees a whole episode.
        """
        release = read_publishable(place, allow_draft=allow_draft)
        names = [
            *(row["name"] for row in release.manifest["files"]),
            place.name + finished.MANIFEST,
        ]
        files = {name: place / name for name in names}
        kind = folder.release_kind(place.name, release.quality)
        there = folder.write(self.place, place.name, files, kind, force=force, on_wait=on_wait)
        return str(there)

    def list_episodes(self) -> Iterator[OutboxEpisode]:
        """See `Outbox`; a folder without a manifest is not one."""
        for place in list_folder(self.place, DeliveryError):
            manifest = place / (place.name + finished.MANIFEST)
            if place.name.startswith(".") or not is_folder(place) or no_file(manifest):
                continue
            data = read_bytes(manifest, LARGEST_MANIFEST, "a manifest", error=DeliveryError)
            files = [path for path in list_folder(place, DeliveryError) if not no_file(path)]
            with map_errors(DeliveryError, "can't be read", "make it readable", path=place):
                sizes = {path.name: path.stat().st_size for path in files}
            yield describe_episode(place.name, str(place), data, sizes)

    def withdraw(self, slug: str) -> Withdrawn:
        """See `Outbox`: the whole folder is gone in one step."""
        sizes = folder.remove(self.place, slug)
        return Withdrawn(len(sizes), sum(sizes))
