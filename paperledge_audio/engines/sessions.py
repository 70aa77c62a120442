"""How a model is run: on one thread, with nothing printed, and errors mapped."""

from __future__ import annotations

from typing import Any

import numpy as np

from paperledge_audio.engines.protobuf import field
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
    options.enable_mem_pattern = False  # it plans for one length of sentence and keeps it all
    # Weights stay where they were loaded: the arena for what is worked out is smaller without.
    options.add_session_config_entry("session.use_device_allocator_for_initializers", "1")
    try:
        return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001 - onnxruntime's errors share no base
        raise EngineError(f"the model of {name} can't be loaded: {error}") from None


def exact_signed_products() -> bool:
    """Whether onnxruntime multiplies unsigned by signed bytes exactly on this processor.

    x86 processors with AVX2 or AVX-512 but without VNNI add pairs of products in 16 bits, which
    cut off at 32 767 (the instruction vpmaddubsw). So a product is tried whose pairs are 64 770.
    """
    unsigned = np.full((64, 64), 255, np.uint8)
    signed = np.full((64, 64), 127, np.int8)
    (product,) = session(PRODUCT, "a product").run(None, {"x": unsigned, "w": signed})
    return bool((product == 255 * 127 * 64).all())


def _value(name: bytes, kind: int) -> bytes:
    """A ValueInfoProto: a tensor of any shape whose elements are of `kind`."""
    return field(1, name) + field(2, field(1, field(1, kind)))


PRODUCT = (
    field(1, 8)  # ModelProto: ir_version
    + field(8, field(2, 13))  # opset_import: version
    + field(
        7,  # graph
        field(1, field(1, b"x") + field(1, b"w") + field(2, b"y") + field(4, b"MatMulInteger"))
        + field(2, b"product")
        + field(11, _value(b"x", 2))  # uint8
        + field(11, _value(b"w", 3))  # int8
        + field(12, _value(b"y", 6)),  # int32
    )
)
"""An ONNX file that multiplies matrices of bytes; field numbers are those of onnx.proto3."""
