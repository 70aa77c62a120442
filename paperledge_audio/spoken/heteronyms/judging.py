"""The part of speech of a heteronym, as the tagger sees it and its neighbours allow it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paperledge_audio.spoken.heteronyms.places import FINITE, REACH, Place
from paperledge_audio.spoken.heteronyms.words import (
    AUXILIARIES,
    BE,
    BEFORE_S,
    BEFORE_VERB,
    BESIDE_MINUTES,
    CAUSES,
    DEGREES,
    FINAL,
    FOR_A_NOUN,
    GREETING,
    OBJECTS,
    PERFECT,
    SHIPS,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LONG_AGO = re.compile(r"yesterday|last|ago|once|earlier|previously|1[5-9]\d\d|20[01]\d|202[0-6]")
_BEFORE_BARE = frozenset({"go", "come", "need", "dare"})
"""Verbs that have a bare verb after them."""
_STARTS_A_NOUN = frozenset({"DT", "PRP$", "CD", "POS"})
"""After these comes a noun, perhaps with an adjective before it."""


def judge(place: Place) -> str:
    """The word's part of speech, a Penn Treebank tag."""
    return next(tag for holds, tag in _weigh(place) if holds)


def _weigh(place: Place) -> Iterator[tuple[object, str]]:
    """What the words around it show, the surest first, and the tag that follows from it."""
    tag, left, is_s = place.tag(), place.before, place.is_s
    before, other, after = place.word(left), place.tag(left), place.tag(1)
    verb, noun = ("VBZ", "NNS") if is_s else ("VB", "NN")
    is_verb, has_object = tag[:2] == "VB", place.word(1) != "of"
    keep = noun if is_verb else tag
    begins_gerund = place.tags[0] == "VBG" and place.at > 0 and place.word(1) not in FINAL
    yield _orders(place), verb
    negated = place.word(left - 1)
    yield before in {"not", "n't"} and negated in BE | {"'s"}, "JJ"
    yield before == "not" and negated not in AUXILIARIES | {"to"}, "JJ"
    yield is_s and begins_gerund and place.is_only_verb, verb  # "Adding layers increases"
    yield is_s and other == "WDT" and place.at == -left, noun  # "Which attributes"
    yield before in (BEFORE_S if is_s else BEFORE_VERB), verb if has_object else noun
    yield before in FOR_A_NOUN and not is_s and place.is_only_verb, verb
    yield before in {"and", "or", ","} and _goes_on(place), verb
    yield other in _STARTS_A_NOUN, keep
    yield other[:2] == "JJ" and (is_s or not place.is_only_verb), keep
    goes_on = place.word(1) not in FINAL
    yield is_s and other == "VBN" and goes_on and place.is_only_verb, verb  # "the data set lives"
    yield is_s and other[:2] == "VB" and before not in BE, noun
    yield not is_s and other in {"VBP", "VBD"} and before not in BE | CAUSES | _BEFORE_BARE, keep
    if other[:2] == "NN":
        whole = after in {"PRP", "PRP$"} or place.word(1) in OBJECTS
        yield not is_s and place.is_plural(left) and whole, verb  # "cameras record everything"
        yield not is_s and _is_asked(place), verb  # "What would an agent close?"
        yield _disagrees(place, left), keep
        yield place.is_only_verb, verb
        follows = after in {"IN", "DT", "PRP$", "TO", "RB", "PRP"} and has_object
        later = FINITE.intersection(place.tags[place.at + 1 :])
        yield tag == "NNS" and follows and not later, verb
        is_shut = tag in {"RB", "JJ"} and place.is_plural(left) and place.word(1) != "to"
        begun = any(one[:2] == "VB" for one in place.tags[: place.at])
        yield is_shut and not begun, verb  # "the shops close at six"
    yield is_verb and after in FINITE, keep
    yield True, tag


def _orders(place: Place) -> bool:
    """Whether the word, alone before a colon, says what to do, as in "Compress: keeping less"."""
    explains = place.follows in {"VB", "VBG"}
    return place.at == 0 and place.word(1) == ":" and explains and not place.is_s


def _is_asked(place: Place) -> bool:
    """Whether it ends a question that has its auxiliary before the subject, and no verb since."""
    asked = [at for at, word in enumerate(place.words[: place.at]) if word in AUXILIARIES]
    since = place.tags[asked[-1] + 1 : place.at] if asked else ()
    return bool(since) and place.word(1) == "?" and not any(tag[:2] == "VB" for tag in since)


