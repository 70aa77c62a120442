"""Kokoro's graph, rewritten: the same sums in fewer and faster steps.

The int8 export quantizes activations to unsigned bytes and keeps unsigned weights. onnxruntime has
fast matrix kernels for unsigned × signed bytes only, so most of the time goes into a slow one, and
most of the rest into fetching long rows of floats for one small operation after another. Two
passes, each a pattern and what takes its place:

1. Norm, Snake and convolution of the residual blocks work on tiles: `kokoro_tiles`. They round
   differently, and the phase of Kokoro's harmonic source, which hangs on the sign of rounding
   noise, follows suit; the distance to the unquantized decoder stays that of the shipped graph
   (`tests/engines/test_kokoro_graph.py`).
2. Activations before any other ConvInteger become signed: the same numbers less 128, zero point
   too. The integers that come out are the same, and so is every sample.

Some processors add products of unsigned and signed bytes in 16 bits and cut off what is too large
(those with AVX2 or AVX-512, but not VNNI). There, both sides stay unsigned.

With the shipped graph a studio render takes 1.87 times as long (docs/BENCHMARKS.md).
"""

from __future__ import annotations

import numpy as np
from onnx import NodeProto, TensorProto, helper

from paperledge_audio.engines.graphs.editing import Graph
from paperledge_audio.engines.kokoro.tiles import tile_steps

node = helper.make_node


def rewrite(model: bytes, *, signed: bool) -> bytes:
    """The rewritten model; raises ValueError where it is not the graph that is known here.

    `signed`: whether products of unsigned and signed bytes are exact on this machine.
    """
    graph = Graph(model)
    tiled = tile_steps(graph, signed=signed)
    graph = Graph(graph.compose())  # without what the tiles have replaced
    others = sign_activations(graph) if signed else len(graph.of("ConvInteger"))
    if not (tiled and others):
        raise ValueError(f"not the known graph: {tiled} and {others} places rewritten")
    return graph.compose()


def sign_activations(graph: Graph) -> int:
    """Pass 2; returns how many places were rewritten."""
    half = graph.add_constant("signed/half", np.int32(128))
    added: list[NodeProto] = []
    places = 0
    for quantize in graph.of("DynamicQuantizeLinear"):
        unsigned, scale, zero = quantize.output
        convs = graph.takers[unsigned]
        if not convs or any(conv.op_type != "ConvInteger" for conv in convs):
            continue
        name = f"{unsigned}/signed"
        added += (
            node("Cast", [zero], [f"{name}/zero32"], to=TensorProto.INT32),
            node("Sub", [f"{name}/zero32", half], [f"{name}/less"]),
            node("Cast", [f"{name}/less"], [f"{name}/zero"], to=TensorProto.INT8),
            node("QuantizeLinear", [quantize.input[0], scale, f"{name}/zero"], [name]),
        )
        for conv in convs:
            conv.input[0], conv.input[2] = name, f"{name}/zero"
        places += 1
    graph.replace((), added)  # at once, since each replacement looks at the whole graph
    return places
