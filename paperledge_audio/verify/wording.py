"""Counting the words that a recogniser heard wrong, and only those.

Recognisers write "data sets" for "datasets", "21" for "twenty-one" and "colour" for "color":
those are the same words. Compounds alone are nearly all of what a plain count calls an error.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from itertools import product
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers.words import cardinal, decimal, ordinal, pairs, spelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_JOINED = 12
"""Words that one written number may stand for, as 1,234,567."""
_CURRENCIES = {"$": "dollars", "€": "euros", "£": "pounds"}
_SIGNS = {"%": " percent ", "&": " and ", "+": " plus ", "=": " equals ", "@": " at "}
_SAME = {
    "ok": "okay",
    "alright": "allright",
    "grey": "gray",
    "programme": "program",
    "vs": "versus",
}
_SPELLINGS = (
    (re.compile(r"(?<=[a-z]{3})our(?=$|s|ed|ing|ful|able|al|ite)"), "or"),
    (re.compile(r"(?<=[a-z]{2})is(?=e$|es$|ed$|ing$|er$|ers$|ation$|ations$)"), "iz"),
    (re.compile(r"ll(?=ing$|ed$|er$|ers$)"), "l"),
    (re.compile(r"(?<=[a-z]{3})(?<!a)re$"), "er"),
    (re.compile(r"yse(?=$|d$|r$|s$)"), "yze"),
)
"""British spellings, written the American way; both texts go through them alike."""


def word_errors(reference: str, heard: str) -> tuple[int, int]:
    """(errors, words): how many of the reference's words were heard wrong, and how many it has.

    An error is a word left out, put in or replaced, counted over the best alignment; case,
    punctuation, hyphens, spaces inside compounds, British or American spelling and the way of
    writing numbers are no difference.

    >>> word_errors("The datasets grew by 21 %.", "the data sets grew by twenty-one percent")
    (0, 6)
    """
    wanted, got = tokens(reference), tokens(heard)
    edges = _equal_spans(wanted, got)
    costs = {(0, 0): 0}
    queue = deque([(0, 0, 0)])
    i, j = 0, 0
    while (i, j) != (len(wanted), len(got)):  # Dijkstra: near the diagonal where texts are alike
        cost, i, j = queue.popleft()
        if cost > costs[i, j]:
            continue
        steps = [(0, end) for end in edges.get((i, j), ())]
        steps += [(1, (i + 1, j + 1)), (1, (i + 1, j)), (1, (i, j + 1))]
        for step, (k, m) in steps:
            inside = k <= len(wanted) and m <= len(got)
            if inside and cost + step < costs.get((k, m), len(wanted) + len(got) + 1):
                costs[k, m] = cost + step
                (queue.append if step else queue.appendleft)((cost + step, k, m))
    return costs[i, j], len(wanted)


def tokens(text: str) -> tuple[str, ...]:
    """Words and numbers in a plain form: lower case, no marks, one spelling.

    >>> tokens("Modelling AgenTracer-8B’s colour: 1,000 €")
    ('modeling', 'agentracer', '8', 'bs', 'color', '1000', 'euros')
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub(r"([$€£])\s?([\d.,]*\d)((?: (?:thousand|[mbtr]+illion))?)", _money, plain)
    plain = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", plain)
    for sign, words in {**_SIGNS, **{s: f" {w} " for s, w in _CURRENCIES.items()}}.items():
        plain = plain.replace(sign, words)
    plain = re.sub(r"['’‘]", "", plain)
    found = re.findall(r"\d+(?:\.\d+)?(?:st|nd|rd|th)?(?![^\W\d_])|\d+|[^\W\d_]+", plain)
    return tuple(_spelled(word) for word in found)


def _money(match: re.Match[str]) -> str:
    return f" {match[2]}{match[3]} {_CURRENCIES[match[1]]} "


def _spelled(word: str) -> str:
    for pattern, plain in _SPELLINGS:
        word = pattern.sub(plain, word)
    return _SAME.get(word, word)


def _equal_spans(
    wanted: Sequence[str], got: Sequence[str]
) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """(i, j) → each (k, m) such that wanted[i:k] and got[j:m] are the same but for spaces."""
    places: dict[str, list[tuple[int, int]]] = {}
    for text, j, m in _spans(got):
        places.setdefault(text, []).append((j, m))
    edges: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for text, i, k in _spans(wanted):
        for j, m in places.get(text, ()):
            edges.setdefault((i, j), []).append((k, m))
    return edges


def _spans(words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Every way to write up to a dozen neighbouring words as one, with its start and end."""
    forms = [_forms(word) for word in words]
    for start in range(len(words)):
        for end in range(start + 1, min(start + _MOST_JOINED, len(words)) + 1):
            several = end - start <= 2
            ways = [form if several else form[:1] for form in forms[start:end]]
            for parts in product(*ways):
                yield "".join(parts), start, end
            left, right = words[start], words[end - 1]
            if end - start == 2 and left[-1] == right[0] and min(len(left), len(right)) > 2:
                yield left + right[1:], start, end  # one letter for two: AgenTracer, agent tracer


def _forms(word: str) -> tuple[str, ...]:
    """How a word or a number may be said, without spaces; a number's digits are one way."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(st|nd|rd|th)?", word)
    if match is None:
        return (word,)
    digits, place = match[1], match[2]
    if len(digits) > 15:
        return (word,)
    if place:
        said = [ordinal(digits.partition(".")[0])]
    elif "." in digits:
        said = [decimal(digits)]
    else:
        said = [cardinal(digits), spelled(digits)]
        if len(digits) == 4 and digits[0] != "0":
            said.append(pairs(digits))
    ways = [*map(_with_and, said), *said, word]
    return tuple(dict.fromkeys(way.replace(" ", "") for way in ways))


def _with_and(said: str) -> str:
    """A number the British way, as "two hundred and five", "one thousand and five"."""
    said = re.sub(r"hundred (?!thousand|\w+illion|point)", "hundred and ", said)
    words = said.split(" ")
    scales = [n for n, word in enumerate(words) if word == "thousand" or word.endswith("illion")]
    rest = words[scales[-1] + 1 :] if scales else []
    if not rest or rest[0] == "point" or "hundred" in rest:
        return said
    return " ".join((*words[: -len(rest)], "and", *rest))
