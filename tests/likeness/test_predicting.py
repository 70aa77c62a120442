"""The model predicts what is heard of a smooth world, and leads to the likest place in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from paperledge_audio.likeness.predicting import ROUND, HearingModel, pursue
from paperledge_audio.verify.encoder import normalize

Values = NDArray[np.float64]
TOP = np.linspace(-1.0, 1.0, 10)
TARGET = normalize(np.concatenate([TOP, [1.0]]))
OWN = np.eye(11)[:3] * 0.8
"""What each of three sets of lines adds to every voice that says them."""


def hear(places: Sequence[NDArray[np.float64]], turn: int) -> Values:
    """A place sounds as its coordinates, and its lines as theirs; nothing is at fault."""
    heard = [normalize(np.concatenate([place, [1.0]]) + OWN[turn]) for place in places]
    return np.array([[*one, 1.0, 0.0] for one in heard])


def likeness(place: NDArray[np.float64]) -> float:
    """To the target, whatever the lines."""
    return float(normalize(np.concatenate([place, [1.0]])) @ TARGET)


def test_the_likest_place_is_found_whatever_the_lines_add() -> None:
    course = pursue(hear, TARGET, np.zeros(10), 20 * ROUND, first=6, lines=len(OWN))
    assert len(course) == 20
    assert likeness(np.zeros(10)) < 0.5
    assert likeness(course[-1]) > 0.97
    again = pursue(hear, TARGET, np.zeros(10), 20 * ROUND, first=6, lines=len(OWN))
    assert np.array_equal(again[-1], course[-1])


def test_each_round_hears_the_best_place_and_the_lines_come_in_turn() -> None:
    asked: list[tuple[NDArray[np.float64], int]] = []

    def note(places: Sequence[NDArray[np.float64]], turn: int) -> Values:
        assert len(places) == ROUND
        asked.append((places[0], turn))
        return hear(places, turn)

    course = pursue(note, TARGET, np.full(10, 0.1), 5 * ROUND + 3, first=6, lines=len(OWN))
    assert [turn for _, turn in asked] == [0, 1, 2, 0, 1]
    for (first, _), best in zip(asked, [np.full(10, 0.1), *course], strict=False):
        assert np.array_equal(first, best)


def test_at_first_only_the_first_axes_move() -> None:
    course = pursue(hear, TARGET, np.zeros(10), 5 * ROUND, first=6, lines=len(OWN))
    still = [not place[6:].any() for place in course]
    assert still == [True, True, True, False, False]
    assert all(place[:6].any() for place in course)


def price_the_last(places: Sequence[NDArray[np.float64]], turn: int) -> Values:
    """What is above 0 on the last axis is at fault."""
    heard = hear(places, turn)
    heard[:, -1] = [2.0 * max(place[-1], 0.0) for place in places]
    return heard


def worsen_the_last(places: Sequence[NDArray[np.float64]], turn: int) -> Values:
    """Quality falls along the last axis, and is at its bound at 0."""
    heard = hear(places, turn)
    heard[:, -2] = [-2.0 * place[-1] for place in places]
    return heard


@pytest.mark.parametrize("world", [price_the_last, worsen_the_last])
def test_what_is_at_fault_is_left_alone(world: Callable[..., Values]) -> None:
    free, held = (
        pursue(one, TARGET, np.zeros(10), 12 * ROUND, first=6, lines=len(OWN))[-1]
        for one in (hear, world)
    )
    assert held[-1] < 0.2 < free[-1]


def test_the_model_knows_what_it_heard_and_doubts_what_is_far() -> None:
    draw = np.random.default_rng(1)
    places = draw.normal(0, 0.5, (60, 10))
    said = np.arange(60) % len(OWN)
    heard = np.concatenate(
        [hear([place], turn) for place, turn in zip(places, said.tolist(), strict=True)]
    )
    model = HearingModel(places, heard, said, TARGET)
    values, doubt = model.predict(np.concatenate([places[:1], np.full((1, 10), 9.0)]))
    assert doubt[0] < 0.5
    assert doubt[1] == pytest.approx(1, abs=1e-6)
    assert np.allclose(values[1], heard.mean(axis=0))  # of what is far it only knows the mean
    plain = normalize(np.concatenate([places[0], [1.0]]))
    assert float(normalize(values[0][:-2]) @ plain) > 0.95
