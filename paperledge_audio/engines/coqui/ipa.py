"""Misaki's phonemes → the IPA that Piper's and Coqui's English voices were trained on.

Those voices learned from espeak-ng's phonemes for American or British English. Misaki's alphabet
was made from the same phonemes: espeak's diphthongs and affricates became one letter each, and
the lengths that English doesn't tell apart were dropped. So the table undoes that, and puts the
lengths back where espeak writes them: ɑː and uː always, ɔː but before n, ŋ and f, iː under stress,
ɜː and ɚ for a vowel with an r that is not heard as a consonant. On the example episodes, 95 % of
the symbols are then what espeak-ng 1.51 writes itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

from paperledge_audio.engines.g2p import Pronunciation
from paperledge_audio.errors import EngineError
from paperledge_audio.spoken.lexicon.phonemes import VOWELS

if TYPE_CHECKING:
    from collections.abc import Container

    from paperledge_audio.spoken.model import Segment

_VOWEL = f"[{''.join(sorted(VOWELS))}]"
_BEFORE_NO_VOWEL = f"(?![ˈˌ]?{_VOWEL})"
RULES: tuple[tuple[str, str], ...] = (
    ("ɜɹ" + _BEFORE_NO_VOWEL, "ɜː"),
    ("ɜɹ", "ɜːɹ"),
    ("əɹ" + _BEFORE_NO_VOWEL, "ɚ"),
    (f"əɹ(?={_VOWEL})", "ɚɹ"),
    ("(?<=[ˈˌ])i(?![ːə])", "iː"),
    ("ɔ(?=[nŋf])", "ɔ"),
    ("u(?!ː)", "uː"),
    ("ɑ(?!ː)", "ɑː"),
    ("ɔ(?!ː)", "ɔː"),
    ("A", "eɪ"), ("I", "aɪ"), ("O", "oʊ"), ("W", "aʊ"), ("Y", "ɔɪ"), ("Q", "əʊ"),
    ("ʤ", "dʒ"), ("ʧ", "tʃ"), ("ʣ", "dz"), ("ʦ", "ts"), ("ʥ", "dʑ"), ("ʨ", "tɕ"),
    ("T", "ɾ"), ("ᵊ", "ə"), ("ꭧ", "tʂ"), ("ᵝ", ""),
)  # fmt: skip
"""(pattern in misaki's alphabet, IPA); the first that matches is taken, the rest stays as it is."""
_RULES = re.compile("|".join(f"({pattern})" for pattern, _ in RULES) + "|(.)", re.DOTALL)
NEAREST = {
    "ᵻ": "ɪ", "ɚ": "əɹ", "ɾ": "t", "ɐ": "ə", "ɜ": "ə", "ɡ": "g", "ɹ": "r", "ː": "", "ˌ": "",
    "—": ",", "…": ".", ";": ",", ":": ",", "!": ".", "?": ".", "“": '"', "”": '"', '"': "",
    "(": ",", ")": ",",
}  # fmt: skip
"""For a model that lacks a symbol: the next best one, which it may lack as well; "" is silent."""


def to_ipa(
    pronunciation: Pronunciation, symbols: Container[str], segment: Segment
) -> Pronunciation:
    """The pronunciation of `segment` in IPA, of nothing but `symbols`; its alignment still fits.

    Raises EngineError for a sound that the model has no symbol for.
    """
    places, sounds = [], []
    for match in _RULES.finditer(pronunciation.phonemes):
        rule = match.lastindex or 0
        sound = RULES[rule - 1][1] if rule <= len(RULES) else match[0]
        places.append(match.start())
        sounds.append("".join(_find_symbol(symbol, symbols, segment) for symbol in sound))
    ends = (0, *accumulate(map(len, sounds)))

    def moved(place: int) -> int:
        return ends[bisect_left(places, place)]

    alignment = tuple(
        (a, b, moved(start), moved(end)) for a, b, start, end in pronunciation.alignment
    )
    return Pronunciation("".join(sounds), alignment)


def _find_symbol(symbol: str, symbols: Container[str], segment: Segment) -> str:
    if symbol in symbols:
        return symbol
    if symbol in NEAREST:
        return "".join(_find_symbol(other, symbols, segment) for other in NEAREST[symbol])
    raise EngineError(
        f"the voice's model has no symbol for the sound {symbol!r}",
        "give the word another sound, or the line another voice",
        **segment.place,
    )
