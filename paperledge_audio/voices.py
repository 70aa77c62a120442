"""voices/*.toml → Voice: who can speak, with what, and by whose leave."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from paperledge_audio.errors import VoiceError, near
from paperledge_audio.resources import bundled
from paperledge_audio.schema import Fields, read_toml
from paperledge_audio.show import Show

ROLES = ("host", "quote", "guest")
QUALITIES = ("studio", "draft")


@dataclass(frozen=True, slots=True)
class CoquiModel:
    """What a profile's [coqui] says: which model speaks, and as whom."""

    model: Path | str
    """A checkpoint, or the folder of one; as text the name of a model on Coqui's hub."""
    config: Path | None
    """Beside the checkpoint where the profile doesn't say; None for a hub's model."""
    speaker: str
    """One of the model's own speakers; empty where it has one voice, or takes it from clips."""
    language: str
    """One of the model's languages; empty where it has one."""
    reference: tuple[Path, ...]
    """Clips of the voice that a cloning model takes after."""


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
    coqui: CoquiModel | None = None
    """The model of the engine coqui, where the profile names one."""

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
    engines, kokoro, coqui = (top.table(name) for name in ("engines", "kokoro", "coqui"))
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
        coqui=_coqui(coqui, path.parent) if "coqui" in top else None,
    )
    for role in voice.roles:
        if role not in ROLES:
            raise top.fail("roles", f"{role!r} is unknown", near(role, ROLES))
    for fields in (engines, kokoro, coqui, top):
        fields.done()
    return voice


def _coqui(fields: Fields, folder: Path) -> CoquiModel:
    def there(key: str, name: str) -> Path:
        if not (folder / name).exists():
            raise fields.fail(key, f"there is no file {name}", "correct the path")
        return folder / name

    name = fields.text("model")
    on_hub = re.fullmatch(r"tts_models(/[\w.-]+){3}", name) is not None
    model = name if on_hub else there("model", name)
    home = Path(name) if (folder / name).is_dir() else Path(name).parent
    return CoquiModel(
        model=model,
        config=None
        if on_hub
        else there("config", fields.text("config", str(home / "config.json"))),
        speaker=fields.text("speaker", ""),
        language=fields.text("language", ""),
        reference=tuple(there("reference", clip) for clip in fields.texts("reference", ())),
    )


def _folders(show: Show) -> tuple[Path, Path]:
    return (show.voices_folder, bundled() / "voices")
