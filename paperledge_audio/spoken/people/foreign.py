"""Foreign names → the phonemes of an English-speaking host's attempt, from their spelling.

What goes in: the words of a person's name, with their accents. What comes out: the phonemes of
those that show another language; of any other word the engine's guess stands. A look is what a
spelling shows, a language or several that are read alike; looks.toml has their signs and sounds.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from paperledge_audio.files.resources import read_packaged_text
from paperledge_audio.spoken import english
from paperledge_audio.spoken.lexicon.fold import fold
from paperledge_audio.spoken.lexicon.phonemes import pluralize
from paperledge_audio.spoken.people import syllables

if TYPE_CHECKING:
    from collections.abc import Sequence

FOREIGN_NAME = "foreign name"
"""The rule of a name whose sound is guessed here, from its spelling."""
LONGEST = 30
"""Letters of a word that is looked at."""
_VOWELS = "aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœăąēęěėıőūůű"
_NUCLEUS = re.compile("iə|iO(?=s$)|[AIOWYiuæɑɔəɛɜɪʊʌ]")
_DOUBLED = re.compile(r"([bdfɡhkmnpɹtsvzʃlʤ])\1+")


@dataclass(frozen=True)
class Look:
    """What a spelling shows: the words that do, the spellings with their sounds, the stress."""

    signs: re.Pattern[str]
    spellings: re.Pattern[str]
    sounds: tuple[str, ...]
    stress: str


@cache
def load_looks() -> dict[str, Look]:
    """The looks by name, in the order in which a word is asked for them."""
    tables = tomllib.loads(read_packaged_text(__package__, "looks.toml"))
    plain = _read_sounds(tables.pop("plain")["sounds"])
    return {name: _make_look(table, plain) for name, table in tables.items()}


def _read_sounds(rows: str) -> dict[str, str]:
    pairs = (pair.rpartition("=") for pair in rows.split())
    return {spelling: sound for spelling, _, sound in pairs}


def _make_look(table: dict[str, str], plain: dict[str, str]) -> Look:
    signs = [
        *(f"[{letters}]" for letters in filter(None, [table.get("letters")])),
        *(f"^(?:{start})" for start in table.get("starts", "").split()),
        *(f"(?:{end})$" for end in table.get("ends", "").split()),
        *table.get("inside", "").split(),
    ]
    own = _read_sounds(table["sounds"])
    sounds = {**own, **{key: sound for key, sound in plain.items() if key not in own}}
    keys = sorted(sounds, key=lambda key: (-_measure(key), key not in own, _find_place(key)))
    return Look(
        _compile_look(signs or ["(?!)"]),
        _compile_look([f"({_make_pattern(key)})" for key in keys]),
        tuple(sounds[key] for key in keys),
        table["stress"],
    )


def _compile_look(patterns: Sequence[str]) -> re.Pattern[str]:
    """One pattern of several; not before a name needs it, which most runs don't."""
    return re.compile("|".join(patterns))


def _measure(key: str) -> int:
    """The letters of a spelling; the longest is tried first."""
    return len(re.sub(r"\([^()]*\)|[$^]", "", key.partition("/")[0]))


def _find_place(key: str) -> int:
    """How early a spelling is tried: one for the start first, one for anywhere last."""
    return 0 if key[0] == "^" else 1 if "/" in key or key[-1] == "$" else 2


def _make_pattern(key: str) -> str:
    letters, _, behind = key.partition("/")
    behind = behind.replace("V", f"[{_VOWELS}]").replace("C", f"[^{_VOWELS}]")
    return letters + (f"(?={behind})" if behind else "")


def find_sounds(words: Sequence[str]) -> dict[str, str]:
    """The phonemes of those words of a name, in small letters, that show another language.

    >>> find_sounds(["tomáš", "smith"]), find_sounds(["yusuke", "iwasawa"])
    ({'tomáš': 'tˈOmɑʃ'}, {'yusuke': 'jˈuskA', 'iwasawa': 'ˌiwəsˈɑwə'})
    """
    found = syllables.find_sounds([fold(word) for word in words])
    look = find_common_look(words)
    sounds = {}
    for word in words:
        sound = found.get(fold(word)) or pronounce(word, look or find_look(word))
        if sound and len(word) <= LONGEST:
            sounds[word] = sound
    return sounds


