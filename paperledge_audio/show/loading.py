"""Reads show.toml."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from paperledge_audio.errors import ShowError
from paperledge_audio.files.reading import is_folder, is_there, real_path
from paperledge_audio.files.resources import bundled_folder
from paperledge_audio.files.settings.keys import read_keys
from paperledge_audio.files.tables import read_toml
from paperledge_audio.show.keys import SHOW
from paperledge_audio.show.model import (
    Disclosure,
    Feed,
    MusicSettings,
    Output,
    PauseSettings,
    Provenance,
    Roles,
    Show,
    ShowSound,
    ShowWords,
    Trailer,
    VoiceChain,
)

log = logging.getLogger(__name__)

FILE_NAME = "show.toml"


def find_show(script: Path) -> Path:
    """The show.toml beside `script` or in a folder above it, else PaperLedge's."""
    for folder in real_path(script).parents:
        if is_there(folder / FILE_NAME):  # what is no file is told, not passed over
            return folder / FILE_NAME
    return bundled_folder() / "scripts" / FILE_NAME


def find_local_show() -> Path:
    """The show.toml of the working folder, or of its scripts."""
    here = real_path(Path())
    inside = here / "scripts"
    return find_show((inside if is_folder(inside) else here) / "any")


def load_show(path: Path, within: Path | None = None) -> Show:
    """Read a show.toml; raises ShowError with the place of what is wrong, and all else as `others`.

    `within`: the folder with the files of an old commit; then music and artwork are not looked for,
    since nobody needs them.
    """
    log.info("reads the show %s", path)
    found = read_keys(read_toml(path, ShowError, within), SHOW)
    voices, music, feed = found["voices"], found["music"], found["feed"]
    sounds = tuple((name, ShowSound(**one)) for name, one in found["sounds"].items())
    trailer, provenance = feed.pop("trailer"), found["provenance"]
    plain = ("title", "host", "author", "language", "description", "category", "copyright")
    return Show(
        path=path,
        **{key: found[key] for key in (*plain, "website", "artwork", "explicit", "pronounce")},
        base_url=found["base_url"].rstrip("/"),
        voices=Roles(voices["host"], voices["quote"], tuple(voices["cast"].items())),
        words=ShowWords(**found["speech"]),
        disclosure=_choose_disclosure(**found["disclosure"]),
        voice_chain=VoiceChain(**found["voice_chain"]),
        music=MusicSettings(**music, sounds=sounds),
        output=Output(**found["output"]),
        feed=Feed(kind=feed.pop("type"), **feed),
        pauses=PauseSettings(**found["pauses"]),
        seasons=tuple(sorted((int(number), name) for number, name in found["seasons"].items())),
        trailer=_make_trailer(trailer) if trailer else None,
        provenance=_make_provenance(**provenance) if provenance else None,
        within=within,
    )


def _choose_disclosure(*, ai: bool, spoken: str, text: str) -> Disclosure:
    return Disclosure(spoken, text) if ai else Disclosure("", "")


def _make_trailer(found: dict[str, Any]) -> Trailer:
    return Trailer(**{key: value for key, value in found.items() if value is not None})


def _make_provenance(*, key: str, certificate: str, training: bool | None) -> Provenance:
    """The key and the certificate are read only where something is signed."""
    said = "" if training is None else "allowed" if training else "notAllowed"
    return Provenance(key, certificate, said)
