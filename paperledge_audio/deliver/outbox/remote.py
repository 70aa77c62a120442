"""An outbox on a server.

    ADDRESS/SLUG/SLUG.manifest.json     what the episode is; it comes last
    ADDRESS/SLUG/0123456789abcdef/…     its files; the folder is named by the manifest's sha256

No server can swap folders, so an episode is replaced by its manifest, a single file that appears
in one step. Each version has a folder of its own, whose name follows from the manifest: whoever
reads a manifest gets that version's files, and never a mix. The version before stays for those who
have begun to fetch it, until the next upload of the episode. What an upload left when it was
stopped is completed by the next one of the same version.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from paperledge_audio import GENERATOR
from paperledge_audio.deliver.folder import finished
from paperledge_audio.deliver.folder.writing import check_slug, release_kind
from paperledge_audio.deliver.outbox.model import (
    OutboxEpisode,
    Withdrawn,
    describe_episode,
    read_publishable,
)
from paperledge_audio.errors import DeliveryError
from paperledge_audio.files.documents import parse_json
from paperledge_audio.files.hashing import sha256
from paperledge_audio.files.ownership import LARGEST_MANIFEST
from paperledge_audio.files.remote.folder import PART, RemoteFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from paperledge_audio.files.remote.address import Address
    from paperledge_audio.files.remote.folder import RemoteEntry

VERSION_DIGITS = 16
"""Of the manifest's sha256, in the name of a version's folder."""
LONGEST_NAME = 255
"""Characters of a file's name."""
ROUNDS = 3
"""How often an upload is tried while another one removes what it has sent."""
ABANDONED_S = 86_400
"""No upload takes a day; files that are older and of no version that counts were abandoned."""
_VERSION = re.compile(rf"[0-9a-f]{{{VERSION_DIGITS}}}")
_PART = re.compile(rf"\.(?P<name>[^/]{{1,{LONGEST_NAME}}})\.[0-9a-f]{{8}}{re.escape(PART)}")


def name_version(manifest: bytes) -> str:
    """The name of the folder with the files of a manifest."""
    return sha256(manifest)[:VERSION_DIGITS]


