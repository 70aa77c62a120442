"""DistillMOS: the checkpoint that an installed package carries → an ONNX file.

The network is that of Stahl and Gamper 2025, "Distillation and Pruning for Scalable
Self-Supervised Representation-Based Speech Quality Assessment" (https://arxiv.org/abs/2502.05356):
convolutions over a compressed spectrum, then a transformer whose frames are weighed and averaged.
Its checkpoint (Microsoft, MIT) lies in the package distillmos.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.verify.encoder.networks import EPSILON, Checkpoint, GraphBuilder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperledge_audio.verify.encoder.networks import Floats

CHECKPOINT = Checkpoint(
    "quality net",
    "distillmos",
    "0.9.1",
    "weights/distill_mos_v7.pt",
    "b18b3ac60227267cfb91e5d00ce22cc7b73716fd92f269484da1446e27031a40",
    tensors=120,
    entry="model",
)
BINS, FRAMES = 161, 768
"""Of the spectrum that the network takes."""
CONVOLUTIONS, LAYERS = 6, 7
SLOPE = 0.1
"""Of the leaky rectifiers."""
HEADS, WIDTH, SEEN = 8, 200, FRAMES // 2
"""Of the transformer: heads, values a frame, frames."""


class QualityGraph(GraphBuilder):
    """Builds the network, one method a kind of layer; each returns its output's name."""

    def linear(self, x: str, name: str, join: str = ".") -> str:
        """Every frame times a matrix, plus a bias."""
        return self.affine(x, *self._values(name, join))

    def affine(self, x: str, weight: Floats, bias: Floats) -> str:
        """The same with given values."""
        product = self.node("MatMul", x, self.constant(weight.T))
        return self.node("Add", product, self.constant(bias))

    def convolve(self, x: str, place: int) -> str:
        """A convolution over frequency and time: later ones halve frequency, the last one time."""
        weight, bias = map(self.constant, self._values(f"cnn.cnn.{2 * place}"))
        strides = [2 if place else 1, 2 if place == CONVOLUTIONS - 1 else 1]
        x = self.node("Conv", x, weight, bias, strides=strides, pads=[0, 1, 0, 1])
        return self.node("LeakyRelu", x, alpha=SLOPE)

    def project(self, x: str, norms: tuple[str, str], name: str) -> str:
        """Two batch norms and a linear layer, which are one linear layer."""
        (first, then), (factor, term) = self.norm(norms[0]), self.norm(norms[1])
        weight, bias = self._values(name)
        return self.affine(x, weight * (first * factor), bias + weight @ (then * factor + term))

    def attend(self, x: str, name: str) -> str:
        """Attention of every frame to all frames, in several heads."""
        parts = self.linear(x, f"{name}.in_proj", "_")
        parts = self._reshape(parts, 0, SEEN, 3, HEADS, WIDTH // HEADS)
        parts = self.node("Transpose", parts, perm=[2, 0, 3, 1, 4])
        query, key, value = (
            self.node("Gather", parts, self.constant(np.array(n, np.int64)), axis=0)
            for n in range(3)
        )
        scale = self.constant(np.array((WIDTH // HEADS) ** -0.5, np.float32))
        alike = self.node("MatMul", query, self.node("Transpose", key, perm=[0, 1, 3, 2]))
        shares = self.node("Softmax", self.node("Mul", alike, scale), axis=-1)
        seen = self.node("Transpose", self.node("MatMul", shares, value), perm=[0, 2, 1, 3])
        return self.linear(self._reshape(seen, 0, SEEN, WIDTH), f"{name}.out_proj")

    def encode(self, x: str, name: str) -> str:
        """A layer of the transformer."""
        x = self._layer_norm(self.node("Add", x, self.attend(x, f"{name}.self_attn")), name, 1)
        return self._layer_norm(self.node("Add", x, self.feed(x, name)), name, 2)

    def feed(self, x: str, name: str) -> str:
        """Two linear layers with a rectifier between them."""
        return self.linear(self.node("Relu", self.linear(x, f"{name}.linear1")), f"{name}.linear2")

    def pool(self, x: str, name: str) -> str:
        """One value: frames are averaged by weights that are found in them."""
        weights = self.feed(x, name)
        weights = self.node("Transpose", self.node("Softmax", weights, axis=1), perm=[0, 2, 1])
        return self.linear(self.node("MatMul", weights, x), f"{name}.linear3")

    def _values(self, name: str, join: str = ".") -> tuple[Floats, Floats]:
        return self.weights[f"{name}{join}weight"], self.weights[f"{name}{join}bias"]

    def _layer_norm(self, x: str, name: str, number: int) -> str:
        weight, bias = map(self.constant, self._values(f"{name}.norm{number}"))
        return self.node("LayerNormalization", x, weight, bias, epsilon=EPSILON)

    def _reshape(self, x: str, *sides: int) -> str:
        return self.node("Reshape", x, self.constant(np.array(sides, np.int64)))


def build_network(weights: Mapping[str, Floats]) -> bytes:
    """The ONNX file: `spectrum` float [n, 2, BINS, FRAMES] → `quality` float [n, 1, 1], 0 to 1."""
    g = QualityGraph(weights)
    x = "spectrum"
    for place in range(CONVOLUTIONS):
        x = g.convolve(x, place)
    x = g.node("Reshape", x, g.constant(np.array([0, -1, SEEN], np.int64)))
    x = g.node("Transpose", x, perm=[0, 2, 1])
    whole = "transformer_pool_attn"
    inner = f"{whole}.transformer"
    x = g.project(x, (f"{whole}.norm_input", f"{inner}.norm"), f"{inner}.linear_proj")
    x = g.node("Add", x, g.constant(weights[f"{inner}.position_encoding.pe"]))
    for layer in range(LAYERS):
        x = g.encode(x, f"{inner}.transformer_encoder.layers.{layer}")
    factor, term = (g.constant(values) for values in g.norm(f"{whole}.norm_trans"))
    x = g.node("Add", g.node("Mul", x, factor), term)
    out = g.node("Sigmoid", g.pool(x, f"{whole}.pool"), out="quality")
    return g.compose("DistillMOS", ("spectrum", ["n", 2, BINS, FRAMES]), (out, ["n", 1, 1]))
