"""Episodes' permanent ids: from the header, from guids.toml, else made of show and name.

guids.toml lies beside the scripts and is committed with them, so that an id outlives the names that
it was made of. Only `paperledge guids` writes it; a render reads it.
"""

from __future__ import annotations

import shlex
import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import tomli_w

from paperledge_audio import GENERATOR_NOTE
from paperledge_audio.deliver.clean import clean_line
from paperledge_audio.errors import PaperledgeError, ScriptError, raise_first
from paperledge_audio.files.names import find_fault
from paperledge_audio.files.reading import is_there
from paperledge_audio.files.settings.keys import Key, gather, read_keys, sort_faults
from paperledge_audio.files.settings.kinds import expect_line
from paperledge_audio.files.tables import read_toml
from paperledge_audio.script.model import LONGEST_GUID

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from paperledge_audio.script.model import Episode, Script
    from paperledge_audio.show.model import Show

FILE_NAME = "guids.toml"
SCRIPTS = (".md", ".txt")
"""Endings of scripts."""
_ENTRY = (
    Key("guid", expect_line(LONGEST_GUID), "the id", "44eb4353-2200-5be7-91ea-300260b88c60"),
    Key("title", expect_line(), "the title that the script had", "Friends of Friends", ""),
)


@dataclass(frozen=True, slots=True)
class KeptGuid:
    """An entry of guids.toml: the id of the script of that name, and what it was called."""

    guid: str
    title: str
    there: bool = True
    """Whether the script is still there."""


@dataclass(frozen=True, slots=True)
class ChosenGuid:
    """An episode's id, and where it is from."""

    guid: str
    kept: bool
    """Whether the header, or the script's own entry, has it."""
    was: str = ""
    """The name of the renamed script whose entry has it."""


def make_guid(show: Show, slug: str) -> str:
    """The id of a new episode: a UUIDv5 of the show's title and the script's name."""
    name = f"podcast:{clean_line(show.title, 'the title')}/{slug}"
    return str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def read_guids(folder: Path) -> dict[str, KeptGuid]:
    """The entries of a folder's guids.toml, by their scripts' names; none where there is no file.

    Raises ScriptError for a file without ids, and, with the line, for what is no id and for an id
    that two scripts have; its `others` are further faults.
    """
    file = folder / FILE_NAME
    if not is_there(file):
        return {}
    top = read_toml(file, ScriptError)
    faults: list[PaperledgeError] = []
    kept: dict[str, KeptGuid] = {}
    owners: dict[str, str] = {}
    for slug in top:
        with gather(faults):
            if (why := find_fault(slug)) or "/" in slug:
                raise top.fail(slug, why or "is no script's name", "name a script of this folder")
            entry = top.table(slug)
            found = read_keys(entry, _ENTRY)
            if owner := owners.get(found["guid"]):
                raise entry.fail("guid", f"{owner!r} has it, too", "remove one of them")
            owners[found["guid"]] = slug
            there = any(is_there(folder / (slug + suffix)) for suffix in SCRIPTS)
            kept[slug] = KeptGuid(found["guid"], found["title"], there)
    if not (kept or faults):
        raise ScriptError("holds no ids", "restore it, or remove it to begin anew", path=file)
    raise_first(sort_faults(faults))
    return kept


def choose_guid(
    episode: Episode, show: Show, slug: str, kept: Mapping[str, KeptGuid]
) -> ChosenGuid:
    """The id of the episode in the script called `slug`; `kept`: what is beside it.

    A script without an entry takes over that of one that is gone and had its title. A new id is
    none that another script has.
    """
    if episode.guid:
        return ChosenGuid(episode.guid, kept=True)
    if slug in kept:
        return ChosenGuid(kept[slug].guid, kept=True)
    for was, entry in kept.items():
        if not entry.there and entry.title == episode.title:
            return ChosenGuid(entry.guid, kept=False, was=was)
    taken = {entry.guid for entry in kept.values()}
    guid = make_guid(show, slug)
    while guid in taken:  # the name was that of a script that was renamed
        guid = str(uuid.uuid5(uuid.UUID(guid), slug))
    return ChosenGuid(guid, kept=False)


def compose_guids(kept: Mapping[str, KeptGuid]) -> bytes:
    """guids.toml, its entries in order of their names."""
    rows = {slug: {"guid": kept[slug].guid, "title": kept[slug].title} for slug in sorted(kept)}
    return f"# {GENERATOR_NOTE}\n# Commit this file.\n\n{tomli_w.dumps(rows)}".encode()


def explain_guid(chosen: ChosenGuid, slug: str, kept: Mapping[str, KeptGuid]) -> str:
    """What `paperledge guids` would change for a script; "" for nothing."""
    if chosen.kept:
        return ""
    if chosen.was:
        return f"its guid is that of {chosen.was!r}, which it was called"
    gone = [was for was, entry in kept.items() if not entry.there]
    note = f"its guid is new, and made of the show's title and the name {slug!r}"
    return f"{note}; {', '.join(map(repr, gone))} is gone" if gone else note


def keep_guid(
    script: Script, show: Show, file: Path, root: Path, before: Mapping[str, Any]
) -> tuple[Script, str]:
    """The script of `root`/`file` with its permanent id, and a note if that is not kept yet.

    `before`: the manifest of the release that is replaced, which may have another id. A show that
    is not published, and has no guids.toml, needs no note.
    """
    kept = read_guids((root / file).parent)
    chosen = choose_guid(script.episode, show, file.stem, kept)
    script = replace(script, episode=replace(script.episode, guid=chosen.guid))
    if not (kept or show.base_url):
        return script, ""
    if (old := before.get("guid", chosen.guid)) != chosen.guid:
        what = f"its guid is no longer {old!r}, so subscribers get it as another episode"
        return script, f"{what}; to keep it, add to the header: guid: {old}"
    why = explain_guid(chosen, file.stem, kept)
    remedy = f"to keep it, run: paperledge guids {shlex.quote(str(file))}"
    return script, f"{why}; {remedy}" if why else ""
