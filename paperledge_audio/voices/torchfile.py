"""Reads PyTorch's files without PyTorch, with an unpickler that can make only tensors.

Since PyTorch 1.6 `torch.save` writes a zip: a file of values for each tensor, and data.pkl, a
pickle that puts them together. The few names that it needs stand for plain records here; other
names are refused, and so is a pickle that is longer than its tensors need or does anything that
`torch.save` doesn't do, since it could occupy or crash the unpickler even without names.
"""

from __future__ import annotations

import io
import math
import pickle
import pickletools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from paperledge_audio.files.zipped import unpack

if TYPE_CHECKING:
    import zipfile

    from numpy.typing import NDArray

LISTING = "data.pkl"
LONGEST_LISTING = 1 << 20
"""Bytes; of a thousand tensors with long names it has an eighth of that."""
STEPS = 64
"""Operations of the pickle for each tensor, at most: torch.save needs some 30."""
OPERATIONS = frozenset({
    "PROTO", "STOP", "MARK", "GLOBAL", "REDUCE", "BINPERSID", "BINPUT", "LONG_BINPUT", "BINGET",
    "LONG_BINGET", "BINUNICODE", "BININT", "BININT1", "BININT2", "NEWFALSE", "NEWTRUE",
    "EMPTY_TUPLE", "TUPLE", "TUPLE1", "TUPLE2", "TUPLE3", "EMPTY_DICT", "SETITEM", "SETITEMS",
    "BUILD",
})  # fmt: skip
"""Those of pickle's protocol 2 with which torch.save writes tensors and dictionaries of them."""


@dataclass(frozen=True, slots=True, eq=False)
class Storage:
    """A tensor's values: `count` of them in data/`key`. The fields are as the file has them."""

    what: Any
    kind: Any
    key: Any
    device: Any
    count: Any


@dataclass(frozen=True, slots=True, eq=False)
class Tensor:
    """What torch/_utils.py's `_rebuild_tensor_v2` is called with; start and strides in values."""

    storage: Any
    start: Any
    shape: Any
    strides: Any
    grad: Any
    hooks: Any


class Ordered(dict[str, Any]):
    """Stands for collections.OrderedDict: a tensor's hooks, which are none, or tensors by name."""

    def __init__(self) -> None:
        super().__init__()

    def __setstate__(self, state: object) -> None:
        """A module notes the versions of its parts beside its tensors; they are of no use here."""


KINDS = {"FloatStorage": "f4", "HalfStorage": "f2", "DoubleStorage": "f8", "LongStorage": "i8"}
NAMES: dict[tuple[str, str], object] = {
    ("torch._utils", "_rebuild_tensor_v2"): Tensor,
    ("collections", "OrderedDict"): Ordered,
    **{("torch", name): kind for name, kind in KINDS.items()},
}


def read(
    archive: zipfile.ZipFile, *, tensors: int, largest: int, entry: str = ""
) -> NDArray[Any] | dict[str, NDArray[Any]]:
    """The tensor in `archive`, or its tensors by their names.

    There may be `tensors` of them, each of at most `largest` bytes; with `entry` they lie under
    that name of the file's dictionary. Raises ValueError for anything
    else and for values that don't lie in order, and what zipfile raises for a damaged archive.
    """
    listings = [name for name in archive.namelist() if name.endswith(LISTING)]
    if len(listings) != 1:
        raise ValueError(f"it holds {len(listings)} listings of tensors")
    listing = unpack(archive, listings[0], LONGEST_LISTING)
    _check(listing, STEPS * (tensors + 1))
    try:
        found = _Unpickler(io.BytesIO(listing)).load()
    except (AttributeError, IndexError, TypeError, pickle.UnpicklingError) as error:
        raise ValueError(f"its listing is damaged: {error}") from error
    values = _Values(archive, listings[0].removesuffix(LISTING), largest)
    if entry and isinstance(found, dict):
        found = found.get(entry)
    if isinstance(found, Tensor):
        return values.of(found)
    if not isinstance(found, dict) or not all(isinstance(one, Tensor) for one in found.values()):
        raise ValueError("it holds something else than tensors")
    if not all(isinstance(name, str) for name in found):
        raise ValueError("not all of its tensors have names")
    return {name: values.of(one) for name, one in found.items()}


