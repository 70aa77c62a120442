"""Finds and imports torch and Coqui TTS, without their output."""

from __future__ import annotations

import importlib.metadata
import logging
import os
import warnings
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from threading import RLock
from typing import TYPE_CHECKING, Any

from paperledge_audio.errors import MissingError, map_errors
from paperledge_audio.files.resources import compose_install, find_package

if TYPE_CHECKING:
    from collections.abc import Iterator

NEEDED = ("torch", "torchaudio", "torchcodec", "TTS")
"""Modules of the extra, which are looked for without importing them."""
LOGGERS = ("TTS", "trainer")
"""They report every sentence and every file."""
OFFLINE = {"HF_HUB_OFFLINE": "1", "TQDM_DISABLE": "1", "TRANSFORMERS_VERBOSITY": "error"}
"""Environment variables that are read at import: nothing is fetched, no other bars are shown."""

_alone = RLock()


def describe_versions() -> str:
    """The versions, as part of a fingerprint; raises MissingError if it is not installed."""
    if absent := [name for name in NEEDED if find_package(name) is None]:
        raise MissingError(
            f"Coqui TTS can't be loaded: {absent[0]} is not installed", compose_install("coqui")
        )
    return "/".join(f"{name}-{importlib.metadata.version(name)}" for name in ("coqui-tts", "torch"))


@cache
def import_torch(*, offline: bool = True) -> Any:
    """The module torch, with Coqui TTS imported beside it; raises MissingError without them."""
    describe_versions()
    if offline:
        for name, value in OFFLINE.items():
            os.environ.setdefault(name, value)
    for name in LOGGERS:
        logging.getLogger(name).propagate = False
        logging.getLogger(name).addHandler(logging.NullHandler())
    what, foreign = "Coqui TTS can't be loaded", (ImportError, OSError)
    with (
        map_errors(MissingError, what, compose_install("coqui"), foreign=foreign),
        silence_warnings(),
    ):
        module = import_module("torch")
        from paperledge_audio.engines.coqui.torchaudio_stub import import_torchaudio  # noqa: PLC0415

        import_torchaudio()
        import_module("TTS.utils.synthesizer")
    return module


@contextmanager
def silence_warnings() -> Iterator[None]:
    """No warnings inside: torch and Coqui warn developers, not our users.

    What warnings do is a fact of the whole process, so only one thread is inside at a time.
    """
    with _alone, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
