"""DistillMOS as its authors compute it."""

from __future__ import annotations

import importlib.util
import math
from typing import Any

import numpy as np
import pytest

from paperledge_audio.engines import open_engine
from paperledge_audio.likeness.quality import RATE, WINDOW, compute_spectrum, open_quality_net
from paperledge_audio.sound.clip import Clip
from paperledge_audio.voices.finding import stock_voice
from tests.engines.coqui_models import need_coqui
from tests.samples import absent, plain_segment

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
    need_coqui()
    if importlib.util.find_spec("xls_r_sqa") is None:
        absent("xls-r-sqa, of `make coqui`,")
    import torch

    from paperledge_audio.engines.coqui.torchaudio_stub import import_torchaudio

    import_torchaudio()
    distillmos: Any = importlib.import_module("distillmos")
    net = distillmos.ConvTransformerSQAModel().eval()
    whole = speech(WINDOW / RATE)
    with torch.no_grad():
        theirs = net(torch.from_numpy(whole.samples.T.copy())).item()
    assert open_quality_net().judge([whole]) == pytest.approx(theirs, abs=1e-4)


def test_the_spectrum_of_a_tone_is_the_windows_transform() -> None:
    """A cosine of a bin's frequency has half the window's sum there: 80, a quarter beside it."""
    times = np.arange(WINDOW) / RATE
    spectrum = compute_spectrum(np.cos(2 * np.pi * 1000 * times).astype(np.float32))
    assert spectrum.shape == (2, 161, 768)
    sizes = np.hypot(*spectrum[:, 18:23, 400])
    assert sizes == pytest.approx([0, 40**0.3, 80**0.3, 40**0.3, 0], abs=2e-2)
    assert math.isclose(1000 / (RATE / 320), 20)


def test_short_clips_are_joined_and_repeated() -> None:
    net = open_quality_net()
    one, other = speech(2.0), speech(3.0)
    joined = Clip(np.concatenate([one.samples, other.samples]), RATE)
    repeated = Clip(np.resize(joined.samples, (WINDOW, 1)), RATE)
    assert net.judge([one, other]) == net.judge([joined]) == net.judge([repeated])


def test_noise_costs_quality() -> None:
    line = plain_segment("Thank you for each of the questions that you sent us.")
    clean = open_engine("kokoro").speak(line, stock_voice("am_michael")).clip
    noise = np.random.default_rng(5).normal(size=clean.samples.shape).astype(np.float32)
    noisy = Clip(clean.samples + 0.03 * noise, clean.rate)
    assert open_quality_net().judge([noisy]) < open_quality_net().judge([clean]) - 1
