"""Kokoro's voice packs in all usual formats, and blends of them.

A pack is a table of style vectors, [510, 1, 256]: row n - 1 is for a text of n tokens. The
first bytes of a file, not its ending, tell its format: raw float32 (the npm package's .bin),
NumPy's .npy, NumPy's .npz with one array or a named one for each voice (kokoro-onnx's
voices-v1.0.bin), PyTorch's .pt, or .safetensors, whose header may
tell of the voice. Floats of 16 and 64 bits become float32; what is not a plain
array of floats is refused, and nothing that a file names is ever called.
"""

from __future__ import annotations

import io
import json
import math
import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.lib import format as npy

from paperledge_audio.errors import PaperledgeError, VoiceError, suggest
from paperledge_audio.files.hashing import sha256, stamp
from paperledge_audio.files.reading import no_file, read_bytes
from paperledge_audio.files.zipped import open_zip, unpack
from paperledge_audio.voices import torchfile

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

Packs = tuple[tuple["Path", float], ...]
"""Packs with their weights."""

ROWS = 510
"""The most tokens that Kokoro takes."""
STYLE = 256
"""Values in one row."""
SHAPES = ((ROWS, 1, STYLE), (ROWS, STYLE), (ROWS + 1, 1, STYLE), (ROWS + 1, STYLE))
"""Shapes of arrays in files. With 511 rows, as in Kokoro 0.19, row n is for n tokens; row 0, for no
text, is left out."""
LARGEST_VALUE = 20.0
"""Of a style vector; those of the stock voices reach 3.2."""
LARGEST = 2 * (ROWS + 1) * STYLE * 8
"""Bytes of an array in a zip: twice what the largest needs."""
LENGTH = 8
"""Bytes of the header's length, with which a .safetensors file begins."""
PROVEN = ("nearest stock voice", "blend", "fitted voice")
"""Voices of which a fitted pack's file tells figures."""
RECORDED = "recording"
"""Of this it tells, too: the likeness of one half to the other, the most that a voice can reach."""
TENSOR = "pack"
"""What the pack is called in a file of ours."""
LONGEST_REASON = 160
"""The most characters from a file in an error."""
LARGEST_FILE = 130_000_000
"""Bytes of a file: a collection of 250 packs."""


_PARSING = threading.Lock()
"""NumPy parses a header as Python, which fails at times where several threads do it: CPython's
issue 106905."""


@lru_cache(maxsize=64)
def _blend(packs: Packs, _stamps: tuple[tuple[int, int], ...]) -> tuple[NDArray[np.float32], str]:
    whole, *others = (weight * read_pack(path).astype(np.float64) for path, weight in packs)
    for other in others:
        whole = whole + other
    rows = whole.astype("<f4")
    if not 0 < np.abs(rows).max() <= LARGEST_VALUE:
        raise _refuse_pack(packs[0][0], "its values are zero, or larger than any voice's")
    rows.flags.writeable = False
    return rows, hash_rows(rows)


def blend(packs: Packs) -> tuple[NDArray[np.float32], str]:
    """The weighted sum of `packs`, float32 [510, 1, 256], and the sha256 of its values.

    Kept until a file's size or time changes. Raises what `read_pack` raises.
    """
    return _blend(packs, tuple(_stamp(path) for path, _ in packs))


def hash_rows(rows: NDArray[np.float32]) -> str:
    """The hash of a pack's values as little-endian float32: of the npm .bin file, its own hash."""
    return sha256(rows.astype("<f4").tobytes())


def read_pack(path: Path) -> NDArray[np.float32]:
    """A pack's rows, float32 [510, 1, 256]; `path` may continue inside a collection.

    Raises VoiceError if it can't be read or is not a pack.
    """
    file, name = (path, "") if no_file(path.parent) else (path.parent, path.name)
    data = read_bytes(file, LARGEST_FILE, "a voice pack", error=VoiceError)
    try:
        array = _read_array(data, name, path)
        _refuse_other(array.shape, array.dtype)
        with np.errstate(over="ignore"):  # what is too large becomes infinite, and is refused
            rows = array.astype(np.float32)[-ROWS:].reshape(ROWS, 1, STYLE)
        if not np.isfinite(rows).all():
            raise ValueError("it holds values that are not numbers")
    except PaperledgeError:
        raise
    except Exception as error:
        raise _refuse_pack(path, str(error).partition("\n")[0] or type(error).__name__) from error
    return rows


def shorten_paths(paths: Sequence[Path]) -> list[str]:
    """The ends of `paths`, just long enough to tell them apart: mostly the files' names."""
    length = 1
    while len({path.parts[-length:] for path in paths}) < len(set(paths)):
        length += 1
    return ["/".join(path.parts[-length:]) for path in paths]


