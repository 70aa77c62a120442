"""A residual block on tiles gives what the shipped nodes give, whatever the length."""

from __future__ import annotations

from typing import Any

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import NodeProto, TensorProto, helper, numpy_helper

from paperledge_audio.engines.graphs.editing import Graph
from paperledge_audio.engines.kokoro import tiles as kokoro_tiles
from paperledge_audio.engines.sessions import has_exact_signed_products, open_session

CHANNELS = 6
TAPS = 5
ROWS = kokoro_tiles.ROWS
Floats = NDArray[np.float32]


class Shipped:
    """A block as the shipped graph holds it: steps and the sum around them."""

    def __init__(self) -> None:
        self.random = np.random.default_rng(5)
        self.nodes: list[NodeProto] = []
        self.constants: dict[str, Any] = {
            "axes": np.array([2]),
            "epsilon": np.float32(1e-5),
            "two": np.float32(2),
            "column": np.array([1, -1, 1]),
        }

    def node(self, kind: str, inputs: str, outputs: str, **attributes: Any) -> None:
        self.nodes.append(helper.make_node(kind, inputs.split(), outputs.split(), **attributes))

    def step(self, x: str, p: str, dilation: int) -> str:
        """Norm, Snake and convolution of `x`; `p` begins all names. Returns what comes out."""
        random = self.random
        alpha = random.uniform(0.3, 3, (1, CHANNELS, 1)).astype(np.float32)
        self.constants |= {
            f"{p}gain": random.normal(1, 0.3, (1, CHANNELS, 1)).astype(np.float32),
            f"{p}offset": random.normal(size=(1, CHANNELS, 1)).astype(np.float32),
            f"{p}alpha": alpha,
            f"{p}reciprocal": 1 / alpha,
            # within 7 bits: no sum of two products is cut off on any processor
            f"{p}w": random.integers(64, 128, (CHANNELS, CHANNELS, TAPS)).astype(np.uint8),
            f"{p}wz": np.uint8(97),
            f"{p}ws": np.float32(0.01),
            f"{p}bias": random.normal(size=CHANNELS).astype(np.float32),
        }
        self.node("ReduceMean", f"{x} axes", f"{p}mean")
        self.node("Sub", f"{x} {p}mean", f"{p}less")
        self.node("Mul", f"{p}less {p}less", f"{p}squared")
        self.node("ReduceMean", f"{p}squared axes", f"{p}variance")
        self.node("Add", f"{p}variance epsilon", f"{p}safe")
        self.node("Sqrt", f"{p}safe", f"{p}deviation")
        self.node("Div", f"{p}less {p}deviation", f"{p}normal")
        self.node("Mul", f"{p}gain {p}normal", f"{p}scaled")
        self.node("Add", f"{p}scaled {p}offset", f"{p}adain")
        self.node("Mul", f"{p}alpha {p}adain", f"{p}inner")
        self.node("Sin", f"{p}inner", f"{p}sine")
        self.node("Pow", f"{p}sine two", f"{p}power")
        self.node("Mul", f"{p}reciprocal {p}power", f"{p}share")
        self.node("Add", f"{p}adain {p}share", f"{p}snake")
        self.node("DynamicQuantizeLinear", f"{p}snake", f"{p}q {p}qs {p}qz")
        reach = TAPS // 2 * dilation
        self.node(
            "ConvInteger",
            f"{p}q {p}w {p}qz {p}wz",
            f"{p}sums",
            kernel_shape=[TAPS],
            pads=[reach, reach],
            dilations=[dilation],
            strides=[1],
            group=1,
        )
        self.node("Mul", f"{p}qs {p}ws", f"{p}factor")
        self.node("Div", f"{p}bias {p}factor", f"{p}bias/divided")
        self.node("Floor", f"{p}bias/divided", f"{p}bias/floor")
        self.node("Cast", f"{p}bias/floor", f"{p}bias/whole", to=TensorProto.INT32)
        self.node("Reshape", f"{p}bias/whole column", f"{p}bias/column")
        self.node("Add", f"{p}sums {p}bias/column", f"{p}biased")
        self.node("Cast", f"{p}biased", f"{p}float", to=TensorProto.FLOAT)
        self.node("Mul", f"{p}float {p}factor", f"{p}out")
        return f"{p}out"

    def model(self) -> bytes:
        graph = helper.make_graph(
            self.nodes,
            "shipped",
            [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, CHANNELS, "frames"])],
            [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
            [numpy_helper.from_array(np.asarray(v), k) for k, v in self.constants.items()],
        )
        opset = [helper.make_opsetid("", 20)]
        model = helper.make_model(graph, opset_imports=opset, ir_version=9)
        return bytes(model.SerializeToString())


@pytest.fixture(scope="module")
def shipped() -> bytes:
    """A block, h + step(step(h)), between two nodes that are no part of it."""
    block = Shipped()
    block.node("Identity", "x", "h")
    inner = block.step(block.step("h", "a/", dilation=3), "b/", dilation=1)
    block.node("Add", f"{inner} h", "sum")
    block.node("LeakyRelu", "sum", "y", alpha=0.1)
    return block.model()


def tiled(model: bytes, *, signed: bool) -> bytes:
    graph = Graph(model)
    assert kokoro_tiles.tile_steps(graph, signed=signed) == 2
    return graph.compose()


def run(model: bytes, x: Floats) -> Floats:
    (y,) = open_session(model, "small").run({"x": x})
    return np.asarray(y)


def sound(frames: int) -> Floats:
    """Noise with a different level and offset in each channel."""
    random = np.random.default_rng(frames)
    levels = random.uniform(0.1, 4, (1, CHANNELS, 1))
    x = random.normal(random.normal(size=(1, CHANNELS, 1)), levels, (1, CHANNELS, frames))
    return x.astype(np.float32)


@pytest.mark.parametrize("frames", [7, ROWS - 1, ROWS, ROWS + 1, 3 * ROWS + 100])
def test_a_block_on_tiles_is_the_same_block(shipped: bytes, frames: int) -> None:
    x = sound(frames)
    ours = run(tiled(shipped, signed=has_exact_signed_products()), x)
    theirs = run(shipped, x)
    assert ours.shape == theirs.shape
    # Rounding differs in the last bits of the norm, so that a value on the border of two
    # quantization steps may fall to either side; and the bias is not cut to whole steps any more.
    # The second quantization has 255 steps for a range of about 12, the weights reach 33 · 0.01,
    # and a value meets at most CHANNELS · TAPS of them: a few flips and one step of the bias
    # stay well below 3 · 12 / 255 · 0.33.
    assert np.abs(ours - theirs).max() < 3 * 12 / 255 * 0.33
    assert np.abs(ours - theirs).mean() < 0.01


def test_signed_weights_give_the_same_bits(shipped: bytes) -> None:
    x = sound(2 * ROWS + 5)
    assert np.array_equal(run(tiled(shipped, signed=True), x), run(tiled(shipped, signed=False), x))


def test_what_the_tiles_replace_is_gone(shipped: bytes) -> None:
    kinds = {
        node.op_type for node in onnx.load_model_from_string(tiled(shipped, signed=True)).graph.node
    }
    assert kinds.isdisjoint({"ConvInteger", "Pow", "Sin"})
    assert {"Scan", "DynamicQuantizeLinear"} <= kinds
