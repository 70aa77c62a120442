"""CRC-16/ARC, our own code since no library here has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Bits = TypeVar("Bits", int, NDArray[np.int_])


def crc16(data: bytes, crc: int = 0) -> int:
    """CRC-16/ARC (x^16 + x^15 + x^2 + 1, least significant bit first) of what follows `crc`.

    A remainder is linear in the data, so neighbouring 16-bit words are combined in pairs, the first
    shifted past the second, until one is left; byte by byte an hour would take seconds.

    >>> hex(crc16(b"123456789")), hex(crc16(b"456789", crc16(b"123")))
    ('0xbb3d', '0xbb3d')
    """
    if len(data) % 2:
        crc = _divide(crc ^ data[0], 8)
    if len(data) < 2:
        return crc
    words = np.frombuffer(data, "<u2", offset=len(data) % 2).astype(np.int_)
    words[0] ^= crc
    past_a_word = past = _divide(np.arange(1 << 16), 16)
    while len(words) > 1:
        words = np.pad(words, (len(words) % 2, 0))
        words, past = past[words[::2]] ^ words[1::2], past[past]
    return int(past_a_word[words[0]])


def _divide(remainder: Bits, bits: int) -> Bits:
    """The remainder after so many more bits of zero."""
    for _ in range(bits):
        remainder = remainder >> 1 ^ (remainder & 1) * 0xA001
    return remainder
