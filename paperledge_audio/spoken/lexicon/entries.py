"""The lexicon: how names and terms of the field are said.

An entry gives a printed form either other words ("arXiv" → "archive"), letters ("LLM" →
"L L M") or phonemes between slashes ("Qwen" → "/kwˈɛn/"). A form without capitals matches
any capitalisation; any other form only itself. Layers override each other: the built-in lexicon,
the show's, the voice's, the script's.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from paperledge_audio.errors import SpokenError
from paperledge_audio.files.resources import read_packaged_text
from paperledge_audio.script.printed.typing import tidy_typing
from paperledge_audio.spoken.english import is_common
from paperledge_audio.spoken.lexicon.fold import fold, letters_only
from paperledge_audio.spoken.lexicon.letters import name_letters
from paperledge_audio.spoken.lexicon.phonemes import VOWELS, find_unknown_symbol, pluralize, respell
from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.numbers.words import cardinal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

BUILT_IN = ("lexicon.toml", "people.toml")
"""The files of the built-in lexicon: terms of the field, and names of people."""
LONGEST = 200
"""Characters of what is printed, and of how that is said."""
_SPEAKABLE = re.compile(r"['’, -]*+[A-Za-z][A-Za-z'’,. -]*")
_FIRST = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ENDING = re.compile(r"(?P<stem>.+?)(?P<ending>['’]s|s['’]?|['’])")


@dataclass(frozen=True, slots=True)
class Entry:
    """How one printed form is said: in other words, by its sound, or (without both) as printed."""

    grapheme: str
    said: str
    phonemes: str = ""

    def spans(self, text: str, rule: str = "lexicon") -> tuple[Span, ...]:
        """Spans that say the printed `text` as this entry does."""
        if not self.said and not self.phonemes:
            said = fold(text)
            return (Span(text, said, "" if said == text else rule),)
        if self.phonemes:
            said = self.said or letters_only(text) or respell(self.phonemes)
            return (Span(text, said, rule, self.phonemes),)
        return name_letters(text, self.said, rule)


def make_entry(grapheme: str, value: str) -> Entry:
    """An entry from its written value: words, or phonemes between slashes.

    Raises SpokenError for phonemes outside the alphabet, for words that are not letters, and for
    more than `LONGEST` characters of either.
    """
    grapheme = tidy_typing(grapheme)
    if len(grapheme) > LONGEST or len(value) > LONGEST:
        raise SpokenError(
            f"{grapheme[:20]!r} and how it is said take more than {LONGEST} characters",
            "give words or short phrases",
        )
    if len(value) > 2 and value[0] == value[-1] == "/":
        phonemes = value[1:-1].strip()
        if symbol := find_unknown_symbol(phonemes):
            raise SpokenError(
                f"{symbol!r} in the sound of {grapheme!r} is not in the phoneme alphabet",
                "use the symbols in docs/PRONOUNCE.md, or give words instead",
            )
        if not VOWELS.intersection(phonemes):
            raise SpokenError(
                f"the sound of {grapheme!r} has no vowel", "write it in full, as in /kwˈɛn/"
            )
        return Entry(grapheme, "", phonemes)
    if not _SPEAKABLE.fullmatch(value):
        raise SpokenError(
            f"{grapheme!r} is to be said as {value!r}, which is not words", "write it out"
        )
    return Entry(grapheme, value.replace("’", "'"))


class Lexicon:
    """Entries by their printed form, and the phrases that start with each word."""

    def __init__(
        self,
        entries: Iterable[Entry] = (),
        heteronyms: Mapping[str, tuple[str, str]] | None = None,
        senses: Mapping[str, tuple[str, frozenset[str]]] | None = None,
    ) -> None:
        self.entries = {item.grapheme: item for item in entries}
        self.heteronyms = dict(heteronyms or {})
        """Word → its phonemes as a noun and as a verb."""
        self.senses = dict(senses or {})
        """Word → its phonemes in a second sense, and the words that show that sense."""

    def add_layer(self, layer: Iterable[tuple[str, str]]) -> Lexicon:
        """This lexicon with `layer`, pairs of a printed form and how it is said, on top."""
        extra = [make_entry(grapheme, value) for grapheme, value in layer]
        if not extra:
            return self
        return Lexicon([*self.entries.values(), *extra], self.heteronyms, self.senses)

    @cached_property
    def phrases(self) -> frozenset[str]:
        """The entries that are no single word."""
        return frozenset(grapheme for grapheme in self.entries if not _WORD.fullmatch(grapheme))

    @cached_property
    def leads(self) -> dict[str, tuple[int, ...]]:
        """The first word of every phrase → how long those are that it begins, the longest first."""
        lengths: dict[str, set[int]] = {}
        for grapheme in self.phrases:
            first = _FIRST.match(grapheme)
            if first and first[0] != grapheme:
                lengths.setdefault(first[0].lower(), set()).add(len(grapheme))
        return {lead: tuple(sorted(found, reverse=True)) for lead, found in lengths.items()}

    def find(self, word: str) -> Entry | None:
        """The entry for `word` as printed, else in small letters, else without accents."""
        found = self.entries.get(word) or self.entries.get(word.lower())
        if found or not word[:1].isupper():
            return found
        plain = fold(word)
        return self._names.get(plain) or (self.entries.get(plain) if plain != word else None)

    @cached_property
    def _names(self) -> dict[str, Entry]:
        """The entries with accents that are names, as one writes them without.

        A form that is an ordinary word stays that: Holder isn't Hölder.
        """
        named = (item for item in self.entries.values() if item.grapheme[:1].isupper())
        plain = {fold(item.grapheme): item for item in named if not item.grapheme.isascii()}
        return {form: item for form, item in plain.items() if not is_common(form.lower())}

    def inflected(self, word: str) -> Entry | None:
        """The entry for `word`, or for its stem with a plural or possessive ending put back."""
        if found := self.find(word):
            return found
        match = _ENDING.fullmatch(word)
        stem = match and self._stem(match["stem"])
        if not match or not stem:
            return None
        ending = match["ending"].replace("’", "'").replace("s'", "s")
        if not stem.said and not stem.phonemes:
            return Entry(word, "")
        said = stem.said or letters_only(match["stem"]) or respell(stem.phonemes)
        if not stem.phonemes and ending == "s" and said[-1:].isupper() and said[-2:-1] in {"", " "}:
            return Entry(word, said + "s")
        if ending == "'":
            return Entry(word, said, stem.phonemes)
        return Entry(word, said + ending, pluralize(stem.phonemes) if stem.phonemes else "")

    def _stem(self, stem: str) -> Entry | None:
        """The entry for a stem; one of a letter or two is looked up as printed only."""
        stem = stem.replace("’", "'")
        return self.entries.get(stem) or (self.entries.get(stem.lower()) if len(stem) > 2 else None)


@cache
def load_built_in() -> Lexicon:
    """The lexicon that ships with the program."""
    terms, people = (load(read_packaged_text(__package__, name), name) for name in BUILT_IN)
    entries = (*terms.entries.values(), *people.entries.values())
    return Lexicon(entries, terms.heteronyms, terms.senses)


def load(source: str, path: str = "") -> Lexicon:
    """A lexicon file's entries.

    Raises SpokenError, with path and line, for what is not an entry.
    """
    tables = tomllib.loads(source)
    entries = [Entry(form, " ".join(_list_letters(form))) for form in tables.pop("spelled", ())]
    entries += [Entry(form, "") for form in tables.pop("as_printed", ())]
    pairs = tables.pop("heteronyms", {})
    second = tables.pop("senses", {})
    try:
        for form, value in ((f, v) for table in tables.values() for f, v in table.items()):
            entries.append(_read_entry(form, value))
        heteronyms = {
            form: (make_entry(form, noun).phonemes, make_entry(form, verb).phonemes)
            for form, (noun, verb) in pairs.items()
        }
        senses = {
            form: (make_entry(form, sound).phonemes, frozenset(signs.split()))
            for form, (sound, signs) in second.items()
        }
    except SpokenError as error:
        line = _find_line(source, form)
        raise error.located(path=path, line=line) from error
    return Lexicon(entries, heteronyms, senses)


def _read_entry(form: str, value: str | list[str]) -> Entry:
    """An entry as the file has it: words, phonemes, or a list of both."""
    if isinstance(value, str):
        return make_entry(form, value)
    words, sound = value
    return Entry(form, make_entry(form, words).said, make_entry(form, sound).phonemes)


def _list_letters(form: str) -> Iterator[str]:
    """The letters of an acronym; "&" is said, a small letter counts like a capital."""
    ending = "s" if form.endswith("s") and form[:-1].isupper() else ""
    for index, char in enumerate(form.removesuffix("s") if ending else form):
        if char == "&":
            yield "and"
        elif char.isdecimal():
            yield cardinal(char)
        elif char.isalpha():
            yield char.upper() + (ending if index == len(form) - 2 else "")


def _find_line(source: str, form: str) -> int | None:
    return next(
        (n for n, line in enumerate(source.splitlines(), 1) if line.startswith(f'"{form}"')), None
    )
