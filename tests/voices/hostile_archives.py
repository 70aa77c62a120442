"""Zips and arrays that somebody made to do harm."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np

VALUES = bytes(510 * 256 * 4)
Write = Callable[[Path], object]


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Write:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", method) as archive:
            for name, content in members.items():
                archive.writestr(name, content)

    return write


def pt(listing: bytes, values: bytes = VALUES, home: str = "pack/") -> Write:
    """What torch.save would write, with this pickle."""
    return zipped({f"{home}data.pkl": listing, f"{home}data/0": values})


def claiming(
    packed: bytes, size: int, method: int = 8, names: tuple[str, ...] = ("a.npy",)
) -> bytes:
    """A zip whose members are all the same bytes and say that they unpack to `size`."""
    sizes = (len(packed), 0xFFFFFFFF)  # the true size is in the extra field of ZIP64
    extra = struct.pack("<HHQ", 1, 8, size)
    local = struct.pack(
        "<4s5H3L2H", b"PK\3\4", 45, 0, method, 0, 33, 0, *sizes, len(names[0]), len(extra)
    )
    begin = local + names[0].encode() + extra + packed
    entries = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\1\2", 45, 45, 0, method, 0, 33, 0, *sizes, len(name),
                    len(extra), 0, 0, 0, 0, 0) + name.encode() + extra
        for name in names
    )  # fmt: skip
    count = len(names)
    return begin + entries + struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(entries), len(begin), 0
    )  # fmt: skip


def bomb(megabytes: int) -> bytes:
    """Zeros, deflated: a block of a megabyte again and again."""
    packer = zlib.compressobj(9, wbits=-15)
    once = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return once * megabytes + packer.flush()


def npy(header: str, values: bytes = VALUES, length: int | None = None) -> bytes:
    """An .npy of version 2 with this header, which may claim another length."""
    said = header.encode()
    return b"\x93NUMPY\2\0" + struct.pack("<I", length or len(said)) + said + values


def headed(shape: str = "(510, 1, 256)", kind: str = "'<f4'") -> bytes:
    return npy(f"{{'descr': {kind}, 'fortran_order': False, 'shape': {shape}}}\n")


def sparse(begin: bytes = b"") -> Write:
    """A file of a terabyte that takes no room."""

    def write(path: Path) -> None:
        path.write_bytes(begin)
        os.truncate(path, 1 << 40)

    return write


NPYS: dict[str, tuple[bytes, str]] = {
    "a header of a terabyte": (headed(f"({1 << 38},)"), "it holds 274877906944 values of float32"),
    "sides that overflow": (headed(f"({1 << 62}, 4, 256)"), "it holds 4611686018427387904 × 4"),
    "sides below 0": (headed("(-510, -1, 256)"), "it holds -510 × -1 × 256 values"),
    "a thousand sides": (headed(f"({'1, ' * 3000})"), "it holds 1 × 1"),
    "a header of 4 GB": (npy("{", length=0xFFFFFFFF), "EOF: reading array header"),
    "a long header": (npy("{" + " " * 500_000 + "}"), "Header info length"),
    "a header nested deep": (npy("(" * 9_000), "header"),
    "a header of signs": (npy("-" * 9_000 + "1"), "header|recursion|MemoryError|overflow"),
    "objects": (headed(kind="'|O'"), "values of object"),
    "texts": (headed(kind="'<U999999999'"), "not a valid dtype|values of <U999999999"),
    "fields": (headed(kind=str([(f"f{n}", "<f4") for n in range(500)])), "values of "),
    "arrays of arrays": (headed("()", "('<f4', (510, 1, 256))"), "it holds no values of"),
    "integers": (headed(kind="'<i4'"), "values of int32"),
    "a value too few": (headed()[:-1], "smaller than requested|multiple of"),
    "no values": (headed()[: -len(VALUES)], "smaller|must be no greater than buffer"),
    "values that are not numbers": (headed()[:-4] + b"\0\0\xc0\x7f", "values that are not num"),
    "values without end": (headed()[:-4] + b"\0\0\x80\x7f", "values that are not numbers"),
    "doubles too large": (
        headed(kind="'<f8'") + np.full(510 * 256, 1e300).tobytes()[len(VALUES) :],
        "values that are not numbers",
    ),
}
"""An array, and why it is refused."""
MANY = tuple(f"{number:05}.npy" for number in range(60_000))
OUTSIDE = b'{"pack":{"dtype":"F32","shape":[510,256],"data_offsets":[9,1000000]}}'
FILES: dict[str, tuple[Write, str]] = {
    "raw.bin of a terabyte": (sparse(), "is larger than 130 MB"),
    "array.npy of a terabyte": (sparse(headed()), "is larger than 130 MB"),
    "zip.npz of a terabyte": (sparse(b"PK\3\4"), "is larger than 130 MB"),
    "pipe.bin": (os.mkfifo, "is a pipe, not a file"),
    "endless.bin": (lambda path: path.symlink_to("/dev/zero"), "is a device, not a file"),
    "empty.bin": (lambda path: path.touch(), "it has 0 bytes"),
    "nans.bin": (lambda path: path.write_bytes(b"\xff" * len(VALUES)), "are not numbers"),
    "claims.npz": (lambda path: path.write_bytes(claiming(b"", 1 << 40)), f"to {1 << 40} bytes"),
    "lies.npz": (
        lambda path: path.write_bytes(claiming(bomb(2000), 1_000_000)),
        "Bad CRC-32|magic string",
    ),
    "lies.pt": (
        lambda path: path.write_bytes(claiming(bomb(2000), 1000, names=("data.pkl",))),
        "Bad CRC-32",
    ),
    "bomb.npz": (
        lambda path: path.write_bytes(claiming(bomb(2000), 2000 << 20)),
        f"unpacks to {2000 << 20} bytes",
    ),
    "bzip2.npz": (
        zipped({"a.npy": headed()}, zipfile.ZIP_BZIP2),
        "packed in a way that is not supported",
    ),
    "lzma.npz": (zipped({"a.npy": headed()}, zipfile.ZIP_LZMA), "a way that is not supported"),
    "many.npz": (lambda path: path.write_bytes(claiming(b"", 0, names=MANY)), "2000 members"),
    "overlapping.npz": (
        lambda path: path.write_bytes(claiming(bomb(1), 1 << 20, names=MANY[:500])),
        "holds 500 packs",
    ),
    "same.npz": (
        lambda path: path.write_bytes(claiming(b"", 0, names=("a.npy", "a.npy"))),
        "have the same name",
    ),
    "above.npz": (zipped({"../../a.npy": headed()}), "has no plain name"),
    "root.npz": (zipped({"/etc/a.npy": headed()}), "has no plain name"),
    "long.npz": (zipped({"a" * 60_000: headed()}), "has no plain name"),
    "long.pt": (pt(bytes(100_000_000)), "unpacks to 100000000 bytes"),
    "above.pt": (pt(b").", home="../../"), "has no plain name"),
    "two.pt": (zipped({"a/data.pkl": b").", "b/data.pkl": b")."}), "2 listings of tensors"),
    "claims.safetensors": (
        lambda path: path.write_bytes(struct.pack("<Q", 1 << 60) + b"{}"),
        "header too large|HeaderTooLarge",
    ),
    "nested.safetensors": (
        lambda path: path.write_bytes(struct.pack("<Q", 90_000) + b"{" + b"[" * 89_999),
        "not a Kokoro voice pack",
    ),
    "outside.safetensors": (
        lambda path: path.write_bytes(
            struct.pack("<Q", len(OUTSIDE)) + OUTSIDE + bytes(510 * 256 * 4)
        ),
        "not a Kokoro voice pack",
    ),
    "nothing.pt": (zipped({"data.pkl": b""}), "pickle exhausted"),
}
"""How a file of that name is written, and why it is refused."""
