"""The lines of a show page → its episodes: a date line starts one."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from paperledge_audio.errors import ScriptError
from paperledge_audio.script.blocks.plain import BULLET
from paperledge_audio.script.page.boilerplate import is_boilerplate
from paperledge_audio.script.page.categories import split_title
from paperledge_audio.script.page.credits import split_credit
from paperledge_audio.script.page.dates import read_date
from paperledge_audio.script.page.recognising import PageLine
from paperledge_audio.script.page.titles import greets
from paperledge_audio.script.printed.prose import print_latex

_LONGEST_TITLE = 30
"""Words; papers' titles rarely have twenty."""


@dataclass(slots=True)
class PagePart:
    """An episode's lines on the page."""

    date: datetime.date
    line: int
    title: str = ""
    rows: list[PageLine] = field(default_factory=list)


def split_page(text: str, path: str = "") -> tuple[list[PagePart], list[PageLine]]:
    """The episodes, and the rows that belong to none: the page's head, buttons and footers.

    Raises ScriptError where an episode has no date, two different dates, or no text.
    """
    rows: list[PageLine] = []
    left_out: list[PageLine] = []
    for number, line in enumerate(text.split("\n"), 1):
        if words := line.strip():
            row = PageLine(number, print_latex(words))
            (left_out if is_boilerplate(words) else rows).append(row)
    dates = [read_date(row.text, line=row.line, path=path) for row in rows]
    first = next((at for at, date in enumerate(dates) if date), None)
    if first is None:
        raise ScriptError(
            "holds no episode",
            'each one starts with a line that is its date, as "Tuesday Oct 21, 2025"',
            path=path,
        )
    if first and split_title(rows[first - 1].text)[0]:
        first -= 1
    head = rows[:first]
    _refuse_undated(head, "above the first date", path)
    left_out += head
    repeated = {row.text for row in head}
    kept = list(zip(rows[first:], dates[first:], strict=True))
    left_out += [row for row, _ in kept if row.text in repeated]
    kept = [(row, date) for row, date in kept if row.text not in repeated]
    parts = _split_parts(kept, path)
    for part in parts:
        if not part.rows:
            raise ScriptError(
                f"the episode of {part.date} has no text",
                "write it below its date, or remove the date",
                path=path,
                line=part.line,
            )
        credit = next((i for i, row in enumerate(part.rows, 1) if split_credit(row.text)[1]), None)
        _refuse_undated(part.rows[credit:] if credit else [], "after a credit", path)
    return parts, sorted(left_out, key=lambda row: row.line)


def _refuse_undated(rows: Sequence[PageLine], where: str, path: str) -> None:
    """Raise ScriptError for text and then a credit: an episode without its date."""
    ends = [at for at, row in enumerate(rows) if split_credit(row.text)[1]]
    if ends and (ends[-1] or split_credit(rows[0].text)[0]):
        raise ScriptError(
            f"an episode without a date stands {where}",
            "add a line with its date above it",
            path=path,
            line=rows[0].line,
        )


def _split_parts(
    kept: Sequence[tuple[PageLine, datetime.date | None]], path: str
) -> list[PagePart]:
    parts: list[PagePart] = []
    at, title = 0, ""
    while at < len(kept):
        row, date = kept[at]
        if date is None:
            if _is_title_before_date(kept, at, parts):
                title = row.text
            else:
                parts[-1].rows.append(row)
            at += 1
            continue
        part = PagePart(date, row.line, title)
        parts.append(part)
        title = ""
        at = _read_head(kept, at + 1, part, path)
    return parts


def _read_head(
    kept: Sequence[tuple[PageLine, datetime.date | None]], at: int, part: PagePart, path: str
) -> int:
    """Read the dates and the title after an episode's first date; returns where its text starts."""
    while at < len(kept):
        row, date = kept[at]
        following = kept[at + 1][1] if at + 1 < len(kept) else None
        if date == part.date:
            at += 1
        elif date is not None:
            raise ScriptError(
                f"{row.text!r} is another date for the episode of {part.date}",
                "remove the wrong one, or the date without an episode",
                path=path,
                line=row.line,
            )
        elif not part.title and (
            (following == part.date and _may_be_title(row.text))
            or split_title(row.text)[0]
            or (following is None and at + 1 < len(kept) and _is_bare_title(row.text))
        ):
            part.title = row.text
            at += 1
        else:
            break
    return at


def _is_title_before_date(
    kept: Sequence[tuple[PageLine, datetime.date | None]], at: int, parts: Sequence[PagePart]
) -> bool:
    """Whether a row is the next episode's title: above its date, after a credit or with a field."""
    if at + 1 >= len(kept) or kept[at + 1][1] is None:
        return False
    text = kept[at][0].text
    if split_title(text)[0]:
        return True
    before = parts[-1].rows[-1:] if parts else []
    return bool(before and split_credit(before[0].text)[1]) and _is_bare_title(text)


def _may_be_title(text: str) -> bool:
    """Whether a row between two equal dates can be a title, not a short episode."""
    if split_title(text)[0]:
        return True
    return (
        len(text.split()) <= _LONGEST_TITLE
        and text[-1] not in '.!…:;,"”'
        and not split_credit(text)[1]
        and not BULLET.match(text)
    )


def _is_bare_title(text: str) -> bool:
    """Whether a row looks like a title by itself: short, no sentence, no greeting."""
    return _may_be_title(text) and text[-1] != "?" and not greets(text)
