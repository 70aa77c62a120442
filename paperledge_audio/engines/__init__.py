"""A segment in a voice → a take: whoever can speak stands in one table, `ENGINES`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, Any

from paperledge_audio.engines.model import Engine, Take, Word
from paperledge_audio.errors import EngineError, near
from paperledge_audio.files.resources import processors
from paperledge_audio.voices.engines import ENGINES

if TYPE_CHECKING:
    from paperledge_audio.voices.profiles import Voice

__all__ = [
    "Engine",
    "Take",
    "Word",
    "open_engine",
    "ready",
    "speakers",
]


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


def speakers(count: int | None = None) -> ThreadPoolExecutor:
    """Threads to speak in: by default one for every processor that this process may use."""
    return ThreadPoolExecutor(count or processors(), thread_name_prefix="speaker")
