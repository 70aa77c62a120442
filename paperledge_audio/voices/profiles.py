"""voices/*.toml ↔ Voice: who speaks, with what and with whose consent; see docs/VOICES.md."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from paperledge_audio.errors import VoiceError, near
from paperledge_audio.files.names import illegible
from paperledge_audio.files.reading import is_folder
from paperledge_audio.files.tables import Fields, read_toml
from paperledge_audio.voices.blends import pack_name, read_packs, relative
from paperledge_audio.voices.engines import ENGINES

ROLES = ("host", "quote", "guest")
QUALITIES = ("studio", "draft")
SAMPLE = "Hello, learning crew."


@dataclass(frozen=True, slots=True)
class Consent:
    """Whose consent a voice rests on: in full, or a statement where nobody's voice was taken."""

    statement: str = ""
    by: str = ""
    """Who gave it; empty where the statement is all there is."""
    date: datetime.date | None = None
    """When it was given."""
    purpose: str = ""
    """What it was given for."""

    def __str__(self) -> str:
        """One line for a person."""
        given = f"{self.by}, {self.date}, for {self.purpose}" if self.by else ""
        return "; ".join(part for part in (given, self.statement) if part)


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
    within: Path | None = None
    """The folder that every further file has to lie in; None: anywhere."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice profile."""

    name: str
    """The profile's file name without its ending; what scripts and show.toml call it."""
    path: Path
    """The profile; of a stock voice, its pack."""
    title: str
    """The name that captions show."""
    language: str
    """BCP 47, as "en-US"; it picks the accent of the grapheme-to-phoneme rules."""
    pace: float
    """1 is the model's own pace, 1.1 is a tenth faster."""
    studio: str
    """Name of the engine that speaks what is published."""
    draft: str
    """Name of the engine that speaks previews; empty: the studio engine does."""
    packs: tuple[tuple[Path, float], ...]
    """Kokoro's packs of style vectors with their weights, which sum to 1; one is no blend.

    The heaviest stands first. A path may go on inside a collection of packs, as if that were a
    folder: `voices-v1.0.bin/af_heart`.
    """
    roles: tuple[str, ...]
    licence: str
    origin: str
    consent: Consent
    sample: str
    coqui: CoquiModel | None = None
    """The model of the engine coqui, where the profile names one."""
    pronounce: tuple[tuple[str, str], ...] = ()
    """How this voice says names: printed form and how to say it."""
    fitted_to: str = ""
    """The recording that the blend was fitted to; empty: to none."""

    def engine(self, quality: str) -> str:
        """The engine for a quality, "studio" or "draft"."""
        return (quality == "draft" and self.draft) or self.studio

    @property
    def clone_of(self) -> str:
        """What somebody's voice was taken from; empty: nobody's was."""
        if self.fitted_to:
            return f"is fitted to {self.fitted_to}"
        return "is cloned from clips" if self.coqui and self.coqui.reference else ""


def load_voice(path: Path, within: Path | None = None) -> Voice:
    """Read a voice profile; raises VoiceError with the line of what is wrong.

    A profile in the folder `within` can name no files outside of it.
    """
    if why := illegible(path.stem):
        raise VoiceError(f"the name {path.stem!r} {why}", "rename the profile", path=path.parent)
    top = read_toml(path, VoiceError, within)
    engines, kokoro = top.table("engines"), top.table("kokoro")
    coqui, consent = top.table("coqui"), _consent_table(top)
    voice = Voice(
        name=path.stem,
        path=path,
        title=top.text("title"),
        language=top.text("language", "en-US"),
        pace=top.number("pace", 1.0, least=0.5, most=2.0),
        studio=engines.choice("studio", ENGINES),
        draft=engines.choice("draft", ENGINES) if engines.text("draft", "") else "",
        packs=read_packs(kokoro, path.parent),
        roles=top.texts("roles", ROLES),
        licence=top.text("licence"),
        origin=top.text("origin", ""),
        consent=_consent(consent) if consent else Consent(top.text("consent")),
        sample=top.text("sample", SAMPLE),
        coqui=_coqui(coqui, path.parent) if "coqui" in top else None,
        pronounce=tuple(top.mapping("pronounce").items()),
        fitted_to=kokoro.text("fitted_to", ""),
    )
    if not re.fullmatch(r"en(-[A-Za-z0-9]{2,8})*", voice.language):
        raise top.fail(
            "language",
            f"{voice.language!r} is not English, which is all that can be read here",
            "write en-US or en-GB",
        )
    for role in voice.roles:
        if role not in ROLES:
            raise top.fail("roles", f"{role!r} is unknown", near(role, ROLES))
    if voice.clone_of and not voice.consent.by:
        raise top.fail(
            "consent",
            f"is a sentence, but the voice {voice.clone_of}",
            "say in [consent] who gave it (by), when (date) and for what (for)",
        )
    for fields in (engines, kokoro, coqui, top):
        fields.done()
    return voice


