"""The model predicts what is heard of a smooth world, and leads to the likest place in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from paperledge_audio.likeness.predicting import (
    CHOSEN_FROM,
    RELEARN,
    ROUND,
    HearingModel,
    pursue,
)
from paperledge_audio.verify.encoder import normalize

Values = NDArray[np.float64]
TOP = np.linspace(-1.0, 1.0, 10)
TARGET = normalize(np.concatenate([TOP, [1.0]]))
LINES = 3
OWN = np.eye(11)[: LINES + 1] * 0.8
"""What each set of lines adds to every voice that says them, the choice's last."""


def hear(places: Sequence[NDArray[np.float64]], turn: int) -> Values:
    """A place sounds as its coordinates, and its lines as theirs; nothing is at fault."""
    heard = [normalize(np.concatenate([place, [1.0]]) + OWN[turn]) for place in places]
    return np.array([[*one, 1.0, 0.0] for one in heard])


def likeness(place: NDArray[np.float64]) -> float:
    """To the target, whatever the lines."""
    return float(normalize(np.concatenate([place, [1.0]])) @ TARGET)


def test_the_likest_place_is_found_whatever_the_lines_add() -> None:
    found = pursue(hear, TARGET, np.zeros(10), 20 * ROUND, first=6, lines=LINES)
    assert len(found) == CHOSEN_FROM
    assert likeness(np.zeros(10)) < 0.5
    assert likeness(found[0]) > 0.97
    again = pursue(hear, TARGET, np.zeros(10), 20 * ROUND, first=6, lines=LINES)
    assert np.array_equal(again, found)


class Noting:
    """Hears and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[NDArray[np.float64], int]] = []

    def __call__(self, places: Sequence[NDArray[np.float64]], turn: int) -> Values:
        self.asked.append((np.array(places), turn))
        return hear(places, turn)


def test_lines_come_in_turn_and_the_best_places_say_the_choices() -> None:
    note = Noting()
    start = np.full(10, 0.1)
    found = pursue(note, TARGET, start, 5 * ROUND + 3, first=6, lines=LINES)
    assert [turn for _, turn in note.asked] == [0, 1, 2, 0, 1, LINES]
    assert [len(places) for places, _ in note.asked] == [ROUND] * 5 + [CHOSEN_FROM]
    assert np.array_equal(note.asked[0][0][0], start)
    assert sorted(map(tuple, found)) == sorted(map(tuple, note.asked[-1][0]))


def test_at_first_only_the_first_axes_move() -> None:
    note = Noting()
    pursue(note, TARGET, np.zeros(10), 5 * ROUND, first=6, lines=LINES)
    moved = [(places != 0).any(axis=0) for places, _ in note.asked[:-1]]
    assert [bool(axes[:6].all()) for axes in moved] == [True] * 5
    assert [bool(axes[6:].any()) for axes in moved] == [False, False, True, True, True]


def test_a_place_that_is_good_at_the_searchs_lines_alone_is_not_chosen() -> None:
    def spoil(places: Sequence[NDArray[np.float64]], turn: int) -> Values:
        heard = hear(places, turn)
        if turn == LINES:
            heard[0, -1] = 2.0
        return heard

    note = Noting()
    pursue(note, TARGET, np.zeros(10), 12 * ROUND, first=6, lines=LINES)
    spoiled = pursue(spoil, TARGET, np.zeros(10), 12 * ROUND, first=6, lines=LINES)
    assert not np.array_equal(spoiled[0], note.asked[-1][0][0])


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
        pursue(one, TARGET, np.zeros(10), 12 * ROUND, first=6, lines=LINES)[0]
        for one in (hear, world)
    )
    assert held[-1] < 0.2 < free[-1]


def hear_many(model: HearingModel, count: int) -> tuple[NDArray[np.float64], Values]:
    """Places that the model has heard, some of each set of lines, and what was heard there."""
    draw = np.random.default_rng(1)
    places = draw.normal(0, 0.5, (LINES, count, 10))
    heard = [hear([*part], said) for said, part in enumerate(places)]
    for said, part in enumerate(places):
        model.learn(part, heard[said], said)
    return places.reshape(-1, 10), np.concatenate(heard)


def test_the_model_knows_what_it_heard_and_doubts_what_is_far() -> None:
    model = HearingModel(TARGET, 10)
    places, heard = hear_many(model, 20)
    values, doubt = model.predict(np.concatenate([places[:1], np.full((1, 10), 9.0)]))
    assert doubt[0] < 0.5
    assert doubt[1] == pytest.approx(1, abs=1e-6)
    assert np.allclose(values[1], heard.mean(axis=0))  # of what is far it only knows the mean
    plain = normalize(np.concatenate([places[0], [1.0]]))
    assert float(normalize(values[0][:-2]) @ plain) > 0.95


def test_no_place_is_worth_more_for_a_price_below_nothing() -> None:
    """Beside places at fault the model goes on, below 0, where nobody is paid."""
    model = HearingModel(TARGET, 10)
    places = np.zeros((40, 10))
    places[:, 0] = np.linspace(0, 2, 40)
    heard = hear([*places], 0)
    heard[:, -1] = np.maximum(places[:, 0] - 1, 0) * 5
    model.learn(places, heard, 0)
    values, _doubt = model.predict(places)
    free = np.flatnonzero(values[:, -1] < -0.01)
    assert len(free)
    likeness = values[:, :-2] @ TARGET / np.linalg.norm(values[:, :-2], axis=1)
    worths = np.array(model.weigh([*places]))
    assert np.all(worths[free] <= likeness[free])


def test_an_axis_that_changes_nothing_reaches_farther() -> None:
    """Of a world whose last two axes are not heard."""
    model, draw = HearingModel(TARGET, 12), np.random.default_rng(2)
    for turn in range(3 * RELEARN):
        places = draw.normal(0, 0.7, (ROUND, 12))
        model.learn(places, hear([*places[:, :10]], turn % LINES), turn % LINES)
    model.learn_reach()
    assert model.reach[10:].min() > 1.5 * model.reach[:10].max()


def test_the_slope_of_the_likelihood_is_what_differences_say() -> None:
    model = HearingModel(TARGET, 10)
    hear_many(model, 20)
    found = model._find_slope()
    for axis in (0, 7):
        differences = []
        for step in (1e-4, -1e-4):
            moved = HearingModel(TARGET, 10)
            moved.reach[axis] *= np.exp(step)
            hear_many(moved, 20)
            differences.append(find_likelihood(moved))
        assert found[axis] == pytest.approx((differences[0] - differences[1]) / 2e-4, rel=1e-3)


def find_likelihood(model: HearingModel) -> float:
    """The logarithm of the likelihood of one value, with the variance that makes it largest."""
    known = ((model._heard - model._mean) / model._scale)[:, :-1]
    alike = np.linalg.inv(model._inverse)
    variance = np.sum(known * np.linalg.solve(alike, known)) / known.size
    logarithm = np.linalg.slogdet(alike)[1]
    return float(-len(known) / 2 * np.log(variance) - logarithm / 2)
