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
AROUND = 0.35
"""How far from the best place they are drawn, in standard deviations on each axis."""
REACH = 3.5
"""Places that are so far apart, in standard deviations, still tell of each other."""
FIRST = 0.6
"""The part of the rounds in which not all axes move: fewer need fewer trials."""
LINES = 0.2
"""The part of the variance that is the lines'."""
NOISE = 0.05
"""The part that is nobody's."""
DOUBT = 0.3
"""The price of a place of which the model knows nothing."""
GUESSES, STEP = 1500, 0.3
"""Places that the model is asked about a round, and the first step."""


def pursue(
    hear: Callable[[Sequence[Place], int], Values],
    target: Embedding,
    start: Place,
    trials: int,
    *,
    first: int,
    lines: int,
) -> list[Place]:
    """The best place that the model knows after each round, of so many `trials` in all.

    In the `FIRST` rounds only so many of the `first` axes move. `hear` gets places and which of so
    many sets of `lines` they say.
    """
    draw = np.random.default_rng(SEED)
    places, heard, best = np.empty((0, len(start))), np.empty((0, len(target) + 2)), start
    said: list[int] = []
    course = []
    rounds = max(trials // ROUND, 1)
    for turn in range(rounds):
        free = first if turn < FIRST * rounds else len(start)
        fresh = np.tile(best, (ROUND, 1))
        fresh[1:, :free] += draw.normal(0, AROUND, (ROUND - 1, free))
        said += [turn % lines] * ROUND
        places = np.concatenate([places, fresh])
        heard = np.concatenate([heard, hear([*fresh], said[-1])])
        model = HearingModel(places, heard, np.array(said), target)
        at = places[int(np.argmax(model.weigh([*places])))]

        def weigh(
            ends: Sequence[Place], model: HearingModel = model, rest: Place = at[free:]
        ) -> list[float]:
            return model.weigh([np.concatenate([end, rest]) for end in ends])

        best = np.concatenate([evolve(weigh, at[:free], GUESSES, STEP), at[free:]])
        course.append(best)
    return course


class HearingModel:
    """Predicts embeddings and prices of places from those that were heard."""

    def __init__(
        self, places: NDArray[np.float64], heard: Values, said: NDArray[np.int_], target: Embedding
    ) -> None:
        self._places, self._target = places, target
        self._mean, self._scale = heard.mean(axis=0), heard.std(axis=0) + 1e-9
        alike = self._compare(places) + LINES * (said[:, None] == said)
        self._inverse = np.linalg.inv(alike + NOISE * np.eye(len(places)))
        self._weights = self._inverse @ ((heard - self._mean) / self._scale)

    def predict(self, places: NDArray[np.float64]) -> tuple[Values, NDArray[np.float64]]:
        """What would be heard, whatever the lines, and the doubt of it, 0 to 1."""
        near = self._compare(places)
        doubt = 1 - np.einsum("ij,jk,ik->i", near, self._inverse, near, optimize=True)
        values = self._mean + self._scale * (near @ self._weights)
        return values, np.sqrt(np.maximum(doubt, 0.0))

    def weigh(self, places: Sequence[Place]) -> list[float]:
        """Likeness to the target, less the prices of faults and of doubt."""
        values, doubt = self.predict(np.array(places))
        embeddings, slack, prices = values[:, :-2], values[:, -2], values[:, -1]
        likeness = embeddings @ self._target / np.linalg.norm(embeddings, axis=1)
        return [*map(float, likeness + np.minimum(slack, 0) - prices - DOUBT * doubt)]

    def _compare(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        apart = ((places[:, None] - self._places) ** 2).sum(axis=-1)
        near: NDArray[np.float64] = np.exp(-apart / (2 * REACH**2))
        return near
