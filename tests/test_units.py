"""The one rounding rule, and the conversions that keep to it."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperledge_audio import units

RATES = st.sampled_from([8000, 22050, 24000, 44100, 48000, 96000])
COUNTS = st.integers(0, 10**9)


def test_the_docstrings_examples_hold() -> None:
    assert doctest.testmod(units).failed == 0


@given(COUNTS, RATES)
def test_frames_of_seconds_of_frames_is_the_identity(count: int, rate: int) -> None:
    assert units.frames(units.seconds(count, rate), rate) == count


@given(COUNTS, RATES, RATES)
def test_rescaling_is_within_half_a_frame(count: int, rate: int, new_rate: int) -> None:
    exact = count * new_rate / rate
    assert abs(units.rescale(count, rate, new_rate) - exact) <= 0.5 + 1e-6


@given(st.floats(-90, 40))
def test_gain_and_decibels_undo_each_other(db: float) -> None:
    assert units.decibels(units.gain(db)) == pytest.approx(db, abs=1e-9)


@given(COUNTS, RATES)
def test_timestamps_read_back_to_the_nearest_millisecond(count: int, rate: int) -> None:
    hours, minutes, rest = units.timestamp(count, rate).split(":")
    read = (int(hours) * 60 + int(minutes)) * 60 + float(rest)
    assert read == pytest.approx(count / rate, abs=0.000501)
