"""voices/*.toml → Voice: who can speak, with what, and by whose leave."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from paperledge_audio.errors import VoiceError, near
from paperledge_audio.resources import bundled
from paperledge_audio.schema import read_toml
from paperledge_audio.show import Show

ROLES = ("host", "quote", "guest")
QUALITIES = ("studio", "draft")


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice profile."""

    name: str
    """The profile's file name without its ending; what scripts and show.toml call it."""
    path: Path
    title: str
    """The name that captions show."""
    language: str
    """BCP 47, as "en-US"; it picks the accent of the grapheme-to-phoneme rules."""
    pace: float
    """1 is the model's own pace, 1.1 is a tenth faster."""
    studio: str
    """Name of the engine that speaks what is published."""
    draft: str
    """Name of the engine that speaks previews."""
    pack: Path | None
    """Kokoro's style vectors for this voice."""
    roles: tuple[str, ...]
    licence: str
    origin: str
    consent: str
    sample: str

    def engine(self, quality: str) -> str:
        """The engine for a quality, "studio" or "draft"."""
        return self.draft if quality == "draft" else self.studio


def voice_names(show: Show) -> tuple[str, ...]:
    """Every voice that the show can use: its own first, then those that ship."""
    found = {
        file.stem: None
        for folder in _folders(show)
        if folder.is_dir()
        for file in sorted(folder.glob("*.toml"))
    }
    return tuple(found)


def find_voice(name: str, show: Show) -> Voice:
    """The voice called `name`; raises VoiceError naming those there are."""
    if re.fullmatch(r"[A-Za-z0-9_-]+", name):
        for folder in _folders(show):
            file = folder / f"{name}.toml"
            if file.is_file():
                return load_voice(file)
    raise VoiceError(f"no voice is called {name!r}", near(name, voice_names(show)))


def load_voice(path: Path) -> Voice:
    """Read a voice profile; raises VoiceError with the line of what is wrong."""
    top = read_toml(path, VoiceError)
    engines, kokoro = top.table("engines"), top.table("kokoro")
    pack = kokoro.text("pack", "")
    if pack and not (path.parent / pack).is_file():
        raise kokoro.fail("pack", f"there is no file {pack}", "correct the path")
    voice = Voice(
        name=path.stem,
        path=path,
        title=top.text("title"),
        language=top.text("language", "en-US"),
        pace=top.number("pace", 1.0, least=0.5, most=2.0),
        studio=engines.text("studio"),
        draft=engines.text("draft"),
        pack=path.parent / pack if pack else None,
        roles=top.texts("roles", ROLES),
        licence=top.text("licence"),
        origin=top.text("origin", ""),
        consent=top.text("consent"),
        sample=top.text("sample", "Hello, learning crew."),
    )
    for role in voice.roles:
        if role not in ROLES:
            raise top.fail("roles", f"{role!r} is unknown", near(role, ROLES))
    for fields in (engines, kokoro, top):
        fields.done()
    return voice


def _folders(show: Show) -> tuple[Path, Path]:
    return (show.voices_folder, bundled() / "voices")
