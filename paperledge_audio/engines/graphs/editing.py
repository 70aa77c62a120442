"""A small editor for ONNX graphs: find a pattern, put other nodes in its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import NodeProto, numpy_helper


class Graph:
    """The nodes of a model, with the producer and the consumers of each value."""

    def __init__(self, model: bytes) -> None:
        self._model = onnx.load_model_from_string(model)
        self.nodes: list[NodeProto] = list(self._model.graph.node)
        self._constants = {c.name: c for c in self._model.graph.initializer}
        self._index()

    def _index(self) -> None:
        self.makers = {value: node for node in self.nodes for value in node.output}
        takers: defaultdict[str, list[NodeProto]] = defaultdict(list)
        for node in self.nodes:
            for value in _list_inputs(node):
                takers[value].append(node)
        self.takers = takers

    def of(self, kind: str) -> list[NodeProto]:
        """All nodes of a kind, as they stand now."""
        return [node for node in self.nodes if node.op_type == kind]

    def next(self, value: str, kind: str) -> NodeProto | None:
        """The only node that takes `value`, if it is of this kind."""
        takers = self.takers[value]
        return takers[0] if len(takers) == 1 and takers[0].op_type == kind else None

    def chain(self, value: str, kinds: Iterable[str]) -> tuple[NodeProto, ...]:
        """The nodes of these kinds that take `value` one after another; nothing where they don't.

        Each must be the only one that takes the first output of the one before.
        """
        found: list[NodeProto] = []
        for kind in kinds:
            node = self.next(value, kind)
            if node is None:
                return ()
            found.append(node)
            value = node.output[0]
        return tuple(found)

    def back(self, value: str, *path: tuple[str, int]) -> tuple[NodeProto, ...]:
        """The node that makes `value`, the one that makes its input, and so on.

        `path`: for each node its kind and the input that leads on. Nothing where a kind differs.
        """
        found: list[NodeProto] = []
        for kind, index in path:
            node = self.makers.get(value)
            if node is None or node.op_type != kind:
                return ()
            found.append(node)
            value = node.input[index]
        return tuple(found)

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

    def cut(self, inputs: Iterable[str], outputs: Iterable[str]) -> None:
        """Keep what leads from `inputs`, floats unless the model takes them, to `outputs`."""
        graph = self._model.graph
        describe, kind = onnx.helper.make_tensor_value_info, onnx.TensorProto.FLOAT
        given = {
            value.name: onnx.ValueInfoProto.FromString(value.SerializeToString())
            for value in graph.input
        }
        taken = [given.get(name) or describe(name, kind, None) for name in inputs]
        del graph.input[:], graph.output[:]
        graph.input.extend(taken)
        graph.output.extend(onnx.ValueInfoProto(name=name) for name in outputs)
        for value in taken:
            self.makers.pop(value.name, None)

    def use_domain(self, domain: str) -> None:
        """Let nodes of `domain`, version 1, be used."""
        if all(entry.domain != domain for entry in self._model.opset_import):
            self._model.opset_import.append(onnx.helper.make_opsetid(domain, 1))

    def compose(self) -> bytes:
        """The model without unused values, its nodes in an order that can be run."""
        graph = self._model.graph
        needed = {output.name for output in graph.output}
        kept: list[NodeProto] = []
        ends = {id(node): node for name in needed if (node := self.makers.get(name)) is not None}
        ready, seen = list(ends.values()), set(ends)
        while ready:
            node = ready.pop()
            kept.append(node)
            for value in _list_inputs(node):
                needed.add(value)
                maker = self.makers.get(value)
                if maker is not None and id(maker) not in seen:
                    seen.add(id(maker))
                    ready.append(maker)
        known = set(self._constants) | {given.name for given in graph.input} | {""}
        known -= set(self.makers)
        place = {id(node): index for index, node in enumerate(self.nodes)}
        ordered = _order(sorted(kept, key=lambda node: place[id(node)]), known)
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


def _list_inputs(node: NodeProto) -> set[str]:
    """The values a node takes, those that a body inside it takes from outside included."""
    values = set(node.input)
    for attribute in node.attribute:
        if attribute.HasField("g"):
            body = attribute.g
            own = {given.name for given in (*body.input, *body.initializer)}
            own |= {value for inner in body.node for value in inner.output}
            values |= {value for inner in body.node for value in _list_inputs(inner)} - own
    return values


def _order(nodes: list[NodeProto], known: set[str]) -> list[NodeProto]:
    """The nodes, each after those that make what it takes."""
    ordered: list[NodeProto] = []
    waiting = nodes
    while waiting:
        deferred = []
        for node in waiting:
            if known.issuperset(_list_inputs(node)):
                ordered.append(node)
                known.update(node.output)
            else:
                deferred.append(node)
        if len(deferred) == len(waiting):
            raise ValueError("the graph has a circle")
        waiting = deferred
    return ordered