def is_english(word: str) -> bool:
    """Whether the pronouncing dictionary has a name, if need be without a French accent.

    >>> is_english("Smith"), is_english("Désirée"), is_english("Jesús")
    (True, True, False)
    """
    if word.isascii():
        return english.is_known(word)
    return english.is_known(fold(word)) and find_look(word.lower()) == "French"


def sound_out(word: str) -> str:
    """The phonemes of a printed name with accents, or of its possessive, that no dictionary has.

    >>> sound_out("Mikołaj"), sound_out("Café"), sound_out("Smith")
    ('mikˈOwI', '', '')
    """
    stem, _, ending = word.replace("’", "'").partition("'")
    if not stem[:1].isupper() or stem.isascii() or ending not in {"", "s"}:
        return ""
    if (
        len(stem) < 3
        or stem[1:] != stem[1:].lower()
        or any(map(english.is_known, (stem, fold(stem))))
    ):
        return ""
    sound = pronounce(stem.lower(), find_look(stem.lower())) if len(stem) <= LONGEST else ""
    return pluralize(sound) if sound and ending else sound


_VIETNAMESE_ROW = """
    nguyen tran pham phan hoang huynh vuong truong duong luong trinh dinh bui vu vo dang do ngo ly
    luu ho le doan dao phung ha lai mai ta to cao chu dam lam quach thai trieu
"""
_VIETNAMESE_SURNAMES = frozenset(_VIETNAMESE_ROW.split())
_VIETNAMESE = re.compile(
    r"(?:ngh?|nh|ph|th|tr|kh|gi|qu|ch|[bcdghklmnprstvx])?"
    r"(?:uye|uy|ia|ie|ye|uo|ua|uu|oa|oai|ai|ay|ao|au|oi|ui|ue|uo|[aeiouy])(?:ch|nh|ng|[cmnpt])?"
)
_ONLY_VIETNAMESE = re.compile(
    r"n(?:g[haouiey]|h).{0,9}|.{0,9}[aiy]nh|(?:tr|ph)[aou].{0,9}|.{0,9}(?:uye|ie|uo)(?:ng?|c|t)"
    r"|kh[aiou].{0,9}|thu.{0,9}|hy|tuan|dung|hoa.{0,9}|quo.{0,9}|thi|tri|bui"
)
VIETNAMESE_TOO = frozenset(
    {"Bang", "Chung", "Dang", "Dat", "Hung", "Lam", "Lan", "Son", "Tan", "Thang", "Tung"}
)
"""Vietnamese names that are words of English."""
_ROMAJI = re.compile(
    r"(?:(?:[kgnhbmpr]y|sh|ch|ts|kk|pp|tt|ss|tch|nn|[kgsztdnhbpmyrwjf])?[aeiou]|n(?![aeiou])"
    r"|(?<=o)h(?![aeiou]))+"
)
_JAPANESE = re.compile(
    r".{2,24}(?:[aeiou](?:shi|ki|ko|ka|da|ya|ura|suki|be|ke|kawa|zawa|no|to|ji|su|ta|ru)|moto|yama|hara"
    r"|hashi|uchi|ichi|suke|taro|yuki|hiro|nobu|oka|mizu|[js]hima|naka|matsu|tani|kazu|numa|zuka|suo)"
    r"|.{0,24}(?:tsu|kyo|ryo|shi|zu|yu).{0,24}"
)


def find_common_look(words: Sequence[str]) -> str:
    """The language that all words of a name in small letters show together, or "".

    >>> find_common_look(["minh", "luong"]), find_common_look(["kentaro", "inui"])
    ('Vietnamese', 'Japanese')
    """
    words = [fold(word) for word in words]
    longer = [word for word in words if len(word) > 1]
    if len(longer) < 2:
        return ""
    if _VIETNAMESE_SURNAMES.intersection(longer) and all(map(_VIETNAMESE.fullmatch, longer)):
        return "Vietnamese" if any(map(_ONLY_VIETNAMESE.fullmatch, longer)) else ""
    if all(map(_ROMAJI.fullmatch, longer)) and any(map(_JAPANESE.fullmatch, longer)):
        return "Japanese"
    return ""


def find_look(word: str) -> str:
    """The look of a word in small letters; "" where it has none.

    >>> find_look("kowalczyk"), find_look("müller"), find_look("smith")
    ('Polish', 'German', '')
    """
    if word.startswith("mc"):
        return ""
    shown = (name for name, look in load_looks().items() if look.signs.search(word[:LONGEST]))
    return next(shown, "")


