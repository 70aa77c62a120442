"""What a FLAC file says of its sound: how long it is, and its MD5 (RFC 9639, section 8.2)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.sound.reading.stored import Portion, damage_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from paperledge_audio.sound.reading.stored import Stored

_STREAMINFO = 8  # after "fLaC" and the head of the first block, which it always is
_BYTES = 34
_SAMPLES = (1 << 36) - 1
_MOST_BITS = 24  # that float32 holds exactly


def locate_sound(stored: Stored, start: int) -> Portion | None:
    """All of the file: libFLAC counts its samples, and every frame has a checksum.

    None where an encoder into a pipe couldn't state their number, by which libsndfile goes.
    """
    streaminfo = stored.read_at(start + _STREAMINFO, _BYTES)
    return Portion(stored) if int.from_bytes(streaminfo[13:18], "big") & _SAMPLES else None


def check_md5(
    stored: Stored, start: int, blocks: Iterator[NDArray[np.float32]]
) -> Iterator[NDArray[np.float32]]:
    """Pass blocks [frames, channels] on; raise SoundError unless they are what was encoded."""
    streaminfo = stored.read_at(start + _STREAMINFO, _BYTES)
    bits = (int.from_bytes(streaminfo[12:14], "big") >> 4 & 31) + 1
    stated = streaminfo[18:34]
    if not any(stated) or bits > _MOST_BITS:
        yield from blocks  # there is no sum
        return
    width = -(-bits // 8)
    found = hashlib.md5(usedforsecurity=False)
    for block in blocks:
        yield block
        steps = np.rint(block * np.float32(1 << (bits - 1)))
        pcm = steps.astype("<i4").reshape(-1, 1).view(np.uint8)[:, :width]
        found.update(np.ascontiguousarray(pcm).data)
    if found.digest() != stated:
        raise damage_error("the sound doesn't fit its checksum")