def _goes_on(place: Place) -> bool:
    """Whether a verb of the same form comes before "and", and an object after the word."""
    forms = {"VBZ"} if place.is_s else {"VB", "VBP", "MD"}
    begun = forms.intersection(place.tags[: place.at])
    return bool(begun) and place.tag(1) in {"DT", "PRP$", "PRP", "NN", "NNS", "NNP", "JJ"}


def _disagrees(place: Place, left: int) -> bool:
    """Whether the noun before a verb can't be its subject, by their number."""
    if place.is_s:
        return place.is_plural(left)
    near = range(left - REACH, left)
    if any(place.is_plural(offset) and place.tag(offset + 1) == "IN" for offset in near):
        return False  # "teams in Europe"
    words = {place.word(offset) for offset in near}
    return not place.is_plural(left) and not words & (CAUSES | {"and", "or", "both"})


def _is_past(place: Place) -> bool:
    """Whether "read" is the past tense or the participle."""
    return next(past for holds, past in _weigh_past(place) if holds)


def _weigh_past(place: Place) -> Iterator[tuple[object, bool]]:
    """What the words before "read" show, the surest first, and whether it is then the past."""
    left = place.before
    before, subject = place.word(left), place.tag(left)
    near = set(place.words[max(place.at - REACH, 0) : place.at])
    yield before in AUXILIARIES, False
    yield place.tag() == "VBN" or before in PERFECT, True
    yield near & {"do", "does", "did", "n't", "let", "make", "makes"}, False
    yield near & PERFECT, subject == "PRP"  # "have you read"
    yield before == "and" and "VBD" in place.tags[: place.at], True  # "picked it up and read it"
    yield any(map(_LONG_AGO.fullmatch, place.words)) or before in {"he", "she", "it"}, True
    objects = {"DT", "PRP", "PRP$", "CD", "IN", "NNS"}
    is_singular = subject in {"NN", "NNP"} and not place.is_plural(left)
    is_alone = "and" not in place.words[: place.at]
    yield is_singular and is_alone and place.tag(1) in objects, True
    yield True, False


def _is_tiny(place: Place) -> bool:
    """Whether "minute" means very small."""
    before = place.word(-1)
    if place.tag(-1) == "CD" or before in {"-", "per", "every", "last", "next", "each"}:
        return False
    if place.tag(1)[:2] in {"NN", "JJ"}:
        return place.word(1) not in BESIDE_MINUTES
    return before in BE | DEGREES


def _is_pleased(place: Place) -> bool:
    """Whether "content" means satisfied."""
    return place.word(place.before) in BE | {"not", "n't"} or (
        place.at == 0 and place.word(1) == "with"
    )


def _is_bent(place: Place) -> bool:
    """Whether "bow" is a bend of the body or the front of a ship."""
    near = set(place.words[max(place.at - REACH, 0) : place.at + REACH + 1])
    if "arrow" in near or "arrows" in near:
        return False
    return bool(near & SHIPS) or bool({place.word(-2), place.word(-1)} & GREETING)


def _weigh_bow(place: Place) -> str:
    return "VB" if _is_bent(place) else judge(place)


def _weigh_present(place: Place) -> str:
    """The adjective behind a noun, as in "all people present signed"; else as any other word."""
    behind_noun = place.is_plural(-1) or place.word(-1) in {"those", "everyone", "anyone", "all"}
    ends = place.word(1) in FINAL or place.tag(2)[:2] not in {"NN", "JJ"}
    goes_on = place.tag(1) in {"VBD", "MD"} or (place.tag(1) == "VBN" and ends)
    goes_on = goes_on or place.word(1) in AUXILIARIES - {"to", "please"}
    return "JJ" if behind_noun and goes_on else judge(place)


SINGLE: dict[str, Callable[[Place], str]] = {
    "minute": lambda place: "JJ" if _is_tiny(place) else "NN",
    "read": lambda place: "VBD" if _is_past(place) else "VB",
    "bow": _weigh_bow,
    "bows": _weigh_bow,
    "present": _weigh_present,
    "content": lambda place: "JJ" if _is_pleased(place) else "NN",
}
"""Words that are judged in a way of their own."""
