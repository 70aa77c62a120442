"""Emphasis: what is marked in the script, or printed in capitals, → the spans that are stressed.

Stress is a contrast. So a block whose every word is marked has none, nor has a mark over more than
eight words (somebody set it in bold), nor a label at the start of a block, up to its colon.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from paperledge_audio.script.printed.markup import Emphasis
from paperledge_audio.spoken.direction.asides import find_asides

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from paperledge_audio.script.printed.markup import PrintedText
    from paperledge_audio.spoken.model import Span

MOST_WORDS = 8
"""Of one mark, or of one run of capitals."""
CAPITALS = "capitals for stress"
"""The rule whose spans are stressed strongly."""
_WORD = re.compile(r"\w+")
ASIDE = 4
"""The bit of a level that says that its character is said beside the rest."""


def find_levels(page: PrintedText, spans: Sequence[Span]) -> bytes:
    """The emphasis of each character of a block, and ASIDE for those of an aside.

    `spans` are those of the whole block. A mark counts from its first letter or digit to its last.
    """
    levels = bytearray(len(page.text))
    marked = (mark for mark in page.emphases if not _is_label(mark, page.text))
    for mark in (*marked, *_find_capitals(page.text, spans)):
        words = list(_WORD.finditer(page.text, mark.start, mark.end))
        if words and len(page.text[mark.start : mark.end].split()) <= MOST_WORDS:
            for place in range(words[0].start(), words[-1].end()):
                levels[place] = max(levels[place], mark.level)
    every_word = all(any(levels[slice(*word.span())]) for word in _WORD.finditer(page.text))
    if every_word:
        levels = bytearray(len(levels))
    for start, end in find_asides(page.text):
        levels[start:end] = bytes(level | ASIDE for level in levels[start:end])
    return bytes(levels)


def emphasise(spans: Iterable[Span], start: int, levels: bytes) -> Iterator[Span]:
    """The spans, of which the first begins at `start` of the block, with their emphasis.

    What is said as printed is divided where the level changes; what is rewritten is stressed as a
    whole where any character of it is.
    """
    level = 0
    for span in spans:
        within = levels[start : start + len(span.text)]
        if not span.text:  # it goes on saying the text before it
            is_mark = not span.said.isspace() and not any(map(str.isalpha, span.said))
            yield _mark(span, level & ASIDE if is_mark else level)
        elif span.text == span.said and not span.phonemes:
            place = 0
            for level, run in groupby(within):
                text = span.text[place : place + len(list(run))]
                place += len(text)
                yield _mark(replace(span, text=text, said=text), level)
        else:
            level = max(one & ~ASIDE for one in within) | max(one & ASIDE for one in within)
            yield _mark(span, level)
        start += len(span.text)


def _mark(span: Span, level: int) -> Span:
    return replace(span, emphasis=level & ~ASIDE, is_aside=bool(level & ASIDE))


def _is_label(mark: Emphasis, text: str) -> bool:
    """Whether a mark begins its block and ends with a colon, or one follows it."""
    return not _WORD.search(text, 0, mark.start) and ":" in text[mark.end - 1 : mark.end + 1]


def _find_capitals(text: str, spans: Sequence[Span]) -> list[Emphasis]:
    """The runs of words in stress capitals."""
    runs: list[Emphasis] = []
    for span, end in zip(spans, accumulate(len(span.text) for span in spans), strict=True):
        start = end - len(span.text)
        if span.rule != CAPITALS or not span.text:
            continue
        if runs and not _WORD.search(text, runs[-1].end, start):
            start = runs.pop().start
        runs.append(Emphasis(start, end, 2))
    return runs
