"""Whether a file or folder was made by this program, and so may be replaced.

A name proves nothing: an `index.html`, an `x.mp3` or a `cover.jpg` may be anybody's. So a single
file has `GENERATOR_NOTE` in a comment near its beginning, and a folder has a manifest that names
this program and lists every other file with its hash. A file that was changed since counts as
somebody's work.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from paperledge_audio import GENERATOR, GENERATOR_NOTE, __version__
from paperledge_audio.errors import DeliveryError, map_errors
from paperledge_audio.files.documents import parse_json
from paperledge_audio.files.hashing import LARGEST, file_sha256, sha256
from paperledge_audio.files.reading import is_there, open_file, read_bytes, real_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

HEAD_BYTES = 4096
"""The comment is looked for in these first bytes; every format has it there."""
LARGEST_MANIFEST = 20_000_000
"""Bytes: a hundred times what an hour's has."""
LISTING = "manifest.json"
"""The manifest of a folder that is not a release."""


@dataclass(frozen=True, slots=True)
class FolderKind:
    """A kind of folder that this program makes and replaces as a whole."""

    manifest: str
    """The name of its manifest."""
    names: Callable[[str], bool]
    """Whether a file may have this name; `--force` replaces no other."""
    keeps: Callable[[Any], str] = lambda _manifest: ""
    """Why a folder with this manifest is not replaced without `--force`; empty if it may be."""


def check_writable(folder: Path) -> None:
    """Raise OSError where nothing could be written into `folder`, which need not be there yet."""
    above = next(place for place in (folder, *folder.parents) if is_there(place))
    if not stat.S_ISDIR(above.stat().st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    if not os.access(above, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    with TemporaryFile(dir=above):  # root may write everywhere, it is said, and can't in /proc
        pass


def check_file(path: Path, *, force: bool = False) -> None:
    """Raise DeliveryError if `path` can't be written or is not ours to replace.

    `force` allows any file. Links are followed.
    """
    with map_errors(DeliveryError, "can't be written", "name another place", path=path):
        check_writable(real_path(path).parent)
    if not is_there(path):
        return
    if not path.is_file():
        raise DeliveryError("is in the way: it is not a file", "name another file", path=path)
    if not force and not _has_note(path):
        raise DeliveryError("is there already", "name another file or add --force", path=path)


def check_folder(folder: Path, kind: FolderKind, *, force: bool = False) -> None:
    """Raise DeliveryError for the first thing in `folder` that isn't ours to replace.

    `force` allows files with names of our files, and no others. Raises OSError if the folder can't
    be read.
    """
    document = _read_document(folder / kind.manifest)
    known = _list_files(document)
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
    if not force and known and (why := kind.keeps(document)):
        raise DeliveryError(why, "name another folder or add --force", path=folder)


def is_leftover(folder: Path, kind: FolderKind) -> bool:
    """Whether `folder` has only files with names of our files, complete or not."""
    known = read_listing(folder / kind.manifest)
    return all(
        _is_plain(entry) and (kind.names(entry.name) or entry.name in known)
        for entry in folder.iterdir()
    )


def compose_listing(files: Mapping[str, bytes | Path]) -> bytes:
    """The manifest of `files`, name → content or a file, which marks their folder as ours."""
    rows = [{"name": name, "sha256": _hash(data)} for name, data in files.items()]
    made_by = {"name": GENERATOR, "version": __version__}
    return json.dumps({"generator": made_by, "files": rows}, indent=2).encode()


def _hash(data: bytes | Path) -> str:
    return sha256(data) if isinstance(data, bytes) else file_sha256(data, DeliveryError)


def read_listing(manifest: Path) -> dict[str, str]:
    """Name → sha256 of the files in a manifest; empty if it is not ours."""
    return _list_files(_read_document(manifest))


def _read_document(manifest: Path) -> Any:
    """What a manifest holds; None if it can't be read."""
    try:
        return parse_json(read_bytes(manifest, LARGEST_MANIFEST, "a manifest", error=DeliveryError))
    except (DeliveryError, ValueError):
        return None


def _list_files(document: Any) -> dict[str, str]:
    try:
        if document["generator"]["name"] != GENERATOR:
            return {}
        return {row["name"]: row["sha256"] for row in document["files"]}
    except (LookupError, TypeError):
        return {}


def _has_note(path: Path) -> bool:
    try:
        with open_file(path, LARGEST, "a file", error=DeliveryError) as file:
            return GENERATOR_NOTE.encode() in file.read(HEAD_BYTES)
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
