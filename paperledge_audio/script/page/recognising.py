"""Paragraphs of an episode as a page prints them → blocks. Every word stays."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paperledge_audio.script.blocks.escape import escape
from paperledge_audio.script.blocks.kinds import item
from paperledge_audio.script.blocks.plain import BULLET
from paperledge_audio.script.blocks.quotation import quoted_paragraphs
from paperledge_audio.script.model import Block, Credit, ListItem, Question, Quote, Speech
from paperledge_audio.script.page.credits import is_unfinished, split_credit
from paperledge_audio.script.page.lists import items_at


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the page that is not blank, without its margins; `line` counts from 1."""

    line: int
    text: str


def recognise(rows: Sequence[Row]) -> Iterator[Block]:
    """The blocks of one episode; each row is a paragraph."""
    for is_credit, group in itertools.groupby(_part(rows), lambda part: isinstance(part, Credit)):
        if is_credit:
            yield from (part for part in group if isinstance(part, Credit))
        else:
            yield from _spoken([part for part in group if isinstance(part, Row)])


def _spoken(rows: list[Row]) -> Iterator[Block]:
    texts = [row.text for row in rows]
    quoted = quoted_paragraphs(texts)
    at = 0
    while at < len(rows):
        row, count = rows[at], 1
        if BULLET.match(row.text):
            yield _item(row)
        elif count := quoted[at]:
            yield from (Quote(escape(row.text), row.line) for row in rows[at : at + count])
        elif count := items_at(texts, at):
            yield from map(_item, rows[at : at + count])
        else:
            count = 1
            yield Speech(escape(row.text), row.line)
        at += count


def _item(row: Row) -> ListItem | Question:
    """A row as a list item, without the bullet that it may have."""
    bullet = BULLET.match(row.text)
    words = row.text[bullet.end() :] if bullet else row.text
    return item(escape(words), row.line, f"{bullet[1]}." if bullet and bullet[1] else "-")


def _part(rows: Sequence[Row]) -> list[Row | Credit]:
    """The rows, with the credits parted from what is said before them."""
    parts: list[Row | Credit] = []
    for row in rows:
        last = parts[-1] if parts else None
        if isinstance(last, Credit) and is_unfinished(last.text):
            names = row.text[bullet.end() :] if (bullet := BULLET.match(row.text)) else row.text
            parts[-1] = Credit(f"{last.text}\n{escape(names)}", last.line)
            continue
        said, credit = split_credit(row.text)
        if said:
            parts.append(Row(row.line, said))
        if credit:
            parts.append(Credit(escape(credit), row.line))
    return parts
