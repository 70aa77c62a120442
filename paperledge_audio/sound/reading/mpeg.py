"""Checks the frames of MPEG audio against the Info header.

Frames: ISO 11172-3, 2.4.1 and 2.4.2; ISO 13818-3, 2.4.2 for lower rates. The header frame: "Mp3
Info Tag rev 1 specifications, draft 0" (G. Bouvigne), which extends the Xing header.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.sound.checksums import crc16
from paperledge_audio.sound.reading.stored import (
    Portion,
    cut_off_error,
    damage_error,
    several_sounds_error,
    skip_id3,
)

if TYPE_CHECKING:
    from paperledge_audio.sound.reading.stored import Stored

_HEAD_BYTES = 4
_MPEG_1, _MPEG_2, _MPEG_2_5 = 3, 2, 0
_RATES = {
    _MPEG_1: (44100, 48000, 32000),
    _MPEG_2: (22050, 24000, 16000),
    _MPEG_2_5: (11025, 12000, 8000),
}
_LAYER_1, _LAYER_2, _LAYER_3 = 3, 2, 1
_LOW_KBPS = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_LAYERS = {
    (True, _LAYER_1): (384, (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448)),
    (True, _LAYER_2): (1152, (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384)),
    (True, _LAYER_3): (1152, (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)),
    (False, _LAYER_1): (384, (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256)),
    (False, _LAYER_2): (1152, _LOW_KBPS),
    (False, _LAYER_3): (576, _LOW_KBPS),
}
"""By whether it is MPEG-1, and the layer: samples in a frame, and what the indices 1 to 14 mean."""
_SIDE_INFO_BYTES = {(True, True): 17, (True, False): 32, (False, True): 9, (False, False): 17}
"""Of a frame of layer III, by whether it is MPEG-1, and whether it is mono."""
_MONO = 3


@dataclass(frozen=True, slots=True)
class _FrameHead:
    version: int
    layer: int
    rate: int
    size: int
    """Of the frame, in bytes."""
    mono: bool

    def is_like(self, first: _FrameHead) -> bool:
        return (self.version, self.layer, self.rate) == (first.version, first.layer, first.rate)


def _read_head(data: bytes) -> _FrameHead | None:
    """What four bytes say as the head of a frame; None where they are none."""
    if len(data) < _HEAD_BYTES or data[0] != 0xFF or data[1] < 0xE0:
        return None
    version, layer = data[1] >> 3 & 3, data[1] >> 1 & 3
    kbps, rate = data[2] >> 4, data[2] >> 2 & 3
    if version not in _RATES or layer == 0 or not 0 < kbps < 15 or rate == 3:
        return None
    hz = _RATES[version][rate]
    samples, rates = _LAYERS[version == _MPEG_1, layer]
    slot = 4 if layer == _LAYER_1 else 1  # bytes
    slots = samples * 1000 * rates[kbps - 1] // (8 * slot * hz) + (data[2] >> 1 & 1)
    return _FrameHead(version, layer, hz, slot * slots, data[3] >> 6 == _MONO)


@dataclass(frozen=True, slots=True)
class _InfoHeader:
    """What the header frame says of those after it."""

    frames: int
    music_crc: int | None
    """Of the frames; None where the encoder wrote none."""


_XING = struct.Struct(">4s2I")
_FRAMES_STATED = 1
_FIELDS = {1: 4, 2: 4, 4: 100, 8: 4}  # flag → bytes of the field that it announces
_LAME_BYTES = 36  # its last four: a CRC of the music, and one of the header frame up to itself


def _read_header(frame: bytes, head: _FrameHead) -> _InfoHeader | None:
    if head.layer != _LAYER_3:
        return None
    xing = _HEAD_BYTES + _SIDE_INFO_BYTES[head.version == _MPEG_1, head.mono]
    if len(frame) < xing + _XING.size:
        return None
    name, flags, frames = _XING.unpack_from(frame, xing)
    if name not in {b"Xing", b"Info"} or not flags & _FRAMES_STATED:
        return None
    lame = xing + 8 + sum(size for flag, size in _FIELDS.items() if flags & flag)
    end = lame + _LAME_BYTES
    if end > len(frame):
        return _InfoHeader(frames, None)
    music_crc, own_crc = struct.unpack(">2H", frame[end - 4 : end])
    return _InfoHeader(frames, music_crc if crc16(frame[: end - 2]) == own_crc else None)


_TAGS = (b"TAG", b"APETAGEX", b"LYRICSBEGIN", b"ID3")
"""How what may follow the sound begins: ID3v1, APEv2, Lyrics3, ID3v2."""
_PIECE = 1 << 20


def locate_sound(stored: Stored, start: int) -> Portion | None:
    """The frames, if none is missing or damaged as far as the file shows.

    A header frame states their number and, mostly, their checksum. None where there is none: then
    libsndfile guesses, and the last frame must end where the file or its sound does. Raises
    SoundError for other files.
    """
    first = _read_head(stored.read_at(start, _HEAD_BYTES))
    if first is None:
        raise damage_error("it begins with no frame of MPEG audio")
    frames, end = _count_frames(stored, start, first)
    header = _read_header(stored.read_at(start, first.size), first)
    if header is None:
        _check_end(stored, end)
        return None
    if frames - 1 < header.frames:
        raise cut_off_error()
    if frames - 1 > header.frames:
        raise damage_error(f"its header states {header.frames} frames, and {frames - 1} follow")
    sound = range(start + first.size, end)
    if header.music_crc is not None and header.music_crc != _compute_crc(stored, sound):
        raise damage_error("the sound doesn't fit its checksum")
    return Portion(stored, range(start, end))


def _count_frames(stored: Stored, start: int, first: _FrameHead) -> tuple[int, int]:
    """How many whole frames follow one another, and where they end."""
    frames, end = 0, start
    while (head := _read_head(stored.read_at(end, _HEAD_BYTES))) and head.is_like(first):
        if end + head.size > stored.size:
            break
        frames, end = frames + 1, end + head.size
    beyond = skip_id3(stored, end)
    if beyond > end and _read_head(stored.read_at(beyond, _HEAD_BYTES)):
        raise several_sounds_error()
    return frames, end


def _check_end(stored: Stored, end: int) -> None:
    if _read_head(stored.read_at(end, _HEAD_BYTES)):
        raise cut_off_error()
    if end < stored.size and not stored.read_at(end, max(map(len, _TAGS))).startswith(_TAGS):
        raise damage_error(f"no frame begins at byte {end}")


def _compute_crc(stored: Stored, sound: range) -> int:
    crc = 0
    for place in sound[::_PIECE]:
        crc = crc16(stored.read_at(place, min(_PIECE, sound.stop - place)), crc)
    return crc
