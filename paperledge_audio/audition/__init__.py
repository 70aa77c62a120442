"""Auditions: voices that say the same line, equally loud, on one web page, to choose by ear."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.audition.choosing import chosen
from paperledge_audio.audition.recording import Recording, record
from paperledge_audio.errors import PaperledgeError
from paperledge_audio.files.resources import processors
from paperledge_audio.plan import plan_line
from paperledge_audio.voices.finding import find_voice

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Executor

    from paperledge_audio.plan import Plan
    from paperledge_audio.render import Listener
    from paperledge_audio.show.model import Show
    from paperledge_audio.takes import TakeStore
    from paperledge_audio.voices.profiles import Voice

log = logging.getLogger(__name__)

__all__ = ["Audition", "AuditionRequest", "Recording", "Silent", "audition", "chosen"]


@dataclass(frozen=True, slots=True)
class AuditionRequest:
    """Who is to be heard, and with what."""

    wanted: Mapping[str, bool]
    """Names of voices, in order, and whether each was asked for by its name: see `chosen`."""
    line: str
    """May hold the inline markup of scripts."""
    quality: str
    """studio or draft."""


@dataclass(frozen=True, slots=True)
class Silent:
    """A voice that can't be heard here, and why."""

    name: str
    named: bool
    """Whether it was asked for by its name."""
    problem: PaperledgeError


@dataclass(frozen=True, slots=True)
class Audition:
    """What can be heard and what can't, each in the order of the request."""

    show: Show
    quality: str
    heard: tuple[Recording, ...]
    silent: tuple[Silent, ...]


def audition(
    request: AuditionRequest, show: Show, store: TakeStore, listener: Listener, pool: Executor
) -> Audition:
    """Every wanted voice saying the line; takes are spoken side by side in `pool`.

    A voice that can't be heard does not keep the others from it; where none can, the problem of
    the first is raised.
    """
    plans: dict[str, tuple[Voice, Plan]] = {}
    silent: dict[str, PaperledgeError] = {}
    for name in request.wanted:
        try:
            voice = find_voice(name, show)
            plan = plan_line(request.line, show, voice, quality=request.quality, store=store)
            plans[name] = voice, plan
        except PaperledgeError as error:
            silent[name] = error
    for name in request.wanted:
        log.info("%s: %s", name, silent.get(name, "is to be heard"))
    listener.on_segments(sum(len(plan.segments) for _, plan in plans.values()))

    def recorded(name: str) -> Recording | PaperledgeError:
        try:
            return record(*plans[name], store=store, listener=listener, pool=pool)
        except PaperledgeError as error:
            return error

    heard = []
    with ThreadPoolExecutor(processors()) as studio:  # where what the pool spoke is mastered
        for name, result in zip(plans, studio.map(recorded, plans), strict=True):
            if isinstance(result, Recording):
                heard.append(result)
            else:
                silent[name] = result
    problems = [
        Silent(name, named, silent[name])
        for name, named in request.wanted.items()
        if name in silent
    ]
    if not heard:
        raise problems[0].problem
    return Audition(show, request.quality, tuple(heard), tuple(problems))
