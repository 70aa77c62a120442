"""What a script asks of a voice that its engine can't follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.voices.deliveries import PLAIN
from paperledge_audio.voices.engines import ENGINES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperledge_audio.spoken.model import Segment
    from paperledge_audio.voices.profiles import Voice

_FEATURES = {"pace": "pace", "pitch_st": "pitch", "range": "range"}
"""Values of a delivery → what an engine calls it; the level and the pauses are not the engine's."""
_MOST_WORDS = 5
"""Words that a note names."""


def find_unfollowed(segments: Sequence[Segment], voice: Voice, quality: str) -> list[Segment]:
    """The segments of `voice` that ask for what its engine for `quality` can't do."""
    follows = ENGINES[voice.engine(quality)].follows

    def is_lost(segment: Segment) -> bool:
        unstressed = segment.emphasised and "emphasis" not in follows
        return bool(unstressed or _list_lost(segment, voice, follows))

    return [one for one in segments if one.voice == voice.name and is_lost(one)]


def note_unfollowed(segments: Sequence[Segment], voice: Voice, quality: str) -> str:
    """One line on the words and deliveries that its engine can't follow; "" where it can."""
    engine = voice.engine(quality)
    follows = ENGINES[engine].follows
    found = find_unfollowed(segments, voice, quality)
    words: dict[str, None] = {}
    lost: dict[str, None] = {}
    for segment in found:
        if "emphasis" not in follows:
            words |= {segment.spoken[a:b].strip(): None for a, b, _ in segment.emphasised}
        for feature in _list_lost(segment, voice, follows):
            lost[f"the {feature} of {segment.delivery_name}"] = None
    if words:
        more = len(words) - _MOST_WORDS
        shown = ", ".join(list(words)[:_MOST_WORDS]) + (f" and {more} more" if more > 0 else "")
        lost = {f"the emphasis of {shown}": None, **lost}
    return f"{voice.name}: {engine} can't follow {', '.join(lost)}" if lost else ""


def _list_lost(segment: Segment, voice: Voice, follows: frozenset[str]) -> list[str]:
    """What the segment's named delivery has of its own that the engine can't do."""
    named = voice.every_delivery.get(segment.delivery_name, PLAIN)
    return [
        feature
        for value, feature in _FEATURES.items()
        if getattr(named, value) != getattr(PLAIN, value) and feature not in follows
    ]
