"""What PyTorch saved, read without PyTorch and without running its pickle.

Since PyTorch 1.6 `torch.save` writes a zip: a file of values for each tensor, and in data.pkl a
pickle that would put them together. The standard library's disassembler lists its operations; the
few that tensors and dictionaries of them need are done here on plain values, and anything else is
refused. Nothing that a file names is ever called.
"""

from __future__ import annotations

import math
import pickletools
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import zipfile

    from numpy.typing import NDArray

LISTING = "data.pkl"
KINDS = {
    "torch FloatStorage": "f4",
    "torch HalfStorage": "f2",
    "torch DoubleStorage": "f8",
    "torch LongStorage": "i8",
}
TENSOR = "torch._utils _rebuild_tensor_v2"
DICTIONARY = "collections OrderedDict"
MARK = object()
LITERALS = frozenset({"BINUNICODE", "SHORT_BINUNICODE", "BININT", "BININT1", "BININT2"})


class _Name(str):
    """Something that the pickle names, as "torch FloatStorage"."""

    __slots__ = ()


def read(archive: zipfile.ZipFile) -> NDArray[Any] | dict[str, NDArray[Any]]:
    """The tensor in `archive`, or its tensors by their names.

    Raises ValueError for anything else and for values that don't lie in order, and what zipfile
    raises for a damaged archive.
    """
    (listing,) = [name for name in archive.namelist() if name.endswith(LISTING)]
    try:
        found = _Reader(archive, listing.removesuffix(LISTING)).run(archive.read(listing))
    except (IndexError, KeyError, TypeError) as error:
        raise ValueError(f"its listing is damaged: {error}") from error
    tensors = found.values() if isinstance(found, dict) else [found]
    if not all(isinstance(one, np.ndarray) for one in tensors):
        raise ValueError("it holds something else than tensors")
    result: NDArray[Any] | dict[str, NDArray[Any]] = found
    return result


class _Reader:
    """A stack and a memory, as the pickle's own machine has them, and nothing that it calls."""

    def __init__(self, archive: zipfile.ZipFile, home: str) -> None:
        self._archive, self._home = archive, home
        self._stack: list[Any] = []
        self._memory: dict[int, Any] = {}
        order = f"{home}byteorder"
        self._big = order in archive.namelist() and archive.read(order) == b"big"

    def run(self, listing: bytes) -> Any:
        """What the listing comes to."""
        for operation, argument, _ in pickletools.genops(listing):
            if operation.name == "STOP":
                return self._stack.pop()
            self._do(operation.name, argument)
        raise ValueError("its listing has no end")

    def _do(self, name: str, argument: Any) -> None:  # noqa: C901, PLR0912 - a table of operations
        stack = self._stack
        match name:
            case "PROTO" | "FRAME":
                pass
            case "BINPUT" | "LONG_BINPUT":
                self._memory[argument] = stack[-1]
            case "MEMOIZE":
                self._memory[len(self._memory)] = stack[-1]
            case "BINGET" | "LONG_BINGET":
                stack.append(self._memory[argument])
            case "MARK":
                stack.append(MARK)
            case "NEWFALSE" | "NEWTRUE":
                stack.append(name == "NEWTRUE")
            case "GLOBAL":
                stack.append(_Name(argument))
            case "EMPTY_TUPLE":
                stack.append(())
            case "EMPTY_DICT":
                stack.append({})
            case "TUPLE":
                stack.append(tuple(self._since_mark()))
            case "TUPLE1" | "TUPLE2" | "TUPLE3":
                stack.append(tuple(self._popped(int(name[-1]))))
            case "BINPERSID":
                stack.append(self._storage(*stack.pop()))
            case "REDUCE":
                called, given = self._popped(2)
                stack.append(_made(called, given))
            case "SETITEM":
                key, value = self._popped(2)
                stack[-1][key] = value
            case "SETITEMS":
                items = self._since_mark()
                stack[-1].update(zip(items[::2], items[1::2], strict=True))
            case "BUILD":  # a state_dict's notes on its versions
                stack.pop()
            case _ if name in LITERALS:
                stack.append(argument)
            case _:
                raise ValueError(f"it does more than list tensors ({name})")

    def _popped(self, count: int) -> list[Any]:
        values = self._stack[-count:]
        if len(values) < count:
            raise IndexError("something is missing")
        del self._stack[-count:]
        return values

    def _since_mark(self) -> list[Any]:
        values: list[Any] = []
        while (value := self._stack.pop()) is not MARK:
            values.append(value)
        return values[::-1]

    def _storage(self, what: str, kind: str, key: str, _device: str, count: int) -> NDArray[Any]:
        if what != "storage" or not isinstance(kind, _Name) or kind not in KINDS:
            raise ValueError(f"it holds values of an unknown kind ({kind})")
        dtype = np.dtype((">" if self._big else "<") + KINDS[kind])
        return np.frombuffer(self._archive.read(f"{self._home}data/{key}"), dtype, count)


def _made(called: object, given: tuple[Any, ...]) -> Any:
    """What the two calls that there may be would give: a dictionary, or a tensor.

    After torch/_utils.py, `_rebuild_tensor_v2(storage, offset, size, stride, grad, hooks)`.
    """
    if not isinstance(called, _Name) or called not in {TENSOR, DICTIONARY}:
        raise ValueError(f"it names {called}, which is no part of a tensor")
    if called == DICTIONARY:
        return dict(given)
    values, start, shape, strides, *_ = given
    if any(
        stride != math.prod(shape[side + 1 :])
        for side, stride in enumerate(strides)
        if shape[side] > 1
    ):
        raise ValueError("its values don't lie in order: save it anew as it is after .contiguous()")
    if start < 0:
        raise ValueError("it begins before its values")
    return values[start : start + math.prod(shape)].reshape(shape)
