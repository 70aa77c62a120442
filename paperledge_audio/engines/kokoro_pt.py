"""A tensor that PyTorch saved, read without PyTorch and without running its pickle.

Since PyTorch 1.6 `torch.save` writes a zip: the values in data/0, and in data.pkl a pickle that
would put them together. Its operations are only listed here, by the standard library's
disassembler, and held against the one form that a plain tensor has; whatever is in it is not run.
"""

from __future__ import annotations

import math
import pickletools
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import zipfile

    from numpy.typing import NDArray

LISTING = "data.pkl"
KINDS = {"torch FloatStorage": "f4", "torch HalfStorage": "f2", "torch DoubleStorage": "f8"}
NOTES = ("PROTO", "BINPUT", "LONG_BINPUT", "MEMOIZE")
"""Operations that only take notes."""


def tensor(archive: zipfile.ZipFile) -> NDArray[np.floating]:
    """The floats of the one tensor in `archive`.

    Raises ValueError for anything but a tensor of floats whose values lie in order, and what
    zipfile raises for a damaged one.
    """
    (listing,) = [name for name in archive.namelist() if name.endswith(LISTING)]
    operations = [
        (operation.name, argument)
        for operation, argument, _ in pickletools.genops(archive.read(listing))
        if operation.name not in NOTES
    ]
    numbers = [int(str(argument)) for name, argument in operations if name.startswith("BININT")]
    texts = [str(argument) for name, argument in operations if name == "BINUNICODE"]
    names = [str(argument) for name, argument in operations if name == "GLOBAL"]
    sides = len(numbers) // 2 - 1
    form = [name.rstrip("12") if name.startswith("BININT") else name for name, _ in operations]
    if form != _plain(sides) or names != _names(names[1]) or names[1] not in KINDS:
        raise ValueError("it is not one plain tensor of floats, saved by PyTorch 1.6 or later")
    (count, start), shape, strides = numbers[:2], numbers[2 : 2 + sides], numbers[2 + sides :]
    if any(
        stride != math.prod(shape[side + 1 :])
        for side, stride in enumerate(strides)
        if shape[side] > 1
    ):
        raise ValueError("its values don't lie in order: save it anew as it is after .contiguous()")
    home = listing.removesuffix(LISTING)
    order = f"{home}byteorder"
    big = order in archive.namelist() and archive.read(order) == b"big"
    kind = np.dtype((">" if big else "<") + KINDS[names[1]])
    if start < 0:
        raise ValueError("it begins before its values")
    values = np.frombuffer(archive.read(f"{home}data/{texts[1]}"), kind, count)
    return values[start : start + math.prod(shape)].reshape(shape)


def _plain(sides: int) -> list[str]:
    """The operations for a tensor of so many sides: its storage, where it starts, shape, strides.

    After torch/_utils.py, `_rebuild_tensor_v2(storage, offset, size, stride, grad, hooks)`.
    """
    storage = "MARK BINUNICODE GLOBAL BINUNICODE BINUNICODE BININT TUPLE BINPERSID"
    numbers = "BININT " * sides + f"TUPLE{sides}"
    hooks = "GLOBAL EMPTY_TUPLE REDUCE"
    return (
        f"GLOBAL MARK {storage} BININT {numbers} {numbers} NEWFALSE {hooks} TUPLE REDUCE STOP"
    ).split()


def _names(storage: str) -> list[str]:
    return ["torch._utils _rebuild_tensor_v2", storage, "collections OrderedDict"]