def compose(voice: Voice, folder: Path) -> str:
    """A profile's text, to lie in `folder`; `load_voice` reads the same voice from it."""
    consent = {
        "by": voice.consent.by,
        "date": voice.consent.date,
        "for": voice.consent.purpose,
        "statement": voice.consent.statement,
    }
    packs = {pack_name(path, folder): weight for path, weight in voice.packs}
    kokoro = {"blend": packs} if len(packs) > 1 else {"pack": "".join(packs)}
    profile = {
        "title": voice.title,
        "language": voice.language,
        "pace": voice.pace,
        "roles": voice.roles,
        "licence": voice.licence,
        "origin": voice.origin,
        "consent": consent if voice.consent.by else voice.consent.statement,
        "sample": voice.sample,
        "engines": {"studio": voice.studio, "draft": voice.draft},
        "kokoro": {"fitted_to": voice.fitted_to, **kokoro},
        "coqui": _coqui_table(voice.coqui, folder) if voice.coqui else {},
        "pronounce": dict(voice.pronounce),
    }
    return tomli_w.dumps(_filled(profile))


def _coqui_table(coqui: CoquiModel, folder: Path) -> dict[str, object]:
    model, config = coqui.model, coqui.config
    return {
        "model": model if isinstance(model, str) else relative(model, folder),
        "config": relative(config, folder) if config else "",
        "speaker": coqui.speaker,
        "language": coqui.language,
        "reference": [relative(clip, folder) for clip in coqui.reference],
    }


def _filled(table: Mapping[str, Any]) -> dict[str, Any]:
    """A table without what is empty in it."""
    inner = {
        key: _filled(value) if isinstance(value, Mapping) else value for key, value in table.items()
    }
    return {key: value for key, value in inner.items() if value}


def _consent_table(top: Fields) -> Fields | None:
    """[consent], where it is a table."""
    return top.table("consent") if top.holds_table("consent") else None


def _consent(fields: Fields) -> Consent:
    consent = Consent(
        statement=fields.text("statement", ""),
        by=fields.text("by"),
        date=fields.date("date"),
        purpose=fields.text("for"),
    )
    fields.done()
    return consent


def _coqui(fields: Fields, folder: Path) -> CoquiModel:
    def there(key: str, name: str) -> Path:
        return fields.file(key, name, folder, lambda path: key == "model" and is_folder(path))

    name = fields.text("model")
    on_hub = re.fullmatch(r"tts_models(/[\w.-]+){3}", name) is not None
    model = name if on_hub else there("model", name)
    home = Path(name) if is_folder(folder / name) else Path(name).parent
    return CoquiModel(
        model=model,
        config=None
        if on_hub
        else there("config", fields.text("config", str(home / "config.json"))),
        speaker=fields.text("speaker", ""),
        language=fields.text("language", ""),
        reference=tuple(there("reference", clip) for clip in fields.texts("reference", ())),
        within=fields.within,
    )
