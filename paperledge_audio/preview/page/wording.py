"""A change's words: which of them only one version has, and which of those are numbers."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from paperledge_audio.preview.page.markdown import escape_text
from paperledge_audio.spoken.numbers.words import ONES, SCALES, TENS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.preview.page.document import Json

TAGS = {"before": "del", "after": "ins"}
"""The element around words that only this version has; GitHub and GitLab let both through."""
NUMBER_WORDS = frozenset((*ONES, *TENS, *SCALES, "half", "twice", "double", "percent")) - {""}
_AROUND = ".,;:!?()[]\"'“”‘’*_"


def mark_words(side: str, said: Json) -> str:
    """The printed text of one version in Markdown: its own words marked, numbers in bold."""
    marked = set(said["marks"])
    runs = groupby(enumerate(said["text"].split()), key=lambda word: word[0] in marked)
    return " ".join(
        f"<{TAGS[side]}>{' '.join(_mark_number(word) for _, word in run)}</{TAGS[side]}>"
        if different
        else escape_text(" ".join(word for _, word in run))
        for different, run in runs
    )


def _mark_number(word: str) -> str:
    shown = escape_text(word)
    return f"<b>{shown}</b>" if is_number(word) else shown


def find_changed_numbers(change: Json) -> tuple[str, str] | None:
    """The numbers of a change that only one version has, old and new; None without any."""
    if not (change["before"] and change["after"]):
        return None
    old, new = (", ".join(_list_numbers(change[side])) for side in TAGS)
    return (old, new) if old != new else None


def _list_numbers(said: Json) -> Iterator[str]:
    words = said["text"].split()
    yield from (words[n].strip(_AROUND) for n in said["marks"] if is_number(words[n]))


def is_number(word: str) -> bool:
    """Whether a printed word has a digit, or is a number's name or compounded of such."""
    if any(map(str.isnumeric, word)):
        return True
    return any(part in NUMBER_WORDS for part in re.split(r"[-–]", word.strip(_AROUND).lower()))
