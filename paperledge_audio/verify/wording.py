"""Finds words that a recogniser heard wrong.

"data sets" and "datasets", "21" and "twenty-one", "colour" and "color" are the same words; without
that, nearly all errors of a plain count would be compounds.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers.ways import add_and, find_ends, list_ways
from paperledge_audio.spoken.numbers.words import cardinal, decimal, ordinal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_JOINED = 12
"""The most words that one written number may have, as 1,234,567."""
_MOST_DIGITS = 15
"""A longer number is said as it is written."""
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
"""British spellings → American ones, for both texts."""


@dataclass(frozen=True, slots=True)
class AlignedWords:
    """A range of the words expected, and the range of those got that it is aligned with.

    One of them may be empty.
    """

    expected: slice
    got: slice
    errors: int
    """Words missing, added or replaced: 0 where both say the same."""


def count_word_errors(reference: str, recognised: str) -> tuple[int, int]:
    """(errors, words): how many of the reference's words were heard wrong, and how many it has.

    An error is a missing, added or replaced word in the best alignment; case,
    punctuation, hyphens, spaces inside compounds, British or American spelling and the way of
    writing numbers are no difference.

    >>> count_word_errors("The datasets grew by 21 %.", "the data sets grew by twenty-one percent")
    (0, 6)
    """
    expected, got = tokenize(reference), tokenize(recognised)
    return sum(one.errors for one in align(expected, got)), len(expected)


def align(expected: Sequence[str], got: Sequence[str]) -> tuple[AlignedWords, ...]:
    """The best alignment of two texts' words, as `tokenize` gives them, in order."""
    edges = _find_equal_spans(expected, got)
    came: dict[tuple[int, int], tuple[int, tuple[int, int]]] = {(0, 0): (0, (0, 0))}
    queue = deque([(0, 0, 0)])
    i, j = 0, 0
    while (i, j) != (len(expected), len(got)):  # Dijkstra: near the diagonal where texts are alike
        cost, i, j = queue.popleft()
        if cost > came[i, j][0]:
            continue
        steps = [(0, end) for end in edges.get((i, j), ())]
        steps += [(1, (i + 1, j + 1)), (1, (i + 1, j)), (1, (i, j + 1))]
        for step, (k, m) in steps:
            if k > len(expected) or m > len(got):
                continue
            if (k, m) not in came or cost + step < came[k, m][0]:
                came[k, m] = cost + step, (i, j)
                (queue.append if step else queue.appendleft)((cost + step, k, m))
    found: list[AlignedWords] = []
    while (i, j) != (0, 0):
        cost, (k, m) = came[i, j]
        found.append(AlignedWords(slice(k, i), slice(m, j), cost - came[k, m][0]))
        i, j = k, m
    return tuple(reversed(found))


def tokenize(text: str) -> tuple[str, ...]:
    """Words and numbers in a plain form: lower case, no marks, one spelling.

    >>> tokenize("Modelling AgenTracer-8B’s colour: 1,000 €")
    ('modeling', 'agentracer', '8', 'bs', 'color', '1000', 'euros')
    """
    plain = text.replace("½", " 1/2")  # which NFKC would join to the number before it
    plain = unicodedata.normalize("NFKC", plain).casefold()
    plain = re.sub(r"([$€£])\s?([\d.,]*\d)((?: (?:thousand|[mbtr]+illion))?)", _say_money, plain)
    plain = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", plain)
    for sign, words in {**_SIGNS, **{s: f" {w} " for s, w in _CURRENCIES.items()}}.items():
        plain = plain.replace(sign, words)
    plain = re.sub(r"(?<=\d)[ -]+1/2", ".5", plain)
    plain = re.sub(r"['’‘]", "", plain)
    found = re.findall(r"\d+(?:\.\d+)?(?:(?:st|nd|rd|th)(?![^\W\d_]))?|[^\W\d_]+", plain)
    return tuple(_spell(word) for word in found)


def _say_money(match: re.Match[str]) -> str:
    return f" {match[2]}{match[3]} {_CURRENCIES[match[1]]} "


def _spell(word: str) -> str:
    for pattern, plain in _SPELLINGS:
        word = pattern.sub(plain, word)
    return _SAME.get(word, word)


def _find_equal_spans(
    expected: Sequence[str], got: Sequence[str]
) -> dict[tuple[int, int], list[tuple[int, int]]]:
    """(i, j) → each (k, m) such that expected[i:k] and got[j:m] say the same."""
    places: dict[str, list[tuple[int, int]]] = {}
    for text, j, m in _list_spans(got):
        places.setdefault(text, []).append((j, m))
    edges: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for text, i, k in _list_spans(expected):
        for j, m in places.get(text, ()):
            edges.setdefault((i, j), []).append((k, m))
    for i, k, j, m in _find_numbers(expected, got):
        edges.setdefault((i, j), []).append((k, m))
    for j, m, i, k in _find_numbers(got, expected):
        edges.setdefault((i, j), []).append((k, m))
    return edges


def _find_numbers(
    words: Sequence[str], written: Sequence[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Start and end of the words that say a number, and of the number that is in digits."""
    for j, number in enumerate(written):
        if number[0].isdecimal() and number[-1].isdecimal() and len(number) <= _MOST_DIGITS:
            for i in range(len(words)):
                yield from ((i, k, j, j + 1) for k in find_ends(words, i, number))


def _list_spans(words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Every way to write up to a dozen neighbouring words as one, with its start and end."""
    forms = [_list_forms(word) for word in words]
    for start in range(len(words)):
        for end in range(start + 1, min(start + _MOST_JOINED, len(words)) + 1):
            several = end - start <= 2
            ways = [form if several else form[:1] for form in forms[start:end]]
            for parts in product(*ways):
                yield "".join(parts), start, end
            left, right = words[start], words[end - 1]
            if end - start == 2 and left[-1] == right[0] and min(len(left), len(right)) > 2:
                yield left + right[1:], start, end  # one letter for two: AgenTracer, agent tracer


def _list_forms(word: str) -> tuple[str, ...]:
    """How a word or a number may be said, without spaces; a number's digits are one way."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(st|nd|rd|th)?", word)
    if match is None:
        return (word,)
    digits, place = match[1], match[2]
    if len(digits) > _MOST_DIGITS:
        return (word,)
    if place:
        said = [ordinal(digits.partition(".")[0])]
    elif "." in digits:
        whole, _, part = digits.partition(".")
        said = [decimal(digits), *([f"{cardinal(whole)} and a half"] if part == "5" else [])]
    else:
        said = [*list_ways(digits)]
    ways = [*map(add_and, said), *said, word]
    return tuple(dict.fromkeys(way.replace(" ", "") for way in ways))
