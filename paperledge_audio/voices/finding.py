"""Finds voices: the show's profiles, the built-in ones, and Kokoro's stock voices."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from paperledge_audio.errors import VoiceError, suggest
from paperledge_audio.files.hashing import file_sha256, sha256
from paperledge_audio.files.reading import list_folder
from paperledge_audio.files.resources import bundled_folder
from paperledge_audio.voices.blends import PACK_SUFFIXES, choose_draft_engine, stock_folder
from paperledge_audio.voices.profiles import ROLES, SAMPLE, Consent, Voice, load_voice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from paperledge_audio.show.model import Show


def voice_names(show: Show) -> tuple[str, ...]:
    """Every voice that the show can use: its own, then the built-in ones, then the stock voices."""
    return tuple(dict.fromkeys((*profile_names(show), *stock_names())))


def profile_names(show: Show) -> tuple[str, ...]:
    """The voices with a profile: the show's own, then the built-in ones."""
    return tuple(dict.fromkeys(file.stem for file in _profiles(show)))


def stock_names() -> tuple[str, ...]:
    """The stock voices, by Kokoro's names: one for each stock pack."""
    return tuple(sorted(file.stem for file in stock_folder().glob("*.bin")))


def find_voice(name: str, show: Show) -> Voice:
    """The voice called `name`; raises VoiceError, with known names, if there is none."""
    for file in _profiles(show):
        if file.stem == name:
            return load_voice(file, show.within)
    if name in stock_names():
        return stock_voice(name)
    profiles, every = profile_names(show), voice_names(show)
    if difflib.get_close_matches(name, every, n=1):
        remedy = suggest(name, every)
    else:
        remedy = f"{suggest(name, profiles)} and the stock voices of `paperledge voices list`"
    raise VoiceError(f"no voice is called {name!r}", remedy)


def stock_voice(name: str) -> Voice:
    """A stock voice; the first letter of Kokoro's names is the accent, the second the gender."""
    pack = stock_folder() / f"{name}.bin"
    packs = ((pack, 1.0),)
    return Voice(
        name=name,
        path=pack,
        title=name[3:].title(),
        language="en-GB" if name.startswith("b") else "en-US",
        pace=1.0,
        studio="kokoro",
        draft=choose_draft_engine("kokoro", packs),
        packs=packs,
        roles=ROLES,
        licence="Apache-2.0",
        origin=f"Kokoro-82M voice {name} (hexgrad)",
        consent=Consent("A stock voice of the model; it imitates no particular person."),
        sample=SAMPLE,
    )


def hash_shipped() -> str:
    """A hash of the profiles and packs that ship with this program; empty where it has none.

    Raises VoiceError for what can't be read.
    """
    rows = [
        f"{file.name} {file_sha256(file, VoiceError)}\n"
        for folder in (bundled_folder() / "voices", stock_folder())
        for file in list_folder(folder, VoiceError, must_exist=False)
        if file.suffix in {".toml", *PACK_SUFFIXES}
    ]
    return sha256("".join(rows).encode()) if rows else ""


def _profiles(show: Show) -> Iterator[Path]:
    """The show's own, then those that ship; raises VoiceError for a folder that can't be read."""
    for folder in (show.voices_folder, bundled_folder() / "voices"):
        files = list_folder(folder, VoiceError, must_exist=False)
        yield from (file for file in files if file.suffix == ".toml")
