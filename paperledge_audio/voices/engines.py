"""The table of engines: names only, nothing is loaded.

It lies here since profiles, which name engines, come before the engines in the flow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EngineCost:
    """What an engine costs, until a render has measured it on this machine.

    Figures of `python -m tests.bench.forecast` on the processor of docs/BENCHMARKS.md, rounded.
    """

    characters_per_s: float
    """Spoken characters in a second of its sound, spaces included, at pace 1."""
    speed: float
    """Seconds of sound for a second of one processor."""
    load_s: float
    """To load its model."""
    memory_mb: float
    """10^6 bytes of its model."""
    job_mb: float
    """10^6 bytes more for each take that is spoken at the same time."""


@dataclass(frozen=True, slots=True)
class EngineEntry:
    """An engine: its module and a description.

    The module's `open_engine()` loads it; `check_ready(voice)` raises where it cannot speak here.
    """

    module: str
    about: str
    follows: frozenset[str] = frozenset()
    """Which direction changes what it says, out of `DIRECTIONS`."""
    reads: bool = True
    """Whether it looks up how words sound (`engines.g2p`), and so may come upon one without."""
    cost: EngineCost | None = None
    """None where it depends on the model that a voice names."""


DIRECTIONS = frozenset({"pace", "pitch", "range", "emphasis", "aside", "rise"})
"""What a segment may ask of an engine; levels and pauses are the mix's."""

ENGINES: Mapping[str, EngineEntry] = {
    "kokoro": EngineEntry(
        "paperledge_audio.engines.kokoro",
        "Kokoro-82M, int8: studio quality",
        DIRECTIONS,
        cost=EngineCost(17.5, 5.6, 0.5, 250, 265),
    ),
    "hibari": EngineEntry(
        "paperledge_audio.engines.hibari",
        "hibari: drafts, many times faster",
        DIRECTIONS,
        cost=EngineCost(17.6, 150, 0.3, 290, 31),
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
        reads=False,
        cost=EngineCost(16.0, 300, 0.0, 5, 5),
    ),
}
