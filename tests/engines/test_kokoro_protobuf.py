"""Messages written by hand are those that onnx reads and writes."""

from __future__ import annotations

import onnx
from hypothesis import given, settings
from hypothesis import strategies as st

from paperledge_audio.engines.protobuf import field
from paperledge_audio.engines.sessions import PRODUCT


@settings(max_examples=50)
@given(st.integers(0, 2**63 - 1), st.text(max_size=300))
def test_a_message_by_hand_is_what_onnx_writes(version: int, producer: str) -> None:
    theirs = onnx.ModelProto(ir_version=version, producer_name=producer).SerializeToString()
    assert field(1, version) + field(2, producer.encode()) == theirs


def test_the_product_is_a_model_that_onnx_accepts() -> None:
    model = onnx.load_model_from_string(PRODUCT)
    (node,) = model.graph.node
    assert (node.op_type, list(node.input), list(node.output)) == (
        "MatMulInteger",
        ["x", "w"],
        ["y"],
    )
    kinds = [
        value.type.tensor_type.elem_type for value in (*model.graph.input, *model.graph.output)
    ]
    assert kinds == [onnx.TensorProto.UINT8, onnx.TensorProto.INT8, onnx.TensorProto.INT32]
