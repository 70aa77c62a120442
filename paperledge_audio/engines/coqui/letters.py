"""Spoken text → letters, for a model without phonemes."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

from paperledge_audio.engines.g2p import Pronunciation
from paperledge_audio.errors import EngineError
from paperledge_audio.spoken.lexicon.phonemes import respell

if TYPE_CHECKING:
    from collections.abc import Container

    from paperledge_audio.spoken.model import Segment

PLAIN = string.ascii_letters + " .,;:!?'\"-—…()"
"""The characters for a model with its own tokenizer (XTTS)."""
_WHOLE, _WORDS = re.compile(r".+", re.DOTALL), re.compile(r"\s+|\S+")
NEAREST = {
    "-": " ", "—": ",", "…": ".", ";": ",", ":": ",", "!": ".", "?": ".", "(": ",", ")": ",",
    "'": "", '"': "", "“": '"', "”": '"', "’": "'", ",": " ", ".": " ",
}  # fmt: skip
"""Punctuation for a model that lacks some: the next best, which it may lack as well."""


def to_letters(segment: Segment, symbols: Container[str], *, lower: bool) -> Pronunciation:
    """The words of `segment` in the model's `symbols`, aligned word by word.

    A word whose sound is given is respelled in letters that suggest it. `lower`: the model was
    trained on small letters alone. Raises EngineError for a letter that the model doesn't know:
    nothing that a listener should hear is dropped.
    """
    text, alignment, place = "", [], 0
    for span in segment.spans:
        for match in (_WHOLE if span.phonemes else _WORDS).finditer(span.said):
            word = respell(span.phonemes) if span.phonemes else match[0]
            given = "".join(
                _find_letter(c, symbols, segment) for c in (word.lower() if lower else word)
            )
            if not given.isspace():
                start = place + match.start()
                alignment.append((start, start + len(match[0]), len(text), len(text) + len(given)))
            text += given
        place += len(span.said)
    if not any(char.isalpha() for char in text):
        raise EngineError(
            f"{segment.text!r} can't be spoken: there is nothing to say in it",
            "write it as words",
            **segment.place,
        )
    return Pronunciation(text.rstrip(), tuple(alignment))


def _find_letter(char: str, symbols: Container[str], segment: Segment) -> str:
    for form in (char, char.lower(), char.upper()):
        if form in symbols:
            return form
    if char.isspace():
        return " "
    if char in NEAREST:
        return "".join(_find_letter(other, symbols, segment) for other in NEAREST[char])
    raise EngineError(
        f"{char!r} can't be spoken: the voice's model has no such letter",
        "write it as words",
        **segment.place,
    )
