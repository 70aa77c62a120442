"""Tidies spoken text: one space between words, one punctuation mark at a time."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from paperledge_audio.spoken.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

STRENGTH = ",;:—….!?"
"""Punctuation, the weakest first: of two neighbouring marks the stronger stays."""

_SpokenSoFar = list[tuple[str, int]]
"""The characters spoken so far, each with the index of its span."""


def tidy(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The same spans with their spoken words fitting together.

    Every word is kept; spaces and punctuation are put in order: no space at the ends or before
    a mark, one space between words and after a mark, one mark at a time, none at the start.
    A span with phonemes never gets a space or a mark: its neighbours do.
    """
    tidied: _SpokenSoFar = []
    for index, span in enumerate(spans):
        for char in span.said:
            if char == " ":
                _add_space(tidied, index)
            elif char in STRENGTH:
                _add_mark(tidied, char, index)
            else:
                _add_letter(tidied, char, index)
    while tidied and tidied[-1][0] == " ":
        tidied.pop()
    said = [""] * len(spans)
    for index, chars in groupby(tidied, itemgetter(1)):
        said[index] += "".join(char for char, _ in chars)
    return tuple(
        span if span.said == words else Span(span.text, words, span.rule, span.phonemes)
        for span, words in zip(spans, said, strict=True)
    )


def _add_space(tidied: _SpokenSoFar, index: int) -> None:
    if tidied and tidied[-1][0] != " ":
        tidied.append((" ", index))


def _add_mark(tidied: _SpokenSoFar, char: str, index: int) -> None:
    while tidied and tidied[-1][0] == " ":
        tidied.pop()
    if tidied and tidied[-1][0] in STRENGTH:
        if STRENGTH.index(tidied[-1][0]) >= STRENGTH.index(char):
            return
        tidied.pop()
        while tidied and tidied[-1][0] == " ":  # the space before a dash
            tidied.pop()
    if tidied and char == "—":
        tidied.append((" ", index))
    if tidied:
        tidied.append((char, index))


def _add_letter(tidied: _SpokenSoFar, char: str, index: int) -> None:
    if tidied and tidied[-1][0] in STRENGTH:
        tidied.append((" ", tidied[-1][1]))
    tidied.append((char, index))
