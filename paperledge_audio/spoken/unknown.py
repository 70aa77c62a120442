"""Finds words that no rule, lexicon or dictionary covers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from paperledge_audio.script.model import Credit, Directive
from paperledge_audio.script.printed.markup import strip_markup
from paperledge_audio.spoken.english import LEAST_STEM, PREFIXES, list_forms
from paperledge_audio.spoken.lexicon.fold import fold
from paperledge_audio.spoken.names.capitals import GUESSED_WORD, could_be_a_word
from paperledge_audio.spoken.names.scripts import WRITTEN
from paperledge_audio.spoken.names.stress import STRESSED
from paperledge_audio.spoken.people.foreign import FOREIGN_NAME
from paperledge_audio.spoken.rules.rule import Context
from paperledge_audio.spoken.rules.scanner import scan
from paperledge_audio.spoken.segments import ROLES, build_lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from paperledge_audio.script.model import Script
    from paperledge_audio.show.model import Show
    from paperledge_audio.spoken.lexicon.entries import Lexicon
    from paperledge_audio.spoken.model import Span
    from paperledge_audio.voices.casting import Cast

_GUESSED = {"", "part of a name", "accents left out", "plural", "drawn out"}
"""Rules after which the engine chooses the sound."""
_ADDRESSES = {"e-mail address", "web address", "file name"}
"""Rules that keep some of the printed words."""
_SPOKEN_WORD = re.compile("[A-Za-z]{3,}")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


class Guess(Protocol):
    """Proposes phonemes for a word."""

    def __call__(self, word: str, /, *, british: bool) -> str:
        """Those that an engine would use."""


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word whose pronunciation the engine would guess.

    `line` is its first line in the script; `entry` a line for `[pronounce]` in show.toml, or
    for a lexicon, to start from.
    """

    line: int
    word: str
    entry: str


def find_unknown_words(
    script: Script,
    show: Show,
    cast: Cast,
    known: Callable[[str], bool],
    guess: Guess | None = None,
) -> tuple[UnknownWord, ...]:
    """Words that no rule and no lexicon covers and that are not `known`, each once, in order.

    `known`: whether a dictionary has a word. `guess`, if given, proposes phonemes for the entry;
    without it the entry repeats the word, to be spelled as it sounds. Authors' names in the credit
    don't count. Raises SpokenError as `segments`
    does.
    """
    lexicons = {name: build_lexicon(show, voice, script) for name, voice in cast.voices.items()}
    found: dict[str, UnknownWord] = {}
    for block in script.blocks:
        if isinstance(block, Directive | Credit):
            continue
        page, voice = strip_markup(block.text, block.line), cast.member_for(block).voice
        lexicon = lexicons[voice.name]
        place = 0
        for span in scan(page, Context(lexicon, ROLES[type(block)]), script.path):
            for offset, word in _find_doubtful(span, lexicon, known):
                if word not in found:
                    plain = span.said if span.rule == WRITTEN else fold(word)
                    shown = span.phonemes if span.rule == FOREIGN_NAME else ""
                    sound = shown or guess(plain, british=voice.is_british) if guess else ""
                    said = f"/{sound}/" if guess else plain.lower()
                    line = page.line_at(place + offset)
                    found[word] = UnknownWord(line, word, f'"{word}" = "{said}"')
            place += len(span.text)
    return tuple(found.values())


def _find_doubtful(
    span: Span, lexicon: Lexicon, known: Callable[[str], bool]
) -> Iterator[tuple[int, str]]:
    """The words of a span whose pronunciation would be a guess, with their offsets."""
    if span.rule in {GUESSED_WORD, FOREIGN_NAME, WRITTEN} or (
        span.rule == "letters" and could_be_a_word(span.text)
    ):
        yield 0, span.text
        return
    if span.phonemes:
        return
    if span.rule in _ADDRESSES:
        for word in dict.fromkeys(_SPOKEN_WORD.findall(span.said)):
            at = span.text.lower().find(word.lower())
            if at >= 0 and not any(map(known, list_forms(word))):
                yield at, span.text[at : at + len(word)]
        return
    if span.rule not in _GUESSED:
        return
    for match in _WORD.finditer(span.text):
        word = match[0].replace("’", "'")
        if lexicon.inflected(word) or word.lower() in STRESSED or word.lower() in PREFIXES:
            continue
        is_short = span.rule == "part of a name" and len(word) < LEAST_STEM
        if is_short or not any(map(known, list_forms(fold(word)))) or _loses_sound(word, known):
            yield match.start(), match[0]


def _loses_sound(word: str, known: Callable[[str], bool]) -> bool:
    """Whether a word's accents may matter: it is a name, or no word without them."""
    return not word.isascii() and (word[0].isupper() or not known(fold(word)))
