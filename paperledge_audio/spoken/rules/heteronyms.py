"""Words that sound one way as a verb and another as a noun or adjective, or in another sense."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from paperledge_audio.spoken import english
from paperledge_audio.spoken.heteronyms.judging import SINGLE, judge
from paperledge_audio.spoken.heteronyms.places import REACH, find_place
from paperledge_audio.spoken.heteronyms.words import BEFORE_VERB, ONE_SOUND
from paperledge_audio.spoken.lexicon.phonemes import pluralize
from paperledge_audio.spoken.model import Span
from paperledge_audio.spoken.rules.rule import Context, Saying, rule

if TYPE_CHECKING:
    import re

    from paperledge_audio.spoken.heteronyms.places import Place
    from paperledge_audio.spoken.rules.rule import Rule

_KINDS = {"VB": "verb", "JJ": "adjective", "RB": "adverb"}


def _has_second_sense(place: Place, signs: frozenset[str]) -> bool:
    """Whether the words beside it give the second sense away: "sea bass", "a lead pipe"."""
    before, after = place.word(-1), place.word(1)
    if before in BEFORE_VERB - {"to"} or place.tag(1) in {"TO", "DT"}:
        return False
    if place.tag(1)[:2] == "NN":
        return bool(signs & {before, after})
    return bool(signs.intersection(place.words[max(place.at - REACH, 0) : place.at + REACH + 1]))


def _find_sound(word: str, place: Place, context: Context) -> tuple[str, str]:
    """The sound of a heteronym and what it was taken for; empty for other words."""
    lexicon = context.lexicon
    stem = word if word in lexicon.heteronyms else word.removesuffix("s")
    sense, pair = lexicon.senses.get(stem), lexicon.heteronyms.get(stem)
    if sense and _has_second_sense(place, sense[1]):
        sound, kind = sense[0], "sense"
    else:
        tag = SINGLE.get(word, judge)(place)
        kind = _KINDS.get(tag[:2], "noun")
        if not pair:
            return english.find_sound(word, tag), kind
        sound = pair[kind == "verb"]
    return (pluralize(sound) if stem != word else sound), kind


def _say_heteronym(match: re.Match[str], context: Context) -> Saying:
    """The sound that fits the sentence; None for a word that has but one, or an entry."""
    word = match[0].lower()
    if word in ONE_SOUND or context.lexicon.find(match[0]):
        return None
    if word not in context.lexicon.heteronyms and not _may_vary(word, context):
        return None
    place = find_place(match.string, match.start())
    sound, kind = _find_sound(word, place, context) if place else ("", "")
    return (Span(match[0], match[0], kind, sound),) if sound else None


@lru_cache(maxsize=4096)
def _has_sounds(word: str) -> bool:
    return len(english.list_sounds(word)) > 1


def _may_vary(word: str, context: Context) -> bool:
    stem = word.removesuffix("s")
    known = (context.lexicon.heteronyms, context.lexicon.senses)
    return any(stem in table or word in table for table in known) or _has_sounds(word)


RULES: tuple[Rule, ...] = (
    rule(
        "heteronym",
        "Ul",
        r"[A-Za-z]{3,20}+(?![\w'’]|[-‐‑](?!(?:free|based|acid|lined)\b))",
        _say_heteronym,
    ),
)
