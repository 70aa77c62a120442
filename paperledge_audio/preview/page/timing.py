"""When each segment sounds in a preview: speech and pauses, as a render places them, no music."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.check.scripts import LETTERS_PER_S
from paperledge_audio.mix.timeline import HEAD_S, TAIL_S

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperledge_audio.plan import Plan
    from paperledge_audio.preview.page.clips import HeardSegment
    from paperledge_audio.spoken import Segment


@dataclass(frozen=True, slots=True)
class Placing:
    """Where the segments lie, in seconds; those without a recording as long as estimated."""

    starts: tuple[float, ...]
    ends: tuple[float, ...]
    duration_s: float


def placed(plan: Plan, spoken: Mapping[int, HeardSegment]) -> Placing:
    """The segments of a plan one after another; `spoken` has those that were recorded."""
    starts, ends = [], []
    cursor = HEAD_S
    for segment in plan.segments:
        recorded = spoken.get(segment.index)
        starts.append(cursor)
        ends.append(cursor + (recorded.clip.duration_s if recorded else estimated_s(plan, segment)))
        cursor = ends[-1] + segment.pause_after
    return Placing(tuple(starts), tuple(ends), (ends[-1] if ends else 0.0) + TAIL_S)


def estimated_s(plan: Plan, segment: Segment) -> float:
    """How long a segment will take to say, in seconds, in studio quality."""
    pace = plan.voices[segment.voice].pace
    return len(segment.spoken.strip()) / LETTERS_PER_S / pace


def estimated_length_s(plan: Plan) -> float:
    """How long the episode will be, without music."""
    return (
        HEAD_S
        + TAIL_S
        + sum(estimated_s(plan, segment) for segment in plan.segments)
        + sum(segment.pause_after for segment in plan.segments[:-1])
    )
