"""Explains why takes were made, from the manifest of the replaced release."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from paperledge_audio.engines.g2p import spell_sounds
from paperledge_audio.files.hashing import sha256

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from paperledge_audio.deliver.model import Narrator
    from paperledge_audio.spoken.model import Segment


@dataclass(frozen=True, slots=True)
class MadeTake:
    """A take that had to be spoken, and why."""

    line: int
    """The script's line; 0 for the show's own words."""
    text: str
    why: str


def explain_made(
    segments: Sequence[Segment], before: Mapping[str, Any], voices: Mapping[str, Narrator]
) -> tuple[MadeTake, ...]:
    """The reason for the take of each of `segments`, in the order of the script.

    `before` is the manifest of the release that is being replaced, empty where there was none.
    """
    try:
        known = {row["text_sha256"]: row for row in before["segments"]}
        engines = {name: row["engine"] for name, row in before["voices"].items()}
    except (LookupError, TypeError, AttributeError):  # none, or one that somebody wrote
        known, engines = {}, {}

    def why(segment: Segment) -> str:
        row = known.get(sha256(segment.text.encode()))
        if not known:
            return "first render"
        if row is None:
            return "new text"
        if row.get("said_sha256") != sha256(spell_sounds(segment).encode()):
            return "said otherwise"
        if row.get("voice") != segment.voice:
            return f"voice was {row.get('voice')}"
        if engines.get(segment.voice) != voices[segment.voice].engine:
            return f"engine was {engines.get(segment.voice)}"
        return "no longer in the store of takes"

    return tuple(
        MadeTake(segment.line, " ".join(segment.text.split()), why(segment))
        for segment in sorted(segments, key=lambda segment: segment.index)
    )
