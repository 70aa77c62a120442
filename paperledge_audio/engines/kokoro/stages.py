"""Kokoro's graph in three: what is read, how it is spoken, how it sounds.

    tokens, style ─reading─▶ durations, not yet rounded ─melody─▶ F0, energy ─sound─▶ samples

So durations, pitch and energy are plain arrays between the stages, and a direction can change them.
Together the stages are the whole graph, every sum of it once: the samples are the same, bit for
bit, and the time is (1.00 in eight interleaved runs; 95 % of it goes into the sound).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from paperledge_audio.engines.sessions import open_session

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the graph, cut out at these values."""

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


LENGTHS = "/encoder/predictor/ReduceSum_output_0"
"""Model frames of each token at pace 1, float32 [1, n]."""
DURATIONS = "/encoder/Clip_output_0"
"""The same, whole frames."""
CONTEXT = "/encoder/predictor/text_encoder/Concat_4_output_0"
"""What the melody is predicted from."""
TEXT = "/encoder/text_encoder/Transpose_2_output_0"
"""What the sound is made from, token by token."""
ALIGNED = "/encoder/MatMul_1_output_0"
"""The same, frame by frame."""
F0 = "/encoder/F0_proj/Conv_output_0"
"""Hz, float32 [1, 1, 2 × frames]; next to nothing where there is no voice."""
ENERGY = "/encoder/N_proj/Conv_output_0"
"""In the model's own units, from -10 for silence to 8; as long as F0."""

STAGES = (
    Stage("reading", ("tokens", "style"), (LENGTHS, CONTEXT, TEXT)),
    Stage("melody", (DURATIONS, CONTEXT, TEXT, "style"), (F0, ENERGY, ALIGNED)),
    Stage("sound", (F0, ENERGY, ALIGNED, "style"), ("audio",)),
)


def split(model: bytes) -> list[bytes]:
    """The model of each stage."""
    from paperledge_audio.engines.kokoro.graph import Graph  # noqa: PLC0415 - onnx is large

    models = []
    for stage in STAGES:
        graph = Graph(model)
        graph.cut(stage.inputs, stage.outputs)
        models.append(graph.compose())
    return models


class KokoroNet:
    """The stages in memory; several threads may call them at once. Sizes: n tokens, f frames."""

    def __init__(self, models: Sequence[bytes | Path], *, is_optimised: bool) -> None:
        self._sessions = [
            open_session(model, "Kokoro", is_optimised=is_optimised) for model in models
        ]

    def read(
        self, tokens: NDArray[np.int64], style: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], tuple[NDArray[np.float32], ...]]:
        """Tokens [1, n], style [1, 256] → their lengths in frames at pace 1 [n], and the rest."""
        lengths, *rest = self._run(0, tokens, style)
        return lengths[0], (*rest, style)

    def intone(
        self, durations: NDArray[np.float32], rest: tuple[NDArray[np.float32], ...]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], tuple[NDArray[np.float32], ...]]:
        """Whole durations [n] that sum up to f → F0 in Hz [2f], energy [2f], and the rest."""
        f0, energy, aligned = self._run(1, durations[None], *rest)
        return f0[0, 0], energy[0, 0], (aligned, rest[-1])

    def sound(
        self,
        f0: NDArray[np.float32],
        energy: NDArray[np.float32],
        rest: tuple[NDArray[np.float32], ...],
    ) -> NDArray[np.float32]:
        """The samples, 600 for each of f frames."""
        (samples,) = self._run(2, f0[None, None], energy[None, None], *rest)
        return np.asarray(samples).reshape(-1)

    def _run(self, stage: int, *values: NDArray[Any]) -> list[NDArray[np.float32]]:
        return self._sessions[stage].run(dict(zip(STAGES[stage].inputs, values, strict=True)))
