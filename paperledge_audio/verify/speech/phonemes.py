"""How far apart two pronunciations are, as an ear or a recogniser confuses sounds."""

from __future__ import annotations

from functools import cache

from paperledge_audio.engines.prosody.phonemes import LONG, PRIMARY, SECONDARY, VOWELS

_SAME = str.maketrans({"T": "t", "ɾ": "t", "ᵻ": "ɪ", "ᵊ": "ə", "ɐ": "ə", "ʌ": "ə", "g": "ɡ"})
_UNHEARD = frozenset((PRIMARY, SECONDARY, LONG, " "))
_ALIKE = ("pb", "td", "kɡ", "fv", "θð", "sz", "ʃʒ", "ʧʤ", "mnŋ", "θf", "ðv", "ʧʃ", "ʤʒ", "θs")
"""Pairs that differ in voice, or that noise and a low rate make alike (Miller and Nicely, "An
analysis of perceptual confusions among some English consonants", 1955)."""
_WEAK = frozenset("əɪhtdɹ")
"""Sounds that connected speech drops."""
ALIKE, VOWEL, WEAK = 0.3, 0.4, 0.6
"""The cost of a sound like it, of another vowel, and of a weak sound put in or left out; any other
difference costs 1."""


def simplify(phonemes: str) -> str:
    """Phonemes in misaki's alphabet without stress, length and spaces, one sign for one sound."""
    kept = (sound for sound in phonemes.translate(_SAME) if sound not in _UNHEARD)
    return "".join(sound for sound in kept if sound.isalpha())


def measure_distance(one: str, two: str) -> float:
    """The cheapest way from one simplified pronunciation to the other.

    A weighted edit distance (Wagner and Fischer, 1974).

    >>> measure_distance("fɔɹ", "fɔɹ")
    0.0
    """
    row = [0.0]
    for sound in two:
        row.append(row[-1] + _price(sound))
    for first in one:
        before, row = row, [row[0] + _price(first)]
        for place, second in enumerate(two):
            row.append(
                min(
                    before[place] + _compare(first, second),
                    before[place + 1] + _price(first),
                    row[place] + _price(second),
                )
            )
    return row[-1]


def _price(sound: str) -> float:
    return WEAK if sound in _WEAK else 1.0


@cache
def _compare(one: str, two: str) -> float:
    if one == two:
        return 0.0
    if one in VOWELS and two in VOWELS:
        return VOWEL
    return ALIKE if any(one in group and two in group for group in _ALIKE) else 1.0
