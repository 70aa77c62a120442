"""The table of engines: names only, nothing is loaded.

It lies here since profiles, which name engines, come before the engines in the flow.
"""

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
    """Which direction changes what it says, out of `DIRECTIONS`."""
    reads: bool = True
    """Whether it looks up how words sound (`engines.g2p`), and so may come upon one without."""


DIRECTIONS = frozenset({"pace", "pitch", "range", "emphasis", "aside", "rise"})
"""What a segment may ask of an engine; levels and pauses are the mix's."""

ENGINES: Mapping[str, EngineEntry] = {
    "kokoro": EngineEntry(
        "paperledge_audio.engines.kokoro", "Kokoro-82M, int8: studio quality", DIRECTIONS
    ),
    "hibari": EngineEntry(
        "paperledge_audio.engines.hibari", "hibari: drafts, many times faster", DIRECTIONS
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
    ),
}
