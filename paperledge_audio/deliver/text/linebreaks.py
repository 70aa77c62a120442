"""Breaks words into captions and lines at the least cost.

A cut after a sentence costs least, after a clause a little, between words that belong together
most; fast or slow captions and uneven lines cost, too.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from paperledge_audio.spoken.sentences import is_full_stop

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SHORTEST_MS = 1000
LONGEST_MS = 7000
"""Netflix's timed text style guide: 5/6 s to 7 s an event."""

_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？")
_CLAUSE_ENDS = (",", ";", ":", "–", "—", "،", "、", "，", "；", "：")
_CLOSERS = "\"'”’»)]}*_"
_CLINGING = frozenset(
    word
    for line in (
        "a an the of to in on at by for with from as and or but nor if that than",
        "is are was be not no my your our their his her its this these those",
        "i we you he she it they very",
    )
    for word in line.split()
)
"""English words that belong to the one after them."""
_SIGNS = frozenset("=≠≈≃∼~→←↔+−±×·<>≤≥∈∣|/&")
"""They stand between two values."""
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"))
_NEAR = 3
"""Words at each side of a cut: a bracket that they open and close is short."""
_LINE_BREAK = 0.3
"""Breaking a line costs less than ending a caption there."""
_REMEMBERED = 4096
"""Cache size: more than the starts and ends of captions around a word."""
_RAGGED = 12.0
"""The cost of an empty line beside a full one."""


@dataclass(frozen=True, slots=True)
class Token:
    """A printed word, or a line's part of one."""

    text: str
    start_ms: int
    end_ms: int
    glued: bool
    """Whether no space precedes it."""
    ends_segment: bool


def join_tokens(tokens: Sequence[Token]) -> str:
    """The tokens as a line of text."""
    return "".join(
        token.text if index == 0 or token.glued else f" {token.text}"
        for index, token in enumerate(tokens)
    )


def cut_up(
    tokens: Sequence[Token], characters: int, lines: int, *, indent: int
) -> list[tuple[int, ...]]:
    """The captions' cuts: each caption is a tuple of places, its start, its line breaks, its end.

    A line holds at most `characters`, the very first one `indent` fewer; a caption at most `lines`.
    No token may be longer than the first line.
    """
    count = len(tokens)
    ends = [_ends_sentence(tokens, i) for i in range(count)]
    costs = [_cost_of_cut(tokens, i, ends=ends[i]) for i in range(count - 1)] + [0.0]
    broken = _make_line_breaker(tokens, costs, characters, indent)
    totals = [0.0] + [math.inf] * count
    captions: list[tuple[int, ...]] = [()] * (count + 1)
    for start in range(count):
        for end in range(start + 1, count + 1):
            inner, cut = broken(start, end, lines)
            if not cut:
                break
            cost = (
                totals[start]
                + inner
                + costs[end - 1]
                + _reading_cost(tokens[start:end], ends[start:end])
            )
            if cost < totals[end]:
                totals[end], captions[end] = cost, cut
    out: list[tuple[int, ...]] = []
    place = count
    while place:
        out.append(captions[place])
        place = captions[place][0]
    return out[::-1]


def _make_line_breaker(
    tokens: Sequence[Token], costs: Sequence[float], characters: int, indent: int
) -> Callable[[int, int, int], tuple[float, tuple[int, ...]]]:
    """A function: start, end, most lines → cost and cut of the cheapest lines; () if none fit."""
    spaces = [0 if token.glued else 1 for token in tokens]
    widths = [len(token.text) + space for token, space in zip(tokens, spaces, strict=True)]
    ends = list(accumulate(widths, initial=0))

    @lru_cache(_REMEMBERED)
    def broken(start: int, end: int, left: int) -> tuple[float, tuple[int, ...]]:
        room = characters - (0 if start else indent)
        best: tuple[float, tuple[int, ...]] = (math.inf, ())
        for middle in range(end, start, -1):
            width = ends[middle] - ends[start] - spaces[start]
            if width > room:
                continue
            ragged = _RAGGED * ((room - width) / characters) ** 2
            if middle == end:
                return ragged, (start, end)
            if left == 1:
                break
            rest, below = broken(middle, end, left - 1)
            cost = _LINE_BREAK * costs[middle - 1] + ragged + rest
            if cost < best[0]:
                best = (cost, (start, *below))
        return best

    return broken


def _cost_of_cut(tokens: Sequence[Token], index: int, *, ends: bool) -> float:
    """The cost of ending a caption or a line after a token; lower at pauses.

    `ends`: whether a sentence ends there. Another dot is an abbreviation's or an initial's.
    """
    token, following = tokens[index], tokens[index + 1]
    if following.glued:
        return 60.0
    rest = max(following.start_ms - token.end_ms, 0) / 100
    if not token.ends_segment and _parts_formula(tokens, index):
        return max(50.0 - rest, 6.0)
    if ends:
        return max(2.0 - rest, 0.0)
    bare = token.text.rstrip(_CLOSERS)
    if bare.endswith(_CLAUSE_ENDS):
        return max(8.0 - rest, 2.0)
    clings = bare.lower() in _CLINGING or bare.endswith(".")
    return max((50.0 if clings else 20.0) - rest, 6.0)


def _parts_formula(tokens: Sequence[Token], index: int) -> bool:
    """Whether a cut after a token stands beside a sign, or in a short bracket, as "[1.1, 6.0]"."""
    if _SIGNS.intersection((tokens[index].text, tokens[index + 1].text)):
        return True
    before = "".join(token.text for token in tokens[max(index + 1 - _NEAR, 0) : index + 1])
    after = "".join(token.text for token in tokens[index + 1 : index + 1 + _NEAR])
    return any(
        before.count(left) > before.count(right) and after.count(right) > after.count(left)
        for left, right in _BRACKETS
    )


def _ends_sentence(tokens: Sequence[Token], index: int) -> bool:
    """Whether a sentence ends with a token: "Tukey." may, the "W." before it doesn't."""
    token = tokens[index]
    bare = token.text.rstrip(_CLOSERS)
    if token.ends_segment or not bare.endswith("."):
        return token.ends_segment or bare.endswith(_SENTENCE_ENDS)
    text = join_tokens(tokens[max(index - 3, 0) : index + 2])
    return is_full_stop(text, text.rfind(token.text) + len(bare) - 1)


def _reading_cost(tokens: Sequence[Token], ends: Sequence[bool]) -> float:
    """The cost of reading a caption: too fast, too slow, or over several sentences."""
    length_ms = tokens[-1].end_ms - tokens[0].start_ms
    cost = 4.0  # each caption is an eye movement
    cost += 40.0 * max(1.0 - length_ms / SHORTEST_MS, 0.0)
    if length_ms > LONGEST_MS and len(tokens) > 1:
        cost += 1000.0  # only a single word may take longer
    cost += sum(5.0 for token in tokens[:-1] if token.ends_segment)
    if any(ends[:-1]) and not ends[-1]:
        cost += 15.0  # the end of one sentence and the beginning of another
    return cost
