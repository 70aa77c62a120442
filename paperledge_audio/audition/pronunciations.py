"""One word in several pronunciations, to choose from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.engines.g2p import guess_phonemes, pronounce
from paperledge_audio.errors import SpokenError, UsageError
from paperledge_audio.plan import plan_line
from paperledge_audio.spoken.lexicon.entries import make_entry
from paperledge_audio.spoken.lexicon.fold import fold
from paperledge_audio.spoken.numbers.words import cardinal

if TYPE_CHECKING:
    from paperledge_audio.show.model import Show
    from paperledge_audio.voices.profiles import Voice

MOST = 20
"""Pronunciations that are given."""
_WORD = re.compile(r"[^\W_]+(?:[-'’.&+ ][^\W_]+){0,9}[+]{0,2}")
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


@dataclass(frozen=True, slots=True)
class Alternative:
    """A way to say a word."""

    entry: str
    """What the lexicon would hold: words, or phonemes between slashes."""
    phonemes: str
    about: str
    """Where it comes from."""


def list_alternatives(
    word: str, show: Show, voice: Voice, given: Sequence[str] = ()
) -> tuple[Alternative, ...]:
    """How `word` is said now, how else it might be, and the `given` entries; each sound once.

    Raises UsageError for what is not a word, and SpokenError for an entry that can't be one.
    """
    if not _WORD.fullmatch(word) or len(given) > MOST:
        raise UsageError(f"{word[:40]!r} is not a word", "name one word or name")
    now = _sound(word, show, voice)
    found = {now: Alternative(f"/{now}/", now, "as it is said now")}
    for entry, about in (*((entry, "as you wrote it") for entry in given), *_guess(word, voice)):
        try:
            sound = _sound(mark_up(word, entry), show, voice)
        except SpokenError:
            if entry in given:
                raise
            continue  # as: a guess without a vowel
        found.setdefault(sound, Alternative(entry, sound, about))
    return tuple(found.values())


def compose_line(word: str, ways: Sequence[Alternative]) -> str:
    """The line that says all of `ways`, each with its number."""
    return " ".join(
        f"{cardinal(str(number)).capitalize()}: {mark_up(word, way.entry)}."
        for number, way in enumerate(ways, 1)
    )


def _guess(word: str, voice: Voice) -> Iterator[tuple[str, str]]:
    word = fold(word)
    if word.isascii() and word.isalpha():
        sound = guess_phonemes(word.lower(), british=voice.is_british)
        yield f"/{sound}/", "read as a word"
        parts = _PART.findall(word)
        if len(parts) > 1:
            yield " ".join(parts), "read in parts"
        if len(word) <= 8:
            yield " ".join(word.upper()), "in letters"


def mark_up(word: str, entry: str) -> str:
    """`word` as a script writes it with a pronunciation; raises SpokenError for no entry."""
    make_entry(word, entry)
    return f"[{word}]({entry})" if entry.startswith("/") else f'[{word}](say: "{entry}")'


def _sound(line: str, show: Show, voice: Voice) -> str:
    (segment, *_) = plan_line(line, show, voice, quality="studio").segments
    return pronounce(segment, british=voice.is_british).phonemes.rstrip(".")
