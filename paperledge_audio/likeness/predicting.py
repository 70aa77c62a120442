"""The search for the likest voice with few trials: a model predicts what would be heard.

A trial costs seconds of speech, and a search that asks only how like it was learns one number
from it. The model learns the whole embedding: a Gaussian process over the places, one for each
value that was heard (Rasmussen and Williams 2006, "Gaussian Processes for Machine Learning",
chapter 2). Which lines a trial said is a part of the model, so lines may change from one round to
the next, and what a voice owes to its lines is not taken for its likeness.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.likeness.evolving import SEED, evolve

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from paperledge_audio.likeness.space import Place
    from paperledge_audio.verify.encoder import Embedding

    Values = NDArray[np.float64]
    """What was heard in some places, [places, values]: embeddings, then the slack of quality, which
    costs what it is below 0, and the price of other faults."""

ROUND = 12
"""Places that are heard before the model learns from them."""
AROUND = 0.1
"""How far from the best place they are drawn on each axis, as a part of its reach."""
REACH = 3.5
"""Places that are so far apart on an axis, in standard deviations, still tell of each other: so it
is held at first."""
RELEARN = 5
"""Rounds after which the reach of each axis is learned anew."""
CLIMBS, CLIMB = 30, 0.05
"""Steps that learn it, and how far each leads at most, as a logarithm."""
HELD = 0.25
"""The price of a reach's squared logarithm off `REACH`, in units of the model's likelihood."""
FARTHEST = np.log(3)
"""How far a reach rises above `REACH`, as a logarithm."""
FIRST = 0.3
"""The part of the rounds in which not all axes move: fewer need fewer trials."""
LINES = 0.2
"""The part of the variance that is the lines'."""
NOISE = 0.05
"""The part that is nobody's."""
DOUBT = 0.1
"""The price of a place of which the model knows nothing; likeness varies by less."""
GUESSES, STEP = 1500, 0.1
"""Places that the model is asked about a round, and the first step, as a part of the reach."""
CHOSEN_FROM = 12
"""The best places of the search, which say other lines."""


