"""Names of people: initials, pinyin, names in the lexicon, and other languages' names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken import english
from paperledge_audio.spoken.lexicon.fold import LOWER, UPPER, fold
from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.names.capitals import say_letters
from paperledge_audio.spoken.names.words import ALNUM, HYPHENS, read_word, say_plain
from paperledge_audio.spoken.people import foreign
from paperledge_audio.spoken.people.pinyin import (
    SURNAMES,
    WESTERN,
    is_western,
    pronounce,
    split_syllables,
)
from paperledge_audio.spoken.rules.rule import Context, Saying, join_spans, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.spoken.rules.rule import Rule

_SHORT = {"Jr": "Junior", "Sr": "Senior", "Md": "Mohammad", "St": "Saint"}
_NAMES_TOO = {
    "An": "ˈɑn", "As": "ˈɑs", "Chi": "ʧˈi", "Das": "dˈɑs", "Do": "dˈO", "El": "ˈɛl", "In": "ˈɪn",
    "Le": "lˈA", "Me": "mˈA", "Mu": "mˈu", "Nu": "nˈu", "Or": "ˈɔɹ", "Pi": "pˈi", "Rho": "ɹˈO",
    "Sen": "sˈɛn", "Gen": "ʤˈɛn", "Se": "sˈA", "Si": "sˈi", "Sk": "ʃˈAk", "So": "sˈO",
    "Ti": "tˈi", "To": "tˈO", "Xi": "ʃˈi", "Rep": "ɹˈɛp", "Gov": "ɡˈɑv", "Col": "kˈOl",
}  # fmt: skip
"""Names that are small words, abbreviations or Greek letters elsewhere."""
_LAST_NAMES = {"Dong": "dˈʊŋ", "Fan": "fˈɑn", "He": "hˈʌ", "You": "jˈO"}
"""Chinese surnames that are words of English, behind a Western given name."""
_TIMES = {"II": "the second", "III": "the third", "IV": "the fourth"}
"""After a name."""


def _say_name(match: re.Match[str], context: Context) -> Saying:
    """A person's whole name, as a credit prints it."""
    if context.role != "credit":
        return None
    name = _lower_capitals(match[0], context)
    words = name.split()
    spans = join_spans(_say_words(name, context, chinese=is_chinese(words)))
    return spans if name == match[0] else _as_printed(spans, match[0])


def _lower_capitals(name: str, context: Context) -> str:
    """A name with its surname in ordinary letters, if it is in capitals: "Yann LECUN".

    Another word of the name is not; two capitals may be letters: "AJ", and so may a team's.
    """
    words = re.findall(r"\s+|\S+", name)
    plain = any(_GIVEN.fullmatch(word) for word in words) and not _TEAM.search(name)
    return "".join(
        _capitalize(word, context)
        if plain and _CAPITALS.fullmatch(word) and not context.lexicon.find(word)
        else word
        for word in words
    )


_GIVEN = re.compile(rf"[{UPPER}](?:\.|[{LOWER}'’-]+)")
_CAPITALS = re.compile(rf"(?!III$)(?=.{{0,23}}[AEIOUYÀ-Ý])[{UPPER}'’-]{{3,24}}")
_TEAM = re.compile(r"\b(?:Team|Group|Labs?|Research|Institute|University|Project|Collaboration)\b")


def _capitalize(word: str, context: Context) -> str:
    """Ordinary letters for capitals; the lexicon may have a capital inside: LeCun."""
    low = word.lower()
    forms = (form for form in context.lexicon.entries if form.lower() == low)
    named = (form for form in forms if form[1:] != form[1:].upper())
    return next(named, "-".join(part.capitalize() for part in word.split("-")))


def _as_printed(spans: tuple[Span, ...], printed: str) -> tuple[Span, ...]:
    """The spans of a name of the same length, with the printed letters."""
    new, place = [], 0
    for span in spans:
        text = printed[place : place + len(span.text)]
        new.append(Span(text, span.said, span.rule or "capitals", span.phonemes))
        place += len(span.text)
    return tuple(new)


def is_chinese(words: list[str]) -> bool:
    """Whether a name's words are a Chinese name in pinyin, in either order.

    >>> is_chinese(["Xiaoqiang", "Lin"]), is_chinese(["Kate", "Sun"]), is_chinese(["Jay", "Han"])
    (True, False, False)
    """
    plain_words = [fold(word).lower() for word in words]
    if len(words) < 2 or not (plain_words[-1] in SURNAMES or plain_words[0] in SURNAMES):
        return False
    for word in plain_words:
        parts = word.split("-")
        if is_western(word) or not all(split_syllables(part) for part in parts if part):
            return False
    return True


