"""Spoken text → the letters that a model without phonemes is given."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

from paperledge_audio.engines.g2p import Reading
from paperledge_audio.errors import EngineError
from paperledge_audio.spoken.lexicon.phonemes import respelled

if TYPE_CHECKING:
    from collections.abc import Container

    from paperledge_audio.spoken.model import Segment

PLAIN = string.ascii_letters + " .,;:!?'\"-—…()"
"""What a model with an alphabet of its own making (XTTS) is given."""
_WHOLE, _WORDS = re.compile(r".+", re.DOTALL), re.compile(r"\s+|\S+")
NEAREST = {
    "-": " ", "—": ",", "…": ".", ";": ",", ":": ",", "!": ".", "?": ".", "(": ",", ")": ",",
    "'": "", '"': "", "“": '"', "”": '"', "’": "'", ",": " ", ".": " ",
}  # fmt: skip
"""Punctuation for a model that lacks some: the next best, which it may lack as well."""


def to_letters(segment: Segment, symbols: Container[str], *, lower: bool) -> Reading:
    """What `segment` says in the model's `symbols`, a piece a word.

    A word whose sound is given is respelled in letters that suggest it. `lower`: the model learned
    from small letters alone. Raises EngineError for a letter that the model doesn't know: nothing
    that a listener should hear is dropped.
    """
    text, pieces, place = "", [], 0
    for span in segment.spans:
        for match in (_WHOLE if span.phonemes else _WORDS).finditer(span.said):
            word = respelled(span.phonemes) if span.phonemes else match[0]
            given = "".join(_known(c, symbols, segment) for c in (word.lower() if lower else word))
            if not given.isspace():
                start = place + match.start()
                pieces.append((start, start + len(match[0]), len(text), len(text) + len(given)))
            text += given
        place += len(span.said)
    if not any(char.isalpha() for char in text):
        raise EngineError(
            f"{segment.text!r} can't be spoken: there is nothing to say in it",
            "write it as words",
            line=segment.line or None,
            segment=segment.index,
        )
    return Reading(text.rstrip(), tuple(pieces))


def _known(char: str, symbols: Container[str], segment: Segment) -> str:
    for form in (char, char.lower(), char.upper()):
        if form in symbols:
            return form
    if char.isspace():
        return " "
    if char in NEAREST:
        return "".join(_known(other, symbols, segment) for other in NEAREST[char])
    raise EngineError(
        f"{char!r} can't be spoken: the voice's model has no such letter",
        "write it as words",
        line=segment.line or None,
        segment=segment.index,
    )