@dataclass(frozen=True, slots=True)
class RemoteOutbox:
    """Episodes at an address."""

    address: Address

    def check(self, slug: str, quality: str, *, force: bool = False) -> None:
        """See `Outbox`."""
        check_slug(slug)
        with self._open() as folder:
            self._check_manifest(folder, slug, quality, force=force)

    def hand_over(
        self,
        place: Path,
        *,
        allow_draft: bool = False,
        force: bool = False,
        on_wait: Callable[[str], None] = lambda _what: None,
    ) -> str:
        """Copy the finished folder `place`; see `Outbox`.

        Each file is read back and compared; one that is there already is not sent again. Where
        another upload of this episode has removed something meanwhile, it is sent once more.
        """
        release = read_publishable(place, allow_draft=allow_draft)
        slug = release.slug
        manifest = release.path(finished.MANIFEST)
        data = finished.read_part(manifest, LARGEST_MANIFEST)
        version = f"{slug}/{name_version(data)}"
        rows = release.manifest["files"]
        with self._open() as folder:
            before = self._check_manifest(folder, slug, release.quality, force=force)
            current, there = before, folder.list_entries(version)
            for _ in range(ROUNDS):
                for row in rows:
                    on_wait("uploading")
                    self._send(folder, f"{version}/{row['name']}", place / row["name"], row, there)
                on_wait("uploading")
                if current != data:
                    folder.write(f"{slug}/{manifest.name}", manifest)
                current = folder.read(f"{slug}/{manifest.name}", LARGEST_MANIFEST)
                there = folder.list_entries(version)
                if current == data and all(row["name"] in there for row in rows):
                    break
            else:
                raise self._changed(f"{slug}/{manifest.name}")
            _clean_up(folder, slug, {name_version(data), name_version(before or data)})
        return f"{self.address}/{version}"

    def list_episodes(self) -> Iterator[OutboxEpisode]:
        """See `Outbox`; a folder that has neither a manifest nor a version is not one."""
        with self._open() as folder:
            for slug, entry in folder.list_entries().items():
                if not entry.is_folder or slug.startswith("."):
                    continue
                inside = folder.list_entries(slug)
                name = slug + finished.MANIFEST
                versions = [one for one in inside if _VERSION.fullmatch(one)]
                if name not in inside and not versions:
                    continue
                data = folder.read(f"{slug}/{name}", LARGEST_MANIFEST) if name in inside else None
                version = name_version(data) if data is not None else versions[0]
                files = folder.list_entries(f"{slug}/{version}")
                sizes = {file.name: file.bytes for file in files.values()}
                yield describe_episode(slug, f"{self.address}/{slug}/{version}", data, sizes)

    def withdraw(self, slug: str) -> Withdrawn:
        """See `Outbox`."""
        known = f"see what is: paperledge outbox list {self.address}"
        check_slug(slug, known)
        manifest = f"{slug}/{slug}{finished.MANIFEST}"
        with self._open() as folder:
            data = folder.read(manifest, LARGEST_MANIFEST)
            if data is not None and not _is_ours(_parse(data)):
                raise self._strange(manifest)
            files = [*_list_files(folder, slug)]
            if data is None and not files:
                raise DeliveryError("is not in the outbox", known, path=f"{self.address}/{slug}")
            folder.remove(manifest)
            for name, _ in files:
                folder.remove(name)
            kept = _remove_folders(folder, slug)
        size = len(data or b"") + sum(entry.bytes for _, entry in files)
        return Withdrawn(len(files) + (data is not None), size, kept)

    def _open(self) -> RemoteFolder:
        return RemoteFolder(self.address, DeliveryError)

    def _check_manifest(
        self, folder: RemoteFolder, slug: str, quality: str, *, force: bool
    ) -> bytes | None:
        """The manifest that is there; raises DeliveryError if it may not be replaced."""
        name = f"{slug}/{slug}{finished.MANIFEST}"
        data = folder.read(name, LARGEST_MANIFEST)
        if data is None or force:
            return data
        document = _parse(data)
        if not _is_ours(document):
            raise self._strange(name)
        if why := release_kind(slug, quality).keeps(document):
            raise DeliveryError(
                why, "name another folder or add --force", path=f"{self.address}/{slug}"
            )
        return data

    def _send(
        self,
        folder: RemoteFolder,
        name: str,
        source: Path,
        row: dict[str, Any],
        there: dict[str, RemoteEntry],
    ) -> None:
        """Write a file unless it is there with the right bytes, and read it back."""
        found = there.get(row["name"])
        if found and found.bytes == row["bytes"] and folder.sha256(name) == row["sha256"]:
            return
        folder.write(name, source)
        if folder.sha256(name) != row["sha256"]:
            raise self._changed(name)

    def _changed(self, name: str) -> DeliveryError:
        return DeliveryError(
            "arrived as something else, or was changed meanwhile",
            "run it again",
            path=f"{self.address}/{name}",
        )

    def _strange(self, name: str) -> DeliveryError:
        return DeliveryError(
            "was not made by this program, and would be lost",
            "move it, or name another place",
            path=f"{self.address}/{name}",
        )


def _list_files(folder: RemoteFolder, slug: str) -> Iterator[tuple[str, RemoteEntry]]:
    """The files of all versions that have names of ours, each with its name below the address."""
    ours = release_kind(slug).names
    for version, entry in folder.list_entries(slug).items():
        if not (entry.is_folder and _VERSION.fullmatch(version)):
            continue
        for name, file in folder.list_entries(f"{slug}/{version}").items():
            part = _PART.fullmatch(name)
            if not file.is_folder and ours(part["name"] if part else name):
                yield f"{slug}/{version}/{name}", file


def _clean_up(folder: RemoteFolder, slug: str, versions: set[str]) -> None:
    """Remove abandoned files, those of all versions but these and parts of any."""
    old = time.time() - ABANDONED_S
    for name, entry in _list_files(folder, slug):
        needed = name.split("/")[1] in versions and not _PART.fullmatch(entry.name)
        if entry.modified_s < old and not needed:
            folder.remove(name)
    _remove_folders(folder, slug, versions)


def _remove_folders(folder: RemoteFolder, slug: str, but: Collection[str] = ()) -> tuple[str, ...]:
    """Remove folders of versions that are empty, and the episode's; what is left in that."""
    for name, entry in folder.list_entries(slug).items():
        if entry.is_folder and _VERSION.fullmatch(name) and name not in but:
            folder.remove_folder(f"{slug}/{name}")
    left = tuple(folder.list_entries(slug))
    if not left:
        folder.remove_folder(slug)
    return left


def _parse(data: bytes) -> Any:
    try:
        return parse_json(data)
    except ValueError:
        return None


def _is_ours(document: Any) -> bool:
    try:
        return bool(document["generator"]["name"] == GENERATOR)
    except (LookupError, TypeError):
        return False
