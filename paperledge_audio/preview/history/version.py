"""A version of a script: what it says and how, and the names of its recordings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.engines import open_engine
from paperledge_audio.preview.history.diff import Heard
from paperledge_audio.render import speaking
from paperledge_audio.script import parse
from paperledge_audio.spoken import segments
from paperledge_audio.takes import take_id
from paperledge_audio.voices.casting import cast, draft_note

if TYPE_CHECKING:
    from paperledge_audio.script import Script
    from paperledge_audio.show.model import Show
    from paperledge_audio.voices.profiles import Voice

QUALITY = "draft"
"""Previews are drafts."""


@dataclass(frozen=True, slots=True)
class Version:
    """A script with the show and the voices that it is told with."""

    script: Script
    show: Show
    voices: dict[str, Voice]
    told: tuple[Heard, ...]

    @property
    def notes(self) -> tuple[str, ...]:
        """What a listener should know of its voices."""
        return tuple(note for voice in self.voices.values() if (note := draft_note(voice, QUALITY)))


def read_version(source: bytes, label: str, show: Show) -> Version:
    """The script in `source` as `show` tells it; `label` is its path in messages.

    Raises what parsing, speech text, voices and engines raise.
    """
    script = parse(source, label)
    company = cast(script, show)
    told = segments(script, show, company)
    voices = speaking(told, company)
    engines = {name: open_engine(voice.engine(QUALITY)) for name, voice in voices.items()}
    heard = tuple(Heard(s, take_id(engines[s.voice], s, voices[s.voice])) for s in told)
    return Version(script, show, voices, heard)
