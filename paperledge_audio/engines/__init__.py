"""Segments + voices → takes: whoever can speak stands in one table, `ENGINES`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from functools import cache
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from paperledge_audio.engines.model import Engine, Take, Word
from paperledge_audio.errors import EngineError, near
from paperledge_audio.files.resources import processors
from paperledge_audio.voices.engines import ENGINES

if TYPE_CHECKING:
    from paperledge_audio.spoken.model import Segment
    from paperledge_audio.voices.profiles import Voice

__all__ = [
    "Engine",
    "Take",
    "Word",
    "kept_takes",
    "open_engine",
    "ready",
    "speakers",
    "synthesize",
]


class Shelf(Protocol):
    """Where takes are kept: the store, or nothing at all."""

    def find(self, engine: Engine, segment: Segment, voice: Voice) -> Take | None:
        """The kept take of these words, if there is one."""
        ...

    def keep(self, engine: Engine, take: Take, voice: Voice) -> Take:
        """Keep a take, and return it as it will be found again."""
        ...


_opening = Lock()


def open_engine(name: str) -> Engine:
    """The engine called `name`, loaded once a process; raises EngineError for an unknown one."""
    with _opening:  # a cache alone would load twice for two that ask at once
        return _opened(name)


@cache
def _opened(name: str) -> Engine:
    engine: Engine = _module(name).open_engine()
    return engine


def _module(name: str) -> Any:
    if name not in ENGINES:
        raise EngineError(f"no engine is called {name!r}", near(name, ENGINES))
    return import_module(ENGINES[name].module)


def ready(name: str, voice: Voice) -> None:
    """Look, without loading a model, whether the engine called `name` can speak in `voice` here.

    Raises MissingError where something is not installed, VoiceError where the voice is at fault.
    """
    _module(name).ready(voice)


def kept_takes(
    segments: Sequence[Segment],
    voices: Mapping[str, Voice],
    quality: str,
    shelf: Shelf,
) -> tuple[Take | None, ...]:
    """What the shelf has of each segment; the engines that must speak the others are loaded."""
    for voice in _named(segments, voices):
        open_engine(voice.engine(quality))  # once, before the threads ask for it

    def find(segment: Segment) -> Take | None:
        voice = voices[segment.voice]
        return shelf.find(open_engine(voice.engine(quality)), segment, voice)

    found = tuple(map(find, segments))
    missing = [segment for segment, take in zip(segments, found, strict=True) if take is None]
    for voice in _named(missing, voices):
        open_engine(voice.engine(quality)).prepare(voice)
    return found


def synthesize(
    segments: Sequence[Segment],
    voices: Mapping[str, Voice],
    quality: str,
    shelf: Shelf,
    on_take: Callable[[Take, bool], None] = lambda _take, _reused: None,
    *,
    pool: Executor,
    kept: Sequence[Take | None] = (),
) -> tuple[Take, ...]:
    """A take of every segment, in order; those on the shelf are not made again.

    Segments are spoken side by side in `pool` (see `speakers`), the longest first, so that all of
    its threads have something to do until the end. `on_take(take, reused)` is called as each one
    is there. `kept` is what `kept_takes` gave, where it has been asked already. Raises what the
    engine raises; the takes that were finished by then are kept.
    """
    kept = kept or kept_takes(segments, voices, quality, shelf)

    def recorded(segment: Segment, found: Take | None) -> Take:
        voice = voices[segment.voice]
        engine = open_engine(voice.engine(quality))
        # The same words may have been spoken since.
        take = found or shelf.find(engine, segment, voice)
        reused = take is not None
        take = take or shelf.keep(engine, engine.speak(segment, voice), voice)
        on_take(take, reused)
        return take

    missing_first = sorted(
        range(len(segments)), key=lambda n: (kept[n] is not None, -len(segments[n].spoken))
    )
    futures = {n: pool.submit(recorded, segments[n], kept[n]) for n in missing_first}
    try:
        return tuple(futures[n].result() for n in range(len(segments)))
    except BaseException:
        for future in futures.values():
            future.cancel()
        raise


def _named(segments: Iterable[Segment], voices: Mapping[str, Voice]) -> list[Voice]:
    return [voices[name] for name in dict.fromkeys(segment.voice for segment in segments)]


def speakers(count: int | None = None) -> ThreadPoolExecutor:
    """Threads to speak in: by default one for every processor that this process may use."""
    return ThreadPoolExecutor(count or processors(), thread_name_prefix="speaker")
