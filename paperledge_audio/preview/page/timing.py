"""When each segment sounds in a preview: speech and pauses, as a render places them, no music."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.check.scripts import LETTERS_PER_S
from paperledge_audio.mix.timeline import HEAD_S, TAIL_S

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperledge_audio.preview.history.version import Version
    from paperledge_audio.preview.page.clips import Spoken
    from paperledge_audio.spoken import Segment


@dataclass(frozen=True, slots=True)
class Placing:
    """Where the segments lie, in seconds; those without a recording as long as estimated."""

    starts: tuple[float, ...]
    ends: tuple[float, ...]
    duration_s: float


def placed(version: Version, spoken: Mapping[int, Spoken]) -> Placing:
    """The segments of a version one after another; `spoken` has those that were recorded."""
    starts, ends = [], []
    cursor = HEAD_S
    for heard in version.told:
        segment = heard.segment
        recorded = spoken.get(segment.index)
        starts.append(cursor)
        ends.append(
            cursor + (recorded.clip.duration_s if recorded else estimated_s(version, segment))
        )
        cursor = ends[-1] + segment.pause_after
    return Placing(tuple(starts), tuple(ends), (ends[-1] if ends else 0.0) + TAIL_S)


def estimated_s(version: Version, segment: Segment) -> float:
    """How long a segment will take to say, in seconds, in studio quality."""
    pace = version.voices[segment.voice].pace
    return len(segment.spoken.strip()) / LETTERS_PER_S / pace


def estimated_length_s(version: Version) -> float:
    """How long the episode will be, without music."""
    told = [heard.segment for heard in version.told]
    return (
        HEAD_S
        + TAIL_S
        + sum(estimated_s(version, s) for s in told)
        + sum(s.pause_after for s in told[:-1])
    )
