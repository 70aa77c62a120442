"""Runs ONNX models: on one thread, silently, with errors mapped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from paperledge_audio.engines.graphs import PRODUCT, read_graph
from paperledge_audio.errors import EngineError, MissingError, map_errors
from paperledge_audio.files.temporary import make_workspace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

INSTALL = "pip install onnxruntime"
SMALL_BYTES = 1024
"""Of a tensor that stays within the graph."""


class Session:
    """A model in memory, on the CPU; several threads may call `run` at once."""

    def __init__(self, loaded: Any, name: str) -> None:
        """`name` is what errors call it."""
        self._loaded, self._name = loaded, name

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> list[Any]:
        """All of the model's outputs, arrays; raises EngineError where it fails."""
        with map_errors(EngineError, f"the model of {self._name} failed", foreign=(Exception,)):
            outputs: list[Any] = self._loaded.run(None, inputs)
        return outputs


def open_session(model: bytes | Path, name: str, *, is_optimised: bool = False) -> Session:
    """A model or its file, loaded; raises EngineError where that can't be done.

    One thread a call: measured faster than several on the sentences of a script, which are many
    and can be spoken side by side, and it makes the sums the same whatever the machine does.
    `is_optimised`: `model` is the file of what `optimise` gave, and is taken as it is.
    """
    ort = _import_onnxruntime()
    options = _make_options(ort)
    if is_optimised:
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL
    return Session(_load(ort, model, options, name), name)


def optimise(model: bytes, name: str, weights: str) -> tuple[bytes, bytes]:
    """The model with the optimisations that loading it would make, and its weights on their own.

    It looks for them in a file `weights` beside it, and maps that into memory, which is quicker
    than to read and copy them: an edit takes 6 % longer without (docs/BENCHMARKS.md). The sums
    stay the same. Optimisations for one kind of processor only are left out, so that a cache may
    move.
    """
    ort = _import_onnxruntime()
    options = _make_options(ort)
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    with make_workspace() as folder:
        file = folder / "model.onnx"
        options.optimized_model_filepath = str(file)
        where = "session.optimized_model_external_initializers_"
        options.add_session_config_entry(where + "file_name", weights)
        options.add_session_config_entry(where + "min_size_in_bytes", str(SMALL_BYTES))
        _load(ort, model, options, name)
        return file.read_bytes(), file.with_name(weights).read_bytes()


def _import_onnxruntime() -> Any:
    with map_errors(MissingError, "onnxruntime can't be loaded", INSTALL, foreign=(ImportError,)):
        import onnxruntime  # noqa: PLC0415 - heavy
    return onnxruntime


def _make_options(ort: Any) -> Any:
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    options.enable_mem_pattern = False  # it plans for one length of sentence and keeps it all
    # Weights stay where they were loaded: the arena for what is worked out is smaller without.
    options.add_session_config_entry("session.use_device_allocator_for_initializers", "1")
    return options


def _load(ort: Any, model: bytes | Path, options: Any, name: str) -> Any:
    with map_errors(EngineError, f"the model of {name} can't be loaded", foreign=(Exception,)):
        return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])


@cache
def has_exact_signed_products() -> bool:
    """Whether onnxruntime multiplies unsigned by signed bytes exactly on this processor.

    x86 processors with AVX2 or AVX-512 but without VNNI add pairs of products in 16 bits, which
    cut off at 32 767 (the instruction vpmaddubsw). So a product is tried whose pairs are 64 770.
    """
    unsigned = np.full((64, 64), 255, np.uint8)
    signed = np.full((64, 64), 127, np.int8)
    (product,) = open_session(read_graph(PRODUCT), "a product").run({"x": unsigned, "w": signed})
    return bool((product == 255 * 127 * 64).all())
