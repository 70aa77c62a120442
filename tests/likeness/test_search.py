"""The search finds blends that are known, and never does worse than the nearest voice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from paperledge_audio.likeness.search import (
    LEAST,
    MOST_VOICES,
    WHOLE,
    SearchResult,
    Weights,
    _Model,
    list_moves,
    search,
    single_voice,
)
from paperledge_audio.verify.encoder import normalize

Points = NDArray[np.float64]


def voices(count: int, seed: int, size: int = 24) -> Points:
    """Embeddings of voices that have something in common, as voices of one model do."""
    points = np.random.default_rng(seed).normal(size=(count, size)) + 0.5
    made: Points = points / np.linalg.norm(points, axis=1, keepdims=True)
    return made


def straight(singles: Points) -> Callable[[Sequence[Weights]], list[Points]]:
    """Speaks blends that are heard exactly where the weighted sum points."""
    return lambda blends: [normalize(np.array(one) / WHOLE @ singles) for one in blends]


def bent(singles: Points) -> Callable[[Sequence[Weights]], list[Points]]:
    """Speaks blends that are heard elsewhere than the model guesses; single voices are not."""
    odd = np.sin(np.outer(np.arange(len(singles)) + 1, np.arange(singles.shape[1]) + 1))

    def spoken(blends: Sequence[Weights]) -> list[Points]:
        shares = np.array(blends) / WHOLE
        return [normalize(one @ singles + one * (1 - one) @ odd) for one in shares]

    return spoken


def blend(count: int, **weights: int) -> Weights:
    """Weights by the voices' numbers, as v3=60."""
    return tuple(weights.get(f"v{n}", 0) for n in range(count))


@pytest.mark.parametrize(
    "wanted",
    [
        blend(12, v3=60, v7=40),
        blend(12, v0=34, v5=33, v11=33),
        blend(12, v1=50, v2=20, v4=20, v9=10),
        blend(12, v8=100),
    ],
)
def test_a_blend_of_the_voices_is_found_again(wanted: Weights) -> None:
    singles = voices(12, seed=5)
    spoken = straight(singles)
    (target,) = spoken([wanted])
    found = search(spoken, singles, target, 100)
    assert found.likeness > 0.995  # moves end where a gain is below 0.004
    assert np.abs(np.array(found.weights) - wanted).max() <= 10


@settings(max_examples=40)
@given(seed=st.integers(0, 10_000), most=st.integers(0, 30), count=st.integers(1, 9))
def test_whatever_is_heard_the_result_is_no_worse_than_the_nearest_voice(
    seed: int, most: int, count: int
) -> None:
    singles = voices(count, seed)
    target = normalize(np.random.default_rng(seed + 1).normal(size=24))
    spoken = bent(singles)
    asked: list[Weights] = []

    def counted(blends: Sequence[Weights]) -> list[Points]:
        asked.extend(blends)
        return spoken(blends)

    found = search(counted, singles, target, most)
    assert found.likeness >= (singles @ target).max() - 1e-12
    (heard,) = spoken([found.weights])
    assert found.likeness == pytest.approx(heard @ target)
    assert found.tried == len(asked) <= most
    assert len(set(asked)) == len(asked)  # nothing is spoken twice
    for one in (*asked, found.weights):
        assert sum(one) == WHOLE
        assert all(weight == 0 or weight >= LEAST for weight in one)
        assert 1 <= np.count_nonzero(one) <= MOST_VOICES
    assert search(spoken, singles, target, most) == found


def test_where_guesses_are_wrong_trying_still_comes_nearer() -> None:
    nearer = 0
    for seed in range(10):
        singles = voices(10, seed)
        (target,) = bent(singles)([blend(10, v2=50, v6=30, v9=20)])
        found = search(bent(singles), singles, target, 60)
        nearer += found.likeness > (singles @ target).max() + 0.05
    assert nearer == 10


def test_with_one_voice_there_is_nothing_to_blend() -> None:
    singles = voices(1, seed=1)
    found = search(straight(singles), singles, singles[0], 10)
    assert found == SearchResult((WHOLE,), found.likeness, 0)
    assert found.likeness == pytest.approx(1.0)


def test_what_was_tried_is_what_is_guessed_from_then_on() -> None:
    singles = voices(6, seed=2)
    model = _Model(singles)
    start, tried = single_voice(0, 6), blend(6, v0=50, v3=50)
    (heard,) = bent(singles)([tried])
    assert model.guess(start, singles[0], [tried])[0] @ heard < 0.99
    for _ in range(20):  # the length of the sum is learnt too, so a step is not quite exact
        model.learn(start, singles[0], tried, heard)
    assert model.guess(start, singles[0], [tried])[0] @ heard > 0.999


def test_moves_lead_to_every_other_voice_and_back() -> None:
    start = blend(4, v0=70, v1=30)
    reached = set(list_moves(start))
    assert blend(4, v0=100) in reached
    assert blend(4, v1=100) in set(list_moves(blend(4, v0=50, v1=50)))
    assert {n for one in reached for n in range(4) if one[n]} == {0, 1, 2, 3}
