"""Letters of any Latin alphabet → ASCII letters."""

from __future__ import annotations

import re
import unicodedata

from paperledge_audio.spoken.numbers.words import cardinal

_LATIN = tuple(map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))))
UPPER = "A-Z" + "".join(filter(str.isupper, _LATIN))
LOWER = "a-z" + "".join(filter(str.islower, _LATIN))
"""Inside of a regular expression's brackets: the letters of every Latin alphabet, as in Hạnh."""
_SPECIAL = str.maketrans(
    {
        "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O",
        "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "th", "Ð": "Th", "þ": "th", "Þ": "Th",
        "ı": "i", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "ŋ": "ng", "Ŋ": "Ng", "ə": "e",
        "ɓ": "b", "Ɓ": "B", "ɗ": "d", "Ɗ": "D", "ɖ": "d", "Ɖ": "D", "ɛ": "e", "Ɛ": "E",
        "ɔ": "o", "Ɔ": "O", "ɣ": "gh", "Ɣ": "Gh", "ʋ": "v", "Ʋ": "V", "ʊ": "u", "Ʊ": "U",
        "ɩ": "i", "Ɩ": "I", "ɪ": "i", "ɲ": "ny", "Ɲ": "Ny", "ƙ": "k", "Ƙ": "K", "ƴ": "y", "Ƴ": "Y",
        "ĸ": "k", "ſ": "s", "ŉ": "n", "ƒ": "f",
        "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "‐": "-", "‑": "-",
    }
)  # fmt: skip


def fold(text: str) -> str:
    """`text` without its accents; other characters stay.

    >>> fold("Gaël Hernández Ábrego, Łukasz, Søren")
    'Gael Hernandez Abrego, Lukasz, Soren'
    """
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text.translate(_SPECIAL)).translate(_SPECIAL)
    return "".join(char for char in plain if not unicodedata.combining(char))


def letters_only(text: str) -> str:
    """Letters and number words for `text` whose phonemes are given.

    >>> letters_only("GPT-4o"), letters_only("C++")
    ('GPT four o', 'C')
    """
    text = re.sub(r"[0-9]+", lambda digits: f" {cardinal(digits[0])} ", fold(text))
    return " ".join(re.findall(r"[A-Za-z]+(?:['-][A-Za-z]+)*", text))
