"""CAM++, a speaker encoder: speech of any length → an embedding of 192 numbers."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

import numpy as np

from paperledge_audio.engines.sessions import open_session
from paperledge_audio.errors import SoundError
from paperledge_audio.sound.clip import convert_channels, resample
from paperledge_audio.verify.encoder.campplus import CHECKPOINT, build_network
from paperledge_audio.verify.encoder.features import FRAME, RATE, compute_features

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from paperledge_audio.sound.clip import Clip

    Embedding = NDArray[np.float64]
    """A point on the unit sphere; the cosine of two measures their likeness."""

VALUES = 192


class Encoder(Protocol):
    """A speaker encoder."""

    fingerprint: str
    """Changes whenever the same sound would give another embedding."""

    def embed(self, clip: Clip) -> Embedding:
        """The embedding of the clip's voice."""
        ...


class CamPlusPlus:
    """CAM++ on one thread a call; several threads may call at once."""

    fingerprint = f"cam++/{CHECKPOINT.sha256[:16]}/1"

    def __init__(self, graph: bytes) -> None:
        """`graph` is the ONNX file."""
        self._session = open_session(graph, "CAM++")

    def embed(self, clip: Clip) -> Embedding:
        """The embedding of the clip's voice; raises SoundError for less than a frame of sound."""
        mono = resample(convert_channels(clip, 1), RATE)
        if mono.frames < 2 * FRAME:
            raise SoundError("is too short to tell who speaks")
        (out,) = self._session.run({"features": compute_features(mono.samples[:, 0])[np.newaxis]})
        return normalize(out[0].astype(np.float64))


@cache
def open_encoder() -> CamPlusPlus:
    """Load the encoder; raises MissingError if its checkpoint is not installed."""
    return CamPlusPlus(build_network(CHECKPOINT.load()))


def normalize(values: NDArray[np.float64]) -> Embedding:
    """The vector with length 1."""
    return values / np.linalg.norm(values)


def average(embeddings: Iterable[Embedding]) -> Embedding:
    """The mean of embeddings of one voice, in which the words matter less."""
    return normalize(np.mean(list(embeddings), axis=0))
