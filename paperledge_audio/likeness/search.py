"""The blend of voices that comes nearest to a target, when hearing a blend is slow.

Speaking a blend and hearing whose voice it is takes a second, so few blends can be tried. A model
that costs nothing guesses what the others would be: in the embeddings' space a blend lies about
where the weighted sum of its voices' embeddings points. Whatever is tried corrects the model by
Broyden's rank-one update (Broyden 1965, "A class of methods for solving nonlinear simultaneous
equations", Mathematics of Computation 19), and the most promising moves are tried next. Nothing is
drawn by chance, so the same embeddings give the same blend.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from paperledge_audio.likeness.encoder import Embedding

Weights = tuple[int, ...]
"""How much of each voice is in a blend, in hundredths; they sum to 100."""

WHOLE = 100
MOST_VOICES = 5
"""In a blend; what is gained by more can't be heard."""
LEAST = 3
"""Hundredths; less of a voice is left out."""
STEPS = (50, 35, 20, 10, 5)
"""Hundredths that a move shifts."""
WIDTH = 4
"""Blends that are tried at once."""
PATIENCE = 3
"""Tries of `WIDTH` blends without a gain after which there is none to be had."""
GAIN = 0.004
"""Of the cosine; less is no gain, for other words would undo it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a search ended."""

    weights: Weights
    likeness: float
    """The cosine of its embedding with the target."""
    tried: int
    """Blends that were spoken."""


def search(
    spoken: Callable[[Sequence[Weights]], Sequence[Embedding]],
    singles: NDArray[np.float64],
    target: Embedding,
    most_tries: int,
) -> Found:
    """The blend that, as `spoken`, is most like `target`; at most `most_tries` are spoken.

    `singles`, float [voices, d], are the voices' own embeddings, spoken as blends will be: so the
    result is never less like the target than the nearest of them.
    """
    model = _Model(singles)
    best = single(int(np.argmax(singles @ target)), len(singles))
    heard = singles[best.index(WHOLE)]
    seen, tried, in_vain = {best}, 0, 0
    batch = model.path(best, heard, target)
    while batch and tried < most_tries and in_vain < PATIENCE:
        batch = batch[: most_tries - tried]
        seen.update(batch)
        tried += len(batch)
        found = spoken(batch)
        for weights, embedding in zip(batch, found, strict=True):
            model.learn(best, heard, weights, embedding)
        likest = int(np.argmax([embedding @ target for embedding in found]))
        if found[likest] @ target > heard @ target + GAIN:
            best, heard, in_vain = batch[likest], found[likest], 0
        else:
            in_vain += 1
        batch = model.promising(best, heard, target, seen)
    return Found(best, float(heard @ target), tried)


def single(voice: int, voices: int) -> Weights:
    """A blend of one voice."""
    return tuple(WHOLE * (n == voice) for n in range(voices))


class _Model:
    """What a blend is guessed to be heard as: what its voices add, on the unit sphere."""

    def __init__(self, singles: NDArray[np.float64]) -> None:
        self._parts = singles.copy()

    def guessed(
        self, start: Weights, heard: Embedding, blends: Sequence[Weights]
    ) -> NDArray[np.float64]:
        """Embeddings [blends, d], seen from a blend whose own was heard."""
        points = heard * self._length(start) + _shares(blends, start) @ self._parts
        unit: NDArray[np.float64] = points / np.linalg.norm(points, axis=1, keepdims=True)
        return unit

    def learn(self, start: Weights, heard: Embedding, blend: Weights, embedding: Embedding) -> None:
        """Make the guess for `blend` what it turned out to be, changing as little as possible."""
        (shift,) = _shares([blend], start)
        error = (embedding - self.guessed(start, heard, [blend])[0]) * self._length(start)
        self._parts += np.outer(shift, error) / (shift @ shift)

    def path(self, start: Weights, heard: Embedding, target: Embedding) -> list[Weights]:
        """The blends of two, three … voices that the model by itself would go through."""
        at, by_count = start, {}
        while options := sorted(set(moves(at))):
            likeness = self.guessed(start, heard, [at, *options]) @ target
            likest = int(np.argmax(likeness))
            if likeness[likest] <= likeness[0] + GAIN:
                break
            at = options[likest - 1]
            by_count[np.count_nonzero(at)] = at
        return [*by_count.values()][-WIDTH:] or self.promising(start, heard, target, {start})

    def promising(
        self, start: Weights, heard: Embedding, target: Embedding, seen: set[Weights]
    ) -> list[Weights]:
        """The moves with the best guesses, of those to one voice the best first: not all alike."""
        options = sorted(set(moves(start)) - seen)
        if not options:
            return []
        likeness = self.guessed(start, heard, options) @ target
        favoured = np.argmax(_shares(options, start), axis=1)
        rank: dict[np.intp, int] = {}
        ranked: list[tuple[int, int, Weights]] = []
        for n in np.argsort(-likeness, kind="stable"):
            rank[favoured[n]] = rank.get(favoured[n], -1) + 1
            ranked.append((rank[favoured[n]], len(ranked), options[n]))
        return [option for *_, option in sorted(ranked)[:WIDTH]]

    def _length(self, weights: Weights) -> float:
        return float(np.linalg.norm(np.array(weights) / WHOLE @ self._parts))


def moves(weights: Weights) -> Iterator[Weights]:
    """Every blend one step away: more of one voice, less of one, or some of one for another."""
    voices = range(len(weights))
    there = [n for n in voices if weights[n]]
    for step in STEPS:
        for to in voices:
            more = np.array(weights) * (WHOLE - step) / WHOLE
            more[to] += step
            yield _rounded(more)
            for giver in there:
                if giver != to:
                    given = np.array(weights, float)
                    shift = min(step, weights[giver])
                    given[giver] -= shift
                    given[to] += shift
                    yield _rounded(given)
        if len(there) > 1:
            for giver in there:
                less = np.array(weights, float)
                less[giver] = max(less[giver] - step, 0)
                yield _rounded(less)


def _rounded(weights: NDArray[np.float64]) -> Weights:
    """The heaviest few, in hundredths that sum to 100 (by the largest remainder)."""
    heaviest = np.argsort(-weights, kind="stable")[:MOST_VOICES]
    kept = np.zeros_like(weights)
    kept[heaviest] = np.where(weights[heaviest] < LEAST, 0, weights[heaviest])
    kept *= WHOLE / kept.sum()
    whole = np.floor(kept).astype(int)
    short = WHOLE - int(whole.sum())
    whole[np.argsort(whole - kept, kind="stable")[:short]] += 1
    return tuple(map(int, whole))


def _shares(blends: Sequence[Weights], start: Weights) -> NDArray[np.float64]:
    """What moves from `start` to `blends` shift, as fractions [blends, voices]."""
    shares: NDArray[np.float64] = (np.array(blends, float) - np.array(start)) / WHOLE
    return shares
