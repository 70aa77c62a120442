"""Finds the Kokoro packs that profiles name, with their weights, and names packs for profiles."""

from __future__ import annotations

import filecmp
import math
import os
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from paperledge_audio.errors import VoiceError, suggest
from paperledge_audio.files.reading import list_folder, no_file, real_path
from paperledge_audio.files.resources import bundled_folder
from paperledge_audio.files.settings.keys import read_each

if TYPE_CHECKING:
    from paperledge_audio.files.tables import Fields

PACKS = "packs"
"""The folder beside profiles in which Kokoro packs are looked up by name."""
PACK_SUFFIXES = (".bin", ".npy", ".npz", ".pt", ".safetensors")
HIBARI_PACK = "af_heart.bin"
"""The stock pack from which hibari was distilled, and the only one that it sounds like."""


def read_packs(kokoro: Fields, folder: Path) -> tuple[tuple[Path, float], ...]:
    """The packs of a [kokoro] table, pack or blend, for a profile in `folder`."""
    name, blend = kokoro.text("pack", ""), kokoro.table("blend")
    if "blend" not in kokoro:
        return ((_find_pack(kokoro, "pack", name, folder), 1.0),) if name else ()
    if name:
        raise kokoro.fail("blend", "can't be used together with pack", "remove one of them")
    found = read_each({key: partial(_read_part, blend, key, folder) for key in blend})
    weights = dict(found.values())
    if len({real_path(path) for path in weights}) < len(tuple(blend)):
        raise kokoro.fail("blend", "names a pack twice", "add its weights together")
    if not weights:
        raise kokoro.fail("blend", "is empty", "name packs with their weights, as af_heart = 0.7")
    whole = math.fsum(weights.values())
    if abs(whole - 1) < 1e-9:  # weights that sum to 1 stay exactly as they are
        whole = 1.0
    return tuple(  # by name first: the sum must not depend on the packs' paths
        (path, weight / whole)
        for path, weight in sorted(
            weights.items(), key=lambda pair: (-pair[1], pair[0].name, pair[0])
        )
    )


def _read_part(blend: Fields, key: str, folder: Path) -> tuple[Path, float]:
    """A pack and its weight."""
    weight = blend.number(key, least=0, most=1000)
    if not weight:
        raise blend.fail(key, "0 is not a weight", "leave the pack out")
    return _find_pack(blend, key, key, folder), weight


def _find_pack(fields: Fields, key: str, name: str, folder: Path) -> Path:
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        return fields.file(key, name, folder, lambda path: not no_file(path.parent))
    known = find_packs(folder)
    if name not in known:
        raise fields.fail(key, f"no pack is called {name!r}", suggest(name, known))
    if len(known[name]) > 1:
        files = " and ".join(file.name for file in known[name])
        raise fields.fail(key, f"there are {files}", f"name one, as {PACKS}/{known[name][0].name}")
    return known[name][0]


def find_packs(folder: Path) -> dict[str, list[Path]]:
    """The packs that profiles in `folder` may use by name: those in packs/, else the stock packs.

    A name has several files if it exists in several formats.
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
    """The folder of the stock packs."""
    return bundled_folder() / "voices" / PACKS


def name_pack(path: Path, folder: Path) -> str:
    """What a profile in `folder` calls a pack: a name if that finds the same pack, else a path.

    The same pack is this file or one with the same content, so a show may have its own copies.
    """
    found = find_packs(folder).get(path.stem, [])
    same = len(found) == 1 and is_same_pack(found[0], path)
    return path.stem if same else make_relative(path, folder)


def is_same_pack(one: Path, other: Path) -> bool:
    """Whether two paths lead to the same file, or to files with the same content."""
    if one == other:
        return True
    return not (no_file(one) or no_file(other)) and filecmp.cmp(one, other, shallow=False)


def choose_draft_engine(studio: str, packs: tuple[tuple[Path, float], ...]) -> str:
    """The engine for drafts that a profile doesn't name: one that lets hear who speaks.

    hibari for the voice that it has, else the studio engine. Packs are compared by their files,
    since reading values needs numpy, which is slow to load; the voice in another file format
    drafts through Kokoro, and sounds the same.
    """
    if studio == "kokoro" and len(packs) == 1:
        ((pack, _),) = packs
        if is_same_pack(pack, stock_folder() / HIBARI_PACK):
            return "hibari"
    return studio


def make_relative(path: Path, folder: Path) -> str:
    """`path` relative to `folder`."""
    return Path(os.path.relpath(real_path(path), real_path(folder))).as_posix()
