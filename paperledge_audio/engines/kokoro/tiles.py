"""Kokoro's large residual blocks, rewritten to work on tiles.

Nine tenths of the time of the shipped graph goes into 48 steps of one shape, on up to 5 000 frames
for every second of sound: an adaptive instance norm (AdaIN, Huang and Belongie 2017), a Snake
activation x + sin²(αx)/α (Ziyin et al. 2020), and a quantized convolution. Here each becomes:

- The values lie frame by frame, not channel by channel, cut into tiles [tiles, ROWS, channels]
  that fit a processor's own cache. What has to be done to single values is done tile by tile
  (Scan), so it is not fetched from memory anew for each of its operations.
- The mean and the variance of a channel come from those of its tiles (Chan, Golub and LeVeque
  1983). The last tile is filled up with its last frame, whose share is then taken out again.
- α goes into the norm: with u = αx, the Snake is (u + sin²u)/α.
- The convolution is one matrix product: a Gather lays the frames that a tap sees side by side,
  whole rows at a time, and the product turns its sums into floats as it writes them.

The quantized sums are the shipped graph's, integer for integer, as long as what is quantized is;
norm and Snake round differently. A studio render without tiles takes 1.35 times as long
(docs/BENCHMARKS.md); the shipped graph is the plain twin (`tests/engines/test_kokoro_tiles.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from onnx import TensorProto, helper

from paperledge_audio.engines.kokoro.steps import find_steps

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnx import NodeProto

    from paperledge_audio.engines.graphs.editing import Graph
    from paperledge_audio.engines.kokoro.steps import Step

ROWS = 512
"""Frames in a tile: a quarter or half a megabyte, which a second-level cache holds. In shorter
ones onnxruntime's mean over the frames takes a path that is four times slower."""
MICROSOFT = "com.microsoft"
"""The domain of onnxruntime's own operators."""


def tile_steps(graph: Graph, *, signed: bool) -> int:
    """Rewrite all steps; returns how many. `signed`: give the product signed weights."""
    steps = find_steps(graph)
    tiling = Tiling(graph, {step.out: step.weights.shape[0] for step in steps}, signed=signed)
    for step in steps:
        tiling.step(step)
    tiling.replace([step.maker for step in steps])
    return len(steps)


