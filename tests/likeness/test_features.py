"""The encoder's features are Kaldi's."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from paperledge_audio.verify.encoder.features import BANDS, FRAME, RATE, STEP, compute_features
from tests.engines.coqui_models import need_coqui


def sound(seconds: float = 1.0) -> NDArray[np.float32]:
    """Noise that swells, with a tone in it."""
    time = np.arange(round(seconds * RATE)) / RATE
    noise = np.random.default_rng(3).normal(size=len(time)) * 0.1 * (1.2 + np.sin(9 * time))
    return (noise + 0.2 * np.sin(2 * np.pi * 440 * time)).astype(np.float32)


def test_frames_lie_within_the_sound() -> None:
    for count in (FRAME, FRAME + STEP - 1, FRAME + STEP, RATE):
        assert compute_features(sound()[:count]).shape == (1 + (count - FRAME) // STEP, BANDS)


def test_loudness_and_a_constant_offset_change_nothing() -> None:
    # the lowest bands hold less than a bin of the FFT, and in them the floor is near
    plain = compute_features(sound())[:, 10:]
    assert np.abs(compute_features(sound() * np.float32(0.25))[:, 10:] - plain).max() < 1e-3
    assert np.abs(compute_features(sound() + np.float32(0.1))[:, 10:] - plain).max() < 1e-2


def test_a_tone_that_starts_is_seen_in_its_band() -> None:
    time = np.arange(RATE) / RATE
    tone = np.where(time > 0.5, np.sin(2 * np.pi * 1000 * time), 0).astype(np.float32)
    rise = np.ptp(compute_features(tone + sound() * np.float32(1e-3)), axis=0)
    # 1000 Hz is 1000 mel, bands lie (2840 - 32) / 81 = 34.7 mel apart: (1000 - 32) / 34.7 - 1 = 27
    assert abs(int(rise.argmax()) - 27) <= 1


def test_they_are_what_kaldi_computes() -> None:
    need_coqui()
    from paperledge_audio.engines.coqui import package
    from paperledge_audio.engines.coqui.torchaudio_stub import import_torchaudio

    torch = package.import_torch()
    import_torchaudio()
    with package.silence_warnings():
        from torchaudio.compliance import kaldi

        theirs = kaldi.fbank(
            torch.from_numpy(sound())[None],
            num_mel_bins=BANDS,
            sample_frequency=RATE,
            dither=0.0,
        ).numpy()
    # theirs are computed in 32 bits, to about 1e-7 of the loudest bin; quiet bands lie 1e-4 below
    assert compute_features(sound()) == pytest.approx(theirs - theirs.mean(axis=0), abs=5e-3)
