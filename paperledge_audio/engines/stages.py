"""A speech model's graph in three: what is read, how it is spoken, how it sounds.

    tokens ─reading─▶ lengths, not yet whole ─melody─▶ F0, energy ─sound─▶ samples, or their spectra

So lengths, pitch and energy are plain arrays between the stages, and a direction can change them.
Together the stages are the whole graph, every sum of it once, so what comes out is the same, bit
for bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from paperledge_audio.engines.sessions import open_session

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Known = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of a graph, cut out at these values."""

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


def split(model: bytes, stages: Sequence[Stage]) -> list[bytes]:
    """The model of each stage."""
    from paperledge_audio.engines.graphs.editing import Graph  # noqa: PLC0415 - onnx is large

    models = []
    for stage in stages:
        graph = Graph(model)
        graph.cut(stage.inputs, stage.outputs)
        models.append(graph.compose())
    return models


class StagedNet:
    """The stages in memory; several threads may call them at once. Sizes: n tokens, f frames.

    `known` holds the graph's values by name: each stage takes what it needs and adds what it makes.
    The first output of the reading is the lengths, the first input of the melody the durations, its
    first two outputs are F0 and energy. Those are flat here, whatever their shape in the graph.
    """

    def __init__(
        self,
        models: Sequence[bytes | Path],
        stages: Sequence[Stage],
        name: str,
        *,
        is_optimised: bool = False,
    ) -> None:
        self._stages = stages
        self._sessions = [open_session(model, name, is_optimised=is_optimised) for model in models]

    def read(self, known: Known) -> tuple[Floats, Known]:
        """What the model reads → each token's length in frames at pace 1 [n]."""
        known = self._run(0, known)
        return known[self._stages[0].outputs[0]].reshape(-1), known

    def intone(self, durations: Floats, known: Known) -> tuple[Floats, Floats, Known]:
        """Whole lengths [n] that sum up to f → F0 in Hz [2f] and energy [2f]."""
        whole = durations.reshape(known[self._stages[0].outputs[0]].shape)
        known = self._run(1, known | {self._stages[1].inputs[0]: whole})
        f0, energy, *_ = (known[name].reshape(-1) for name in self._stages[1].outputs)
        return f0, energy, known

    def sound(self, f0: Floats, energy: Floats, known: Known) -> Known:
        """What the model gives in the end, under its names."""
        names = self._stages[1].outputs
        curves = {
            name: curve.reshape(known[name].shape)
            for name, curve in zip(names, (f0, energy), strict=False)
        }
        return self._run(2, known | curves)

    def _run(self, number: int, known: Known) -> Known:
        stage = self._stages[number]
        made = self._sessions[number].run({name: known[name] for name in stage.inputs})
        return known | dict(zip(stage.outputs, made, strict=True))
