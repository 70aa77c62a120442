"""Converts between misaki's alphabet and the International Phonetic Alphabet."""

from __future__ import annotations

import re

_TO_IPA = {
    "A": "eɪ", "I": "aɪ", "O": "oʊ", "W": "aʊ", "Y": "ɔɪ", "Q": "əʊ", "ʤ": "d͡ʒ", "ʧ": "t͡ʃ",
    "ʣ": "d͡z", "ʥ": "d͡ʑ", "ʦ": "t͡s", "ʨ": "t͡ɕ", "T": "ɾ", "S": "s͡",
}  # fmt: skip
_FROM_IPA = {ipa: own for own, ipa in _TO_IPA.items()} | {
    "dʒ": "ʤ", "tʃ": "ʧ", "ɝ": "ɜɹ", "ɚ": "əɹ", "g": "ɡ", "r": "ɹ", "əʊ": "O", "eə": "ɛɹ",
    "ɪə": "ɪɹ", "ʊə": "ʊɹ", "iː": "i", "uː": "u", "ɑː": "ɑ", "ɔː": "ɔ", "ɜː": "ɜɹ", "ɒ": "ɑ",
    "ɫ": "l", "n̩": "ᵊn", "l̩": "ᵊl", "'": "ˈ", ".": "", "͡": "", "ʍ": "w", "ɐ": "ə",
}  # fmt: skip
_IPA = re.compile("|".join(sorted(map(re.escape, _FROM_IPA), key=len, reverse=True)))


def to_ipa(phonemes: str) -> str:
    """Sounds in misaki's alphabet → IPA.

    >>> to_ipa("ʤˈAsən")
    'd͡ʒˈeɪsən'
    """
    return "".join(_TO_IPA.get(symbol, symbol) for symbol in phonemes)


def from_ipa(ipa: str) -> str:
    """IPA, as dictionaries of English write it → misaki's alphabet.

    >>> from_ipa("ˈdʒeɪsən"), from_ipa("ˈnɝd")
    ('ˈʤAsən', 'ˈnɜɹd')
    """
    return _IPA.sub(lambda match: _FROM_IPA[match[0]], ipa)
