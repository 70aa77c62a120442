"""How a model is run: on one thread, with nothing printed, and errors mapped."""

from __future__ import annotations

from typing import Any

from paperledge_audio.errors import EngineError, MissingError


def session(model: bytes, name: str) -> Any:
    """An inference session on the CPU; several threads may call its `run` at once.

    One thread a call: measured faster than several on the sentences of a script, which are many
    and can be spoken side by side, and it makes the sums the same whatever the machine does.
    """
    try:
        import onnxruntime as ort  # noqa: PLC0415 - heavy
    except ImportError as error:
        raise MissingError(
            f"onnxruntime can't be loaded: {error}", "pip install onnxruntime"
        ) from None
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    try:
        return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001 - onnxruntime's errors share no base
        raise EngineError(f"the model of {name} can't be loaded: {error}") from None
