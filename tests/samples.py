"""Small values that many tests start from."""

from __future__ import annotations

from pathlib import Path

from paperledge_audio.spoken.model import Segment, Span

ROOT = Path(__file__).resolve().parents[1]
"""Of the repository."""


def plain_segment(text: str, index: int = 0, voice: str = "ernis") -> Segment:
    """A segment that says what is printed."""
    return Segment(index, "speech", (Span(text, text),), voice, index + 1, 0, 0.5)