def _say_words(name: str, context: Context, *, chinese: bool) -> Iterator[Span]:
    pieces = re.findall(r"\s+|\S+", name)
    sounds = {} if chinese else _find_foreign(name, context)
    for index, word in enumerate(pieces):
        if word.isspace():
            yield Span(word, " ")
        elif re.fullmatch(r"[A-Z]\.?", word):
            yield Span(word, word[0], "initial", say_letters(word[0]).phonemes)
        elif _INITIALS.fullmatch(word):
            letters = re.sub("[^A-Z]", "", word)
            yield Span(word, " ".join(letters), "initial", _spell_apart(letters))
        elif index > 2 and word in _TIMES:
            yield Span(word, _TIMES[word], "Roman number")
        elif chinese or (
            word.lower() not in sounds and _is_pinyin(word, context, last=index == len(pieces) - 1)
        ):
            yield from _say_syllables(word)
        elif index and index == len(pieces) - 1 and (sound := _LAST_NAMES.get(word)):
            yield Span(word, word, "name", sound)
        elif any(part.lower() in sounds for part in _PARTS.findall(word)):
            yield from _say_foreign(word, sounds, context)
        else:
            yield from _say_other(word, context)


def _find_foreign(name: str, context: Context) -> dict[str, str]:
    """The sounds of a name's words that no dictionary has, by the words in small letters."""
    words = [part for part in _PARTS.findall(name) if len(part) > 1]
    found = foreign.find_sounds([word.lower() for word in words])
    look = foreign.find_common_look([*found])
    own = foreign.VIETNAMESE_TOO if look == "Vietnamese" else ()
    compound = {part for word in name.split() if "-" in word for part in word.split("-")}
    return {
        word.lower(): found[word.lower()]
        for word in words
        if word.lower() in found
        and word not in _NAMES_TOO
        and (word in compound or word not in _SHORT)
        and (word in compound or word.lower() not in WESTERN)
        and not context.lexicon.find(word)
        and (word in own or word in compound or not foreign.is_english(word))
    }


_PARTS = re.compile(r"[^\W\d_]+")


def _say_foreign(word: str, sounds: dict[str, str], context: Context) -> Iterator[Span]:
    """A word of a name that shows another language, or of which a part does."""
    if entry := context.lexicon.find(word):
        yield from entry.spans(word)
        return
    for piece in re.findall(rf"[{HYPHENS}]|[^{HYPHENS}]+", word):
        if sound := sounds.get(piece.lower()):
            yield Span(piece, fold(piece), foreign.FOREIGN_NAME, sound)
        elif re.fullmatch(f"[{HYPHENS}]", piece):
            yield Span(piece, " ", "hyphen")
        elif piece in _ARTICLES:
            yield Span(piece, piece, foreign.FOREIGN_NAME, _ARTICLES[piece])
        else:
            yield from _say_other(piece, context)


_ARTICLES = {"Al": "ˌɑl", "El": "ˌɛl"}
"""Arabic articles before a hyphen."""
_INITIALS = re.compile(r"[A-Z]\.?(?:[-‐‑]?[A-Z]\.)+")
"""Several initials without spaces: "J.-B.", "K.R."."""


def _spell_apart(letters: str) -> str:
    return " ".join(say_letters(letter).phonemes for letter in letters)


def _say_syllables(word: str) -> Iterator[Span]:
    for piece in re.findall(rf"[{HYPHENS}]|[^{HYPHENS}]+", word):
        parts = split_syllables(piece)
        yield (
            Span(piece, fold(piece), "pinyin", pronounce(parts))
            if parts
            else Span(piece, " ", "hyphen")
        )


def _is_pinyin(word: str, context: Context, *, last: bool) -> bool:
    """Whether a word of a name that isn't Chinese as a whole is: "Wayne Xin Zhao".

    It is a surname at the end, or is written as only pinyin is; no dictionary has it.
    """
    low = fold(word).lower()
    shows = (last and low in SURNAMES) or re.search("x[ui]|q(?:i|u(?:e|an?(?!n?g)))|zh", low)
    parts = re.split(rf"[{HYPHENS}]", low)
    if not shows or not all(map(split_syllables, parts)) or is_western(low):
        return False
    return not context.lexicon.find(word) and not english.is_known(word) and word not in _NAMES_TOO


def _say_other(piece: str, context: Context) -> tuple[Span, ...]:
    """A name that is not in the lexicon; "AJ" is letters, "McKay" and "LeCun" one word."""
    if piece not in _NAMES_TOO and (entry := context.lexicon.find(piece)):
        return entry.spans(piece)
    if sound := _NAMES_TOO.get(piece):
        return (Span(piece, piece, "name", sound),)
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
_FIRST = rf"(?:[A-Z]\.(?:[-‐‑]?[A-Z]\.)+|[{UPPER}](?:\.(?=\s\w)|{ALNUM}*(?:['’‐‑-]{ALNUM}+)*))"
_NEXT = rf"\s(?!and\b){ALNUM}+(?:['’‐‑-]{ALNUM}+)*(?:\.(?=\s\w|,))?"
_NO_FULL_STOP = r"(?:(?<!\w{2}\.)|(?<=[JS]r\.)|(?<=Md\.))"
RULES: tuple[Rule, ...] = (
    rule("pinyin", "U", rf"{_PINYIN}\s{_PINYIN}(?![\w’'-])", _say_pinyin),
    rule("pinyin", "U", r"(?:X[iu]|Zh|Qi)[a-zü]{1,14}+(?![\w’'-])", _say_pinyin_word),
    rule("name", "U", rf"{_FIRST}(?:{_NEXT}){{0,9}}{_NO_FULL_STOP}", _say_name),
)
