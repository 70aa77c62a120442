"""DNSMOS as its authors compute it."""

from __future__ import annotations

import numpy as np
import pytest

from paperledge_audio.likeness.quality import RATE, WINDOW, open_quality_net
from paperledge_audio.sound.clip import Clip

pytestmark = pytest.mark.model


def speech(seconds: float) -> Clip:
    """A voiced sound of that length, neither clean nor pure noise."""
    draw = np.random.default_rng(2)
    times = np.arange(round(seconds * RATE)) / RATE
    wave = sum(np.sin(2 * np.pi * 130 * n * times) / n for n in range(1, 20))
    wave = np.asarray(wave) * np.sin(2 * np.pi * 2 * times) ** 2 + 0.01 * draw.normal(
        size=len(times)
    )
    return Clip((0.1 * wave).astype(np.float32).reshape(-1, 1), RATE)


def test_a_window_is_judged_as_the_authors_code_judges_it() -> None:
    pytest.importorskip("librosa", reason="the authors' code needs librosa")
    from speechmos import dnsmos

    whole = speech(WINDOW / RATE)
    theirs = dnsmos.run(whole.samples[:, 0], RATE)["ovrl_mos"]
    assert open_quality_net().judge([whole]) == pytest.approx(float(theirs), abs=1e-4)


def test_short_clips_are_joined_and_repeated() -> None:
    net = open_quality_net()
    one, other = speech(2.0), speech(3.0)
    joined = Clip(np.concatenate([one.samples, other.samples]), RATE)
    repeated = Clip(np.resize(joined.samples, (WINDOW, 1)), RATE)
    assert net.judge([one, other]) == net.judge([joined]) == net.judge([repeated])


def test_noise_costs_quality() -> None:
    clean = speech(9.01)
    noise = np.random.default_rng(5).normal(size=clean.samples.shape).astype(np.float32)
    noisy = Clip(clean.samples + 0.1 * noise, RATE)
    assert open_quality_net().judge([noisy]) < open_quality_net().judge([clean]) - 0.1
