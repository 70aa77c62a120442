"""The Info + LAME header: a silent first frame with the length and the seek table.

Layout: "Mp3 Info Tag rev 1 specifications, draft 0" (G. Bouvigne), which extends the Xing header.
Without it a decoder would play the encoder's delay and padding.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from paperledge_audio.sound.checksums import crc16

VERSION = "LAME3.100"
"""As the encoder itself writes it."""
DELAY = 576
"""Samples that LAME puts before the sound (ENCDELAY)."""
LEAST_PADDING = 576
"""Samples that it puts after the sound at least; then it fills the frame (lame_encode_flush)."""
SAMPLES = 1152
"""In a frame of MPEG-1 Layer III (ISO 11172-3)."""
START_BYTES = 4
"""A frame begins with these, which say what kind it is."""

_XING = struct.Struct(">4s3I100sI")
_LAME = struct.Struct(">9sBB8xBB3sBxHIH")  # the eight bytes of peak and replay gain stay unknown

_ALL_FIELDS = 0b1111  # frames, bytes, table of contents, quality
_CBR = 1
_UNKNOWN_LOWPASS = 0
_FLAGS = 0x14  # nspsytune, the fourth formula for the threshold in quiet: as LAME is by default
_DEFAULT_V = 4
_RATE_44100 = 1
_JOINT_STEREO = 3


@dataclass(frozen=True, slots=True)
class Header:
    """What the header frame says."""

    kbps: int
    channels: int
    sound_frames: int
    """Length of what was encoded, in samples of each channel."""
    music_bytes: int
    """Of the frames that follow."""
    music_crc: int
    """Of these, by `crc16`."""
    quality: int
    """LAME's -q: 0 (best) to 9."""


def compose(header: Header, first: bytes) -> bytes:
    """The header frame, as long as an unpadded one; `first` begins the stream that follows."""
    padding = LEAST_PADDING + -(DELAY + header.sound_frames + LEAST_PADDING) % SAMPLES
    frames = (DELAY + header.sound_frames + padding) // SAMPLES
    whole_bytes = frame_bytes(header.kbps) + header.music_bytes
    xing = _XING.pack(
        b"Info",
        _ALL_FIELDS,
        frames,
        whole_bytes,
        bytes(256 * percent // 100 for percent in range(100)),
        100 - 10 * _DEFAULT_V - header.quality,
    )
    mode = 0 if header.channels == 1 else _JOINT_STEREO
    noise_shaping = 0 if header.quality >= 7 else 2 if header.kbps <= 160 else 1  # as LAME chooses
    lame = _LAME.pack(
        VERSION.encode("ascii"),
        _CBR,
        _UNKNOWN_LOWPASS,
        _FLAGS,
        min(header.kbps, 255),
        (DELAY << 12 | padding).to_bytes(3, "big"),
        _RATE_44100 << 6 | mode << 2 | noise_shaping,
        header.kbps,
        whole_bytes,
        header.music_crc,
    )
    start = bytes((first[0], first[1], first[2] & ~2, first[3]))  # without the bit for padding
    side_info = bytes(17 if header.channels == 1 else 32)
    known = start + side_info + xing + lame
    return (known + crc16(known).to_bytes(2, "big")).ljust(frame_bytes(header.kbps), b"\0")


def frame_bytes(kbps: int) -> int:
    """The length of an unpadded frame at 44.1 kHz."""
    return 144_000 * kbps // 44_100