@lru_cache(maxsize=4096)
def pronounce(word: str, look: str) -> str:
    """The phonemes of a word in small letters, read as a look says; "" without one.

    >>> pronounce("yoshida", "Japanese"), pronounce("kowalczyk", "Polish")
    ('jOʃˈidə', 'kOvˈɑlʧɪk')
    """
    if not look:
        return ""
    kind = load_looks()[look]
    word = fold(word) if look == "Vietnamese" else word
    said, place = "", 0
    while place < len(word):
        match = kind.spellings.match(word, place)
        if match and match.lastindex and match.end() > place:
            said += kind.sounds[match.lastindex - 1]
            place = match.end()
        else:
            place += 1
    if not _NUCLEUS.search(said):
        return ""
    return _DOUBLED.sub(r"\1", _set_stress(said, word, kind.stress)).replace(":", "")


def _set_stress(sounds: str, word: str, rule: str) -> str:
    """The sounds with their stress, and the weak vowels that follow from it."""
    plain = sounds.replace("ˈ", "")
    vowels = [match.start() for match in _NUCLEUS.finditer(plain)]
    marked = sounds.find("ˈ")
    main = vowels.index(marked) if marked in vowels else _place_stress(plain, vowels, word, rule)
    said = plain[: vowels[0]]
    for number, (start, end) in enumerate(pairwise([*vowels, len(plain)])):
        vowel = plain[start:end]
        is_last = number == len(vowels) - 1
        if number == main:
            said += "ˈ" + _close(vowel, long=rule == "heavier" and not is_last)
        elif number == 0 and main > 1:
            said += "ˌ" + _close(vowel)
        else:
            said += _weaken(vowel, before=number == main - 1, last=is_last, much=rule == "heavier")
    return said


_HEAVY = re.compile("(?:[aeio]e?sh|ee[a-z]h?|aan|anth|kant|jit|oor|ath|ain)$")
_LIGHT = re.compile("(?:wal|[hj]ee|dhu?[er]r?[iy]|dhury|dhan|inav|irudh|avind|ur[ae]li)$")
"""Ends of Indian names that have the stress, and that leave it to the first vowel."""


def _place_stress(plain: str, vowels: list[int], word: str, rule: str) -> int:
    """The number of the stressed vowel.

    An Arabic end with a consonant is heavy and has it; a Spanish one has it but for -ez.
    """
    last = len(vowels) - 1
    is_open, is_weak = bool(_NUCLEUS.fullmatch(plain[-1])), plain[vowels[-1]] == "ə"
    back = {
        "first": last,
        "last": is_weak,
        "penult": 1,
        "spanish": is_open or plain[-1] in "ns" or word.endswith("ez"),
        "heavy": (is_open and not word.endswith("eh")) or is_weak,
        "heavier": last if _LIGHT.search(word) else not _HEAVY.search(word),
    }[rule]
    return max(last - back, 0)


def _close(vowel: str, *, long: bool = False) -> str:
    """A stressed vowel and the consonants behind it; an i before two of them is short.

    `long`: an open e is that of "day".
    """
    if vowel[0] == "ə":
        return ("ɜ" if vowel[1:2] == "ɹ" else "ɛ") + vowel[1:]
    if long and re.fullmatch("ɛ[^ɹ]", vowel):
        return "A" + vowel[1:]
    short = re.fullmatch("i(?:ʃ[nɹmvw]|(?!ɡn)([^jwəʃ:])(?:[^jwɹl]|\\1).*)", vowel)
    return "ɪ" + vowel[1:] if short else vowel


def _weaken(vowel: str, *, before: bool, last: bool, much: bool) -> str:
    """An unstressed vowel; `before`: the next one is stressed, `much`: any open ɑ is weak.

    A final ɑ is weak, so is one in an open syllable before the stress; a closed i is short.
    """
    vowel = _DOUBLED.sub(r"\1", vowel) if vowel[0] == "ɑ" else vowel
    is_open = len(vowel) == 2 and not (last and vowel[1] == "ɹ")
    if vowel == "ɑ" or (vowel[0] == "ɑ" and is_open and (before or much)):
        return "ə" + vowel[1:]
    if vowel[0] == "i" and vowel[1:2] not in {"ə", "O", ":"} and len(vowel) > (1 if last else 2):
        return "ɪ" + vowel[1:]
    return vowel
