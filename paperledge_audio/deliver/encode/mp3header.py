"""The Info + LAME header: a silent first frame that tells a player the length and the seek table.

Layout: "Mp3 Info Tag rev 1 specifications, draft 0" (G. Bouvigne), which extends the Xing header.
Without it a decoder gives the encoder's delay and padding as if they were sound.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.deliver.encode.mp3frames import frame_bytes, side_info_bytes

if TYPE_CHECKING:
    from numpy.typing import NDArray

_XING = struct.Struct(">4s3I100sI")
_LAME = struct.Struct(">9sBB8xBB3sBxHIH")  # the eight bytes of peak and replay gain stay unknown

_ALL_FIELDS = 0b1111  # frames, bytes, table of contents, quality
_CBR = 1
_FLAGS = 0x14  # nspsytune, the fourth formula for the threshold in quiet: as LAME is by default
_DEFAULT_V = 4
_RATE_44100 = 1
_JOINT_STEREO = 3


@dataclass(frozen=True, slots=True)
class Header:
    """What the header frame says."""

    kbps: int
    channels: int
    frames: int
    """Of 1152 samples, the header frame not counted."""
    music_bytes: int
    """Of these frames."""
    music_crc: int
    """Of these frames, by `crc16`."""
    delay: int
    """Samples that the encoder has put before the sound; below 4096."""
    padding: int
    """Samples that it has put after the sound; below 4096."""
    encoder: str
    """Nine ASCII characters at most."""
    quality: int
    """LAME's -q: 0 (best) to 9."""
    lowpass_hz: int


def compose(header: Header, first: bytes) -> bytes:
    """The header frame, as long as an unpadded one; `first` begins the stream that follows."""
    start = _unpadded(first)
    whole_bytes = length(first) + header.music_bytes
    xing = _XING.pack(
        b"Info",
        _ALL_FIELDS,
        header.frames,
        whole_bytes,
        bytes(256 * percent // 100 for percent in range(100)),
        100 - 10 * _DEFAULT_V - header.quality,
    )
    mode = 0 if header.channels == 1 else _JOINT_STEREO
    noise_shaping = 2 if header.kbps <= 160 else 1  # as LAME's presets choose
    lame = _LAME.pack(
        header.encoder.encode("ascii"),
        _CBR,
        (header.lowpass_hz + 50) // 100,
        _FLAGS,
        min(header.kbps, 255),
        (header.delay << 12 | header.padding).to_bytes(3, "big"),
        _RATE_44100 << 6 | mode << 2 | noise_shaping,
        header.kbps,
        whole_bytes,
        header.music_crc,
    )
    told = start + bytes(side_info_bytes(header.channels)) + xing + lame
    return (told + crc16(told).to_bytes(2, "big")).ljust(length(first), b"\0")


def length(first: bytes) -> int:
    """How many bytes the header frame takes before a stream that begins with `first`."""
    return frame_bytes(_unpadded(first))


def _unpadded(first: bytes) -> bytes:
    return bytes((first[0], first[1], first[2] & ~2, first[3]))


_LANES = 512


def _remainders() -> NDArray[np.uint16]:
    """Of each byte, moved past eight bits."""
    table = np.arange(256)
    for _ in range(8):
        table = table >> 1 ^ (table & 1) * 0xA001
    return table.astype(np.uint16)


def crc16(data: bytes, crc: int = 0) -> int:
    """CRC-16/ARC (x^16 + x^15 + x^2 + 1, least significant bit first) of what follows `crc`.

    The data is cut into lanes that are divided side by side; as the remainder is linear in the
    data, it moves past a lane by the images of its single bits.

    >>> hex(crc16(b"123456789")), hex(crc16(b"456789", crc16(b"123")))
    ('0xbb3d', '0xbb3d')
    """
    table = _remainders()
    steps, odd = divmod(len(data), _LANES)
    for byte in data[:odd]:
        crc = int(table[(crc ^ byte) & 0xFF]) ^ crc >> 8
    single_bits = np.uint16(1) << np.arange(16, dtype=np.uint16)
    crcs: NDArray[np.uint16] = np.concatenate([np.zeros(_LANES, np.uint16), single_bits])
    lanes = np.frombuffer(data, np.uint8, offset=odd).reshape(_LANES, steps)
    for step in np.pad(lanes, ((0, 16), (0, 0))).T.copy():
        crcs = table[(crcs ^ step) & 0xFF] ^ (crcs >> 8)
    images = crcs[_LANES:].tolist()
    for lane in crcs[:_LANES].tolist():
        for bit in range(16):
            lane ^= images[bit] * (crc >> bit & 1)  # noqa: PLW2901 - the remainder so far
        crc = lane
    return crc
