"""Plan → takes: missing ones are spoken, in parallel, and kept."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, TypeVar

from paperledge_audio.engines.reading import read
from paperledge_audio.errors import EngineError
from paperledge_audio.plan import count_characters
from paperledge_audio.sound.clip import duration_s

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from paperledge_audio.engines import Engine, Take
    from paperledge_audio.plan import Plan
    from paperledge_audio.spoken import Segment
    from paperledge_audio.takes import Speeds, TakeStore
    from paperledge_audio.voices.profiles import Voice

log = logging.getLogger(__name__)

T = TypeVar("T")


def synthesize(
    plan: Plan,
    store: TakeStore,
    finish: Callable[[Take], T],
    on_take: Callable[[Take, bool], None] = lambda _take, _reused: None,
    *,
    pool: Executor,
) -> tuple[T, ...]:
    """Make the take of each segment; returns the results of `finish`, in order.

    `plan` was made with the same `store`. The models that must speak are loaded first, while
    nothing else competes. Then missing segments are spoken in parallel in `pool` (see
    `engines.make_pool`), the longest first, so that all of its threads are busy until the end; kept
    takes come last. For each take a thread of the pool calls `on_take(take, reused)` and `finish`.

    Raises what the engines, the store and `finish` raise; the takes that were made by then are
    kept. An engine's error for a line gets the plan's path.
    """
    ids = dict(zip((segment.index for segment in plan.segments), plan.take_ids, strict=True))
    for segment in plan.missing:
        damaged = ids[segment.index] in store.damaged
        why = "its take is damaged" if damaged else "the store has no take of it"
        place = f"{plan.path}:{segment.line}" if segment.line else plan.path or "the line"
        log.info("%s: %s speaks, since %s: %s", place, segment.voice, why, segment.spoken)
    for name, engine in dict.fromkeys((s.voice, plan.engine_for(s)) for s in plan.missing):
        engine.prepare(plan.voices[name])
    kept = {take.segment.index: take for take in plan.kept}

    def speak(segment: Segment) -> Take:
        voice = plan.voices[segment.voice]
        return speak_segment(plan.engine_for(segment), segment, voice, plan.path, store.speeds)

    def finished(segment: Segment, take_id: str) -> T:
        fingerprint = plan.engine_for(segment).fingerprint
        # The same words may have been spoken since the plan was made.
        take = kept.get(segment.index) or store.find(take_id, segment, fingerprint)
        reused = take is not None
        take = take or store.keep(take_id, speak(segment))
        on_take(take, reused)
        return finish(take)

    segments = plan.segments
    missing_first = sorted(
        range(len(segments)), key=lambda n: (segments[n].index in kept, -len(segments[n].spoken))
    )
    futures = {n: pool.submit(finished, segments[n], plan.take_ids[n]) for n in missing_first}
    try:
        return tuple(futures[n].result() for n in range(len(segments)))
    except BaseException:
        for future in futures.values():
            future.cancel()
        raise


def speak_segment(
    engine: Engine, segment: Segment, voice: Voice, path: str, speeds: Speeds
) -> Take:
    """Speak a segment of the script at `path`, which an engine's error for a line then has."""
    try:
        with speeds.measure(engine.fingerprint, alone=False) as work:
            take = read(engine, segment, voice)
            work.characters, work.sound_s = count_characters(segment, voice), duration_s(take.sound)
    except EngineError as error:
        if error.path is not None or error.line is None:
            raise
        raise error.located(path=path) from error
    return take
