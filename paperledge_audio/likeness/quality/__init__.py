"""DistillMOS, a net that judges how good speech sounds to people."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.engines.sessions import open_session
from paperledge_audio.likeness.quality.network import CHECKPOINT, FRAMES, build_network
from paperledge_audio.sound.clip import convert_channels, resample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperledge_audio.sound.clip import Clip
    from paperledge_audio.verify.encoder.networks import Floats

RATE = 16000
HOP, FRAME = 160, 320
"""Samples between frames, and of a frame."""
WINDOW = FRAMES * HOP
"""Samples that the net takes: 7.68 s."""
POWER = 0.3
"""To which magnitudes are raised, so that soft parts count."""
TINY = 1e-12


class QualityNet:
    """The net on one thread a call; several threads may call at once."""

    fingerprint = f"distillmos/{CHECKPOINT.sha256[:16]}/1"

    def __init__(self, graph: bytes) -> None:
        """`graph` is the ONNX file."""
        self._session = open_session(graph, "DistillMOS")

    def judge(self, clips: Sequence[Clip]) -> float:
        """The quality, 1 to 5, of clips one after the other, repeated to fill a window."""
        sound = np.concatenate(
            [resample(convert_channels(clip, 1), RATE).samples[:, 0] for clip in clips]
        )
        windows = np.resize(sound, (max(round(len(sound) / WINDOW), 1), WINDOW))
        spectra = (compute_spectrum(window)[np.newaxis] for window in windows)
        values = [self._session.run({"spectrum": one})[0].item() for one in spectra]
        return float(1 + 4 * np.mean(values))


def compute_spectrum(window: Floats) -> Floats:
    """Real and imaginary parts [2, bins, frames] of a window whose peak is made 1."""
    edge = (FRAME - HOP) // 2
    padded = np.pad(window / (np.abs(window).max() + 1e-8), edge, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(padded, FRAME)[::HOP]
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FRAME) / FRAME)
    values = np.fft.rfft(frames * hann, axis=1).T
    size = np.maximum(np.abs(values), TINY)
    values = values * size ** (POWER - 1)
    spectrum: Floats = np.stack([values.real, values.imag]).astype(np.float32)
    return spectrum


@cache
def open_quality_net() -> QualityNet:
    """Load the net; raises MissingError if its checkpoint is not installed."""
    return QualityNet(build_network(CHECKPOINT.load()))
