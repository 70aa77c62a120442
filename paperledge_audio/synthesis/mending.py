"""A take with a fault → the best of its other readings.

An engine is deterministic: to speak the same again gives the same. So what is spoken again is
another reading of the sentence, see `spoken.readings`.
"""

from __future__ import annotations

import logging
import shlex
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from paperledge_audio.engines import check_ready
from paperledge_audio.engines.reading import is_plain
from paperledge_audio.errors import (
    EngineError,
    MissingError,
    TakeError,
    VoiceError,
    brief,
)
from paperledge_audio.plan import OTHER, name_takes, plan_segments
from paperledge_audio.spoken.readings import READINGS, list_readings
from paperledge_audio.synthesis import synthesize

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from paperledge_audio.engines import Take
    from paperledge_audio.plan import Plan
    from paperledge_audio.spoken import Segment
    from paperledge_audio.takes import TakeStore

log = logging.getLogger(__name__)

MOST_TRIES = 4
"""Other readings of a sentence: as many as the table has for a machine to judge."""

Judge = Callable[["Take"], Sequence[str]]
"""The faults of a take, in words; none of a good one."""
P = TypeVar("P", bound="Plan")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MendedTake:
    """The best take of a sentence that had a fault."""

    take: Take
    """Its segment says in which reading."""
    fault: str
    """What was wrong with the first one."""
    left: tuple[str, ...]
    """What is wrong with the best one."""
    tried: int = 0
    """How many other readings were spoken."""
    again: str = ""
    """The command by which its readings can be heard, and another one chosen."""
    is_chosen: bool = False
    """Whether a person chose this reading in the script's header, so that none was tried."""

    @property
    def explanation(self) -> str:
        """The words, the fault and what became of it."""
        segment = self.take.segment
        words = brief(" ".join(segment.text.split()))
        if not self.left:
            way = segment.reading or "in the plain reading"
            return f"the take of {words} had a fault, {self.fault}, and was made again: {way}"
        end = f"; of {self.tried} other readings none is good" if self.tried else ""
        end = "; it stays, since its reading is chosen in the header" if self.is_chosen else end
        return f"the take of {words} has a fault: {', and '.join(self.left)}{end}"

    def as_error(self, plan: Plan) -> TakeError:
        """What is left, as an error in the plan's script, with what to do."""
        segment = self.take.segment
        remedy = "write these words otherwise in show.toml"
        if segment.line:
            again = compose_again(plan, segment)
            remedy = f"hear its readings and choose one: {again}; or write it otherwise"
        return TakeError(self.explanation, remedy, path=plan.path, **segment.place)


def mend(
    plan: Plan,
    faulty: Mapping[Take, Sequence[str]],
    judge: Judge,
    store: TakeStore,
    pool: Executor,
) -> tuple[MendedTake, ...]:
    """What became of these takes of `plan`, each with its faults, which `judge` finds in others.

    Other readings are spoken in the order of their table until one has no fault; the one with the
    fewest is kept, of several the first. Raises what `synthesize` raises but for readings that an
    engine can't speak.
    """
    return tuple(
        _mend(plan, take, tuple(faults), judge, store, pool) for take, faults in faulty.items()
    )


def _mend(  # noqa: PLR0917 - what it is about, and what it is done with
    plan: Plan,
    take: Take,
    first: tuple[str, ...],
    judge: Judge,
    store: TakeStore,
    pool: Executor,
) -> MendedTake:
    best, fewest, tried = take, first, 0
    for segment in islice(list_others(plan, take.segment), MOST_TRIES):
        with suppress(EngineError):  # as: it is too long behind another sentence
            other = speak_again(plan, segment, store, pool)
            tried += 1
            faults = tuple(judge(other))
            log.info("%s: line %d, %s: %s", plan.path, segment.line, segment.reading, faults)
            if len(faults) < len(fewest):
                best, fewest = other, faults
        if not fewest:
            break
    return MendedTake(best, first[0], fewest, tried, compose_again(plan, take.segment))


def compose_again(plan: Plan, segment: Segment) -> str:
    """The command that speaks the other readings of a segment of the script.

    It names words, since a reading that is kept in the header moves the lines below it.
    """
    command = ["paperledge", "again", plan.path, str(segment.line)]
    beside = [
        " ".join(one.text.split()).casefold()
        for one in plan.segments
        if one.line == segment.line and one.index != segment.index
    ]
    words = segment.text.split()
    starts = (" ".join(words[:count]) for count in range(min(3, len(words)), len(words) + 1))
    apart = (one for one in starts if not any(one.casefold() in other for other in beside))
    command += ["--words", next(apart, " ".join(words))]
    if plan.replacement:
        command += ["--voice", plan.replacement]
    if plan.quality != "studio":
        command += ["--quality", plan.quality]
    return shlex.join(command)


def list_others(plan: Plan, segment: Segment, *, by_hand: bool = False) -> Iterator[Segment]:
    """A segment in the readings that it isn't in, and that sound different from the plain one.

    `by_hand`: also in those that only a person can judge.
    """
    for name in ("", *list_readings(segment)):
        reading = READINGS.get(name)
        if name == segment.reading or (reading and reading.by_hand and not by_hand):
            continue
        other = replace(segment, reading=name)
        if reading and reading.by_other_engine:
            if _has_other_engine(plan, segment):
                yield other
        elif not (name and is_plain(plan.engines[segment.voice], other)):
            yield other


def _has_other_engine(plan: Plan, segment: Segment) -> bool:
    """Whether the voice's other quality has another engine, which can speak here."""
    voice = plan.voices[segment.voice]
    name = voice.engine(OTHER[plan.quality])
    if name == voice.engine(plan.quality):
        return False
    try:
        check_ready(name, voice)
    except (MissingError, VoiceError):
        return False
    return True


def speak_again(plan: Plan, segment: Segment, store: TakeStore, pool: Executor) -> Take:
    """The take of one segment of a plan, in its reading; raises what `synthesize` raises."""
    alone = plan_segments(plan, [segment], store)
    return synthesize(alone, store, lambda take: take, pool=pool)[0]


def put_in(
    plan: P, done: Sequence[T], mended: Sequence[MendedTake], finish: Callable[[Take], T]
) -> tuple[P, tuple[T, ...]]:
    """The plan and what was made of its takes, with the mended ones, each through `finish`."""
    better = {one.take.segment.index: one.take for one in mended}
    if not better:
        return plan, tuple(done)
    segments = [better[s.index].segment if s.index in better else s for s in plan.segments]
    found = [
        finish(better[segment.index]) if segment.index in better else one
        for segment, one in zip(segments, done, strict=True)
    ]
    return name_takes(replace(plan, segments=tuple(segments))), tuple(found)
