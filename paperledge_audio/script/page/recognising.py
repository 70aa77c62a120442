"""Paragraphs of an episode on a page → blocks, without losing a word."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from paperledge_audio.script.blocks.escape import escape
from paperledge_audio.script.blocks.kinds import make_item
from paperledge_audio.script.blocks.plain import BULLET
from paperledge_audio.script.blocks.quotation import count_quoted_paragraphs
from paperledge_audio.script.model import Block, Credit, ListItem, Question, Quote, Speech
from paperledge_audio.script.page.credits import is_unfinished, split_credit
from paperledge_audio.script.page.lists import count_items


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of the page that is not blank, without its margins; `line` counts from 1."""

    line: int
    text: str


def recognise(rows: Sequence[PageLine]) -> Iterator[Block]:
    """The blocks of one episode; each row is a paragraph."""
    for is_credit, group in itertools.groupby(
        _split_credits(rows), lambda part: isinstance(part, Credit)
    ):
        if is_credit:
            yield from (part for part in group if isinstance(part, Credit))
        else:
            yield from _recognise_talk([part for part in group if isinstance(part, PageLine)])


def _recognise_talk(rows: list[PageLine]) -> Iterator[Block]:
    texts = [row.text for row in rows]
    quoted = count_quoted_paragraphs(texts)
    at = 0
    while at < len(rows):
        row, count = rows[at], 1
        if BULLET.match(row.text):
            yield _make_item(row)
        elif count := quoted[at]:
            yield from (Quote(escape(row.text), row.line) for row in rows[at : at + count])
        elif count := count_items(texts, at):
            yield from map(_make_item, rows[at : at + count])
        else:
            count = 1
            yield Speech(escape(row.text), row.line)
        at += count


def _make_item(row: PageLine) -> ListItem | Question:
    """A row as a list item, without the bullet that it may have."""
    bullet = BULLET.match(row.text)
    words = row.text[bullet.end() :] if bullet else row.text
    return make_item(escape(words), row.line, f"{bullet[1]}." if bullet and bullet[1] else "-")


def _split_credits(rows: Sequence[PageLine]) -> list[PageLine | Credit]:
    """The rows, with credits split from the text before them."""
    parts: list[PageLine | Credit] = []
    for row in rows:
        last = parts[-1] if parts else None
        if isinstance(last, Credit) and is_unfinished(last.text):
            names = row.text[bullet.end() :] if (bullet := BULLET.match(row.text)) else row.text
            parts[-1] = Credit(f"{last.text}\n{escape(names)}", last.line)
            continue
        said, credit = split_credit(row.text)
        if said:
            parts.append(PageLine(row.line, said))
        if credit:
            parts.append(Credit(escape(credit), row.line))
    return parts
