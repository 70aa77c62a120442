"""Misaki's phoneme alphabet, on which Kokoro and hibari were trained.

English uses about fifty of its symbols. Capital A, I, O, W and Y are the diphthongs of "day",
"eye", "go", "now" and "boy"; ˈ and ˌ stand before the vowel that they stress.
"""

from __future__ import annotations

ALPHABET = frozenset(
    ';:,.!?—…"()“” ̃ʣʥʦʨᵝꭧAIOQSTWYᵊabcdefhijklmnopqrstuvwxyzɑɐɒæβɔɕçɖðʤəɚɛɜɟɡɥɨɪʝɯɰŋɳɲɴøɸθœ'
    "ɹɾɻʁɽʂʃʈʧʊʋʌɣɤχʎʒʔˈˌːʰʲ↓→↗↘ᵻ"
)
"""The 114 symbols that a voice model can be given."""

VOWELS = frozenset("AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻɐᵊɚ")
_VOICELESS = frozenset("ptkfθ")
_SIBILANT = frozenset("szʃʒʧʤ")

LETTERS = {
    "A": "ˈA", "B": "bˈi", "C": "sˈi", "D": "dˈi", "E": "ˈi", "F": "ˈɛf", "G": "ʤˈi",
    "H": "ˈAʧ", "I": "ˈI", "J": "ʤˈA", "K": "kˈA", "L": "ˈɛl", "M": "ˈɛm", "N": "ˈɛn",
    "O": "ˈO", "P": "pˈi", "Q": "kjˈu", "R": "ˈɑɹ", "S": "ˈɛs", "T": "tˈi", "U": "jˈu",
    "V": "vˈi", "W": "dˈʌbᵊlju", "X": "ˈɛks", "Y": "wˈI", "Z": "zˈi",
}  # fmt: skip
"""The names of the letters."""


def find_unknown_symbol(phonemes: str) -> str:
    """The first symbol outside the alphabet; empty where there is none.

    >>> find_unknown_symbol("kwˈɛn"), find_unknown_symbol("kw3n")
    ('', '3')
    """
    return next((symbol for symbol in phonemes if symbol not in ALPHABET), "")


def spell(letters: str) -> str:
    """The names of letters as one word: the last one has the main stress.

    >>> spell("GPT"), spell("B")
    ('ʤˌipˌitˈi', 'bˈi')
    """
    names = [LETTERS[letter] for letter in letters.upper()]
    return "".join(name.replace("ˈ", "ˌ") for name in names[:-1]) + names[-1]


def pluralize(phonemes: str) -> str:
    """A word's sound with the ending -s as English says it after that sound.

    >>> pluralize("kˈæt"), pluralize("dˈɔɡ"), pluralize("bˈɔks")
    ('kˈæts', 'dˈɔɡz', 'bˈɔksᵻz')
    """
    last = phonemes[-1:]
    if last in _SIBILANT:
        return phonemes + "ᵻz"
    return phonemes + ("s" if last in _VOICELESS else "z")


_RESPELLED = {
    "A": "ay", "I": "eye", "O": "oh", "W": "ow", "Y": "oy", "Q": "oh", "i": "ee", "u": "oo",
    "ɑ": "ah", "ɔ": "aw", "ɒ": "o", "æ": "a", "ɛ": "e", "ɪ": "i", "ʊ": "oo", "ʌ": "uh",
    "ə": "uh", "ɜ": "ur", "ɚ": "ur", "ɐ": "uh", "ᵻ": "i", "ᵊ": "uh", "ʃ": "sh", "ʒ": "zh",
    "ʤ": "j", "ʧ": "ch", "θ": "th", "ð": "th", "ŋ": "ng", "ɡ": "g", "ɹ": "r", "j": "y",
    "T": "t", "ɾ": "t", " ": " ",
}  # fmt: skip


def respell(phonemes: str) -> str:
    """English letters that suggest a sound, for text in other letters.

    >>> respell("nihˈɔn"), respell("ʤˈAsən")
    ('neehawn', 'jaysuhn')
    """
    return "".join(
        _RESPELLED.get(symbol, symbol if symbol.isascii() and symbol.isalpha() else "")
        for symbol in phonemes
    ).strip()
