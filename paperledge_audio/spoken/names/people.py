"""Names of people: initials, Chinese names in pinyin, and names in the lexicon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken import english
from paperledge_audio.spoken.lexicon.fold import UPPER, fold
from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.names.capitals import say_letters
from paperledge_audio.spoken.names.pinyin import SURNAMES, WESTERN, pronounce, split_syllables
from paperledge_audio.spoken.names.words import ALNUM, HYPHENS, read_word, say_plain
from paperledge_audio.spoken.rules.rule import Context, Saying, join_spans, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.spoken.rules.rule import Rule

_SHORT = {"Jr": "Junior", "Sr": "Senior", "Md": "Mohammad", "St": "Saint"}


def _say_name(match: re.Match[str], context: Context) -> Saying:
    """A person's whole name, as a credit prints it."""
    if context.role != "credit":
        return None
    words = match[0].split()
    chinese = is_chinese(words)
    return join_spans(_say_words(match[0], context, chinese=chinese))


def is_chinese(words: list[str]) -> bool:
    """Whether a name's words are a Chinese name in pinyin, in either order.

    >>> is_chinese(["Xiaoqiang", "Lin"]), is_chinese(["Kate", "Sun"]), is_chinese(["Jay", "Han"])
    (True, False, False)
    """
    plain_words = [fold(word).lower().replace("'", "") for word in words]
    if len(words) < 2 or not (plain_words[-1] in SURNAMES or plain_words[0] in SURNAMES):
        return False
    for word in plain_words:
        parts = word.split("-")
        if word in WESTERN or not all(split_syllables(part) for part in parts if part):
            return False
    return True


def _say_words(name: str, context: Context, *, chinese: bool) -> Iterator[Span]:
    for word in re.findall(r"\s+|\S+", name):
        if word.isspace():
            yield Span(word, " ")
        elif re.fullmatch(r"[A-Z]\.?", word):
            yield Span(word, word[0], "initial", say_letters(word[0]).phonemes)
        elif not chinese:
            yield from _say_other(word, context)
        else:
            for piece in re.findall(rf"[{HYPHENS}]|[^{HYPHENS}]+", word):
                parts = split_syllables(piece)
                yield (
                    Span(piece, fold(piece), "pinyin", pronounce(parts))
                    if parts
                    else Span(piece, " ", "hyphen")
                )


def _say_other(piece: str, context: Context) -> tuple[Span, ...]:
    """A name that is not in the lexicon; "AJ" is letters, "McKay" and "LeCun" one word."""
    if entry := context.lexicon.find(piece):
        return entry.spans(piece)
    if short := _SHORT.get(piece.rstrip(".")):
        return (Span(piece, short, "abbreviation"),)
    if re.fullmatch(r"[A-Z]{2,3}", piece):
        return (say_letters(piece),)
    if re.fullmatch(r"[A-Za-z]+(?:['-][A-Za-z]+)*", fold(piece)):
        return (say_plain(piece),)
    return read_word(piece, context)


def _say_pinyin(match: re.Match[str], context: Context) -> Saying:
    """A Chinese name among other words: one of its two words is in no dictionary.

    So "Song Han" stays as it is, and "Li Mei" too where both are words or names of English.
    """
    name = match[0]
    if not is_chinese(name.split()):
        return None
    if all(english.is_known(word) for word in re.findall(r"[^\W\d_]+", name)):
        return None
    return join_spans(_say_words(name, context, chinese=True))


def _say_pinyin_word(match: re.Match[str], context: Context) -> Saying:
    """A single name that can be no other: no English word begins like "Xiaolong"."""
    parts = split_syllables(match[0])
    if not parts or context.lexicon.find(match[0]) or english.is_known(match[0]):
        return None
    return (Span(match[0], fold(match[0]), "pinyin", pronounce(parts)),)


_PINYIN = r"[A-Z][a-zü]{1,11}(?:[’'‐‑-]?[A-Za-z][a-zü]{1,11})?"
_FIRST = rf"[{UPPER}](?:\.(?=\s\w)|{ALNUM}*(?:['’‐‑-]{ALNUM}+)*)"
_NEXT = rf"\s(?!and\b){ALNUM}+(?:['’‐‑-]{ALNUM}+)*(?:\.(?=\s\w|,))?"
_NO_FULL_STOP = r"(?:(?<!\w{2}\.)|(?<=[JS]r\.)|(?<=Md\.))"
RULES: tuple[Rule, ...] = (
    rule("pinyin", "U", rf"{_PINYIN}\s{_PINYIN}(?![\w’'-])", _say_pinyin),
    rule("pinyin", "U", r"(?:X[iu]|Zh|Qi)[a-zü]{1,14}+(?![\w’'-])", _say_pinyin_word),
    rule("name", "U", rf"{_FIRST}(?:{_NEXT}){{0,9}}{_NO_FULL_STOP}", _say_name),
)
