"""Spoken text set straight: one space between words, one mark where marks meet."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from paperledge_audio.spoken.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

STRENGTH = ",;:—….!?"
"""Punctuation, the weakest first: where two marks meet, the stronger is spoken."""

_Heard = list[tuple[str, int]]
"""The characters spoken so far, each with the index of its span."""


def tidy(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The same spans with the said parts fitting together.

    Every word is kept; spaces and punctuation are put in order: no space at the ends or before
    a mark, one space between words and after a mark, one mark at a time, none at the start.
    A span with phonemes never gets a space or a mark: its neighbours do.
    """
    heard: _Heard = []
    for index, span in enumerate(spans):
        for char in span.said:
            if char == " ":
                _space(heard, index)
            elif char in STRENGTH:
                _mark(heard, char, index)
            else:
                _letter(heard, char, index)
    while heard and heard[-1][0] == " ":
        heard.pop()
    said = [""] * len(spans)
    for index, chars in groupby(heard, itemgetter(1)):
        said[index] += "".join(char for char, _ in chars)
    return tuple(
        span if span.said == words else Span(span.text, words, span.rule, span.phonemes)
        for span, words in zip(spans, said, strict=True)
    )


def _space(heard: _Heard, index: int) -> None:
    if heard and heard[-1][0] != " ":
        heard.append((" ", index))


def _mark(heard: _Heard, char: str, index: int) -> None:
    while heard and heard[-1][0] == " ":
        heard.pop()
    if heard and heard[-1][0] in STRENGTH:
        if STRENGTH.index(heard[-1][0]) >= STRENGTH.index(char):
            return
        heard.pop()
        while heard and heard[-1][0] == " ":  # the space before a dash
            heard.pop()
    if heard and char == "—":
        heard.append((" ", index))
    if heard:
        heard.append((char, index))


def _letter(heard: _Heard, char: str, index: int) -> None:
    if heard and heard[-1][0] in STRENGTH:
        heard.append((" ", heard[-1][1]))
    heard.append((char, index))
