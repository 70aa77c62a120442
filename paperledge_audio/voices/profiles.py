"""voices/*.toml ↔ Voice; see docs/VOICES.md."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import tomli_w

from paperledge_audio.errors import VoiceError, suggest
from paperledge_audio.files.names import find_illegible
from paperledge_audio.files.reading import is_folder
from paperledge_audio.files.settings.keys import read_each
from paperledge_audio.files.tables import Fields, read_toml
from paperledge_audio.voices.blends import choose_draft_engine, make_relative, name_pack, read_packs
from paperledge_audio.voices.deliveries import DELIVERIES, LIMITS, PLAIN, Delivery
from paperledge_audio.voices.engines import ENGINES

ROLES = ("host", "quote", "guest")
QUALITIES = ("studio", "draft")
SAMPLE = (
    "Hello, learning crew! Why does a better answer begin with a better question? "
    "Because twelve numbers, three names and one quiet idea are waiting to be heard."
)
"""What a voice says where its profile has no line: a greeting, a question, a list and an end."""


@dataclass(frozen=True, slots=True)
class Consent:
    """The consent for a voice: in full, or a statement if the voice imitates nobody."""

    statement: str = ""
    by: str = ""
    """Who gave it; empty if there is only a statement."""
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
    """A profile's [coqui]: the model, its speaker and its clips."""

    model: Path | str
    """A checkpoint, or the folder of one; as text the name of a model on Coqui's hub."""
    config: Path | None
    """By default beside the checkpoint; None for a hub's model."""
    speaker: str
    """One of the model's own speakers; empty if it has one voice or clones clips."""
    language: str
    """One of the model's languages; empty if it has one."""
    reference: tuple[Path, ...]
    """Clips of the voice to clone."""
    within: Path | None = None
    """The folder that must contain every further file; None: anywhere."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice profile."""

    name: str
    """The profile's file name without its ending, by which scripts and show.toml name it."""
    path: Path
    """The profile; of a stock voice, its pack."""
    title: str
    """The name that captions show."""
    language: str
    """BCP 47, as "en-US"; it picks the accent of the grapheme-to-phoneme rules."""
    pace: float
    """1 is the model's own pace, 1.1 is a tenth faster."""
    studio: str
    """The engine for published episodes."""
    draft: str
    """The engine for drafts and previews; see `choose_draft_engine` for the default."""
    packs: tuple[tuple[Path, float], ...]
    """Kokoro packs with their weights, which sum to 1, the heaviest first; one pack is not a blend.

    A path may continue inside a collection of packs: `voices-v1.0.bin/af_heart`.
    """
    roles: tuple[str, ...]
    licence: str
    origin: str
    consent: Consent
    sample: str
    coqui: CoquiModel | None = None
    """The model for the engine coqui, if the profile names one."""
    pronounce: tuple[tuple[str, str], ...] = ()
    """This voice's pronunciations: printed form → how to say it."""
    fitted_to: str = ""
    """The recording that the blend was fitted to; empty: none."""
    pack_sha256: str = ""
    """The hash of the values that were fitted, which the packs must have; empty: any."""
    deliveries: tuple[tuple[str, Delivery], ...] = ()
    """The voice's own deliveries, which come before those that every voice has."""

    @property
    def is_british(self) -> bool:
        """Whether its sounds are British; else they are American."""
        return self.language == "en-GB"

    def engine(self, quality: str) -> str:
        """The engine for a quality, "studio" or "draft"."""
        return self.draft if quality == "draft" else self.studio

    @property
    def every_delivery(self) -> dict[str, Delivery]:
        """What scripts may ask of the voice: name → how it is spoken."""
        return {**DELIVERIES, **dict(self.deliveries)}

    @property
    def clone_of(self) -> str:
        """How the voice was taken from a person; empty: it wasn't."""
        if self.fitted_to:
            return f"is fitted to {self.fitted_to}"
        return "is cloned from clips" if self.coqui and self.coqui.reference else ""


def load_voice(path: Path, within: Path | None = None) -> Voice:
    """Read a voice profile; raises VoiceError with the place of what is wrong.

    All else that is wrong are the error's `others`.

    With `within` the profile can only name files inside that folder.
    """
    if why := find_illegible(path.stem):
        raise VoiceError(f"the name {path.stem!r} {why}", "rename the profile", path=path.parent)
    top = read_toml(path, VoiceError, within)
    folder = path.parent
    tables = read_each({name: partial(top.table, name) for name in ("engines", "kokoro", "coqui")})
    engines, kokoro, coqui = tables.values()
    found = read_each(
        {
            "title": lambda: top.text("title"),
            "language": lambda: _read_language(top),
            "pace": lambda: top.number("pace", 1.0, least=0.5, most=2.0),
            "studio": lambda: engines.choice("studio", ENGINES),
            "draft": lambda: engines.text("draft", "") and engines.choice("draft", ENGINES),
            "packs": lambda: read_packs(kokoro, folder),
            "roles": lambda: _read_roles(top),
            "licence": lambda: top.text("licence"),
            "origin": lambda: top.text("origin", ""),
            "consent": lambda: _read_consent(top),
            "sample": lambda: top.text("sample", SAMPLE),
            "coqui": lambda: _read_coqui(coqui, folder) if "coqui" in top else None,
            "pronounce": lambda: tuple(top.mapping("pronounce").items()),
            "fitted_to": lambda: kokoro.text("fitted_to", ""),
            "pack_sha256": lambda: kokoro.text("sha256", ""),
            "deliveries": lambda: _read_deliveries(top.table("deliveries")),
        },
        engines,
        kokoro,
        coqui,
        top,
    )
    voice = Voice(name=path.stem, path=path, **found)
    if not voice.draft:
        voice = replace(voice, draft=choose_draft_engine(voice.studio, voice.packs))
    if voice.clone_of and not voice.consent.by:
        raise top.fail(
            "consent",
            f"is a sentence, but the voice {voice.clone_of}",
            "write in [consent] who gave it (by), when (date) and for what (for)",
        )
    return voice


