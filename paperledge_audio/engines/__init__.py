"""Segment + voice → take, through the engines in the table `ENGINES` of `voices/engines.py`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, Any

from paperledge_audio.engines.model import Engine, Take, Word
from paperledge_audio.errors import EngineError, suggest
from paperledge_audio.files.resources import check_memory, count_processors
from paperledge_audio.voices.engines import ENGINES

if TYPE_CHECKING:
    from paperledge_audio.voices.profiles import Voice

__all__ = [
    "Engine",
    "Take",
    "Word",
    "check_ready",
    "foresee_engine",
    "make_pool",
    "open_engine",
]


_opening = Lock()


def open_engine(name: str) -> Engine:
    """The engine called `name`, loaded once a process; raises EngineError for an unknown one."""
    with _opening:  # a cache alone would load twice for two threads
        return _open(name)


@cache
def foresee_engine(name: str) -> Engine:
    """The engine called `name` as `open_engine` would leave it; writes nothing to this machine.

    It is for what is known before speech is made: names of takes.
    """
    module = _import_engine(name)
    engine: Engine = getattr(module, "foresee_engine", module.open_engine)()
    return engine


@cache
def _open(name: str) -> Engine:
    engine: Engine = _import_engine(name).open_engine()
    return engine


def _import_engine(name: str) -> Any:
    if name not in ENGINES:
        raise EngineError(f"no engine is called {name!r}", suggest(name, ENGINES))
    return import_module(ENGINES[name].module)


def check_ready(name: str, voice: Voice) -> None:
    """Check, without loading a model, that the engine called `name` can speak in `voice` here.

    Raises MissingError if something is not installed, VoiceError if the voice has a fault.
    """
    _import_engine(name).check_ready(voice)


def make_pool(count: int | None = None) -> ThreadPoolExecutor:
    """A pool of threads to speak in; by default one per processor that this process may use.

    Raises MissingError where there is too little memory to speak.
    """
    check_memory()
    return ThreadPoolExecutor(count or count_processors(), thread_name_prefix="speaker")
