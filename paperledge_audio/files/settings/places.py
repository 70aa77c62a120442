"""Where each key of a TOML document stands."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections import Counter

Place = tuple[int, int]
"""A line and a column, both from 1; 0: not known."""

_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5}|\Z)'
    r"|'''(?:[^']|'(?!''))*+(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?|[\[\]{}.,=\n]|#[^\n]*+|[^\s\"'#\[\]{}.,=]++",
    re.DOTALL,
)
"""A string, a sign, a remark or a word of TOML."""


def find_places(source: str) -> dict[str, Place]:
    r"""The place of each key and table of valid TOML, by dotted names; an item's has its number.

    >>> find_places('[a]\nb = [{ c = 1 }]')
    {'a': (1, 2), 'a.b': (2, 1), 'a.b.0.c': (2, 8)}
    """
    return _Reader(source).read()


class _Reader:
    """Walks through the tokens once."""

    def __init__(self, source: str) -> None:
        self._ends = [found.start() for found in re.finditer("\n", source)]
        self._tokens = [found for found in _TOKEN.finditer(source) if found[0][0] != "#"]
        self._at = 0
        self._found: dict[str, Place] = {}

    def read(self) -> dict[str, Place]:
        prefix, counts = "", Counter[str]()
        while sign := self._peek():
            if sign == "\n":
                self._at += 1
            elif sign == "[":
                self._at += 1
                many = self._peek() == "["
                self._at += many
                name = self._read_key("")
                prefix = f"{name}.{counts[name]}." if many else f"{name}."
                counts[name] += many
                while self._peek() not in {"\n", ""}:
                    self._at += 1
            else:
                self._read_pair(prefix)
        return self._found

    def _peek(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _read_key(self, prefix: str) -> str:
        """A dotted key; its parts have the place of the first one, unless they had one before."""
        start = self._tokens[self._at].start()
        line = bisect_left(self._ends, start)
        place = line + 1, start - (self._ends[line - 1] if line else -1)
        parts: list[str] = []
        while (sign := self._peek()) not in {"=", "]", ""}:
            self._at += 1
            if sign != ".":
                parts.append(_read_name(sign))
                self._found.setdefault(prefix + ".".join(parts), place)
        return prefix + ".".join(parts)

    def _read_pair(self, prefix: str) -> None:
        name = self._read_key(prefix)
        self._at += 1
        self._read_value(name)

    def _read_value(self, name: str) -> None:
        sign = self._peek()
        self._at += 1
        if sign == "{":
            while self._peek() not in {"}", ""}:
                if self._peek() in {",", "\n"}:
                    self._at += 1
                else:
                    self._read_pair(f"{name}.")
            self._at += 1
        elif sign == "[":
            number = 0
            while self._peek() not in {"]", ""}:
                if self._peek() in {",", "\n"}:
                    number += self._peek() == ","
                    self._at += 1
                else:
                    self._read_value(f"{name}.{number}")
            self._at += 1
        else:  # a number or a time has several tokens
            while self._peek() not in {"\n", ",", "]", "}", ""}:
                self._at += 1


def _read_name(written: str) -> str:
    if "\\" in written:
        return str(next(iter(tomllib.loads(f"{written} = 0"))))
    return written[1:-1] if written[0] in "\"'" else written