def _check(listing: bytes, most: int) -> None:
    """Refuse a pickle that is no list of tensors, before anything is made of it.

    With at most `most` operations nothing is nested deep enough to exhaust the interpreter's stack,
    and where only strings and names are used twice nothing grows faster than the pickle.
    """
    twice: set[Any] = set()
    before = ""
    argument: Any
    for step, (operation, argument, _) in enumerate(pickletools.genops(listing)):
        name = operation.name
        if name not in OPERATIONS:
            raise ValueError(f"it does more than list tensors ({name})")
        if step >= most:
            raise ValueError("its listing is longer than its tensors need")
        if name.endswith("BINPUT"):
            if argument > most:
                raise ValueError("its listing is damaged: it counts past its own length")
            (twice.add if before in {"BINUNICODE", "GLOBAL"} else twice.discard)(argument)
        if name.endswith("BINGET") and argument not in twice:
            raise ValueError("its listing uses twice what torch.save writes once")
        before = name


class _Unpickler(pickle.Unpickler):
    """Makes records of what a file names, and knows no other names."""

    def find_class(self, module: str, name: str) -> object:
        """What stands for a name; ValueError for one that tensors don't need."""
        if (module, name) in NAMES:
            return NAMES[module, name]
        if module == "torch" and name.endswith("Storage"):
            raise ValueError(f"it holds values of an unknown kind ({name[:40]!r})")
        raise ValueError(f"it names {f'{module}.{name}'[:80]!r}, which is not part of a tensor")

    def persistent_load(self, pid: Any) -> Storage:
        """A reference to values outside of the pickle."""
        return Storage(*pid)


class _Values:
    """The values of an archive's tensors."""

    def __init__(self, archive: zipfile.ZipFile, home: str, largest: int) -> None:
        self._archive, self._home, self._largest = archive, home, largest
        order = f"{home}byteorder"
        big = order in archive.namelist() and unpack(archive, order, 16) == b"big"
        self._order = ">" if big else "<"

    def of(self, tensor: Tensor) -> NDArray[Any]:
        """The tensor's values in its shape."""
        shape, strides, start, stored = tensor.shape, tensor.strides, tensor.start, tensor.storage
        if not _are_counts(shape) or not _are_counts(strides) or len(shape) != len(strides):
            raise ValueError("a tensor's shape is damaged")
        values = self._stored(stored)
        size = math.prod(shape)
        if not _are_counts((start,)) or start + size > len(values):
            raise ValueError("a tensor reaches outside its values")
        if any(
            stride != math.prod(shape[side + 1 :])
            for side, stride in enumerate(strides)
            if shape[side] > 1
        ):
            raise ValueError("its values don't lie in order: call .contiguous() and save it again")
        return values[start : start + size].reshape(shape)

    def _stored(self, stored: object) -> NDArray[Any]:
        if (
            not isinstance(stored, Storage)
            or not isinstance(stored.key, str)
            or stored.kind not in KINDS.values()
        ):
            raise ValueError("a tensor has no values")
        data = unpack(self._archive, f"{self._home}data/{stored.key}", self._largest)
        dtype = np.dtype(self._order + stored.kind)
        if not _are_counts((stored.count,)) or len(data) != stored.count * dtype.itemsize:
            raise ValueError(f"a tensor has {len(data)} bytes of values, which are not its own")
        return np.frombuffer(data, dtype)


def _are_counts(found: object) -> bool:
    """Whether these are whole numbers from 0."""
    return isinstance(found, tuple) and all(type(one) is int and one >= 0 for one in found)
