"""Auditions: voices that say the same line, equally loud, on one web page."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paperledge_audio.audition.choosing import choose_voices
from paperledge_audio.audition.host import hear_host
from paperledge_audio.audition.recording import Recording, record
from paperledge_audio.errors import PaperledgeError
from paperledge_audio.files.resources import count_processors
from paperledge_audio.plan import plan_line
from paperledge_audio.voices.finding import find_voice

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Executor
    from pathlib import Path

    from paperledge_audio.orders import ProgressCallbacks
    from paperledge_audio.plan import Plan
    from paperledge_audio.show.model import Show
    from paperledge_audio.takes import TakeStore
    from paperledge_audio.voices.profiles import Voice

__all__ = [
    "Audition",
    "AuditionRequest",
    "Recording",
    "UnavailableVoice",
    "audition",
    "choose_voices",
]


@dataclass(frozen=True, slots=True)
class AuditionRequest:
    """What to audition."""

    voices: Mapping[str, bool]
    """Voices' names in order, and whether each was asked for by its name: see `choose_voices`."""
    line: str
    """May hold the inline markup of scripts."""
    quality: str
    """studio or draft."""
    beside: Mapping[str, Voice] = field(default_factory=dict)
    """Voices that are no profiles, heard as well: see `find_origins`."""
    host: Path | None = None
    """A recording of the person whom they are to be like, heard as well."""


@dataclass(frozen=True, slots=True)
class UnavailableVoice:
    """A voice that can't speak here, and why."""

    name: str
    named: bool
    """Whether it was asked for by its name."""
    problem: PaperledgeError


@dataclass(frozen=True, slots=True)
class Audition:
    """Recordings and unavailable voices, each in the order of the request."""

    show: Show
    quality: str
    recordings: tuple[Recording, ...]
    unavailable: tuple[UnavailableVoice, ...]
    blind: bool = False
    """Whether the page begins with hidden names, in an order of its own: beside a recording."""


def audition(
    request: AuditionRequest,
    show: Show,
    store: TakeStore,
    progress: ProgressCallbacks,
    pool: Executor,
) -> Audition:
    """Record the line in every voice of the request; takes are spoken in parallel in `pool`.

    Voices that can't speak are listed; if none can, the error of the first is raised.
    """
    plans: dict[str, tuple[Voice, Plan]] = {}
    silent: dict[str, PaperledgeError] = {}
    asked = dict.fromkeys(request.beside, False) | dict(request.voices)
    for name in (*request.voices, *request.beside):
        try:
            voice = request.beside.get(name) or find_voice(name, show)
            plan = plan_line(request.line, show, voice, quality=request.quality, store=store)
            plans[name] = voice, plan
        except PaperledgeError as error:
            silent[name] = error
    progress.on_plans([plan for _, plan in plans.values()])

    def recorded(name: str) -> Recording | PaperledgeError:
        try:
            return record(*plans[name], store=store, progress=progress, pool=pool)
        except PaperledgeError as error:
            return error

    recordings = []
    with ThreadPoolExecutor(count_processors()) as studio:  # for mastering what the pool speaks
        for name, result in zip(plans, studio.map(recorded, plans), strict=True):
            if isinstance(result, Recording):
                recordings.append(result)
            else:
                silent[name] = result
    problems = [
        UnavailableVoice(name, named, silent[name])
        for name, named in asked.items()
        if name in silent
    ]
    if not recordings:
        raise problems[0].problem
    if request.host:
        recordings.append(hear_host(request.host, recordings[0].voice))
    blind = request.host is not None
    return Audition(show, request.quality, tuple(recordings), tuple(problems), blind)
