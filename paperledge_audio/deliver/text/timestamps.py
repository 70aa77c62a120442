"""Timestamps in caption files."""

from __future__ import annotations

import re

from paperledge_audio import units

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
SPAN = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:[ \t]+(.*))?\s*", re.ASCII)
"""A timing line: two times, with hours or without, and settings after them."""


def write_timestamp(ms: int, separator: str) -> str:
    """Milliseconds as HH:MM:SS and, after the separator, three digits."""
    return units.timestamp(ms, 1000, separator=separator)


def read_span_ms(match: re.Match[str]) -> tuple[int, int]:
    """The two times of a timing line, in milliseconds."""
    return _ms(*match.group(1, 2, 3, 4)), _ms(*match.group(5, 6, 7, 8))


def _ms(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int:
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "").ljust(3, "0"))
