"""Plain text below the front matter → blocks; there is no markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.script.blocks.directives import (
    DELIVERIES,
    PAUSE,
    check_inline,
    is_known_directive,
    read_directive,
    split_delivery,
)
from paperledge_audio.script.blocks.escape import escape
from paperledge_audio.script.blocks.kinds import is_credit, make_item
from paperledge_audio.script.blocks.quotation import is_quotation
from paperledge_audio.script.model import Block, Credit, Quote, Speech
from paperledge_audio.script.printed.prose import print_latex

if TYPE_CHECKING:
    from paperledge_audio.script.blocks.faults import BodyFaults

BULLET = re.compile(r"\s*(?:[-–*•·▪◦‣]|([0-9]{1,2})[.)])\s+(?=\S)")
"""The bullet or number of a list item in plain text; group 1 is the number."""
_BEFORE_OURS = re.compile(rf"(?<!\\)\\(?={PAUSE.pattern}|\[(?i:{'|'.join(DELIVERIES)})\])")
"""The backslash that `escape` puts before a pause inside a sentence, and before the name of a
delivery: that is a mistake there."""
_BEFORE_NOTES = re.compile(r"\\(?=%%|<!--|\{[{%#.]|!?\[\[|==|~~|//|:::)")
"""The backslash that keeps a note's mark; see `leave_out_notes`."""


def read_plain(
    body: str, faults: BodyFaults, *, above: int = 0, path: str = ""
) -> tuple[Block, ...]:
    """Blocks of plain text; `above` is the number of lines above it in the file `path`.

    Blank lines part paragraphs. A line that begins with a bullet or a number is a list item, a
    paragraph in quotation marks is a quote; directives and the credit are as in Markdown. What is
    wrong with a block goes to `faults`.
    """
    paragraphs: list[list[tuple[int, str]]] = [[]]
    for number, line in enumerate(body.split("\n"), above + 1):
        if not line.strip():
            paragraphs.append([])
        elif is_known_directive(line) or BULLET.match(line):
            paragraphs.append([(number, line)])
            if is_known_directive(line):
                paragraphs.append([])
        else:
            paragraphs[-1].append((number, line))
    blocks: list[Block] = []
    for rows in filter(None, paragraphs):
        with faults.gather("\n".join(row for _, row in rows), rows[0][0]):
            blocks.append(_read_block(rows, path))
    return tuple(blocks)


def _read_block(rows: list[tuple[int, str]], path: str) -> Block:
    line, first = rows[0]
    words = "\n".join(row for _, row in rows)
    if is_known_directive(first):
        return read_directive(first.strip(), line=line, path=path)
    bullet = BULLET.match(words)
    indent = bullet.end() if bullet else 0
    words = words[indent:]
    check_inline(" " * indent + words, line=line, path=path)  # columns are those of the file
    delivery, words = split_delivery(words, line=line, path=path, only_usual=True)
    text = _BEFORE_OURS.sub("", escape(print_latex(_BEFORE_NOTES.sub("", words))))
    if bullet:
        return make_item(text, line, f"{bullet[1]}." if bullet[1] else "-", delivery)
    if is_quotation(words):
        return Quote(text, line, delivery=delivery)
    is_last = is_credit(text) and not delivery
    return Credit(text, line) if is_last else Speech(text, line, delivery=delivery)