@dataclass
class Tiling:
    """Writes the nodes that work on tiles, each value's once."""

    graph: Graph
    channels: dict[str, int]
    """Of the values that are made as tiles: at first what the steps give."""
    signed: bool
    nodes: list[NodeProto] = field(default_factory=list)
    made: set[str] = field(default_factory=set)

    def add(self, kind: str, inputs: list[str], out: str, **attributes: Any) -> str:
        """Add a node, unless it is there already; returns what it makes."""
        if out not in self.made:
            self.made.add(out)
            self.nodes.append(helper.make_node(kind, inputs, [out], **attributes))
        return out

    def const(self, name: str, value: Any) -> str:
        """A constant's name."""
        return self.graph.add_constant(f"tiles/{name}", np.asarray(value))

    def stage(self, channels: int, x: str) -> str:
        """The prefix of what all values with so many channels share: lengths and shares."""
        at = f"tiles/{channels}"
        rows = self.const("rows", np.array([ROWS]))
        one = self.const("one", np.array([1]))
        self.add("Shape", [x], f"{at}/frames", start=2, end=3)
        self.add("Sub", [f"{at}/frames", one], f"{at}/last")
        self.add("Div", [f"{at}/last", rows], f"{at}/before")
        self.add("Add", [f"{at}/before", one], f"{at}/tiles")
        self.add("Mul", [f"{at}/tiles", rows], f"{at}/filled")
        self.add("Sub", [f"{at}/filled", f"{at}/frames"], f"{at}/extra")
        for length in ("frames", "filled", "extra"):
            self.add("Cast", [f"{at}/{length}"], f"{at}/{length}/f", to=TensorProto.FLOAT)
        self.add("Div", [f"{at}/filled/f", f"{at}/frames/f"], f"{at}/filled/share")
        self.add("Div", [f"{at}/extra/f", f"{at}/frames/f"], f"{at}/extra/share")
        return at

    def tiled(self, value: str, channels: int) -> str:
        """`value` in tiles: made so, a sum of such, or cut up and filled with its last frame."""
        name, maker = f"{value}/tiles", self.graph.makers[value]
        if name in self.made or (value in self.channels and maker.op_type != "Add"):
            return name
        if self.in_tiles(value):
            return self.add("Add", [self.tiled(v, channels) for v in maker.input], name)
        at = self.stage(channels, value)
        none = self.const("none", np.array([0, 0, 0]))
        shape = self.const(f"{channels}/shape", np.array([-1, ROWS, channels]))
        self.add("Transpose", [value], f"{value}/rows", perm=[0, 2, 1])
        pads = self.add(
            "Concat", [none, "tiles/zeros", f"{at}/extra", "tiles/zeros"], f"{at}/pads", axis=0
        )
        self.const("zeros", np.array([0]))
        self.add("Pad", [f"{value}/rows", pads], f"{value}/filled", mode="edge")
        return self.add("Reshape", [f"{value}/filled", shape], name)

    def in_tiles(self, value: str) -> bool:
        """Whether `value` is made as tiles: by a step, or as a sum with such a value."""
        if value in self.channels:
            return True
        maker = self.graph.makers.get(value)
        if maker is None or maker.op_type != "Add":
            return False
        known = next((self.channels[v] for v in maker.input if self.in_tiles(v)), None)
        if known is None:
            return False
        self.channels[value] = known
        return True

    def statistics(self, x: str, channels: int, epsilon: float) -> tuple[str, str]:
        """The names of the mean and the deviation of each channel, [1, channels]."""
        tiles, at = self.tiled(x, channels), self.stage(channels, x)
        first, mean, deviation = self.const("first", np.array([0])), f"{x}/mean", f"{x}/deviation"
        if deviation in self.made:
            return mean, deviation
        row = [ROWS, channels]
        body = helper.make_graph(
            [
                helper.make_node("ReduceMean", ["tile", first], ["mean"], keepdims=1),
                helper.make_node("Sub", ["tile", "mean"], ["less"]),
                helper.make_node("Mul", ["less", "less"], ["square"]),
                helper.make_node("ReduceMean", ["square", first], ["variance"], keepdims=1),
            ],
            "statistics",
            [_describe_float("tile", row)],
            [_describe_float("mean", [1, channels]), _describe_float("variance", [1, channels])],
        )
        parts = [f"{x}/means", f"{x}/variances"]
        self.nodes.append(helper.make_node("Scan", [tiles], parts, body=body, num_scan_inputs=1))
        flat = self.const(f"{channels}/flat", np.array([-1, channels]))
        end, most = self.const("end", np.array([-1])), self.const("most", np.array([2**62]))
        self.add("ReduceMean", [parts[0], first], f"{x}/mean/3", keepdims=0)
        self.add("Sub", [parts[0], f"{x}/mean/3"], f"{x}/apart")
        self.add("Mul", [f"{x}/apart", f"{x}/apart"], f"{x}/between/all")
        self.add("ReduceMean", [f"{x}/between/all", first], f"{x}/between", keepdims=0)
        self.add("ReduceMean", [parts[1], first], f"{x}/within", keepdims=0)
        self.add("Add", [f"{x}/within", f"{x}/between"], f"{x}/variance/filled")
        self.add("Reshape", [tiles, flat], f"{x}/flat")
        self.add("Slice", [f"{x}/flat", end, most, first], f"{x}/last")
        self.add("Sub", [f"{x}/last", f"{x}/mean/3"], f"{x}/off")
        self.add("Mul", [f"{x}/off", f"{at}/extra/share"], f"{x}/shift")
        self.add("Sub", [f"{x}/mean/3", f"{x}/shift"], mean)
        self.add("Mul", [f"{x}/variance/filled", f"{at}/filled/share"], f"{x}/sum")
        self.add("Mul", [f"{x}/off", f"{x}/shift"], f"{x}/sum/extra")
        self.add("Mul", [f"{x}/shift", f"{x}/shift"], f"{x}/shift/2")
        self.add("Sub", [f"{x}/sum", f"{x}/sum/extra"], f"{x}/sum/less")
        self.add("Sub", [f"{x}/sum/less", f"{x}/shift/2"], f"{x}/variance")
        self.add("Relu", [f"{x}/variance"], f"{x}/variance/positive")
        small = self.const(f"epsilon/{epsilon}", np.float32(epsilon))
        self.add("Add", [f"{x}/variance/positive", small], f"{x}/safe")
        return mean, self.add("Sqrt", [f"{x}/safe"], deviation)

    def step(self, step: Step) -> None:
        """Norm, Snake and convolution of `step`, from tiles to tiles."""
        outputs, channels, taps = step.weights.shape
        tiles, at = self.tiled(step.x, channels), self.stage(channels, step.x)
        mean, deviation = self.statistics(step.x, channels, step.epsilon)
        y = step.out
        flat = self.const(f"{channels}/flat", np.array([-1, channels]))
        alpha = self.const(f"{y}/alpha", step.alpha)
        one_over_alpha = self.const(f"{y}/reciprocal", 1 / step.alpha)
        self.add("Reshape", [step.gain, flat], f"{y}/gain")
        self.add("Reshape", [step.offset, flat], f"{y}/offset")
        self.add("Mul", [f"{y}/gain", alpha], f"{y}/gain/alpha")
        self.add("Div", [f"{y}/gain/alpha", deviation], f"{y}/slope")
        self.add("Mul", [f"{y}/offset", alpha], f"{y}/offset/alpha")
        self.add("Mul", [mean, f"{y}/slope"], f"{y}/mean/slope")
        self.add("Sub", [f"{y}/offset/alpha", f"{y}/mean/slope"], f"{y}/start")
        row = [ROWS, channels]
        body = helper.make_graph(
            [
                helper.make_node("Mul", ["tile", f"{y}/slope"], ["scaled"]),
                helper.make_node("Add", ["scaled", f"{y}/start"], ["u"]),
                helper.make_node("Sin", ["u"], ["sine"]),
                helper.make_node("Mul", ["sine", "sine"], ["square"]),
                helper.make_node("Add", ["u", "square"], ["sum"]),
                helper.make_node("Mul", ["sum", one_over_alpha], ["snake"]),
            ],
            "snake",
            [_describe_float("tile", row)],
            [_describe_float("snake", row)],
        )
        self.add("Scan", [tiles], f"{y}/snake", body=body, num_scan_inputs=1)
        quantized = [f"{y}/quantized", f"{y}/step", f"{y}/zero"]
        self.nodes.append(helper.make_node("DynamicQuantizeLinear", [f"{y}/snake"], quantized))
        self.add("Reshape", [quantized[0], flat], f"{y}/frames")
        silent = self.const("silent", np.array([0, 0, 1, 0]))
        self.add("Pad", [f"{y}/frames", silent, quantized[2]], f"{y}/padded")
        index = self.index(at, taps, step.dilation)
        weights = step.weights.transpose(2, 1, 0).reshape(-1, outputs)
        zero: NDArray[Any] = np.array(step.zero, np.uint8)
        if self.signed:
            weights, zero = (weights ^ 128).view(np.int8), (zero ^ 128).view(np.int8)
        product = [
            "columns",
            self.const(f"{y}/weights", np.ascontiguousarray(weights)),
            quantized[1],
            self.const(f"{y}/scale", np.float32(step.scale)),
            quantized[2],
            self.const(f"{y}/weights/zero", zero),
            self.const(f"{y}/bias", step.bias),
        ]
        wide = self.const(f"wide/{channels}/{taps}", np.array([ROWS, taps * channels]))
        body = helper.make_graph(
            [
                helper.make_node("Gather", [f"{y}/padded", "index"], ["seen"], axis=0),
                helper.make_node("Reshape", ["seen", wide], ["columns"]),
                helper.make_node("MatMulIntegerToFloat", product, ["sum"], domain=MICROSOFT),
            ],
            "convolution",
            [helper.make_tensor_value_info("index", TensorProto.INT64, [ROWS, taps])],
            [_describe_float("sum", [ROWS, outputs])],
        )
        self.add("Scan", [index], f"{y}/tiles", body=body, num_scan_inputs=1)

    def index(self, at: str, taps: int, dilation: int) -> str:
        """Which frame each tap sees from each frame, [tiles, ROWS, taps].

        A tap that looks beyond either end sees the row of zeros that comes after all tiles. In
        what fills the last tile every frame sees what the last real one sees.
        """
        name = f"{at}/index/{taps}/{dilation}"
        reach = taps // 2 * dilation
        offsets = self.const(f"offsets/{taps}/{dilation}", np.arange(taps)[None] * dilation - reach)
        nought, one = self.const("0", np.int64(0)), self.const("1", np.int64(1))
        column = self.const("column", np.array([-1, 1]))
        self.add("Squeeze", [f"{at}/filled"], f"{at}/filled/0")
        self.add("Range", [nought, f"{at}/filled/0", one], f"{at}/range")
        self.add("Min", [f"{at}/range", f"{at}/last"], f"{at}/range/real")
        self.add("Reshape", [f"{at}/range/real", column], f"{at}/column")
        self.add("Add", [f"{at}/column", offsets], f"{name}/all")
        self.add("Less", [f"{name}/all", nought], f"{name}/before")
        self.add("Greater", [f"{name}/all", f"{at}/last"], f"{name}/after")
        self.add("Or", [f"{name}/before", f"{name}/after"], f"{name}/outside")
        self.add("Where", [f"{name}/outside", f"{at}/filled", f"{name}/all"], f"{name}/flat")
        shape = self.const(f"index/{taps}", np.array([-1, ROWS, taps]))
        return self.add("Reshape", [f"{name}/flat", shape], name)

    def replace(self, makers: list[NodeProto]) -> None:
        """Put the new nodes in the graph; what others take of the tiles is laid out as it was."""
        sums = [node for node in self.graph.of("Add") if self.in_tiles(node.output[0])]
        for maker in (*makers, *sums):
            value = maker.output[0]
            channels = self.channels[value]
            at, first = f"tiles/{channels}", self.const("first", np.array([0]))
            flat = self.const(f"{channels}/flat", np.array([-1, channels]))
            tiles = self.tiled(value, channels)
            self.add("Reshape", [tiles, flat], f"{value}/flat")
            self.add("Slice", [f"{value}/flat", first, f"{at}/frames", first], f"{value}/cut")
            self.add("Transpose", [f"{value}/cut"], f"{value}/across", perm=[1, 0])
            self.add("Unsqueeze", [f"{value}/across", first], value)
        self.graph.replace((*makers, *sums), self.nodes)
        self.graph.use_domain(MICROSOFT)


def _describe_float(name: str, shape: list[int]) -> Any:
    """A float value of a body."""
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
