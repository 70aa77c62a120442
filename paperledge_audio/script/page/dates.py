"""Reads lines of a show page that are dates."""

from __future__ import annotations

import datetime
import re

from paperledge_audio.errors import ScriptError

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_WEEKDAY}{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_WEEKDAY}{_DAY}\s+{_MONTH},?\s+{_YEAR}",
        rf"{_WEEKDAY}{_YEAR}-(?P<number>[0-9]{{2}})-{_DAY}",
    )
)


def read_date(text: str, *, line: int, path: str = "") -> datetime.date | None:
    """The day that a line names, as "Tuesday Oct 21, 2025", "21 October 2025" or "2025-10-21".

    None if the line is something else; raises ScriptError if there is no such day.
    """
    for form in _FORMS:
        if match := form.fullmatch(text.strip()):
            parts = match.groupdict()
            name = (parts.get("month") or "")[:3].lower()
            month = _MONTHS.index(name) + 1 if name else int(parts["number"])
            try:
                return datetime.date(int(parts["year"]), month, int(parts["day"]))
            except ValueError as error:
                raise ScriptError(
                    f"there is no day {text.strip()!r}", "correct it", path=path, line=line
                ) from error
    return None
