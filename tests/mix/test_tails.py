"""Silence at the end of a piece of music: half a second of it stays."""

from __future__ import annotations

import numpy as np
import pytest

from paperledge_audio import units
from paperledge_audio.mix.pieces import measure_trimmed_s, trim_tail
from paperledge_audio.sound.clip import Clip, load

RATE = 44100
UNDER, OVER = units.gain(-60.1), units.gain(-59.9)


def piece(loud_s: float, tail_s: float, tail: float = 0.0) -> Clip:
    """Sound of that length, and a tail at a level; only the left channel ends loud."""
    samples = np.full((units.frames(loud_s + tail_s, RATE), 2), tail, np.float32)
    samples[: units.frames(loud_s, RATE), 0] = 0.5
    return Clip(samples, RATE)


@pytest.mark.parametrize(
    ("loud_s", "tail_s", "tail", "length_s"),
    [
        (2.0, 5.0, 0.0, 2.5),
        (2.0, 5.0, UNDER, 2.5),
        (2.0, 5.0, -UNDER, 2.5),
        (2.0, 5.0, OVER, 7.0),
        (2.0, 0.5, 0.0, 2.5),
        (2.0, 0.2, 0.0, 2.2),
        (2.0, 0.0, 0.0, 2.0),
        (0.0, 3.0, 0.0, 3.0),  # nothing but silence is somebody's wish
    ],
)
def test_a_tail_is_cut_to_half_a_second(
    loud_s: float, tail_s: float, tail: float, length_s: float
) -> None:
    whole = piece(loud_s, tail_s, tail)
    trimmed = trim_tail(whole)
    assert trimmed.frames == units.frames(length_s, RATE)
    assert np.array_equal(load(trimmed).samples, whole.samples[: trimmed.frames])
    assert measure_trimmed_s(trimmed) == pytest.approx(loud_s + tail_s - length_s)
