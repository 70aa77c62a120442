"""The scripts that a folder has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.errors import ScriptError
from paperledge_audio.files.names import find_illegible
from paperledge_audio.files.reading import is_folder, list_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

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
