"""Reads a C2PA manifest without any library of it: boxes (JUMBF), CBOR and COSE."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any


def walk(data: bytes, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], bytes, bytes]]:
    """Each content box: the labels of the boxes around it, its kind and its content."""
    at = 0
    while at < len(data):
        (size,) = struct.unpack_from(">I", data, at)
        kind, content = data[at + 4 : at + 8], data[at + 8 : at + size]
        if kind == b"jumb":
            (about,) = struct.unpack_from(">I", content)
            label = content[8 + 17 : about].split(b"\0")[0].decode()
            yield from walk(content[about:], (*path, label))
        else:
            yield path, kind, content
        at += size


def decode(data: bytes) -> Any:
    """The value of a CBOR item (RFC 8949), as far as C2PA uses it."""
    return _item(data, 0)[0]


def _item(data: bytes, at: int) -> tuple[Any, int]:
    major, short = data[at] >> 5, data[at] & 31
    at += 1
    value = short
    if 24 <= short <= 27:
        count = 1 << short - 24
        value = int.from_bytes(data[at : at + count], "big")
        at += count
    if major in {2, 3}:
        raw = data[at : at + value]
        return raw if major == 2 else raw.decode(), at + value
    if major in {4, 5}:
        found = []
        for _ in range(value * (major - 3)):
            one, at = _item(data, at)
            found.append(one)
        return found if major == 4 else dict(zip(found[::2], found[1::2], strict=True)), at
    if major == 6:  # a tag
        return _item(data, at)
    if major == 7:
        return {20: False, 21: True, 22: None}[short], at
    return (value if major == 0 else -1 - value), at


def encode_bytes(data: bytes) -> bytes:
    """A byte string in CBOR."""
    size = len(data)
    if size < 24:
        return bytes([0x40 + size]) + data
    width = next(n for n in (1, 2, 4) if size < 256**n)
    return bytes([0x58 + {1: 0, 2: 1, 4: 2}[width]]) + size.to_bytes(width, "big") + data
