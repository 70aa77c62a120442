"""Recipes of Kokoro voices: packs as profiles name them, found, weighed, and named again."""

from __future__ import annotations

import filecmp
import math
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from paperledge_audio.errors import VoiceError, near
from paperledge_audio.files.reading import list_folder, no_file, real_path
from paperledge_audio.files.resources import bundled

if TYPE_CHECKING:
    from paperledge_audio.files.tables import Fields

PACKS = "packs"
"""The folder beside profiles that Kokoro's packs are looked up in by name."""
PACK_SUFFIXES = (".bin", ".npy", ".npz", ".pt")


def read_packs(kokoro: Fields, folder: Path) -> tuple[tuple[Path, float], ...]:
    """The packs of a [kokoro] table, pack or blend, for a profile in `folder`."""
    name, blend = kokoro.text("pack", ""), kokoro.table("blend")
    if "blend" not in kokoro:
        return ((_pack(kokoro, "pack", name, folder), 1.0),) if name else ()
    if name:
        raise kokoro.fail("blend", "is there beside pack", "remove one of them")
    weights = {_pack(blend, key, key, folder): _weight(blend, key) for key in blend}
    if len({real_path(path) for path in weights}) < len(tuple(blend)):
        raise kokoro.fail("blend", "names a pack twice", "add its weights up")
    if not weights:
        raise kokoro.fail("blend", "is empty", "name packs with their weights, as af_heart = 0.7")
    whole = math.fsum(weights.values())
    if abs(whole - 1) < 1e-9:  # such weights are taken as they stand
        whole = 1.0
    return tuple(  # by name first: the sum must not depend on where the packs lie
        (path, weight / whole)
        for path, weight in sorted(
            weights.items(), key=lambda pair: (-pair[1], pair[0].name, pair[0])
        )
    )


def _weight(blend: Fields, key: str) -> float:
    weight = blend.number(key, least=0, most=1000)
    if not weight:
        raise blend.fail(key, "0 is no weight", "leave the pack out")
    return weight


def _pack(fields: Fields, key: str, name: str, folder: Path) -> Path:
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        return fields.file(key, name, folder, lambda path: not no_file(path.parent))
    known = pack_files(folder)
    if name not in known:
        raise fields.fail(key, f"no pack is called {name!r}", near(name, known))
    if len(known[name]) > 1:
        files = " and ".join(file.name for file in known[name])
        raise fields.fail(
            key, f"there are {files}", f"write which, as {PACKS}/{known[name][0].name}"
        )
    return known[name][0]


def pack_files(folder: Path) -> dict[str, list[Path]]:
    """The packs that profiles in `folder` may call by name: those in packs/, else those that ship.

    A name has several files where it is there in several forms.
    """
    found: dict[str, list[Path]] = {}
    for home in (folder / PACKS, stock_folder()):
        here: dict[str, list[Path]] = {}
        for file in list_folder(home, VoiceError, must_exist=False):
            if file.suffix in PACK_SUFFIXES:
                here.setdefault(file.stem, []).append(file)
        found = {**here, **found}
    return found


def stock_folder() -> Path:
    """Where the packs lie that ship."""
    return bundled() / "voices" / PACKS


def pack_name(path: Path, folder: Path) -> str:
    """How a profile in `folder` calls a pack: by name where that finds the same, else by its path.

    The same is this file, or one that holds what it does: so a show may move with its own copies.
    """
    found = pack_files(folder).get(path.stem, [])
    same = found == [path] or (
        len(found) == 1 and not no_file(path) and filecmp.cmp(found[0], path, shallow=False)
    )
    return path.stem if same else relative(path, folder)


def relative(path: Path, folder: Path) -> str:
    """`path` as a file in `folder` names it."""
    return Path(os.path.relpath(real_path(path), real_path(folder))).as_posix()