def _read_array(data: bytes, name: str, path: Path) -> NDArray[np.generic]:
    if data.startswith(npy.MAGIC_PREFIX):
        return _read_plain(data)
    if data.startswith(b"PK"):
        return _read_zipped(data, name, path)
    if len(data) in {rows * STYLE * 4 for rows in (ROWS, ROWS + 1)}:
        return np.frombuffer(data, "<f4").reshape(-1, STYLE)
    if data[LENGTH:].startswith(b"{"):
        return _read_tensors(data, name, path)
    raise ValueError(f"it has {len(data)} bytes instead of {ROWS * STYLE * 4}")


def _read_plain(data: bytes) -> NDArray[np.generic]:
    """The array of an .npy; its header must be that of a pack."""
    stream = io.BytesIO(data)
    old = npy.read_magic(stream) == (1, 0)
    with _PARSING:
        shape, by_column, dtype = (
            npy.read_array_header_1_0(stream) if old else npy.read_array_header_2_0(stream)
        )
    _refuse_other(shape, dtype)
    values = np.frombuffer(data, dtype, math.prod(shape), stream.tell())
    return values.reshape(shape, order="F" if by_column else "C")


def _refuse_other(shape: tuple[int, ...], dtype: np.dtype[Any]) -> None:
    if dtype.kind != "f" or shape not in SHAPES:
        sides = " × ".join(map(str, shape)) or "no"
        raise ValueError(f"it holds {sides} values of {dtype}")


def _read_tensor(archive: zipfile.ZipFile) -> NDArray[np.generic]:
    found = torchfile.read(archive, tensors=1, largest=LARGEST)
    if isinstance(found, dict):
        raise ValueError("it is not one plain tensor")
    return found


def _read_zipped(data: bytes, name: str, path: Path) -> NDArray[np.generic]:
    """An array of an .npz, the only one or that of `name`; or PyTorch's tensor."""
    with open_zip(data) as archive:
        members = archive.namelist()
        if any(inside.endswith(torchfile.LISTING) for inside in members):
            return _read_tensor(archive)
        arrays = {inside.removesuffix(".npy"): inside for inside in members}
        return _read_plain(unpack(archive, arrays[_choose(name, arrays, path)], LARGEST))


def _read_tensors(data: bytes, name: str, path: Path) -> NDArray[np.generic]:
    """A tensor of a .safetensors file, the only one or that of `name`."""
    from safetensors.numpy import load  # noqa: PLC0415 - rarely needed

    tensors: dict[str, NDArray[np.generic]] = load(data)
    return tensors[_choose(name, tensors, path)]


def compose_pack(rows: NDArray[np.float32], about: Mapping[str, str]) -> bytes:
    """A .safetensors file with the pack and what is told of it; the same for the same."""
    from safetensors.numpy import save  # noqa: PLC0415

    data = save({TENSOR: np.ascontiguousarray(rows, "<f4")}, metadata=dict(about))
    length = int.from_bytes(data[:LENGTH], "little")
    header = json.loads(data[LENGTH : LENGTH + length])
    # the library writes the facts in any order; sorted, they are as long
    ordered = json.dumps(header, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return data[:LENGTH] + ordered.encode().ljust(length) + data[LENGTH + length :]


def read_about(path: Path) -> dict[str, str]:
    """What a pack's file tells of the voice; empty where it tells nothing.

    Raises VoiceError if it can't be read.
    """
    if path.suffix != ".safetensors" or no_file(path):
        return {}
    data = read_bytes(path, LARGEST_FILE, "a voice pack", error=VoiceError)
    length = int.from_bytes(data[:LENGTH], "little")
    try:
        about = json.loads(data[LENGTH : LENGTH + length]).get("__metadata__", {})
        return {str(key): str(value) for key, value in about.items()}
    except (ValueError, AttributeError, RecursionError) as error:
        raise _refuse_pack(path, "its header is damaged") from error


def _choose(name: str, packs: Mapping[str, object], path: Path) -> str:
    """The pack of a collection: that of `name`, or the only one."""
    if not name and len(packs) == 1:
        return next(iter(packs))
    if not name:
        raise VoiceError(
            f"holds {len(packs)} packs",
            f"name one, as {path.name}/{min(packs, default='NAME')}",
            path=path,
        )
    if name not in packs:
        raise VoiceError(f"holds no pack called {name!r}", suggest(name, packs), path=path.parent)
    return name


def _refuse_pack(path: Path, why: str) -> VoiceError:
    return VoiceError(
        f"is not a Kokoro voice pack: {why[:LONGEST_REASON]}",
        "copy it again, or save its plain values",
        path=path,
    )


def _stamp(path: Path) -> tuple[int, int]:
    try:
        return stamp(path if no_file(path.parent) else path.parent)
    except OSError:
        return (0, 0)  # reading it says what is wrong
