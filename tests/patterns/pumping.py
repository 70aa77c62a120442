"""Texts that make a regular expression try again and again, derived from its own parse tree."""

from __future__ import annotations

import re
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

PUMPS = 4
"""Ways to fill one repeat, at most."""
EVERYDAY = "a1 -.A_,:!\nσ"
BREAKERS = ("\0", "1a")
"""What follows a pump: what hardly any pattern takes, or the rest of a word."""
REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
ENDLESS = 40
"""Repeats of fewer times are taken for bounded."""


class Samples:
    """What parts of one pattern match; the characters are the pattern's own and everyday ones."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.ignores_case = bool(pattern.flags & re.IGNORECASE)
        self.tree = parser.parse(pattern.pattern, pattern.flags)
        own = dict.fromkeys(_literals(self.tree))
        self.alphabet = [*dict.fromkeys([*own, *EVERYDAY])]
        self.groups: dict[int, str] = {}
        self.known: dict[int, list[str]] = {}

    def of(self, items: Any) -> list[str]:
        """A few texts that a sequence of nodes matches."""
        ways = [self._node(*item) for item in items]
        most = max(map(len, ways), default=1)
        return [*dict.fromkeys("".join(way[n % len(way)] for way in ways) for n in range(most))][
            :PUMPS
        ]

    def _node(self, op: Any, value: Any) -> list[str]:  # one case each
        if op in {sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN}:
            return self._characters(op, value)
        if op in REPEATS:
            least, most, body = value
            return [text * min(max(least, 1), int(most)) for text in self.of(body)] or [""]
        if op is sre.SUBPATTERN:
            found = self.of(value[-1])
            if value[0] is not None:
                self.groups[value[0]] = found[0]
            return found
        if op is sre.ATOMIC_GROUP:
            return self.of(value)
        if op is sre.BRANCH:
            ways = [self.of(way) for way in value[1]]
            return [way[0] for way in ways] + [text for way in ways for text in way[1:]]
        if op is sre.GROUPREF:
            return [self.groups.get(value, "")]
        if op is sre.ASSERT and value[0] < 0:
            return self.of(value[1])
        return [""]

    def _characters(self, op: Any, value: Any) -> list[str]:
        if op is sre.LITERAL:
            return [chr(value)]
        if id(value) not in self.known:
            taken = [char for char in self.alphabet if self._takes(op, value, char)]
            self.known[id(value)] = taken or ["?"]
        return self.known[id(value)]

    def _takes(self, op: Any, value: Any, char: str) -> bool:
        cases = {char, char.lower(), char.upper()} if self.ignores_case else {char}
        codes = {ord(case) for case in cases if len(case) == 1}
        if op is sre.NOT_LITERAL:
            return value not in codes
        if op is sre.ANY:
            return char != "\n"
        negated = value[0][0] is sre.NEGATE
        inside = any(
            (kind is sre.LITERAL and what in codes)
            or (kind is sre.RANGE and any(what[0] <= code <= what[1] for code in codes))
            or (kind is sre.CATEGORY and _category(what, char))
            for kind, what in value
        )
        return inside != negated


@dataclass(frozen=True, slots=True)
class Attack:
    """A text of any length: how it begins, what is said again and again, and how it ends."""

    first: str
    unit: str
    last: str

    def text(self, length: int) -> str:
        return self.first + self.unit * (length // len(self.unit)) + self.last


def attacks(pattern: re.Pattern[str]) -> list[Attack]:
    """Texts that make each endless repeat of the pattern work."""
    samples = Samples(pattern)
    found: dict[Attack, None] = {}
    for before, pump in _pumps(samples, samples.tree, ""):
        for first, unit in (
            (before, pump),
            ("", before + pump),
            ("", f"{before}{pump} "),
            ("", pump),
        ):
            found |= {Attack(first, unit, last): None for last in BREAKERS if unit}
    return [*found]


def _pumps(samples: Samples, items: Any, before: str) -> Iterator[tuple[str, str]]:
    """What stands before each endless repeat, and what it can be filled with."""
    for op, value in items:
        if op in REPEATS:
            _, most, body = value
            if most >= ENDLESS:
                yield from ((before, text) for text in samples.of(body))
            yield from _pumps(samples, body, before)
        elif op is sre.SUBPATTERN:
            yield from _pumps(samples, value[-1], before)
        elif op is sre.ATOMIC_GROUP:
            yield from _pumps(samples, value, before)
        elif op is sre.BRANCH:
            for way in value[1]:
                yield from _pumps(samples, way, before)
        elif op in {sre.ASSERT, sre.ASSERT_NOT}:
            yield from _pumps(samples, value[1], before)
        before += samples.of([(op, value)])[0]
    yield "", before


def _literals(items: Any) -> Iterator[str]:
    """Every character that a pattern names, ends of ranges included."""
    for op, value in items:
        if op in {sre.LITERAL, sre.NOT_LITERAL}:
            yield chr(value)
        elif op is sre.RANGE:
            yield from map(chr, value)
        elif op is sre.IN or op is sre.ATOMIC_GROUP:
            yield from _literals(value)
        elif op is sre.BRANCH:
            for way in value[1]:
                yield from _literals(way)
        elif op in REPEATS or op is sre.SUBPATTERN or op in {sre.ASSERT, sre.ASSERT_NOT}:
            yield from _literals(value[-1])


def _category(what: Any, char: str) -> bool:
    name = str(what).removeprefix("CATEGORY_").removeprefix("UNI_")
    negated = name.startswith("NOT_")
    kind = name.removeprefix("NOT_")
    inside = {
        "DIGIT": char.isdecimal(),
        "SPACE": char.isspace(),
        "WORD": char.isalnum() or char == "_",
    }[kind]
    return inside != negated
