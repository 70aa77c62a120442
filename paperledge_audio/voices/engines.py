"""The table of engines: names only, nothing is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EngineEntry:
    """An engine: its module and a description.

    The module's `open_engine()` loads it; `check_ready(voice)` raises where it cannot speak here.
    """

    module: str
    about: str
    follows: frozenset[str] = frozenset()
    """What it follows of a direction: some of "pace", "pitch", "range", "emphasis" and "rise"."""


_ALL = frozenset({"pace", "pitch", "range", "emphasis", "rise"})
ENGINES: Mapping[str, EngineEntry] = {
    "kokoro": EngineEntry(
        "paperledge_audio.engines.kokoro", "Kokoro-82M, int8: studio quality", _ALL
    ),
    "hibari": EngineEntry(
        "paperledge_audio.engines.hibari", "hibari: drafts, many times faster", _ALL
    ),
    "coqui": EngineEntry(
        "paperledge_audio.engines.coqui",
        "Coqui TTS: any of its models, cloned or own",
        frozenset({"pace"}),
    ),
    "tone": EngineEntry(
        "paperledge_audio.engines.tone",
        "a tone as long as the text: for tests",
        frozenset({"pace", "pitch", "emphasis"}),
    ),
}
