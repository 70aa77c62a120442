"""What the phoneme symbols of misaki's alphabet are, for prosody."""

from __future__ import annotations

VOWELS = frozenset("AIOQWYaeiouyøœæɐɑɒɔəɘɚɛɜɞɤɨɪɯɵɶʉʊʌʏᵊᵻ")
SHORT_VOWELS = frozenset("ɪʊʌɛəɐɒɚᵊᵻ")
PRIMARY, SECONDARY = "ˈ", "ˌ"
"""Stress marks; each stands right before its vowel and has a length of its own."""
LONG = "ː"
VOICELESS = frozenset("ptkfθsʃʧhʔçxʰʨʦɸ")
"""What a curve of F0 says there is not heard."""
OBSTRUENTS = VOICELESS | frozenset("bdɡgvðzʒʤʣʥɾ")
"""Stops, taps, fricatives and affricates."""


def find_nucleus(phonemes: str) -> tuple[int, int]:
    """The stressed vowel of a word with the mark before it: its range, empty where there is none.

    Primary stress goes before secondary, that before none; of equals the last: "LLM" is stressed
    on its M, as are words that are spelled out.
    """
    for mark in (PRIMARY, SECONDARY):
        if (at := phonemes.rfind(mark)) >= 0:
            return at, _end_vowel(phonemes, at + 1)
    first = next((i for i, symbol in enumerate(phonemes) if symbol in VOWELS), None)
    return (0, 0) if first is None else (first, _end_vowel(phonemes, first))


def _end_vowel(phonemes: str, at: int) -> int:
    """Where the vowels that begin at `at`, or after it, end."""
    while at < len(phonemes) and phonemes[at] not in VOWELS:
        at += 1
    while at < len(phonemes) and phonemes[at] in VOWELS | {LONG}:
        at += 1
    return at
