"""Searches for the blend of voices that is most like a target, with few tries.

Speaking and embedding a blend takes a second, so few can be tried. A model predicts the embeddings
of the others, at first as the normalised weighted sum of the voices' embeddings. Each try corrects
it by Broyden's rank-one update (Broyden 1965, "A class of methods for solving nonlinear
simultaneous equations", Mathematics of Computation 19), and the most promising moves are tried
next. Nothing is random, so the same embeddings give the same blend.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from paperledge_audio.verify.encoder import Embedding

Weights = tuple[int, ...]
"""How much of each voice is in a blend, in hundredths; they sum to 100."""

WHOLE = 100
MOST_VOICES = 5
"""The most voices in a blend; more bring no audible gain."""
LEAST = 3
"""The least weight of a voice, in hundredths."""
STEPS = (50, 35, 20, 10, 5)
"""Hundredths that a move shifts."""
WIDTH = 4
"""Blends that are tried at once."""
PATIENCE = 3
"""The search stops after so many rounds of `WIDTH` blends without a gain."""
GAIN = 0.004
"""The least gain of the cosine that counts; other lines change it by as much."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The result of a search."""

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
) -> SearchResult:
    """The blend that, as `spoken`, is most like `target`; at most `most_tries` are spoken.

    `singles`, float [voices, d], are the voices' own embeddings, spoken as blends will be: so the
    result is never less like the target than the nearest of them.
    """
    model = _Model(singles)
    best = single_voice(int(np.argmax(singles @ target)), len(singles))
    current = singles[best.index(WHOLE)]
    seen, tried, in_vain = {best}, 0, 0
    batch = model.path(best, current, target)
    while batch and tried < most_tries and in_vain < PATIENCE:
        batch = batch[: most_tries - tried]
        seen.update(batch)
        tried += len(batch)
        found = spoken(batch)
        for weights, embedding in zip(batch, found, strict=True):
            model.learn(best, current, weights, embedding)
        likest = int(np.argmax([embedding @ target for embedding in found]))
        if found[likest] @ target > current @ target + GAIN:
            best, current, in_vain = batch[likest], found[likest], 0
        else:
            in_vain += 1
        batch = model.pick_moves(best, current, target, seen)
    return SearchResult(best, float(current @ target), tried)


def single_voice(voice: int, voices: int) -> Weights:
    """A blend of one voice."""
    return tuple(WHOLE * (n == voice) for n in range(voices))


class _Model:
    """Predicts embeddings of blends: normalised weighted sums of voices."""

    def __init__(self, singles: NDArray[np.float64]) -> None:
        self._parts = singles.copy()

    def guess(
        self, start: Weights, current: Embedding, blends: Sequence[Weights]
    ) -> NDArray[np.float64]:
        """Predicted embeddings [blends, d], from a blend whose own is known."""
        points = current * self._length(start) + _compute_shares(blends, start) @ self._parts
        unit: NDArray[np.float64] = points / np.linalg.norm(points, axis=1, keepdims=True)
        return unit

    def learn(
        self, start: Weights, current: Embedding, blend: Weights, embedding: Embedding
    ) -> None:
        """Correct the prediction for `blend`, changing as little as possible."""
        (shift,) = _compute_shares([blend], start)
        error = (embedding - self.guess(start, current, [blend])[0]) * self._length(start)
        self._parts += np.outer(shift, error) / (shift @ shift)

    def path(self, start: Weights, current: Embedding, target: Embedding) -> list[Weights]:
        """The blends of two, three … voices that the model alone would choose."""
        at, by_count = start, {}
        while options := sorted(set(list_moves(at))):
            likeness = self.guess(start, current, [at, *options]) @ target
            likest = int(np.argmax(likeness))
            if likeness[likest] <= likeness[0] + GAIN:
                break
            at = options[likest - 1]
            by_count[np.count_nonzero(at)] = at
        return [*by_count.values()][-WIDTH:] or self.pick_moves(start, current, target, {start})

    def pick_moves(
        self, start: Weights, current: Embedding, target: Embedding, seen: set[Weights]
    ) -> list[Weights]:
        """The moves with the best predictions, first the best for each voice, for variety."""
        options = sorted(set(list_moves(start)) - seen)
        if not options:
            return []
        likeness = self.guess(start, current, options) @ target
        favoured = np.argmax(_compute_shares(options, start), axis=1)
        rank: dict[np.intp, int] = {}
        ranked: list[tuple[int, int, Weights]] = []
        for n in np.argsort(-likeness, kind="stable"):
            rank[favoured[n]] = rank.get(favoured[n], -1) + 1
            ranked.append((rank[favoured[n]], len(ranked), options[n]))
        return [option for *_, option in sorted(ranked)[:WIDTH]]

    def _length(self, weights: Weights) -> float:
        return float(np.linalg.norm(np.array(weights) / WHOLE @ self._parts))


def list_moves(weights: Weights) -> Iterator[Weights]:
    """Every blend one step away: more of one voice, less of one, or some of one for another."""
    voices = range(len(weights))
    there = [n for n in voices if weights[n]]
    for step in STEPS:
        for to in voices:
            more = np.array(weights) * (WHOLE - step) / WHOLE
            more[to] += step
            yield _round(more)
            for giver in there:
                if giver != to:
                    given = np.array(weights, float)
                    shift = min(step, weights[giver])
                    given[giver] -= shift
                    given[to] += shift
                    yield _round(given)
        if len(there) > 1:
            for giver in there:
                less = np.array(weights, float)
                less[giver] = max(less[giver] - step, 0)
                yield _round(less)


def _round(weights: NDArray[np.float64]) -> Weights:
    """The heaviest few, in hundredths that sum to 100 (by the largest remainder)."""
    heaviest = np.argsort(-weights, kind="stable")[:MOST_VOICES]
    kept = np.zeros_like(weights)
    kept[heaviest] = np.where(weights[heaviest] < LEAST, 0, weights[heaviest])
    kept *= WHOLE / kept.sum()
    whole = np.floor(kept).astype(int)
    short = WHOLE - int(whole.sum())
    whole[np.argsort(whole - kept, kind="stable")[:short]] += 1
    return tuple(map(int, whole))


def _compute_shares(blends: Sequence[Weights], start: Weights) -> NDArray[np.float64]:
    """What moves from `start` to `blends` shift, as fractions [blends, voices]."""
    shares: NDArray[np.float64] = (np.array(blends, float) - np.array(start)) / WHOLE
    return shares
