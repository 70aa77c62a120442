"""A small editor for ONNX graphs: find a pattern, put other nodes in its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, numpy_helper


class Graph:
    """The nodes of a model, with who makes and who takes each value."""

    def __init__(self, model: bytes) -> None:
        self._model = onnx.load_model_from_string(model)
        self.nodes: list[NodeProto] = list(self._model.graph.node)
        self._constants = {c.name: c for c in self._model.graph.initializer}
        self._index()

    def _index(self) -> None:
        self.makers = {value: node for node in self.nodes for value in node.output}
        takers: defaultdict[str, list[NodeProto]] = defaultdict(list)
        for node in self.nodes:
            for value in dict.fromkeys(node.input):  # a node that takes a value twice counts once
                takers[value].append(node)
        self.takers = takers

    def of(self, kind: str) -> list[NodeProto]:
        """All nodes of a kind, as they stand now."""
        return [node for node in self.nodes if node.op_type == kind]

    def next(self, value: str, kind: str) -> NodeProto | None:
        """The only node that takes `value`, if it is of this kind."""
        takers = self.takers[value]
        return takers[0] if len(takers) == 1 and takers[0].op_type == kind else None

    def constant(self, name: str) -> NDArray[np.generic] | None:
        """The value of a constant; None for what is computed."""
        found = self._constants.get(name)
        return None if found is None else numpy_helper.to_array(found)

    def add_constant(self, name: str, value: NDArray[np.generic] | np.generic) -> str:
        """Add a constant; returns its name."""
        self._constants[name] = numpy_helper.from_array(np.asarray(value), name)
        return name

    def replace(self, old: Iterable[NodeProto], new: Iterable[NodeProto]) -> None:
        """Take nodes out and put others in; their order does not matter."""
        gone = {id(node) for node in old}
        self.nodes = [node for node in self.nodes if id(node) not in gone] + list(new)
        self._index()

    def compose(self) -> bytes:
        """The model with what nobody takes left out, its nodes in an order that can be run."""
        graph = self._model.graph
        needed = {output.name for output in graph.output}
        kept: list[NodeProto] = []
        ready = [self.makers[name] for name in needed if name in self.makers]
        seen = {id(node) for node in ready}
        while ready:
            node = ready.pop()
            kept.append(node)
            for value in node.input:
                needed.add(value)
                maker = self.makers.get(value)
                if maker is not None and id(maker) not in seen:
                    seen.add(id(maker))
                    ready.append(maker)
        known = set(self._constants) | {given.name for given in graph.input} | {""}
        known -= set(self.makers)
        place = {id(node): index for index, node in enumerate(self.nodes)}
        ordered = _ordered(sorted(kept, key=lambda node: place[id(node)]), known)
        nodes = [NodeProto.FromString(node.SerializeToString()) for node in ordered]
        constants = [
            onnx.TensorProto.FromString(constant.SerializeToString())
            for name, constant in self._constants.items()
            if name in needed
        ]
        del graph.node[:]
        graph.node.extend(nodes)
        del graph.initializer[:]
        graph.initializer.extend(constants)
        data: bytes = self._model.SerializeToString()
        return data


def _ordered(nodes: list[NodeProto], known: set[str]) -> list[NodeProto]:
    """The nodes, each after those that make what it takes."""
    ordered: list[NodeProto] = []
    waiting = nodes
    while waiting:
        later = []
        for node in waiting:
            if known.issuperset(node.input):
                ordered.append(node)
                known.update(node.output)
            else:
                later.append(node)
        if len(later) == len(waiting):
            raise ValueError("the graph has a circle")
        waiting = later
    return ordered
