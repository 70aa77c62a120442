"""Words with their sounds: those that were meant, and those that were heard."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from paperledge_audio.engines.g2p import sound_out
from paperledge_audio.engines.prosody.phonemes import PRIMARY
from paperledge_audio.spoken.english import find_sound, is_known, list_forms
from paperledge_audio.spoken.numbers.ways import list_ways
from paperledge_audio.spoken.numbers.words import cardinal, ordinal
from paperledge_audio.verify.speech.phonemes import simplify
from paperledge_audio.verify.wording import tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMBER, NAME = "number", "name"

_SCALES = ("hundred", "thousand", "million", "billion", "trillion")
NUMBERS = frozenset(
    word
    for n in (*range(21), *range(30, 100, 10))
    for say in (cardinal, ordinal)
    for word in say(str(n)).split()
) | {form for scale in _SCALES for form in (scale, f"{scale}th")}
"""The words that numbers are made of."""
_MOST_FORMS = 128
_MOST_DIGITS = 7
_ENDS = frozenset(".!?:…")
"""After these a capital makes no name."""


@dataclass(frozen=True, slots=True)
class SoundedWord:
    """A word in its plain form, see `tokenize`, and how it sounds, see `simplify`."""

    text: str
    tokens: tuple[str, ...]
    sound: str
    kind: str = ""
    """NUMBER, NAME, or neither."""
    guessed: bool = False
    """Whether neither a lexicon nor the dictionary says how this name sounds."""


def list_meant(said: str) -> tuple[SoundedWord, ...]:
    """The words of a spoken text, whose given phonemes stand as `[word](/phonemes/)`."""
    found: list[SoundedWord] = []
    first = True
    for text, phonemes in sound_out(said):
        if tokens := tokenize(text):
            given = f"[{text}](/" in said
            kind = _find_kind(text, tokens, given=given, first=first)
            guessed = kind == NAME and not (given or any(map(is_known, list_forms(text))))
            found.append(SoundedWord(text, tokens, simplify(phonemes), kind, guessed))
        first = text in _ENDS
    return tuple(found)


def _find_kind(text: str, tokens: Sequence[str], *, given: bool, first: bool) -> str:
    """What a recogniser must not guess: numbers, and names that no dictionary has."""
    if any(is_number(token) for token in tokens):
        return NUMBER
    letters = text.replace("'", "")
    if given and " " in text:
        return NAME
    capital = letters[:1].isupper() and len(letters) > 1 and not first and "'" not in text
    return NAME if capital or not (_is_word(text) or _is_word(letters)) else ""


def _is_word(text: str) -> bool:
    forms = (text, text.lower(), text.lower().removesuffix("s"))
    return any(is_known(form) for form in forms) or "-" in text


def is_stressed(word: str) -> bool:
    """Whether a word has stress, as all but "the", "of" and their like: a wrong sound is heard."""
    sound = find_sound(word.lower())
    return not sound or PRIMARY in sound


def is_number(token: str) -> bool:
    """Whether a plain word is a number, in digits or as one of its words."""
    return token[:1].isdigit() or token in NUMBERS


def list_sounds(tokens: Sequence[str]) -> tuple[str, ...]:
    """How heard words may sound: as they are read, and each that is no word in letters, too.

    A number may be said otherwise than it is read: "a hundred" is heard as 100, or 1 hundred.
    """
    ways = []
    for text, phonemes in sound_out(" ".join(tokens)):
        forms = [simplify(phonemes)]
        if not is_known(text) and text.isalpha() and len(text) <= 6:
            forms.append(_sound(" ".join(text.upper())))
        if text.isdecimal() and len(text) <= _MOST_DIGITS:
            forms += map(_sound, (*list_ways(text), *(["a"] if text == "1" else [])))
        ways.append(dict.fromkeys(forms))
    found = ("".join(parts) for parts in product(*ways))
    return tuple(dict.fromkeys(one for _, one in zip(range(_MOST_FORMS), found, strict=False)))


def _sound(words: str) -> str:
    return simplify("".join(sound for _, sound in sound_out(words)))
