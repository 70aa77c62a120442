"""The steps of Kokoro's residual blocks, found in the shipped graph.

A step is an adaptive instance norm (AdaIN, Huang and Belongie 2017), a Snake activation
x + sin²(αx)/α (Ziyin et al. 2020), and a quantized convolution.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from onnx import helper

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnx import NodeProto

    from paperledge_audio.engines.graphs.editing import Graph


@dataclass(frozen=True)
class Step:
    """A norm, its Snake and the convolution after it, as found in the shipped graph."""

    x: str
    """What is normed, [1, channels, frames]."""
    gain: str
    offset: str
    """Both [1, channels, 1]."""
    epsilon: float
    alpha: NDArray[np.float32]
    weights: NDArray[np.uint8]
    """[channels out, channels in, taps]"""
    zero: int
    """The weights' zero point."""
    scale: float
    """The weights' step."""
    bias: NDArray[np.float32]
    dilation: int
    out: str
    maker: NodeProto
    """The last node of the step, which makes `out`."""


def find_steps(graph: Graph) -> list[Step]:
    """Every place where norm, Snake and convolution follow one another."""
    return [step for sine in graph.of("Sin") if (step := _find_step(graph, sine)) is not None]


def _find_step(graph: Graph, sine: NodeProto) -> Step | None:
    """The step around a Snake's sine."""
    inner = graph.makers.get(sine.input[0])
    after = graph.chain(
        sine.output[0],
        ("Pow", "Mul", "Add", "DynamicQuantizeLinear", "ConvInteger", "Add", "Cast", "Mul"),
    )
    if inner is None or inner.op_type != "Mul" or not after:
        return None
    conv, biased, cast, scaled = after[-4:]
    alpha = graph.constant(inner.input[0])
    norm = graph.back(inner.input[1], ("Add", 0), ("Mul", 1), ("Div", 0), ("Sub", 0))
    deviation = norm and graph.back(norm[2].input[1], ("Sqrt", 0), ("Add", 1))
    if alpha is None or not norm or not deviation:
        return None
    epsilon = graph.constant(deviation[-1].input[1])
    quantized_bias = graph.back(
        _other(biased, conv.output[0]), ("Reshape", 0), ("Cast", 0), ("Floor", 0), ("Div", 0)
    )
    factor = graph.makers[_other(scaled, cast.output[0])]
    scale = next((c for name in factor.input if (c := graph.constant(name)) is not None), None)
    weights, zero = graph.constant(conv.input[1]), graph.constant(conv.input[3])
    bias = graph.constant(quantized_bias[-1].input[0]) if quantized_bias else None
    if epsilon is None or scale is None or weights is None or zero is None or bias is None:
        return None
    attributes = {a.name: helper.get_attribute_value(a) for a in conv.attribute}
    (dilation,) = attributes["dilations"]
    reach = weights.shape[2] // 2 * dilation
    if (attributes["pads"], attributes["strides"], attributes["group"]) != ([reach] * 2, [1], 1):
        return None
    return Step(
        x=norm[3].input[0],
        gain=norm[1].input[0],
        offset=norm[0].input[1],
        epsilon=float(epsilon),
        alpha=alpha.reshape(1, -1).astype(np.float32),
        weights=weights.astype(np.uint8),
        zero=int(zero),
        scale=float(scale),
        bias=bias.reshape(-1).astype(np.float32),
        dilation=dilation,
        out=scaled.output[0],
        maker=scaled,
    )


def _other(pair: NodeProto, one: str) -> str:
    """The other of a node's two inputs."""
    first, second = pair.input
    return str(second if first == one else first)
