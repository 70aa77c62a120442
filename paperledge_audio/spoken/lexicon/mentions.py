"""Finds a printed form in a text, as the lexicon does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.script.printed.typing import tidy_typing
from paperledge_audio.spoken.lexicon.fold import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDINGS = ("", "s", "'s", "’s", "'", "’")
"""What may follow a form that is a word: nothing, or a plural's or a possessor's ending."""


def find_mentions(text: str, form: str) -> Iterator[int]:
    """The offsets in `text` at which the printed `form` stands by itself, ascending.

    As in the lexicon, a form without capitals matches any capitalisation, one with accents is also
    found without them, and a word may have an ending.

    >>> list(find_mentions("Qwen, Qwen's and qwen", "Qwen")), list(find_mentions("AI", "ai"))
    ([0, 6], [0])
    """
    form = tidy_typing(form)
    if not form:
        return
    found = {place for way in {form, fold(form)} for place in _find(text, way)}
    yield from sorted(found)


def _find(text: str, form: str) -> Iterator[int]:
    lower = text.lower()
    searched = lower if form == form.lower() and len(lower) == len(text) else text
    place = searched.find(form)
    while place >= 0:
        end = place + len(form)
        tail = searched[end : end + 3]
        begins = not (form[0].isalnum() and text[max(place - 1, 0) : place].isalnum())
        if begins and any(_is_ending(tail, ending) for ending in ENDINGS):
            yield place
        place = searched.find(form, end)


def _is_ending(tail: str, ending: str) -> bool:
    return tail.startswith(ending) and not tail[len(ending) :][:1].isalnum()
