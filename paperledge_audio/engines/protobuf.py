"""Protocol-buffers messages, written by hand where they are small: ONNX files are such."""

from __future__ import annotations


def field(number: int, value: bytes | int) -> bytes:
    """One field of a message: an integer of 0 or more, or bytes (a text, or a whole message).

    https://protobuf.dev/programming-guides/encoding/: a tag, number · 8 + wire type, then the
    varint, or the length and what it counts.
    """
    if isinstance(value, int):
        return _varint(number << 3) + _varint(value)
    return _varint(number << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    """Seven bits a byte, the lowest first; all bytes but the last have the top bit set."""
    low, rest = value & 127, value >> 7
    return bytes([low | 128]) + _varint(rest) if rest else bytes([low])
