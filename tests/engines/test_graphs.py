"""The small ONNX files that ship are what onnx builds: `python -m tests.engines.test_graphs`."""

from __future__ import annotations

from pathlib import Path

import onnx
import pytest
from onnx import TensorProto, helper

from paperledge_audio.engines import graphs
from paperledge_audio.engines.g2p import import_hibari
from paperledge_audio.engines.hibari import MODEL


def product() -> onnx.ModelProto:
    """Multiplies matrices of unsigned and of signed bytes."""
    node = helper.make_node("MatMulInteger", ["x", "w"], ["y"])
    graph = helper.make_graph(
        [node],
        "product",
        [
            helper.make_tensor_value_info("x", TensorProto.UINT8, ["n", "k"]),
            helper.make_tensor_value_info("w", TensorProto.INT8, ["k", "m"]),
        ],
        [helper.make_tensor_value_info("y", TensorProto.INT32, ["n", "m"])],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


def output(name: str) -> onnx.ModelProto:
    """Nothing but the name of an output."""
    return onnx.ModelProto(graph=onnx.GraphProto(output=[onnx.ValueInfoProto(name=name)]))


MADE = {
    graphs.PRODUCT: product(),
    graphs.HIBARI_DURATIONS: output("/Round_output_0"),
}


@pytest.mark.parametrize("name", MADE)
def test_what_ships_is_what_onnx_builds(name: str) -> None:
    assert graphs.read_graph(name) == MADE[name].SerializeToString(deterministic=True)


def test_the_product_is_a_model() -> None:
    onnx.checker.check_model(graphs.read_graph(graphs.PRODUCT))


def test_an_output_is_added_as_onnx_adds_it() -> None:
    model = (Path(import_hibari().ASSETS) / MODEL).read_bytes()
    wanted = onnx.load_model_from_string(model)
    wanted.graph.output.add().name = "/Round_output_0"
    merged = graphs.add_output(model, graphs.HIBARI_DURATIONS)
    assert onnx.load_model_from_string(merged) == wanted


if __name__ == "__main__":
    for name, model in MADE.items():
        Path(graphs.__file__).with_name(name).write_bytes(
            model.SerializeToString(deterministic=True)
        )
