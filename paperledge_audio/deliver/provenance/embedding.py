"""Puts a signed manifest into an MP3's ID3 tag, and leaves the rest of the tag as it is."""

from __future__ import annotations

import ctypes
import hashlib
import json
from typing import Any

from paperledge_audio.deliver.provenance.library import import_c2pa
from paperledge_audio.deliver.tags import id3

_GEOB = b"\0application/x-c2pa-manifest-store\0c2pa\0c2pa manifest store\0"
"""Encoding, media type, file name and description of the frame (C2PA, "Embedding in ID3")."""
_RAW = b"application/c2pa"
_DATA_HASHED = {
    "placeholder": (
        "c2pa_builder_data_hashed_placeholder",
        (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p),
    ),
    "sign": (
        "c2pa_builder_sign_data_hashed_embeddable",
        (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p, ctypes.c_void_p),
    ),
}
"""Functions of c2pa.h and their arguments, but for the last: where the bytes are returned."""


def sign_id3(builder: Any, signer: Any, sound: bytes) -> bytes:
    """An MP3 with its manifest in a frame behind all others, before the padding.

    `builder` and `signer` are the library's, which itself would write the whole tag anew, as
    ID3v2.4. So it is given the hash of all but the manifest, and what it returns takes the place of
    zeros of that length.
    """
    lib = import_c2pa().c2pa._lib  # noqa: SLF001 - c2pa.h has it, the Python part doesn't
    handles = builder._handle, signer._handle  # noqa: SLF001
    length = len(_call(lib, "placeholder", handles[0], signer.reserve_size(), _RAW))
    head, tail, start = _open_frame(sound, length)
    digest = hashlib.sha256(head)
    digest.update(tail)
    binding = {
        "exclusions": [{"start": start, "length": length}],
        "name": "jumbf manifest",
        "alg": "sha256",
        "hash": list(digest.digest()),
        "pad": "",
    }
    made = _call(lib, "sign", *handles, json.dumps(binding).encode(), _RAW, None)
    if len(made) != length:
        raise ValueError(f"the manifest has {len(made)} bytes, not {length}")
    return head + made + tail


def _open_frame(sound: bytes, length: int) -> tuple[bytes, bytes, int]:
    """What stands before and behind a frame's data of `length` bytes, and where it begins."""
    size = sum(byte << 7 * n for n, byte in enumerate(reversed(sound[6:10])))
    at = 10 + size - id3.PADDING_BYTES
    frame = b"GEOB" + (len(_GEOB) + length).to_bytes(4, "big") + b"\0\0" + _GEOB
    size += len(frame) + length
    if size > id3.LARGEST_BYTES:
        raise ValueError(f"the tag would take {size} bytes, more than {id3.LARGEST_BYTES}")
    stated = bytes(size >> 7 * n & 127 for n in (3, 2, 1, 0))
    head = sound[:6] + stated + sound[10:at] + frame
    return head, sound[at:], len(head)


def _call(lib: Any, name: str, *arguments: object) -> bytes:
    """The bytes that such a function makes; raises RuntimeError with what the library says."""
    symbol, types = _DATA_HASHED[name]
    out = ctypes.POINTER(ctypes.c_ubyte)()
    function = lib[symbol]  # a new object, so that nobody else's types change
    function.restype = ctypes.c_int64
    function.argtypes = (*types, ctypes.c_void_p)
    length = function(*arguments, ctypes.addressof(out))
    if length < 0:
        raise RuntimeError(f"{name}: the library refuses (code {length})")
    try:
        return ctypes.string_at(out, length)
    finally:
        lib.c2pa_free(out)
