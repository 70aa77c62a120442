"""Another rate, worked out piece by piece."""

from __future__ import annotations

import numpy as np
import pytest

from paperledge_audio import units
from paperledge_audio.sound.clip import load
from paperledge_audio.sound.resampling import convert_rate
from tests.deliver.making import (
    RATE,
    speechlike,
)


def test_a_resampled_sound_is_the_same_read_in_any_pieces() -> None:
    clip = speechlike(200_000)
    soxr = pytest.importorskip("soxr")
    whole = soxr.resample(clip.samples, RATE, 48000, quality="VHQ")
    sound = convert_rate(clip, 48000)
    assert sound.frames == units.rescale(200_000, RATE, 48000)
    read = load(sound).samples
    most = min(len(whole), len(read))
    assert np.abs(read[:most] - whole[:most]).max() < 1e-6
    assert abs(len(whole) - len(read)) <= 1
    for start, end in ((10, 20), (5, 150_000), (150_000, 150_000), (149_000, sound.frames)):
        assert np.array_equal(sound.read(start, end), read[start:end])
    assert convert_rate(clip, RATE) is clip
