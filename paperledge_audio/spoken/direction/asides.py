"""Asides: what a sentence encloses in brackets or between dashes, said beside the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_WORDS = 3
"""Fewer are a gloss or a name."""
_ENCLOSED = re.compile(r"\([^()]+\)|—[^—]+—|(?<=\s)–\s[^–]+\s–(?=\s)")
_END = re.compile(r"[.?!…]\s+\S")
_WORD = re.compile(r"\w")


def find_asides(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of a block's printed text that are asides, without brackets and dashes.

    A text that is enclosed as a whole is none (see `arcs.is_aside`), nor is what holds the end of a
    sentence.

    >>> [*find_asides("It works (at least most of the time) here (and there).")]
    [(10, 35)]
    """
    for match in _ENCLOSED.finditer(text):
        inside = match[0].strip("()—– ")
        is_whole = not (_WORD.search(text, 0, match.start()) or _WORD.search(text, match.end()))
        if len(inside.split()) >= LEAST_WORDS and not is_whole and not _END.search(inside):
            start = match.start() + match[0].index(inside)
            yield start, start + len(inside)