def compose(voice: Voice, folder: Path) -> str:
    """The text of a profile in `folder`, from which `load_voice` reads the same voice."""
    consent = {
        "by": voice.consent.by,
        "date": voice.consent.date,
        "for": voice.consent.purpose,
        "statement": voice.consent.statement,
    }
    packs = {name_pack(path, folder): weight for path, weight in voice.packs}
    named = voice.draft != choose_draft_engine(voice.studio, voice.packs)
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
        "engines": {"studio": voice.studio, "draft": voice.draft if named else ""},
        "kokoro": {"fitted_to": voice.fitted_to, "sha256": voice.pack_sha256, **kokoro},
        "coqui": _make_coqui_table(voice.coqui, folder) if voice.coqui else {},
        "pronounce": dict(voice.pronounce),
    }
    deliveries = {name: asdict(delivery) for name, delivery in voice.deliveries}
    own = {"deliveries": deliveries} if deliveries else {}
    return tomli_w.dumps(_drop_empty(profile) | own)


def _make_coqui_table(coqui: CoquiModel, folder: Path) -> dict[str, object]:
    model, config = coqui.model, coqui.config
    return {
        "model": model if isinstance(model, str) else make_relative(model, folder),
        "config": make_relative(config, folder) if config else "",
        "speaker": coqui.speaker,
        "language": coqui.language,
        "reference": [make_relative(clip, folder) for clip in coqui.reference],
    }


def _drop_empty(table: Mapping[str, Any]) -> dict[str, Any]:
    """A table without what is empty in it."""
    inner = {
        key: _drop_empty(value) if isinstance(value, Mapping) else value
        for key, value in table.items()
    }
    return {key: value for key, value in inner.items() if value}


def _read_language(top: Fields) -> str:
    language = top.text("language", "en-US")
    if not re.fullmatch(r"en(-[A-Za-z0-9]{2,8})*", language):
        raise top.fail(
            "language",
            f"{language!r} is not English, which is all that can be read here",
            "write en-US or en-GB",
        )
    return language


def _read_roles(top: Fields) -> tuple[str, ...]:
    roles = top.texts("roles", ROLES)
    for role in roles:
        if role not in ROLES:
            raise top.fail("roles", f"{role!r} is unknown", suggest(role, ROLES))
    return roles


def _read_consent(top: Fields) -> Consent:
    """A statement, or [consent]."""
    if not top.holds_table("consent"):
        return Consent(top.text("consent"))
    fields = top.table("consent")
    found = read_each(
        {
            "statement": lambda: fields.text("statement", ""),
            "by": lambda: fields.text("by"),
            "date": lambda: fields.date("date"),
            "purpose": lambda: fields.text("for"),
        },
        fields,
    )
    return Consent(**found)


def _read_deliveries(fields: Fields) -> tuple[tuple[str, Delivery], ...]:
    """[deliveries.NAME]; a key that is left out is as every voice has it, else plain."""
    return tuple(
        read_each({name: partial(_read_delivery, fields, name) for name in fields}).items()
    )


def _read_delivery(fields: Fields, name: str) -> Delivery:
    if not re.fullmatch(r"[a-z]+(?:-[a-z]+)*", name):
        raise fields.fail(name, "is not a name in small letters", "write it as soft-spoken")
    if name in _TAKEN:
        raise fields.fail(name, "has a meaning of its own", "choose another name")
    table, usual = fields.table(name), asdict(DELIVERIES.get(name, PLAIN))
    reads = {
        key: partial(table.number, key, usual[key], least=least, most=most)
        for key, (least, most) in LIMITS.items()
    }
    return Delivery(**read_each(reads, table))


_TAKEN = ("plain", "delivery", "music", "pace", "pause")
"""Names that no delivery may have: the end of one, and the directives."""


def _read_coqui(fields: Fields, folder: Path) -> CoquiModel:
    def there(key: str, name: str) -> Path:
        return fields.file(key, name, folder, lambda path: key == "model" and is_folder(path))

    name, config = fields.text("model"), fields.text("config", "")
    on_hub = re.fullmatch(r"tts_models(/[\w.-]+){3}", name) is not None
    clips = fields.texts("reference", ())
    found = read_each(
        {
            "model": lambda: name if on_hub else there("model", name),
            "config": lambda: there("config", config) if config and not on_hub else None,
            "speaker": lambda: fields.text("speaker", ""),
            "language": lambda: fields.text("language", ""),
            "reference": lambda: tuple(there("reference", clip) for clip in clips),
        }
    )
    if not on_hub and not config:
        home = Path(name) if is_folder(folder / name) else Path(name).parent
        found["config"] = there("config", str(home / "config.json"))
    return CoquiModel(**found, within=fields.within)
