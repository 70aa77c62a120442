"""Changes to what a file holds, below its container: a value, a member, a page, a frame.

A structure takes a file apart and puts it together again so that its checksums fit. What can't be
taken apart stays as it is.
"""

from __future__ import annotations

import io
import json
import struct
import tomllib
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import tomli_w
import yaml
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from tests.fuzz.changing import Change, Structure

DEEP = 100_000
RAW = {
    "@digits@": b"9" * 5000,
    "@huge@": b"1e400",
    "@deep@": b"[" * DEEP,
    "@deep whole@": b"[" * 3000 + b"]" * 3000,
    "@deep tables@": b'{"a":' * DEEP,
    "@exponent@": b"1" + b"0" * 300 + b"e-300",
}
"""What no writer writes, by what stands for it."""
ODD = (
    *RAW, "", [], {}, [[]], [None], {"": None}, -1, 0, 1e308, 2**63, float("nan"), float("inf"),
    "\0", "\x1b]0;x\x07", "\n::error::x", "../../x", "/dev/zero", "\ud800", "²", "a" * 100_000,
    "0001-01-01", "nan", "x/" * 200,
)  # fmt: skip
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2**70),
    st.floats(),
    st.text(max_size=40),
    st.sampled_from(ODD),
    st.lists(st.integers(-1, 9), max_size=3),
    st.dictionaries(st.text(max_size=3), st.integers(-1, 9), max_size=2),
)


UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, RecursionError, yaml.YAMLError)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a tree: what holds it, and its key or index."""
    keys = (
        value.keys()
        if isinstance(value, dict)
        else range(len(value))
        if isinstance(value, list)
        else ()
    )
    return [place for key in keys for place in ((value, key), *places(value[key]))]


def altered(draw: DrawFn, tree: Any) -> Any:
    """The tree with a value replaced, removed, renamed or moved somewhere else."""
    found = places(tree)
    if not found:
        return draw(VALUES)
    holder, key = draw(st.sampled_from(found))
    match draw(st.sampled_from("vvvvdrm")):
        case "v":
            holder[key] = draw(VALUES)
        case "d":
            del holder[key]
        case "r" if isinstance(holder, dict):
            holder[draw(st.text(max_size=20)) or "\x1b]0;x\x07"] = holder.pop(key)
        case _:
            other, place = draw(st.sampled_from(found))
            holder[key] = json.loads(json.dumps(other[place], default=str))
    return tree


def _tree(
    parse: Callable[[bytes], Any], compose: Callable[[Any], bytes], marks: bytes
) -> Structure:
    def change(draw: DrawFn, data: bytes, _bytes: Change) -> bytes:
        try:
            tree = parse(data)
            for _ in range(draw(st.integers(1, 3))):
                tree = altered(draw, tree)
            text = compose(tree)
        except UNREADABLE:
            return data
        for name, raw in RAW.items():
            for mark in marks:
                quote = bytes([mark])
                text = text.replace(quote + name.encode() + quote, raw)
        return text

    return change


json_ = _tree(
    json.loads,
    lambda tree: json.dumps(tree, separators=(",", ":")).encode(),
    b'"',
)
toml = _tree(
    lambda data: tomllib.loads(data.decode()),
    lambda tree: tomli_w.dumps(tree).encode("utf-8", "surrogatepass"),
    b'"',
)
yaml_ = _tree(
    yaml.safe_load,
    lambda tree: yaml.safe_dump(tree, sort_keys=False).encode(),
    b"'\"",
)


def zip_(draw: DrawFn, data: bytes, change: Change) -> bytes:
    """A member of an archive is changed, and the archive written anew."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        return data
    if not members:
        return data
    name = draw(st.sampled_from(sorted(members)))
    members[name] = change(draw, members[name])
    if draw(st.integers(0, 5)) == 0:
        members[draw(st.sampled_from(["../x", "/x", "x" * 300, "data.pkl", "\x1b]0;x.npy"]))] = (
            members[name]
        )
    out = io.BytesIO()
    with zipfile.ZipFile(
        out, "w", draw(st.sampled_from([zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2]))
    ) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return out.getvalue()


def ogg(draw: DrawFn, data: bytes, change: Change) -> bytes:
    """A page is changed behind its first four bytes, and every page's checksum mended."""
    pages = data.split(b"OggS")
    at = draw(st.integers(0, len(pages) - 1))
    pages[at] = change(draw, pages[at])
    if draw(st.integers(0, 3)) == 0:
        pages.insert(draw(st.integers(0, len(pages))), pages[at])
    return b"".join(_summed(b"OggS" + page) for page in pages[1:])


def _summed(page: bytes) -> bytes:
    """An Ogg page with the checksum that its contents ask for (RFC 3533, section 6)."""
    bare = page[:22] + bytes(4) + page[26:]
    total = 0
    for byte in bare:
        total = (total << 8) & 0xFFFFFFFF ^ _OGG[total >> 24 ^ byte]
    return bare[:22] + struct.pack("<I", total) + bare[26:]


def _ogg_row(byte: int) -> int:
    row = byte << 24
    for _ in range(8):
        row = (row << 1) ^ (0x104C11DB7 if row & 0x80000000 else 0)
    return row


_OGG = tuple(map(_ogg_row, range(256)))


def png(draw: DrawFn, data: bytes, change: Change) -> bytes:
    """A chunk is changed, and its length and checksum mended."""
    chunks, at = [], 8
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        chunks.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
        at += 12 + length
    if not chunks:
        return data
    number = draw(st.integers(0, len(chunks) - 1))
    name, body = chunks[number]
    chunks[number] = (
        draw(
            st.sampled_from([name, b"IHDR", b"IDAT", b"iCCP", b"zTXt", b"eXIf", b"PLTE", b"tRNS"])
        ),
        change(draw, body),
    )
    return data[:8] + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def tagged_mp3(draw: DrawFn, data: bytes, change: Change) -> bytes:
    """The ID3 tag is changed, and its size mended; a file without one gets one."""
    size = 0
    if data.startswith(b"ID3") and len(data) > 10:
        size = sum(
            (byte & 0x7F) << shift for byte, shift in zip(data[6:10], (21, 14, 7, 0), strict=True)
        )
    tag = change(draw, data[10 : 10 + size])
    version = draw(
        st.sampled_from(
            [b"ID3\3\0\0", b"ID3\3\0\0", b"ID3\4\0\0", b"ID3\2\0\0", b"ID3\3\0\x80", b"ID3\4\0\xf0"]
        )
    )
    said = bytes(len(tag) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return version + said + tag + data[10 + size if size else 0 :]
