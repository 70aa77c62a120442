"""Who speaks, as a point: CAM++, a speaker encoder, turns speech of any length into 192 numbers."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

import numpy as np

from paperledge_audio.engines.sessions import session
from paperledge_audio.errors import SoundError
from paperledge_audio.likeness.campplus import SHA256, network, weights
from paperledge_audio.likeness.features import FRAME, RATE, features
from paperledge_audio.sound.clip import resampled, with_channels

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from paperledge_audio.sound.clip import Clip

    Embedding = NDArray[np.float64]
    """A point on the unit sphere; the cosine of two is how alike they are."""

VALUES = 192


class Encoder(Protocol):
    """What hears who speaks."""

    fingerprint: str
    """Changes whenever the same sound would give another embedding."""

    def embedding(self, clip: Clip) -> Embedding:
        """The place of the clip's voice."""
        ...


class CamPlusPlus:
    """CAM++ on one thread a call; several threads may call at once."""

    fingerprint = f"cam++/{SHA256[:16]}/1"

    def __init__(self, graph: bytes) -> None:
        """`graph` is the ONNX file."""
        self._session = session(graph, "CAM++")

    def embedding(self, clip: Clip) -> Embedding:
        """The place of the clip's voice; raises SoundError for less than a frame of sound."""
        mono = resampled(with_channels(clip, 1), RATE)
        if mono.frames < 2 * FRAME:
            raise SoundError("is too short to tell who speaks")
        (out,) = self._session.run({"features": features(mono.samples[:, 0])[np.newaxis]})
        return unit(out[0].astype(np.float64))


@cache
def open_encoder() -> CamPlusPlus:
    """Load the encoder; raises MissingError where its checkpoint is not installed."""
    return CamPlusPlus(network(weights()))


def unit(values: NDArray[np.float64]) -> Embedding:
    """The vector with length 1."""
    return values / np.linalg.norm(values)


def centre(embeddings: Iterable[Embedding]) -> Embedding:
    """Where several embeddings of one voice meet: less what was said, more who said it."""
    return unit(np.mean(list(embeddings), axis=0))
