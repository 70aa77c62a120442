"""Words in Greek and Cyrillic letters, as "λόγος" and "мир", in Latin ones."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    from paperledge_audio.spoken.rules.rule import Rule

_LATIN = {
    # Greek, as scholars write it
    "α": "a", "β": "b", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "e", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "y", "φ": "ph", "χ": "ch", "ψ": "ps", "ω": "o", "αυ": "au", "ευ": "eu",
    "ηυ": "eu", "ου": "ou", "γγ": "ng", "γκ": "nk", "γξ": "nx", "γχ": "nch",
    # Cyrillic, as English newspapers write it
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y",
    "ь": "", "э": "e", "ю": "yu", "я": "ya", "і": "i", "є": "ye", "ґ": "g", "ђ": "dj", "ј": "y",
    "љ": "ly", "њ": "ny", "ћ": "ch", "џ": "dzh", "ый": "y", "ий": "y",
}  # fmt: skip
_PIECE = re.compile("|".join(sorted(_LATIN, key=len, reverse=True)))
_ROUGH = "\u0314"
"""The breathing that is an h."""
_MARKS = "\u0300\u0301\u0313\u0314\u0342\u0345"
"""Accents and breathings, which formulas don't have."""
WRITTEN = "other letters"
"""The rule's name; the engine then chooses the sound."""
_GREEK = rf"[Ͱ-Ͽἀ-῾{_MARKS}]"
_ACCENTED = rf"[άέήίόύώΐΰϊϋςἀ-ῼ{_MARKS}]"
_CYRILLIC = r"[А-Яа-яЀ-Џѐ-џҐґ]"


_ALONE = {
    "a": "ah", "e": "eh", "i": "eeh", "o": "oh", "u": "ooh", "y": "eeh", "v": "vuh", "s": "suh",
    "k": "kuh",
}  # fmt: skip
"""Words of one letter."""


def _say_words(match: re.Match[str], context: Context) -> Saying:
    spans: list[Span] = []
    for piece in re.split(r"(\s+)", match[0]):
        if piece.isspace():
            spans.append(Span(piece, " "))
        elif entry := context.lexicon.find(piece):
            spans += entry.spans(piece)
        else:
            spans.append(Span(piece, _write(piece), WRITTEN))
    latin = (len(span.said) > 1 and span.said.isascii() for span in spans if span.rule == WRITTEN)
    return tuple(spans) if all(latin) else None


def _write(word: str) -> str:
    """One word in Latin letters."""
    parted = unicodedata.normalize("NFD", word.lower().replace("ё", "yo").replace("й", "y"))
    plain = "".join(char for char in parted if not unicodedata.combining(char))
    latin = _PIECE.sub(lambda piece: _LATIN[piece[0]], plain)
    if _ROUGH in parted:
        latin = f"rh{latin[1:]}" if latin[0] == "r" else f"h{latin}"
    latin = _ALONE.get(latin, latin)
    return latin.capitalize() if word[0].isupper() else latin


_FOLLOWS = rf"(?={_GREEK}{{0,20}}(?:\s{_GREEK}{{1,20}}){{0,5}}?{_ACCENTED})"
"""A word with an accent is among the words."""
RULES: tuple[Rule, ...] = (
    rule(WRITTEN, "Ul", rf"(?<![\w$\\])(?![ςᾰᾱῐῑῠῡ](?!\w)){_FOLLOWS}"
         rf"{_GREEK}{{1,30}}(?:\s{_GREEK}{{2,30}}){{0,20}}(?!\w)", _say_words),
    rule(WRITTEN, "Ul", rf"(?<!\w)(?!Ш(?!\w)){_CYRILLIC}{{1,30}}"
         rf"(?:\s{_CYRILLIC}{{1,30}}){{0,20}}(?!\w)", _say_words),
)  # fmt: skip
