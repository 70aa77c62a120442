"""When something is published: a day, or a time of a day with its zone."""

from __future__ import annotations

import datetime
import re

from paperledge_audio.files.settings.kinds import DAY

HOW = "2025-11-03, or 2025-11-03 06:00 +01:00"
"""How a moment is written."""
_TIMED = re.compile(
    r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?) ?(Z|[+-]\d{2}:\d{2})", re.ASCII
)
FORM = f"{DAY}|{_TIMED.pattern}"
"""The same as a regular expression."""


def parse_moment(text: str) -> datetime.date:
    """A date, or a datetime with its zone; raises ValueError for anything else.

    >>> parse_moment("2025-11-03"), parse_moment("2025-11-03 06:00 +01:00").isoformat()
    (datetime.date(2025, 11, 3), '2025-11-03T06:00:00+01:00')
    """
    if timed := _TIMED.fullmatch(text):
        found = datetime.datetime.fromisoformat(f"{timed[1]}T{timed[2]}{timed[3]}")
        if not 1 < found.year < datetime.MAXYEAR:
            raise ValueError("its day may be none in another zone")
        return found
    return datetime.date.fromisoformat(text)


def format_moment(moment: datetime.date) -> str:
    """A moment as `parse_moment` reads it."""
    if not isinstance(moment, datetime.datetime):
        return moment.isoformat()
    text = moment.isoformat(sep=" ", timespec="seconds" if moment.second else "minutes")
    return f"{text[:-6]} {text[-6:]}"


def find_instant(moment: datetime.date) -> datetime.datetime:
    """The instant; that of a day is its beginning, GMT."""
    if isinstance(moment, datetime.datetime):
        return moment.astimezone(datetime.UTC)
    return datetime.datetime.combine(moment, datetime.time(), datetime.UTC)
