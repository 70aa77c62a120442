"""What is there already: ours, and so to be replaced, or somebody else's, and so to be kept.

A name proves nothing: an `index.html`, an `x.mp3` or a `cover.jpg` may be anybody's. What this
program makes carries its mark. A single file has `MARK` in a remark near its beginning. A folder
has a manifest that names this program and lists every other file with its hash; so a file that was
changed since counts as somebody's work.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio import GENERATOR, MARK, __version__
from paperledge_audio.errors import DeliveryError
from paperledge_audio.files.documents import parse_json
from paperledge_audio.files.hashing import LARGEST, file_sha256, sha256
from paperledge_audio.files.reading import open_file, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

HEAD_BYTES = 4096
"""Where the mark of a file is looked for: no format that carries one has it further in."""
LARGEST_MANIFEST = 20_000_000
"""Bytes: a hundred times what an hour's has."""
LISTING = "manifest.json"
"""The manifest of a folder that is no release."""


@dataclass(frozen=True, slots=True)
class FolderKind:
    """A kind of folder that this program makes and replaces as a whole."""

    manifest: str
    """The name of its manifest."""
    names: Callable[[str], bool]
    """Whether a file may be called so; `--force` replaces no other."""


def check_file(path: Path, *, force: bool = False) -> None:
    """Raise DeliveryError where `path` holds what isn't ours to replace; `force` replaces any file.

    A link stands for what it points to.
    """
    if not os.path.lexists(path):
        return
    if not path.is_file():
        raise DeliveryError("is in the way: it is not a file", "name another file", path=path)
    if not force and not _is_marked(path):
        raise DeliveryError("is there already", "name another file or add --force", path=path)


def check_folder(folder: Path, kind: FolderKind, *, force: bool = False) -> None:
    """Raise DeliveryError for the first thing in `folder` that isn't ours to replace.

    `force` replaces files by the names of ours, and nothing else. Raises OSError where the folder
    can't be read.
    """
    known = listed(folder / kind.manifest)
    for entry in sorted(folder.iterdir()):
        if _is_plain(entry) and _is_as_listed(entry, kind, known):
            continue
        forcible = _is_plain(entry) and kind.names(entry.name)
        if not (force and forcible):
            raise DeliveryError(
                "was not made by this program, or was changed since, and would be lost",
                "move it or add --force" if forcible else "move it",
                path=entry,
            )


def is_leftover(folder: Path, kind: FolderKind) -> bool:
    """Whether `folder` holds nothing but files by the names of ours, whole or half written."""
    known = listed(folder / kind.manifest)
    return all(
        _is_plain(entry) and (kind.names(entry.name) or entry.name in known)
        for entry in folder.iterdir()
    )


def listing(files: Mapping[str, bytes]) -> bytes:
    """The manifest of `files`, name → content, by which their folder is known as ours."""
    rows = [{"name": n, "sha256": sha256(data)} for n, data in files.items()]
    made_by = {"name": GENERATOR, "version": __version__}
    return json.dumps({"generator": made_by, "files": rows}, indent=2).encode()


def listed(manifest: Path) -> dict[str, str]:
    """Name → sha256 of the files that a manifest lists; empty where it is none of ours."""
    try:
        data = read_bytes(manifest, LARGEST_MANIFEST, "a manifest", error=DeliveryError)
        document = parse_json(data)
        if document["generator"]["name"] != GENERATOR:
            return {}
        return {row["name"]: row["sha256"] for row in document["files"]}
    except (DeliveryError, ValueError, LookupError, TypeError):
        return {}


def _is_marked(path: Path) -> bool:
    try:
        with open_file(path, LARGEST, "a file", error=DeliveryError) as file:
            return MARK.encode() in file.read(HEAD_BYTES)
    except (DeliveryError, OSError):
        return False


def _is_plain(entry: Path) -> bool:
    return entry.is_file() and not entry.is_symlink()


def _is_as_listed(file: Path, kind: FolderKind, known: Mapping[str, str]) -> bool:
    if file.name == kind.manifest:
        return bool(known)
    try:
        return file.name in known and file_sha256(file, DeliveryError) == known[file.name]
    except DeliveryError:
        return False
