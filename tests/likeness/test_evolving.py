"""The evolution finds hills whose tops are known, and stays near the stock voices."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from paperledge_audio.likeness.evolving import PRIOR, USUAL, evolve, price_distance

Place = NDArray[np.float64]
TOP = np.linspace(-1.0, 1.0, 10)


def hill(places: Sequence[Place]) -> list[float]:
    return [1 - float(np.mean((place - TOP) ** 2)) for place in places]


def test_the_top_of_a_hill_is_found_and_found_again() -> None:
    found = evolve(hill, np.zeros(10), 600, 0.5)
    assert np.abs(found - TOP).max() < 0.05
    assert np.array_equal(evolve(hill, np.zeros(10), 600, 0.5), found)


def test_no_more_is_tried_than_was_said_and_the_start_first() -> None:
    tried: list[Place] = []

    def count(places: Sequence[Place]) -> list[float]:
        tried.extend(places)
        return hill(places)

    start = np.full(10, 0.25)
    evolve(count, start, 50, 0.5)
    assert np.array_equal(tried[0], start)
    assert 30 < len(tried) <= 50


def test_where_nothing_is_better_the_start_stays() -> None:
    assert np.array_equal(evolve(hill, TOP, 60, 0.5), TOP)


def test_being_like_no_stock_voice_has_its_price() -> None:
    assert price_distance(np.full(20, USUAL)) == 0
    assert price_distance(np.array([USUAL + 1, -USUAL - 2])) == pytest.approx(PRIOR * (1 + 4))


def test_a_hill_far_out_is_climbed_as_far_as_it_pays() -> None:
    def far(places: Sequence[Place]) -> list[float]:
        return [0.01 * float(place[0]) for place in places]

    found = evolve(far, np.zeros(4), 1500, 0.5)
    # where another deviation costs what it gains: 2 · PRIOR · (x − USUAL) = 0.01
    assert found[0] == pytest.approx(USUAL + 0.01 / (2 * PRIOR), abs=0.1)
