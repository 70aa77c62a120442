"""Gives single letters in spoken words the sound of their names, and words of formulas theirs."""

from __future__ import annotations

import re

from paperledge_audio.spoken.lexicon.phonemes import pluralize, spell
from paperledge_audio.spoken.model import Span

_SOUNDS = {"arg": "ˈɑɹɡ", "ket": "kˈɛt", "tanch": "tˈænʧ"}
"""Words of formulas that no dictionary has."""
_LETTERS = re.compile(
    r"(?<![\w'-])(?:(?P<letters>[A-Z](?: [A-Z])*)(?P<ending>'?s)?"
    rf"|(?P<word>{'|'.join(_SOUNDS)}))(?![\w'-])"
)


def name_letters(text: str, said: str, name: str) -> tuple[Span, ...]:
    """Spans for `text` said as `said`, in which letters that stand alone get their sound.

    The first span has the text, the others have none. The pronoun "I" alone among words stays a
    word.

    >>> [span.said for span in name_letters("GPT-4", "G P T four", "name")]
    ['G P T', ' four']
    """
    spans: list[Span] = []
    place = 0
    for match in _LETTERS.finditer(said):
        if match[0] == "I" and said != "I":
            continue
        if match.start() > place:
            spans.append(Span("", said[place : match.start()], name))
        sound = _SOUNDS.get(match[0]) or spell(match["letters"].replace(" ", ""))
        sound = pluralize(sound) if match["ending"] else sound
        spans.append(Span("", match[0], name, sound))
        place = match.end()
    if place < len(said) or not spans:
        spans.append(Span("", said[place:], name))
    first = spans[0]
    return (Span(text, first.said, name, first.phonemes), *spans[1:])
