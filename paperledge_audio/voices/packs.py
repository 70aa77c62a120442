"""Kokoro's voice packs, in the shapes that people have, and blends of them.

A pack is a table of style vectors, [510, 1, 256]: row n - 1 is for a text of n tokens. A file shows
in its first bytes what it is, whatever its name ends in: raw float32 (the npm package's .bin),
NumPy's .npy, NumPy's .npz with one array or a named one for each voice (kokoro-onnx's
voices-v1.0.bin), or PyTorch's .pt. Floats of 16 and 64 bits become float32; what is not a plain
array of floats is refused, and no pickle is ever run.
"""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.errors import PaperledgeError, VoiceError, mapped, near
from paperledge_audio.files.hashing import sha256, stamp
from paperledge_audio.voices import torchfile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

Packs = tuple[tuple["Path", float], ...]
"""Packs with their weights."""

ROWS = 510
"""The most tokens that Kokoro takes."""
STYLE = 256
"""Values in one row."""
SHAPES = ((ROWS, 1, STYLE), (ROWS, STYLE), (ROWS + 1, 1, STYLE), (ROWS + 1, STYLE))
"""Of arrays in files. With 511 rows, as in Kokoro 0.19 and what was made for it, row n is for n
tokens; row 0, for no text, is left out."""
LARGEST = 2 * (ROWS + 1) * STYLE * 8
"""Bytes of an array in a zip: twice what the largest needs."""


@lru_cache(maxsize=64)
def _blended(packs: Packs, _stamps: tuple[tuple[int, int], ...]) -> tuple[NDArray[np.float32], str]:
    whole, *others = (weight * read_pack(path).astype(np.float64) for path, weight in packs)
    for other in others:
        whole = whole + other
    rows = whole.astype("<f4")
    rows.flags.writeable = False
    return rows, content_sha256(rows)


def blended(packs: Packs) -> tuple[NDArray[np.float32], str]:
    """The weighted sum of `packs`, float32 [510, 1, 256], and the sha256 of its values.

    Kept until a file's size or time changes. Raises what `read_pack` raises.
    """
    return _blended(packs, tuple(_stamp(path) for path, _ in packs))


def content_sha256(rows: NDArray[np.float32]) -> str:
    """The hash of a pack's values as little-endian float32: of the npm .bin file, its own hash."""
    return sha256(rows.astype("<f4").tobytes())


def read_pack(path: Path) -> NDArray[np.float32]:
    """A pack's rows, float32 [510, 1, 256]; `path` may go on inside a collection, as in a folder.

    Raises VoiceError where it can't be read or is no pack.
    """
    file, name = (path.parent, path.name) if path.parent.is_file() else (path, "")
    with mapped(VoiceError, "the voice pack can't be read", "correct its path", path=path):
        data = file.read_bytes()
    try:
        array = _array(data, name, path)
    except PaperledgeError:
        raise
    except Exception as error:
        raise _no_pack(path, str(error).partition("\n")[0] or type(error).__name__) from error
    if array.dtype.kind != "f" or array.shape not in SHAPES:
        shape = " × ".join(map(str, array.shape)) or "no"
        raise _no_pack(path, f"it holds {shape} values of {array.dtype}")
    with np.errstate(over="ignore"):  # what is too large becomes infinite, and is refused
        rows = array.astype(np.float32)[-ROWS:].reshape(ROWS, 1, STYLE)
    if not np.isfinite(rows).all():
        raise _no_pack(path, "it holds values that are not numbers")
    return rows


def short_names(paths: Sequence[Path]) -> list[str]:
    """The ends of `paths`, as short as tells them apart: mostly the files' names."""
    length = 1
    while len({path.parts[-length:] for path in paths}) < len(set(paths)):
        length += 1
    return ["/".join(path.parts[-length:]) for path in paths]


def _array(data: bytes, name: str, path: Path) -> NDArray[np.generic]:
    if data.startswith(b"\x93NUMPY"):
        return np.lib.format.read_array(io.BytesIO(data), allow_pickle=False)
    if data.startswith(b"PK"):
        return _zipped(data, name, path)
    if len(data) in {rows * STYLE * 4 for rows in (ROWS, ROWS + 1)}:
        return np.frombuffer(data, "<f4").reshape(-1, STYLE)
    raise _no_pack(path, f"it has {len(data)} bytes instead of {ROWS * STYLE * 4}")


def _tensor(archive: zipfile.ZipFile) -> NDArray[np.generic]:
    found = torchfile.read(archive)
    if isinstance(found, dict):
        raise ValueError("it is not one plain tensor")
    return found


def _zipped(data: bytes, name: str, path: Path) -> NDArray[np.generic]:
    """An array of an .npz, the only one or that of `name`; or PyTorch's tensor."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sizes = {inside.filename: inside.file_size for inside in archive.infolist()}
        if any(inside.endswith(torchfile.LISTING) for inside in sizes):
            if max(sizes.values()) > LARGEST:
                raise _no_pack(path, f"it unpacks to {max(sizes.values())} bytes")
            return _tensor(archive)
        arrays = {inside.removesuffix(".npy"): inside for inside in sizes}
        if not name and len(arrays) == 1:
            name = next(iter(arrays))
        if not name:
            raise VoiceError(
                f"holds {len(arrays)} packs",
                f"write which, as {path.name}/{min(arrays, default='NAME')}",
                path=path,
            )
        if name not in arrays:
            raise VoiceError(f"holds no pack called {name!r}", near(name, arrays), path=path.parent)
        if sizes[arrays[name]] > LARGEST:
            raise _no_pack(path, f"it unpacks to {sizes[arrays[name]]} bytes")
        return np.lib.format.read_array(io.BytesIO(archive.read(arrays[name])), allow_pickle=False)


def _no_pack(path: Path, why: str) -> VoiceError:
    return VoiceError(
        f"is no voice pack of Kokoro's: {why}", "copy it again, or save its plain values", path=path
    )


def _stamp(path: Path) -> tuple[int, int]:
    try:
        return stamp(path.parent if path.parent.is_file() else path)
    except OSError:
        return (0, 0)  # reading it says what is wrong
