"""Kokoro's graph, rewritten: the same sums in fewer and faster steps.

The int8 export quantizes activations to unsigned bytes and keeps unsigned weights. onnxruntime
has a fast matrix kernel for unsigned × signed bytes only, so nearly all of the time goes into the
slow one. Four passes, each a pattern and what takes its place:

1. Activations before a ConvInteger become signed: the same numbers less 128, zero point too. The
   integers that come out are the same, several times faster.
2. Cast and Mul after a ConvInteger become one DequantizeLinear. The same floats.
3. The nine nodes of an adaptive instance norm (AdaIN, Huang and Belongie 2017) become one
   InstanceNormalization; a bias just before it, which the norm takes out again, is not added.
4. In a Snake activation, x + sin²(αx)/α (Ziyin et al. 2020), α goes into the norm before it:
   with u = αx it is (u + sin²u)/α.

Passes 1 and 2 don't change a single sample. 3 and 4 round differently, and the phase of Kokoro's
harmonic source, which hangs on the sign of rounding noise, follows suit; the distance to the
unquantized decoder stays that of the shipped graph (`tests/engines/test_kokoro_graph.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from onnx import TensorProto, helper

from paperledge_audio.engines.graph import Graph

if TYPE_CHECKING:
    from onnx import NodeProto

node = helper.make_node


def faster(model: bytes) -> bytes:
    """The rewritten model; raises ValueError where it is not the graph that is known here."""
    graph = Graph(model)
    done = (sign_activations(graph), dequantize(graph), fuse_norms(graph), fuse_snakes(graph))
    if not all(done):
        raise ValueError(f"not the known graph: {done} places rewritten")
    return graph.compose()


def sign_activations(graph: Graph) -> int:
    """Pass 1; returns how many places were rewritten."""
    half = graph.add_constant("signed/half", np.int32(128))
    places = 0
    for quantize in graph.of("DynamicQuantizeLinear"):
        unsigned, scale, zero = quantize.output
        convs = graph.takers[unsigned]
        if not convs or any(conv.op_type != "ConvInteger" for conv in convs):
            continue
        name = f"{unsigned}/signed"
        graph.replace(
            (),
            (
                node("Cast", [zero], [f"{name}/zero32"], to=TensorProto.INT32),
                node("Sub", [f"{name}/zero32", half], [f"{name}/less"]),
                node("Cast", [f"{name}/less"], [f"{name}/zero"], to=TensorProto.INT8),
                node("QuantizeLinear", [quantize.input[0], scale, f"{name}/zero"], [name]),
            ),
        )
        for conv in convs:
            conv.input[0], conv.input[2] = name, f"{name}/zero"
        graph.replace((), ())  # the takers have changed
        places += 1
    return places


def dequantize(graph: Graph) -> int:
    """Pass 2; returns how many places were rewritten."""
    places = 0
    for conv in graph.of("ConvInteger"):
        last = graph.next(conv.output[0], "Add") or conv
        cast = graph.next(last.output[0], "Cast")
        scale = cast and graph.next(cast.output[0], "Mul")
        if not cast or not scale:
            continue
        factor = _other(scale, cast.output[0])
        graph.replace(
            (cast, scale), (node("DequantizeLinear", [last.output[0], factor], scale.output),)
        )
        places += 1
    return places


def fuse_norms(graph: Graph) -> int:
    """Pass 3; returns how many places were rewritten."""
    flat = graph.add_constant("norm/flat", np.array([-1]))
    places = 0
    for mean in graph.of("ReduceMean"):
        pattern = _norm(graph, mean)
        if pattern is None:
            continue
        x, out = mean.input[0], pattern[-1].output[0]
        gain, offset = (
            _other(pattern[-2], pattern[-3].output[0]),
            _other(pattern[-1], pattern[-2].output[0]),
        )
        epsilon = graph.constant(_other(pattern[4], pattern[3].output[0]))
        if epsilon is None:
            continue
        graph.replace(
            pattern,
            (
                node("Reshape", [gain, flat], [f"{out}/gain"]),
                node("Reshape", [offset, flat], [f"{out}/offset"]),
                node(
                    "InstanceNormalization",
                    [_unbiased(graph, x), f"{out}/gain", f"{out}/offset"],
                    [out],
                    epsilon=float(epsilon),
                ),
            ),
        )
        places += 1
    return places


def _norm(graph: Graph, mean: NodeProto) -> tuple[NodeProto, ...] | None:
    """The nodes of (x - mean) / sqrt(variance + ε) · gain + offset that begin with `mean`."""
    axes = graph.constant(mean.input[1])
    less = graph.next(mean.output[0], "Sub")
    if axes is None or axes.tolist() != [2] or less is None or less.input[0] != mean.input[0]:
        return None
    users = {user.op_type: user for user in graph.takers[less.output[0]]}
    if set(users) != {"Mul", "Div"}:
        return None
    chain = [users["Mul"]]
    for kind in ("ReduceMean", "Add", "Sqrt", "Div", "Mul", "Add"):
        after = graph.next(chain[-1].output[0], kind)
        if after is None:
            return None
        chain.append(after)
    return (mean, less, *chain)


def _unbiased(graph: Graph, x: str) -> str:
    """`x` before the bias that a norm would take out again, where only the norm takes it."""
    maker = graph.makers.get(x)
    if maker is None or maker.op_type != "DequantizeLinear":
        return x
    biased = graph.makers[maker.input[0]]
    takers = {taker.op_type for taker in graph.takers[x]}
    if biased.op_type != "Add" or takers != {"ReduceMean", "Sub"}:
        return x
    conv = next(value for value in biased.input if graph.makers[value].op_type == "ConvInteger")
    maker.input[0] = conv
    return x


def fuse_snakes(graph: Graph) -> int:
    """Pass 4; returns how many places were rewritten."""
    places = 0
    for sine in graph.of("Sin"):
        inner = graph.makers[sine.input[0]]
        square = graph.next(sine.output[0], "Pow")
        share = square and graph.next(square.output[0], "Mul")
        total = share and graph.next(share.output[0], "Add")
        if inner.op_type != "Mul" or not square or not share or not total:
            continue
        alpha = next((name for name in inner.input if graph.constant(name) is not None), "")
        norm = graph.makers.get(_other(inner, alpha)) if alpha else None
        if norm is None or norm.op_type != "InstanceNormalization":
            continue
        if len(graph.takers[norm.output[0]]) != 2:  # the snake alone
            continue
        x, gain, offset = norm.input
        name = total.output[0]
        factor = graph.constant(alpha)
        assert factor is not None  # noqa: S101 - for the type checker; it was asked above
        flat = graph.add_constant(f"{name}/alpha", factor.reshape(-1))
        one_over_alpha = _other(share, square.output[0])
        graph.replace(
            (norm, inner, sine, square, share, total),
            (
                node("Mul", [gain, flat], [f"{name}/gain"]),
                node("Mul", [offset, flat], [f"{name}/offset"]),
                node(
                    "InstanceNormalization",
                    [x, f"{name}/gain", f"{name}/offset"],
                    [f"{name}/u"],
                    epsilon=norm.attribute[0].f,
                ),
                node("Sin", [f"{name}/u"], [f"{name}/sin"]),
                node("Mul", [f"{name}/sin", f"{name}/sin"], [f"{name}/square"]),
                node("Add", [f"{name}/u", f"{name}/square"], [f"{name}/sum"]),
                node("Mul", [f"{name}/sum", one_over_alpha], [name]),
            ),
        )
        places += 1
    return places


def _other(pair: NodeProto, one: str) -> str:
    """The other of a node's two inputs."""
    first, second = pair.input
    return str(second if first == one else first)
