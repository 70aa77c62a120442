"""A plan: everything that is known of a script, or of a line, before any speech is made.

Renders, previews, auditions and checks make one, once, and take everything from it: segments,
voices, engines, which takes the store has, and which are missing.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from itertools import compress
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from paperledge_audio.script.parsing import parse
from paperledge_audio.spoken.direction.unfollowed import note_unfollowed
from paperledge_audio.spoken.readings import choose_readings, uses_other_engine
from paperledge_audio.spoken.segments import list_chapter_titles, make_line_segments, make_segments
from paperledge_audio.voices.casting import cast, make_member, note_draft
from paperledge_audio.voices.engines import ENGINES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from typing import Self

    from paperledge_audio.engines import Engine, Take
    from paperledge_audio.script import Script
    from paperledge_audio.show.model import Show
    from paperledge_audio.spoken import Segment
    from paperledge_audio.takes import TakeStore, Work
    from paperledge_audio.voices.casting import Cast
    from paperledge_audio.voices.profiles import Voice

log = logging.getLogger(__name__)

OTHER = {"studio": "draft", "draft": "studio"}
"""Each quality's other one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Segments, voices and engines.

    Without a store no engine is opened: then it has no engines, no take ids and no takes.
    """

    show: Show
    quality: str
    """studio or draft."""
    chapter_titles: tuple[str, ...]
    """What the segments' chapters index."""
    segments: tuple[Segment, ...]
    voices: Mapping[str, Voice]
    """The voices, by the names in the segments."""
    host: str
    """The name of the host's voice."""
    replacement: str = ""
    """The same where it replaces the script's, for once; else empty."""
    path: str = ""
    """The script's path, for messages; empty for a line."""
    engines: Mapping[str, Engine] = field(default_factory=dict)
    """Each voice's engine, by the voice's name."""
    other_engines: Mapping[str, Engine] = field(default_factory=dict)
    """The engines of the other quality, of voices that have a segment in that reading."""
    take_ids: tuple[str, ...] = ()
    """One per segment, in order: the names of the takes in the store."""
    kept: tuple[Take, ...] = ()
    """The takes in the store, in the order of their segments."""

    @property
    def missing(self) -> tuple[Segment, ...]:
        """The segments whose takes have to be made."""
        there = {take.segment.index for take in self.kept}
        return tuple(segment for segment in self.segments if segment.index not in there)

    @property
    def speaking(self) -> dict[str, str]:
        """The engine of each voice, by the voice's name."""
        return {name: voice.engine(self.quality) for name, voice in self.voices.items()}

    @property
    def notes(self) -> tuple[str, ...]:
        """What a listener should know of the voices."""
        notes = (
            note
            for voice in self.voices.values()
            for note in (
                note_draft(voice, self.quality),
                note_unfollowed(self.segments, voice, self.quality),
            )
        )
        return tuple(note for note in notes if note)

    def engine_for(self, segment: Segment) -> Engine:
        """The engine that speaks a segment."""
        engines = self.other_engines if uses_other_engine(segment) else self.engines
        return engines[segment.voice]

    def select(self, indices: Collection[int]) -> Self:
        """The plan of those segments that have one of `indices`."""
        chosen = [segment.index in indices for segment in self.segments]
        return replace(
            self,
            segments=tuple(compress(self.segments, chosen)),
            take_ids=tuple(compress(self.take_ids, chosen)),
            kept=tuple(take for take in self.kept if take.segment.index in indices),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptPlan(Plan):
    """The plan of a script, with the show's own words around it."""

    script: Script
    source: bytes
    """The script's file, as it was read."""
    cast: Cast


P = TypeVar("P", bound=Plan)


def plan_script(
    source: bytes,
    path: str,
    show: Show,
    *,
    quality: str,
    host: str = "",
    store: TakeStore | None = None,
) -> ScriptPlan:
    """Plan the script in `source`, which was read from `path`.

    `host` names a voice profile that replaces the host's. With a `store`, engines are opened and
    takes are looked up in it; no model is loaded yet.

    Raises ScriptError, VoiceError and SpokenError for what can't be read, cast or said, with path
    and line; the errors of further blocks are in its `others`. Opening engines raises
    EngineError, MissingError and VoiceError.
    """
    script = parse(source, path)
    if host:
        script = replace(script, episode=replace(script.episode, voice=host))
    parts = cast(script, show, host=host)
    said = make_segments(script, show, parts)
    said = choose_readings(said, dict(script.episode.readings), path)
    plan = ScriptPlan(
        show=show,
        quality=quality,
        chapter_titles=list_chapter_titles(script),
        segments=said,
        voices={name: parts.voices[name] for name in sorted({one.voice for one in said})},
        host=parts.host.voice.name,
        replacement=host,
        path=path,
        script=script,
        source=source,
        cast=parts,
    )
    return _look_up(plan, store)


def plan_line(
    text: str, show: Show, voice: Voice, *, quality: str, store: TakeStore | None = None
) -> Plan:
    """Plan a single line in `voice`: no opening, no disclosure, no music.

    `text` may hold the inline markup of scripts; the voice's pronunciations override the show's.
    `store` and what is raised: see `plan_script`.
    """
    plan = Plan(
        show=show,
        quality=quality,
        chapter_titles=(text,),
        segments=make_line_segments(text, show, make_member(voice)),
        voices={voice.name: voice},
        host=voice.name,
    )
    return _look_up(plan, store)


def plan_segments(plan: P, segments: Iterable[Segment], store: TakeStore) -> P:
    """The plan of other `segments` in the same voices; raises what `plan_script` raises."""
    return _look_up(replace(plan, segments=tuple(segments)), store)


LETTERS_PER_S = 17.0
"""Spoken characters a second, spaces included, at pace 1, where the engine's own rate isn't known:
measured on five episodes of four minutes, 16.9 to 17.2; `tests/test_episode.py` holds it."""


def count_characters(segment: Segment, voice: Voice) -> float:
    """The characters that are spoken, as many as would take as long at pace 1."""
    return len(segment.spoken.strip()) / (voice.pace * segment.delivery.pace)


def estimate_take_s(
    segment: Segment, plan: Plan, speeds: Mapping[str, Work] = MappingProxyType({})
) -> float:
    """The length of a take in seconds, from its characters.

    At the rate that was measured here, if `speeds` (by the engine's fingerprint) and the plan's
    engines know it, else at that of the table of engines.
    """
    voice = plan.voices[segment.voice]
    opened = plan.engine_for(segment) if plan.engines else None
    cost = ENGINES[voice.engine(plan.quality)].cost
    rate = cost.characters_per_s if cost else LETTERS_PER_S
    if opened and (work := speeds.get(opened.fingerprint)) and work.characters:
        rate = work.characters / work.sound_s
    return count_characters(segment, voice) / rate


def name_takes(plan: P, find_engine: Callable[[str], Engine] | None = None) -> P:
    """The plan with its engines, which `find_engine` gives by their names, and its take ids."""
    from paperledge_audio.engines import open_engine  # noqa: PLC0415 - numpy; not all plans need it
    from paperledge_audio.takes import take_id  # noqa: PLC0415

    find = find_engine or open_engine
    engines = {name: find(one) for name, one in plan.speaking.items()}
    others = {
        one.voice: find(plan.voices[one.voice].engine(OTHER[plan.quality]))
        for one in plan.segments
        if uses_other_engine(one)
    }
    plan = replace(plan, engines=engines, other_engines=others)
    ids = (take_id(plan.engine_for(one), one, plan.voices[one.voice]) for one in plan.segments)
    return replace(plan, take_ids=tuple(ids))


def _look_up(plan: P, store: TakeStore | None) -> P:
    """The plan with its take ids and the takes that `store` has, if there is one."""
    place = plan.path or "the line"
    for name, engine in plan.speaking.items():
        log.info("%s: %s of %s: %s", place, name, plan.voices[name].path, engine)
    if store is None:
        return plan
    named = name_takes(plan)
    ids = named.take_ids
    store.fetch(ids)
    found = (
        store.find(name, segment, named.engine_for(segment).fingerprint)
        for name, segment in zip(ids, plan.segments, strict=True)
    )
    made = replace(named, kept=tuple(take for take in found if take))
    engines = named.engines.values()
    log.info("%s: engines %s", place, ", ".join(sorted({e.fingerprint for e in engines})))
    counts = len(made.segments), len(made.kept), len(made.missing)
    log.info("%s: segments %d, takes kept %d, takes to make %d", place, *counts)
    return made
