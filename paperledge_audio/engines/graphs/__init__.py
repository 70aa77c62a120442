"""Small ONNX files, made in advance, since importing onnx takes 0.2 s.

`python -m tests.engines.test_graphs` writes them; a test there holds them against what onnx builds.
"""

from __future__ import annotations

from paperledge_audio.files.resources import read_packaged_bytes

PRODUCT = "product.onnx"
"""Multiplies matrices of bytes: x, unsigned, by w, signed, is y."""
HIBARI_DURATIONS = "hibari-durations.onnx"
"""Nothing but the name of an output: a value inside the model."""


def read_graph(name: str) -> bytes:
    """The file of that name."""
    return read_packaged_bytes(__name__, name)


def add_output(model: bytes, output: str) -> bytes:
    """The ONNX file `model` with one more output, the one that the file `output` names.

    A serialized protocol-buffers message followed by another one of its kind is their merge
    (https://protobuf.dev/programming-guides/encoding/#last-one-wins).
    """
    return model + read_graph(output)
