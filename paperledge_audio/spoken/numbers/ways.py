"""A number in digits → the ways that people say it, of which `words.py` has the show's own."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from paperledge_audio.spoken.numbers.words import ONES, TENS, cardinal, label, pairs, spell_digits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NAMES: dict[str, tuple[str, ...]] = {str(n): (word,) for n, word in enumerate(ONES[:10])}
_NAMES |= {"0": ("zero", "oh", "o", "nought"), ".": ("point",)}
_REPEATED = {"double": 2, "triple": 3, "treble": 3}
_ONE_SCALE = re.compile(r"one (?=hundred|thousand|million|billion|trillion)")


@lru_cache(1024)
def list_ways(digits: str) -> tuple[str, ...]:
    """What a number is called as a whole, and digit by digit; its count first.

    >>> list_ways("905")
    ('nine hundred five', 'nine hundred and five', 'nine oh five', 'nine zero five')
    >>> list_ways("1905")[2:5]
    ('nineteen oh five', 'nineteen hundred five', 'nineteen hundred and five')
    """
    counts = [cardinal(digits)]
    if len(digits) == 4 and digits[0] != "0":
        counts.append(pairs(digits))
        if digits[1] != "0":
            rest = cardinal(digits[2:]) if digits[2:] != "00" else ""
            counts.append(f"{cardinal(digits[:2])} hundred {rest}".rstrip())
    elif len(digits) == 4 and digits[1] != "0" and digits[2:] == "00":  # o'clock
        counts.append(f"oh {cardinal(digits[1])} hundred")
    ways = [way for count in counts for way in (count, add_and(count))]
    ways += [_ONE_SCALE.sub("a ", way) for way in ways if _ONE_SCALE.match(way)]
    if len(digits) == 3 and digits[0] != "0":  # as a room or a road
        ways.append(label(digits))
    spelt = spell_digits(digits)
    return tuple(dict.fromkeys((*ways, spelt.replace("zero", "oh"), spelt)))


def find_ends(words: Sequence[str], start: int, number: str) -> set[int]:
    """Where words from `start` on end that say a number in digits, as 7, 007 or 3.05.

    They say it as a whole, or a digit, some that are alike, or two at a time.

    >>> find_ends("double oh seven agents".split(), 0, "007")
    {3}
    >>> find_ends("triple five oh one double nine".split(), 0, "5550199")
    {6}
    """
    places, seen = [(start, 0)], set()
    while places:
        word, digit = place = places.pop()
        if place not in seen:
            seen.add(place)
            before = words[word - 1] if word > start else ""
            places += [
                (word + len(said), digit + size)
                for said, size in _list_next(number, digit, before)
                if [*words[word : word + len(said)]] == said
            ]
    return {word for word, digit in seen if digit == len(number)}


def _list_next(number: str, digit: int, before: str) -> Iterator[tuple[list[str], int]]:
    """What may be said after a word, at a place of a number, and how much of the number that is."""
    if digit == 0:
        whole = number.partition(".")[0]
        yield from ((way.split(), len(whole)) for way in list_ways(whole))
        if number.startswith("0."):
            yield [], 1
    mark = number[digit : digit + 1]
    if before not in TENS[2:] or mark in "0.":  # "twenty one" is 21 and not 201
        yield from (([name], 1) for name in _NAMES.get(mark, ()))
    for repeated, times in _REPEATED.items():
        if mark and number.startswith(mark * times, digit):
            yield from (([repeated, name], times) for name in _NAMES.get(mark, ()))
    pair = number[digit : digit + 2]
    if pair.isdecimal() and int(pair) >= 10:
        yield cardinal(pair).split(), 2


def add_and(said: str) -> str:
    """A number the British way, as "two hundred and five", "one thousand and five"."""
    said = re.sub(r"hundred (?!thousand|\w+illion|point)", "hundred and ", said)
    words = said.split(" ")
    scales = [n for n, word in enumerate(words) if word == "thousand" or word.endswith("illion")]
    rest = words[scales[-1] + 1 :] if scales else []
    if not rest or rest[0] == "point" or "hundred" in rest:
        return said
    return " ".join((*words[: -len(rest)], "and", *rest))
