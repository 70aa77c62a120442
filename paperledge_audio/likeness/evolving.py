"""The search for a place in the space of voices: CMA-ES near the stock voices.

Hansen 2016, "The CMA Evolution Strategy: A tutorial", https://arxiv.org/abs/1604.00772, through the
library cmaes. It draws from a seed, so the same worths give the same place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.files.resources import compose_install, require_package

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from paperledge_audio.likeness.space import Place

SEED = 20
USUAL = 2.0
"""Standard deviations: of 28 stock voices 1 in 25 is farther out on an axis."""
PRIOR = 0.003
"""The price of a squared standard deviation beyond that, on one axis."""


def evolve(
    find_worths: Callable[[Sequence[Place]], Sequence[float]],
    start: Place,
    trials: int,
    step: float | Place,
) -> Place:
    """The place that is worth most, of `trials` at most; several are asked for at once.

    `step` is the first step along each axis, in standard deviations. The start is tried first, so
    what is found is worth no less.
    """
    check_search()
    from cmaes import CMA  # noqa: PLC0415 - an extra

    def weigh(places: Sequence[Place]) -> list[float]:
        found = zip(places, find_worths(places), strict=True)
        return [worth - price_distance(place) for place, worth in found]

    search = CMA(mean=start / step, sigma=1.0, seed=SEED)
    best, (most,) = start, weigh([start])
    for _ in range((trials - 1) // search.population_size):
        asked = [search.ask() for _ in range(search.population_size)]
        places = [point * step for point in asked]
        worths = weigh(places)
        search.tell([(point, -worth) for point, worth in zip(asked, worths, strict=True)])
        if max(worths) > most:
            most = max(worths)
            best = places[worths.index(most)]
    return best


def check_search() -> None:
    """Raise MissingError if the library is not installed."""
    require_package("cmaes", compose_install("fit"))


def price_distance(place: Place) -> float:
    """What it costs to be farther out than stock voices are."""
    return PRIOR * float(np.sum(np.maximum(np.abs(place) - USUAL, 0.0) ** 2))
