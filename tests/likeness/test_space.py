"""The space of voices: axes of the stock packs' two halves."""

from __future__ import annotations

import numpy as np
import pytest

from paperledge_audio.likeness.space import AXES, VoiceSpace
from paperledge_audio.voices.finding import stock_names, stock_voice
from paperledge_audio.voices.packs import read_pack

PACKS = np.array([read_pack(stock_voice(name).packs[0][0]) for name in stock_names()])
SPACE = VoiceSpace(list(PACKS))


@pytest.mark.parametrize("half", ["timbre", "manner"])
def test_stock_voices_lie_around_the_origin_one_deviation_away_on_each_axis(half: str) -> None:
    places = np.array([getattr(SPACE, half).place(pack) for pack in PACKS])
    assert places.shape == (len(PACKS), AXES)
    assert np.allclose(places.mean(axis=0), 0, atol=1e-9)
    assert np.allclose((places**2).mean(axis=0), 1)
    others = places.T @ places / len(PACKS) - np.eye(AXES)
    assert np.abs(others).max() < 1e-9  # the axes know nothing of each other


def test_a_move_changes_the_place_by_as_much_and_the_other_half_not_at_all() -> None:
    draw = np.random.default_rng(3)
    by, still = draw.normal(size=AXES), np.zeros(AXES)
    moved = SPACE.move(PACKS[0], by, still)
    assert np.allclose(SPACE.timbre.place(moved), SPACE.timbre.place(PACKS[0]) + by, atol=1e-5)
    assert np.array_equal(moved[:, :, 128:], PACKS[0][:, :, 128:])
    moved = SPACE.move(PACKS[0], still, by)
    assert np.allclose(SPACE.manner.place(moved), SPACE.manner.place(PACKS[0]) + by, atol=1e-5)
    assert np.array_equal(moved[:, :, :128], PACKS[0][:, :, :128])


def test_no_move_is_the_same_pack() -> None:
    still = np.zeros(AXES)
    assert np.array_equal(SPACE.move(PACKS[5], still, still), PACKS[5])


def test_a_move_differs_from_row_to_row_as_stock_packs_do() -> None:
    by = np.eye(AXES)[0]
    added = SPACE.timbre.shift(by)
    assert added.shape == (510, 128)
    assert not np.allclose(added[0], added[-1], atol=1e-3)


def test_the_axes_hold_nine_tenths_of_what_stock_voices_vary() -> None:
    for half in (SPACE.timbre, SPACE.manner):
        points = PACKS[:, :, 0, half.part].reshape(len(PACKS), -1).astype(float)
        whole = points.var(axis=0).sum()
        assert np.sum(half.axes**2) > 0.9 * whole


def test_two_voices_have_one_axis_between_them() -> None:
    space = VoiceSpace(list(PACKS[:2]))
    assert np.allclose(np.abs(space.timbre.place(PACKS[0])), 1)
    middle = space.move(PACKS[0], -space.timbre.place(PACKS[0]), -space.manner.place(PACKS[0]))
    assert np.allclose(middle, PACKS[:2].mean(axis=0), atol=1e-6)
