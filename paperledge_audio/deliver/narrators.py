"""What a release says of its voices."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paperledge_audio.deliver.folder.made import hash_timbre
from paperledge_audio.voices.casting import note_draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperledge_audio.plan import Plan
    from paperledge_audio.voices.profiles import Consent


@dataclass(frozen=True, slots=True)
class Narrator:
    """A voice of the release: title, licence, consent, engine."""

    name: str
    """The profile's title; captions show it where neither the script nor show.toml has a name."""
    licence: str
    """Of the voice, as an SPDX identifier or a sentence."""
    engine: str
    """The engine's fingerprint."""
    consent: Consent
    """The consent for the voice."""
    models: Mapping[str, str] = field(default_factory=dict)
    """The engine's files of weights: name → sha256."""
    note: str = ""
    """A note, such as that another engine speaks this draft than the episode."""
    timbre_sha256: str = ""
    """The hash of all that the profile adds to how its engine sounds."""
    pronounce: Mapping[str, str] = field(default_factory=dict)
    """The voice's pronunciations: printed form → how it is said."""


def list_narrators(plan: Plan) -> dict[str, Narrator]:
    """The release's facts about each voice."""
    return {
        name: Narrator(
            name=voice.title,
            licence=voice.licence,
            engine=plan.engines[name].fingerprint,
            consent=voice.consent,
            models=plan.engines[name].models(voice),
            note=note_draft(voice, plan.quality),
            timbre_sha256=hash_timbre(plan, name),
            pronounce=dict(voice.pronounce),
        )
        for name, voice in plan.voices.items()
    }
