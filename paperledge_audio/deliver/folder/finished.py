"""Reads a finished folder and checks it against its manifest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from paperledge_audio.deliver.folder.exchange import read_unswapped
from paperledge_audio.deliver.formats import SUFFIXES
from paperledge_audio.deliver.model import DRAFT, STUDIO
from paperledge_audio.deliver.schemas import find_violation
from paperledge_audio.errors import DeliveryError
from paperledge_audio.files.documents import parse_json
from paperledge_audio.files.hashing import file_sha256
from paperledge_audio.files.names import find_fault, find_illegible
from paperledge_audio.files.ownership import LARGEST_MANIFEST
from paperledge_audio.files.reading import is_there, list_folder, no_file, read_bytes, real_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MANIFEST = ".manifest.json"


@dataclass(frozen=True, slots=True)
class Finished:
    """A complete release: every file is as its manifest lists it."""

    folder: Path
    slug: str
    manifest: Mapping[str, Any]

    @property
    def sound(self) -> Mapping[str, Any]:
        """The manifest's row of the one sound."""
        names = {self.slug + suffix for suffix in SUFFIXES}
        found: Mapping[str, Any] = next(
            row for row in self.manifest["files"] if row["name"] in names
        )
        return found

    @property
    def quality(self) -> str:
        """Either studio or draft."""
        return DRAFT if is_draft(self.manifest) else STUDIO

    def path(self, suffix: str) -> Path:
        """The file with that ending."""
        return self.folder / (self.slug + suffix)


def is_draft(manifest: Any) -> bool:
    """Whether a manifest, which may be any JSON document, says that it is a draft's."""
    try:
        return bool(manifest["settings"]["quality"] == DRAFT)
    except (LookupError, TypeError):
        return False


def read_part(file: Path, limit: int) -> bytes:
    """A file of a release; raises DeliveryError where it can't be read or is larger than that."""
    try:
        return read_bytes(file, limit, "another", error=DeliveryError)
    except DeliveryError as error:
        raise error.located(remedy="render it again") from error


def read_json(file: Path) -> Any:
    """A JSON file of a release; raises DeliveryError if it can't be read."""
    data = read_part(file, LARGEST_MANIFEST)
    try:
        return parse_json(data)
    except ValueError as error:
        raise DeliveryError(f"can't be read: {error}", "render it again", path=file) from error


def try_read_manifest(folder: Path, slug: str) -> Mapping[str, Any]:
    """The manifest of `folder`, unchecked; empty if it can't be read."""
    try:
        found = read_json(folder / (slug + MANIFEST))
    except DeliveryError:
        return {}
    return found if isinstance(found, dict) else {}


def read_manifest(folder: Path, slug: str) -> Mapping[str, Any]:
    """The manifest of `folder`; raises DeliveryError if it is missing or breaks its schema."""
    file = folder / (slug + MANIFEST)
    if not is_there(file):
        raise DeliveryError(
            f"is not a finished release: it has no {file.name}",
            "render it again, or name another one",
            path=folder,
        )
    found: Mapping[str, Any] = read_json(file)
    if wrong := find_violation(MANIFEST, found):
        raise DeliveryError(f"breaks its schema: {wrong}", "render it again", path=file)
    return found


def read(folder: Path) -> Finished:
    """The release in `folder`, whose files have the folder's name.

    Raises DeliveryError if its manifest or a file is missing or was changed, or if there is a file
    that the manifest doesn't list.
    """
    return read_unswapped(folder, lambda: _read(folder))


def _read(folder: Path) -> Finished:
    manifest = read_manifest(folder, folder.name)
    slug = manifest["episode"]["slug"]
    wrong = list(find_problems(folder, folder.name, manifest))
    if slug != folder.name:
        wrong.insert(0, f"its manifest is that of {slug!r}")
    if wrong:
        raise DeliveryError(
            f"is incomplete or changed: {', '.join(wrong)}", "render it again", path=folder
        )
    return Finished(folder, slug, manifest)


def list_sounds(folder: Path) -> tuple[Path, ...]:
    """The sound of each finished release in `folder`, which may be one itself.

    Raises DeliveryError where there is no release, or one without a sound.
    """
    found: list[Path] = []
    for place in (folder, *list_folder(folder, DeliveryError)):
        slug = real_path(place).name
        if is_there(place / (slug + MANIFEST)):
            sounds = [place / (slug + s) for s in SUFFIXES if is_there(place / (slug + s))]
            if not sounds:
                raise DeliveryError("has no sound", "render it again", path=place)
            found += sounds
    if not found:
        raise DeliveryError("holds no finished release", "name a folder of render", path=folder)
    return tuple(found)


def find_problems(folder: Path, slug: str, manifest: Mapping[str, Any]) -> Iterator[str]:
    """How the files of `folder` differ from what the manifest lists."""
    listed = {row["name"]: row for row in manifest["files"]}
    if len([suffix for suffix in SUFFIXES if slug + suffix in listed]) != 1:
        yield "not one sound is listed"
    for name, row in listed.items():
        path = folder / name
        if why := find_fault(name) or find_illegible(name):
            yield f"the name {name!r} {why}"
        elif path.parent != folder or path.is_symlink() or no_file(path):
            yield f"{name} is missing"
        elif not _is(path, row):
            yield f"{name} was changed"
    for entry in list_folder(folder, DeliveryError):
        if entry.name not in listed and entry.name != slug + MANIFEST:
            yield f"{entry.name} is not part of the release"


def _is(path: Path, row: Mapping[str, Any]) -> bool:
    """Whether a file is the one that a manifest's row is about, as far as it can be read."""
    try:
        if path.stat().st_size != row["bytes"]:  # a hash takes a while
            return False
        found: bool = file_sha256(path, DeliveryError) == row["sha256"]
        return found
    except (OSError, DeliveryError):
        return False
