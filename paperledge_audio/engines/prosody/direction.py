"""What a segment asks of an engine, token by token."""

from __future__ import annotations

import json
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from paperledge_audio.engines.durations import PAUSES
from paperledge_audio.engines.prosody.phonemes import PRIMARY, find_nucleus
from paperledge_audio.engines.prosody.words import FUNCTION_WORDS

if TYPE_CHECKING:
    from paperledge_audio.engines.g2p import Pronunciation
    from paperledge_audio.spoken.model import Segment

VERSION = 2
"""Of the prosody that a direction becomes: a new one makes directed segments be spoken anew."""


@dataclass(frozen=True, slots=True)
class Accent:
    """A word that stands out. Ranges of tokens, the 0 at the start counted."""

    emphasis: int
    """1, or 2 for strong."""
    word: tuple[int, int]
    nucleus: tuple[int, int]
    """Its stressed vowel and the mark before it."""


@dataclass(frozen=True, slots=True)
class Direction:
    """A segment's, for its tokens."""

    accents: tuple[Accent, ...]
    pace: float
    pitch_st: float
    range: float
    rise: tuple[int, int] | None
    """From the last stressed vowel to the end, where the voice is to rise there."""
    asides: tuple[tuple[int, int], ...]
    """Ranges of tokens that are said beside the rest: lower, quicker and softer."""
    tokens: str
    """The phonemes, with a blank for the 0 at each end."""


def spell_direction(segment: Segment, follows: AbstractSet[str]) -> str:
    """What an engine that `follows` these is asked by `segment`; empty where it is to be plain."""
    delivery = segment.delivery
    asked: dict[str, tuple[Any, Any]] = {
        "pace": (delivery.pace, 1.0),
        "pitch": (delivery.pitch_st, 0.0),
        "range": (delivery.range, 1.0),
        "emphasis": (segment.emphasised, ()),
        "aside": (segment.asides, ()),
        "rise": (segment.rises, False),
    }
    told = {
        name: value for name, (value, plain) in asked.items() if value != plain and name in follows
    }
    return json.dumps({"v": VERSION, **told}, separators=(",", ":")) if told else ""


def find_direction(segment: Segment, pronunciation: Pronunciation) -> Direction:
    """Which tokens carry what `segment` asks for."""
    words = list(_find_words(segment, pronunciation))
    stressed = [word for word in words if word.is_stressed] or words
    return Direction(
        accents=tuple(_find_accents(segment, words)),
        pace=segment.delivery.pace,
        pitch_st=segment.delivery.pitch_st,
        range=segment.delivery.range,
        rise=(stressed[-1].nucleus[0], words[-1].word[1]) if segment.rises and words else None,
        asides=tuple(_find_asides(segment, words)),
        tokens=f" {pronunciation.phonemes} ",
    )


@dataclass(frozen=True, slots=True)
class _SoundingWord:
    """A word of the spoken text, `said` at its place there, and its tokens."""

    said: str
    start: int
    end: int
    word: tuple[int, int]
    nucleus: tuple[int, int]
    is_stressed: bool


def _find_words(segment: Segment, pronunciation: Pronunciation) -> Iterator[_SoundingWord]:
    """Words with a vowel; given phonemes may be those of several words."""
    for said_start, said_end, start, end in pronunciation.alignment:
        place = start
        for phonemes in pronunciation.phonemes[start:end].split(" "):
            first, last = find_nucleus(phonemes)
            if first < last:
                yield _SoundingWord(
                    segment.spoken[said_start:said_end].lower(),
                    said_start,
                    said_end,
                    _trim_pauses(phonemes, place + 1),
                    (place + 1 + first, place + 1 + last),
                    PRIMARY in phonemes,
                )
            place += len(phonemes) + 1


def _trim_pauses(phonemes: str, at: int) -> tuple[int, int]:
    sounding = [i for i, symbol in enumerate(phonemes, at) if symbol not in PAUSES]
    return sounding[0], sounding[-1] + 1


def _find_accents(segment: Segment, words: list[_SoundingWord]) -> Iterator[Accent]:
    """In an emphasised range content words stand out, or all words where there are no others."""
    for start, end, emphasis in segment.emphasised:
        inside = [word for word in words if word.start < end and start < word.end]
        content = [word for word in inside if word.said not in FUNCTION_WORDS]
        for word in content or inside:
            yield Accent(emphasis, word.word, word.nucleus)


def _find_asides(segment: Segment, words: list[_SoundingWord]) -> Iterator[tuple[int, int]]:
    for start, end in segment.asides:
        inside = [word.word for word in words if word.start < end and start < word.end]
        if inside:
            yield inside[0][0], inside[-1][1]
