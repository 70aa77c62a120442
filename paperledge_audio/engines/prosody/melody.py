"""F0 curves, changed in semitones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.engines.durations import PAUSES
from paperledge_audio.engines.prosody.phonemes import VOICELESS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from paperledge_audio.engines.prosody.direction import Accent, Direction

    Curve = NDArray[np.float64]

VOICED_HZ = 40.0
"""A curve is lower where there is no voice."""
LOWEST_HZ, HIGHEST_HZ = 50.0, 600.0
"""What a directed voice keeps to; a plain curve beyond stays as it is."""
PEAK_ST = {1: 4.6, 2: 7.5}
"""How much higher the highest point of an accented word becomes."""
MOST_ST = 9.0
"""Of what is added anywhere: a peak far from the stressed vowel isn't reached at any price."""
AFTER_ST = -0.6
"""Of what follows an accent in its phrase (post-focus compression, Xu 1999)."""
ASIDE_ST = -1.0
"""Of what is said beside the rest."""
NARROWEST, WIDEST = 3.0, 14.0
"""Deviations of an accent's bell, in values of 12.5 ms."""
JUMP_ST = 3.0
"""Between two values: the voice begins or ends there, and what it has in passing isn't heard."""


def find_edges(durations: NDArray[np.float32]) -> NDArray[np.int64]:
    """Where each token begins among the values, and the last one's end."""
    return np.concatenate([[0], 2 * np.cumsum(durations, dtype=np.int64)])


def stretch(
    f0: NDArray[np.float32], before: NDArray[np.int64], after: NDArray[np.int64]
) -> NDArray[np.float32]:
    """The curve of tokens between edges `before`, over the same tokens between edges `after`.

    So a longer word leaves the melody of the others as it was: predicted anew it would move.
    """
    places = np.interp(np.arange(after[-1]) + 0.5, after, before) - 0.5
    return np.interp(places, np.arange(len(f0)), f0).astype(np.float32)


def shape(
    f0: NDArray[np.float32], edges: NDArray[np.int64], direction: Direction
) -> NDArray[np.float32]:
    """The directed curve, Hz, of a predicted one whose tokens lie between `edges`.

    Where nothing is asked each value is multiplied by 1: it stays the same.
    """
    voiced = f0 > VOICED_HZ
    if not voiced.any():
        return f0
    plain = 12 * np.log2(np.maximum(f0, 1.0, dtype=np.float64))
    middle = float(np.median(plain[voiced]))
    change = (plain - middle) * (direction.range - 1) + direction.pitch_st
    heard = voiced & ~_mask(edges, direction.tokens, VOICELESS | PAUSES) & ~_find_jumps(plain)
    for aside in direction.asides:
        start, end = (float(edges[at]) for at in aside)
        change = change + ASIDE_ST * draw_plateau(len(f0), start, end)
    for accent in direction.accents:
        accented = accentuate(plain + change, heard, edges, accent)
        tail = draw_plateau(len(f0), *find_tail(edges, accent, direction))
        change = change + accented + AFTER_ST * tail
    low, high = (12 * np.log2(hz) for hz in (LOWEST_HZ, HIGHEST_HZ))
    change = np.clip(change, np.minimum(low - plain, 0), np.maximum(high - plain, 0))
    directed = np.where(voiced, f0 * np.exp2(change / 12), f0)
    return directed.astype(np.float32)


def accentuate(
    curve: Curve, heard: NDArray[np.bool_], edges: NDArray[np.int64], accent: Accent
) -> Curve:
    """Semitones to add: a bell over the stressed vowel, as high as the word's new peak needs.

    Where little of the vowel has a voice it stands over the nearest place that has. Nothing where
    nothing has.
    """
    start, end = (int(edges[at]) for at in accent.word)
    inside = np.flatnonzero(heard[start:end]) + start
    if not len(inside):
        return np.zeros(len(curve))
    first, last = (int(edges[at]) for at in accent.nucleus)
    vowel = inside[(inside >= first) & (inside < last)]
    centre = float(np.mean(vowel)) if 2 * len(vowel) >= last - first else (first + last) / 2
    centre = float(inside[np.argmin(np.abs(inside - centre))])
    bell = draw_bell(len(curve), start, centre, end)
    target = float(curve[inside].max()) + PEAK_ST[accent.emphasis]
    near = inside[bell[inside] > 0.5]
    height = float(np.min((target - curve[near]) / bell[near])) if len(near) else 0.0
    return min(height, MOST_ST) * bell


def draw_bell(count: int, start: float, centre: float, end: float) -> Curve:
    """A Gauss curve around `centre`, of height 1, with a width of its own on each side.

    It is down to a seventh at the edges of the word.
    """
    t = np.arange(count)
    side = np.where(t < centre, centre - start, end - centre)
    deviation = np.clip(side / 2, NARROWEST, WIDEST)
    bell: Curve = np.exp(-0.5 * ((t - centre) / deviation) ** 2)
    return bell


def find_tail(
    edges: NDArray[np.int64], accent: Accent, direction: Direction
) -> tuple[float, float]:
    """The values between an accented word and the next pause or accent."""
    stop = next(
        (
            at
            for at in range(accent.word[1], len(direction.tokens))
            if direction.tokens[at] in PAUSES - {" "}
            or any(at == other.word[0] for other in direction.accents)
        ),
        len(direction.tokens),
    )
    return float(edges[accent.word[1]]), float(edges[min(stop, len(edges) - 1)])


def draw_plateau(count: int, start: float, end: float, slope: float = 6.0) -> Curve:
    """1 between `start` and `end`, 0 outside, with soft slopes inside."""
    t = np.arange(count)
    up, down = (t - start) / slope, (end - t) / slope
    height = np.clip(np.minimum(up, down), 0.0, 1.0)
    plateau: Curve = (1 - np.cos(np.pi * height)) / 2
    return plateau


def _find_jumps(curve: Curve) -> NDArray[np.bool_]:
    """The values on both sides of every jump."""
    jumps = np.abs(np.diff(curve)) > JUMP_ST
    beside = np.zeros(len(curve), np.bool_)
    beside[:-1] |= jumps
    beside[1:] |= jumps
    return beside


def _mask(edges: NDArray[np.int64], tokens: str, symbols: frozenset[str]) -> NDArray[np.bool_]:
    """Which values belong to tokens among `symbols`."""
    among = np.array([symbol in symbols for symbol in tokens])
    values: NDArray[np.bool_] = np.repeat(among, np.diff(edges))
    return values
