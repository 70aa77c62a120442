"""DNSMOS P.835: a net judges how good speech sounds to people.

Reddy et al. 2022, "DNSMOS P.835: A non-intrusive perceptual objective speech quality metric to
evaluate noise suppressors", https://arxiv.org/abs/2110.01763. Its weights (Microsoft, MIT) lie in
the package speechmos; its code needs librosa, the net takes plain samples.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from paperledge_audio.engines.sessions import open_session
from paperledge_audio.errors import MissingError
from paperledge_audio.files.hashing import sha256
from paperledge_audio.files.reading import read_bytes
from paperledge_audio.files.resources import require_package
from paperledge_audio.sound.clip import Clip, convert_channels, resample

PACKAGE = "speechmos"
GRAPH = ("dnsmos_models", "sig_bak_ovr.onnx")
SHA256 = "269fbebdb513aa23cddfbb593542ecc540284a91849ac50516870e1ac78f6edd"
LARGEST = 4_000_000
RATE = 16000
WINDOW = 144160
"""Samples that the net takes: 9.01 s."""
OVERALL = 2
"""Which of its three values: those of the speech and of the noise come first."""
SCALE = (-0.06766283, 1.11546468, 0.04602535)
"""The polynomial from the net's overall value to the scale of people's judgements, 1 to 5; from
the authors' code."""


class Dnsmos:
    """The net on one thread a call; several threads may call at once."""

    def __init__(self, graph: bytes) -> None:
        """`graph` is the ONNX file."""
        self._session = open_session(graph, "DNSMOS")

    def judge(self, clips: Sequence[Clip]) -> float:
        """The overall quality, 1 to 5, of clips one after the other, repeated to fill a window."""
        sound = np.concatenate(
            [resample(convert_channels(clip, 1), RATE).samples[:, 0] for clip in clips]
        )
        windows = max(round(len(sound) / WINDOW), 1)
        heard = np.resize(sound, windows * WINDOW).reshape(windows, 1, WINDOW)
        values = [self._session.run({"input_1": one})[0][0, OVERALL] for one in heard]
        return float(np.polyval(SCALE, np.mean(values, dtype=np.float64)))


@cache
def open_dnsmos() -> Dnsmos:
    """Load the net; raises MissingError if its package is not installed, or another version."""
    command = "pip install speechmos==0.0.1.1"
    file = require_package(PACKAGE, command).joinpath(*GRAPH)
    graph = read_bytes(file, LARGEST, "a quality net", error=MissingError)
    if sha256(graph) != SHA256:
        raise MissingError(f"{PACKAGE} carries another net", command)
    return Dnsmos(graph)
