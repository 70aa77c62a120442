"""The scripts that a folder has."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from paperledge_audio.errors import ScriptError
from paperledge_audio.files.hashing import file_sha256
from paperledge_audio.files.names import find_illegible
from paperledge_audio.files.reading import is_folder, list_folder, no_file, real_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SUFFIXES = (".md", ".txt")
"""Endings of scripts in a folder."""


def list_scripts(
    arguments: Iterable[Path], list_gone: Callable[[Path], Iterable[Path]] = lambda _: ()
) -> tuple[Path, ...]:
    """The scripts of the arguments, each once; a folder means those in it.

    `list_gone` gives further ones of a folder. Raises ScriptError for a folder without scripts.
    """
    found: dict[Path, None] = {}
    for path in arguments:
        if not is_folder(path):
            found[path] = None
            continue
        inside = {file for file in list_folder(path, ScriptError) if file.suffix in SUFFIXES}
        inside.update(list_gone(path))
        if not inside:
            raise ScriptError("holds no scripts", "name a folder with *.md or *.txt", path=path)
        found |= dict.fromkeys(sorted(inside))
    for path in found:
        if why := find_illegible(str(path)):
            raise ScriptError(f"the name {str(path)!r} {why}", "rename it, or name the others")
    return tuple(found)


def find_script(name: str, sha256: str, releases: Path) -> Path | None:
    """The script `name` that a release was made of, as it is named from here; None if it is gone.

    It lies in the working folder or beside the folder of releases, or in a folder there, "scripts"
    before others. Of several it is the one with this hash, else the first.
    """
    here = real_path(Path())
    found = [
        file
        for root in dict.fromkeys((here, real_path(releases).parent))
        for folder in dict.fromkeys((root / "scripts", root, *_list_folders(root)))
        for file in (folder / f"{name}{suffix}" for suffix in SUFFIXES)
        if not no_file(file)
    ]
    found.sort(key=lambda file: not _has_hash(file, sha256))
    path = next(iter(found), None)
    return path.relative_to(here) if path and path.is_relative_to(here) else path


def _list_folders(root: Path) -> Iterator[Path]:
    with suppress(ScriptError):
        yield from filter(is_folder, list_folder(root, ScriptError))


def _has_hash(file: Path, sha256: str) -> bool:
    with suppress(ScriptError):
        return file_sha256(file, ScriptError) == sha256
    return False
