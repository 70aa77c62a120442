"""Spoken words in which single letters get the sound of their names."""

from __future__ import annotations

import re

from paperledge_audio.spoken.lexicon.phonemes import plural, spelled
from paperledge_audio.spoken.model import Span

_LETTERS = re.compile(r"(?<![\w'-])(?P<letters>[A-Z](?: [A-Z])*)(?P<ending>'?s)?(?![\w'-])")


def worded(text: str, said: str, name: str) -> tuple[Span, ...]:
    """Spans for `text` said as `said`, in which letters that stand alone get their sound.

    The text goes to the first span; what follows has none of its own. The pronoun is no letter:
    "I" alone among words stays a word.

    >>> [span.said for span in worded("GPT-4", "G P T four", "name")]
    ['G P T', ' four']
    """
    spans: list[Span] = []
    place = 0
    for match in _LETTERS.finditer(said):
        if match[0] == "I" and said != "I":
            continue
        if match.start() > place:
            spans.append(Span("", said[place : match.start()], name))
        sound = spelled(match["letters"].replace(" ", ""))
        sound = plural(sound) if match["ending"] else sound
        spans.append(Span("", match[0], name, sound))
        place = match.end()
    if place < len(said) or not spans:
        spans.append(Span("", said[place:], name))
    first = spans[0]
    return (Span(text, first.said, name, first.phonemes), *spans[1:])
