"""Untrusted JSON and TOML → plain values, within bounds.

Nothing is nested deep enough to exhaust the stack of whoever walks it, and no number is too long
to be counted with or printed.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from itertools import accumulate, repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

DEEPEST = 32
"""Brackets within brackets, and parts of a dotted key; what we write has six."""
LONGEST_NUMBER = 18
"""Digits: such a number fits 64 bits. To read or print thousands of digits takes ever longer."""
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5}|\Z)'
    r"|'''(?:[^']|'(?!''))*+(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]|\\.)*+"?'
    r"|'[^'\n]*+'?|#[^\n]*+|[\[\]{}.,=\n]",
    re.DOTALL,
)
"""TOML's strings and comments, and what nests outside of them."""
LONGEST_FRACTION = 21
"""Digits after the point of the shortest decimal that is a given double: 0.0001 and 17 more."""
_JSON = re.compile(
    r'"(?:[^"\\]|\\.)*+"?|[\[\]{}]'
    rf"|(?<![.0-9])[0-9]{{{LONGEST_NUMBER + 1}}}|[0-9]{{{LONGEST_FRACTION + 1}}}",
    re.DOTALL,
)
"""JSON's strings, brackets, and numbers that are too long."""
_STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}


def parse_json(data: bytes | str, *, finite: bool = True) -> Any:
    """A JSON document's value.

    Raises ValueError for what is not JSON in UTF-8, is nested too deep, or holds a number that is
    too long or, unless it need not be `finite`, no number: Python writes Infinity and NaN.
    """
    text = data if isinstance(data, str) else data.decode("utf-8")
    tokens = _JSON.findall(text)
    if max(accumulate(map(_STEPS.get, tokens, repeat(0))), default=0) > DEEPEST:
        raise _too_deep()
    if any(map(str.isdecimal, tokens)):
        raise _too_long()
    number: Callable[[str], float] = _finite if finite else float
    try:
        return json.loads(text, parse_float=number, parse_constant=number)
    except RecursionError as error:
        raise ValueError(str(error)) from error


def parse_toml(text: str) -> dict[str, Any]:
    """A TOML document's top table.

    Raises ValueError for what is not TOML, is nested too deep or holds a whole number that is too
    long; numbers that are not finite are TOML.
    """
    _check_nesting(text)
    try:
        table = tomllib.loads(text)
    except ValueError as error:
        if isinstance(error, tomllib.TOMLDecodeError) or "digits" not in str(error):
            raise
        raise _too_long() from error
    _check_numbers(table)
    return table


def _check_nesting(text: str) -> None:
    depth = dots = 0
    for token in _TOKEN.finditer(text):
        char = token[0]
        if char in "[{":
            depth += 1
        elif char in "]}":
            depth -= 1
        elif char == ".":
            dots += 1
        elif char in "\n,=":
            dots = 0
        if depth > DEEPEST or dots > DEEPEST:
            raise _too_deep()


def _check_numbers(value: object) -> None:
    """Refuse what Python reads in spite of its length: numbers in other digits than decimal."""
    if isinstance(value, int) and abs(value) >= 10**LONGEST_NUMBER:
        raise _too_long()
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        _check_numbers(one)


def _finite(digits: str) -> float:
    if not math.isfinite(number := float(digits)):
        raise ValueError(f"it holds {digits[:LONGEST_NUMBER]}, which is not a number")
    return number


def _too_deep() -> ValueError:
    return ValueError(f"it is nested more than {DEEPEST} deep")


def _too_long() -> ValueError:
    return ValueError(f"it holds a number of more than {LONGEST_NUMBER} digits")