def pursue(
    hear: Callable[[Sequence[Place], int], Values],
    target: Embedding,
    start: Place,
    trials: int,
    *,
    first: int,
    lines: int,
) -> list[Place]:
    """The places that are worth most after so many `trials` and a choice, the best first.

    In the `FIRST` rounds only so many of the `first` axes move. `hear` gets places and which of so
    many sets of `lines` they say; the choice between the best places says one more set.
    """
    draw = np.random.default_rng(SEED)
    best = start
    model = HearingModel(target, len(start))
    rounds = max(trials // ROUND, 1)
    for turn in range(rounds):
        free = first if turn < FIRST * rounds else len(start)
        fresh = np.tile(best, (ROUND, 1))
        fresh[1:, :free] += AROUND * draw.normal(0, model.reach[:free], (ROUND - 1, free))
        model.learn(fresh, hear([*fresh], turn % lines), turn % lines)
        if turn % RELEARN == RELEARN - 1:
            model.learn_reach()
        at = model.sort([*model.places])[0]

        def weigh(ends: Sequence[Place], rest: Place = at[free:]) -> list[float]:
            return model.weigh([np.concatenate([end, rest]) for end in ends])

        steps = STEP * model.reach[:free]
        best = np.concatenate([evolve(weigh, at[:free], GUESSES, steps), at[free:]])
    chosen_from = model.sort([*model.places, best])[:CHOSEN_FROM]
    model.learn(np.array(chosen_from), hear(chosen_from, lines), lines)
    return model.sort(chosen_from)


class HearingModel:
    """Predicts embeddings and prices of places from those that were heard."""

    def __init__(self, target: Embedding, axes: int) -> None:
        self._target = target
        self.places = np.empty((0, axes))
        """[places, axes]: what was heard so far."""
        self._heard, self._said = np.empty((0, len(target) + 2)), np.empty(0, int)
        self.reach = np.full(axes, REACH)
        """[axes], in standard deviations: how far what is heard is alike along each axis."""

    def learn(self, places: NDArray[np.float64], heard: Values, said: int) -> None:
        """Take in what was heard in places that said one set of lines."""
        self.places = np.concatenate([self.places, places])
        self._heard = np.concatenate([self._heard, heard])
        self._said = np.append(self._said, np.full(len(places), said))
        self._mean, self._scale = self._heard.mean(axis=0), self._heard.std(axis=0) + 1e-9
        self._invert()

    def learn_reach(self) -> None:
        """Make what was heard likelier by the reach of each axis, from where it stands.

        It climbs the marginal likelihood (Rasmussen and Williams 2006, chapter 5.4.1), held near
        `REACH`, with the steps of Adam (Kingma and Ba 2015, https://arxiv.org/abs/1412.6980).
        """
        logs, held = np.log(self.reach), np.log(REACH)
        mean, square = np.zeros_like(logs), np.zeros_like(logs)
        for step in range(1, CLIMBS + 1):
            slope = self._find_slope() - 2 * HELD * (logs - held)
            mean += 0.1 * (slope - mean)
            square += 0.01 * (slope**2 - square)
            logs += CLIMB * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
            logs = np.minimum(logs, held + FARTHEST)
            self.reach = np.exp(logs)
            self._invert()

    def sort(self, places: Sequence[Place]) -> list[Place]:
        """The different places among these, those that are worth most first."""
        fresh = np.unique(np.array(places), axis=0)
        return [*fresh[np.argsort(self.weigh([*fresh]))[::-1]]]

    def predict(self, places: NDArray[np.float64]) -> tuple[Values, NDArray[np.float64]]:
        """What would be heard, whatever the lines, and the doubt of it, 0 to 1."""
        near = self._compare(places)
        doubt = 1 - np.einsum("ij,ij->i", near @ self._inverse, near)
        told = near @ self._weights
        told[:, -1] = self._compare(places, REACH) @ self._price_weights
        return self._mean + self._scale * told, np.sqrt(np.maximum(doubt, 0.0))

    def weigh(self, places: Sequence[Place]) -> list[float]:
        """Likeness to the target, less the prices of faults and of doubt."""
        values, doubt = self.predict(np.array(places))
        embeddings, slack, prices = values[:, :-2], values[:, -2], values[:, -1]
        likeness = embeddings @ self._target / np.linalg.norm(embeddings, axis=1)
        worths = likeness + np.minimum(slack, 0) - np.maximum(prices, 0) - DOUBT * doubt
        return [*map(float, worths)]

    def _invert(self) -> None:
        """Work out the weights of what was heard."""
        self._near = self._compare(self.places)
        lines = LINES * (self._said[:, None] == self._said) + NOISE * np.eye(len(self.places))
        known = (self._heard - self._mean) / self._scale
        self._inverse = np.linalg.inv(self._near + lines)
        self._weights = self._inverse @ known
        # a price may change where the voice doesn't
        price_near = self._compare(self.places, REACH)
        self._price_weights = np.linalg.solve(price_near + lines, known[:, -1])

    def _find_slope(self) -> NDArray[np.float64]:
        """How the likelihood of what was heard rises with the logarithm of each reach."""
        known = ((self._heard - self._mean) / self._scale)[:, :-1]  # the price is mostly 0
        weights = self._weights[:, :-1]
        variance = np.sum(known * weights) / known.size
        told = weights @ weights.T / (variance * known.shape[1]) - self._inverse
        told *= self._near / 2
        at = self.places / self.reach
        apart = told.sum(axis=0) @ at**2 - np.einsum("ij,ij->j", at, told @ at)
        slope: NDArray[np.float64] = 2 * apart
        return slope

    def _compare(
        self, places: NDArray[np.float64], reach: NDArray[np.float64] | float | None = None
    ) -> NDArray[np.float64]:
        reach = self.reach if reach is None else reach
        here, there = places / reach, self.places / reach
        apart = (here**2).sum(axis=1)[:, None] + (there**2).sum(axis=1) - 2 * here @ there.T
        near: NDArray[np.float64] = np.exp(-np.maximum(apart, 0.0) / 2)
        return near
