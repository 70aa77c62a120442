"""The times of segments in a preview: speech and pauses as in a render, without music."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.mix.timeline import HEAD_S, TAIL_S
from paperledge_audio.plan import estimate_take_s

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperledge_audio.plan import Plan
    from paperledge_audio.preview.page.clips import RecordedSegment


@dataclass(frozen=True, slots=True)
class Placement:
    """The segments' times in seconds, with estimates for those without a recording."""

    starts: tuple[float, ...]
    ends: tuple[float, ...]
    duration_s: float


def place_segments(plan: Plan, spoken: Mapping[int, RecordedSegment]) -> Placement:
    """The segments of a plan one after another; `spoken` has those that were recorded."""
    starts, ends = [], []
    cursor = HEAD_S
    for segment in plan.segments:
        recorded = spoken.get(segment.index)
        starts.append(cursor)
        ends.append(
            cursor + (recorded.clip.duration_s if recorded else estimate_take_s(segment, plan))
        )
        cursor = ends[-1] + segment.pause_after
    return Placement(tuple(starts), tuple(ends), (ends[-1] if ends else 0.0) + TAIL_S)


def estimate_episode_s(plan: Plan) -> float:
    """The estimated length of the episode, without music."""
    return (
        HEAD_S
        + TAIL_S
        + sum(estimate_take_s(segment, plan) for segment in plan.segments)
        + sum(segment.pause_after for segment in plan.segments[:-1])
    )
