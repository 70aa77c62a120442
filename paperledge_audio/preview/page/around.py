"""What changed around the speech, for the page, with music to hear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.preview.page.pieces import SIDES, record_versions
from paperledge_audio.units import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from paperledge_audio.preview.history.comparison import ComparedScript
    from paperledge_audio.preview.history.snapshot import Snapshot
    from paperledge_audio.preview.history.surroundings import SurroundingChange
    from paperledge_audio.preview.page.clips import PreviewClip
    from paperledge_audio.preview.page.document import Json
    from paperledge_audio.preview.page.pieces import PieceRecording


def describe_around(
    compared: Iterable[ComparedScript], history: Snapshot | None
) -> tuple[list[Json], dict[str, PreviewClip]]:
    """Each change around the speech, once for all the episodes that it concerns, and its clips."""
    episodes: dict[SurroundingChange, list[str]] = {}
    for found in compared:
        for change in found.around:
            episodes.setdefault(change, []).append(str(found.path))
    around: list[Json] = []
    clips: dict[str, PreviewClip] = {}
    for change in sorted(episodes, key=lambda one: (one.what, one.where, one.details)):
        recorded = record_versions(change, history) if history else {}
        clips |= {one.clip.name: one.clip for one in recorded.values() if one.clip}
        around.append(
            {
                "what": change.what,
                "where": change.where,
                "details": change.details,
                "text": _write_change(change, episodes[change]),
                "episodes": episodes[change],
                **{side: _describe_recording(recorded.get(side)) for side in SIDES},
            }
        )
    return around, clips


def _describe_recording(recorded: PieceRecording | None) -> Json | None:
    if recorded is None:
        return None
    clip = recorded.clip.name if recorded.clip else ""
    return {"file": recorded.file, "clip": clip, "problem": recorded.problem}


def _write_change(change: SurroundingChange, paths: Sequence[str]) -> str:
    """Which episode it concerns, or how many."""
    count = len(paths)
    episodes = count_of(count, "episode") if count > 1 else paths[0]
    details = f" ({change.details})" if change.details else ""
    if change.where:
        sound = "sound" if count > 1 else "sounds"
        return f"{change.what} changed{details}: {episodes} {sound} different {change.where}"
    return f"{change.what} changed{details}: {episodes}"
