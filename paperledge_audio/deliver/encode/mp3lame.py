"""LAME at the door: sound in parts, each encoded on its own, joined into one stream.

The parts are always the same, so the bytes don't depend on how many threads work on them.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import lameenc
import numpy as np

from paperledge_audio.deliver.encode import mp3frames, mp3join
from paperledge_audio.deliver.encode.mp3frames import RATE, SAMPLES
from paperledge_audio.errors import DeliveryError
from paperledge_audio.sound.clip import BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    from numpy.typing import NDArray

    from paperledge_audio.sound.clip import Sound

VERSION = "LAME3.100"
"""Inside lameenc, as the encoder itself writes it."""

DELAY = 576
"""Samples that LAME puts before the sound."""

QUALITY = 3
"""LAME's -q, its default: noise is shaped by the ear's threshold, at two thirds of 2's time."""

_LOWPASS_HZ = {
    64: 11000,
    80: 13500,
    96: 15100,
    112: 15600,
    128: 17000,
    160: 17500,
    192: 18600,
    224: 19400,
    256: 19700,
    320: 20500,
}

_ABR = 3
_JOINT_UP_TO = 128
_FULL_SCALE = 32768


@dataclass(frozen=True, slots=True)
class Parts:
    """How the sound is cut, in frames of 1152 samples."""

    length: int = 980
    """25.6 s. A multiple of 49, after which padding repeats: all parts pad the same frames."""

    overlap: int = 49
    """Encoded twice, at the end of one part and at the start of the next."""

    settled: int = 20
    """Of the overlap, before a join may come: by then the new encoder knows the sound.

    Measured on speech with music: the noise in the two frames at a join is above that of an
    encoding in one go by 0.1 dB on average (64 kb/s; 2 dB after 8 frames), 0.0 at 128 kb/s.
    """


PARTS = Parts()


def lowpass_hz(kbps: int, channels: int) -> int:
    """Above this LAME lets nothing through: its table for stereo; mono has half as much again."""
    return _LOWPASS_HZ[kbps] if channels == 2 else min(_LOWPASS_HZ[kbps] * 3 // 2, 20500)


def encoded(sound: Sound, kbps: int, workers: int, parts: Parts) -> Iterator[bytes]:
    """`sound` at 44.1 kHz as whole frames of constant bitrate, some at a time.

    Where no frame of an overlap can be joined, the encoder of the part before goes on through
    the next. Raises DeliveryError for samples beyond full scale.
    """
    with ThreadPoolExecutor(workers) as pool:
        ahead = _ahead(pool, workers, sound, kbps, parts)
        current, _, _ = next(ahead)
        first = 0  # the frame of the file with which the current stream begins
        for index, (part, pcm, last) in enumerate(ahead, start=1):
            before, after = mp3frames.parse(current.stream), mp3frames.parse(part.stream)
            begins = index * parts.length
            join = mp3join.find(before, after, begins - first, parts.settled)
            if join is None:
                current.feed(pcm[parts.overlap * SAMPLES :], last=last)
            else:
                yield mp3join.ending(before, after, join)
                part.stream = part.stream[after.starts[join.after] :]
                current, first = part, begins + join.after
        yield current.stream


@dataclass(slots=True)
class _Encoder:
    """An encoder, and the part of its stream that is not yet in the file."""

    lame: lameenc.Encoder
    stream: bytes = b""

    def feed(self, pcm: NDArray[np.int16], *, last: bool) -> None:
        self.stream += self.lame.encode(pcm.tobytes()) + (self.lame.flush() if last else b"")


def _encoder(kbps: int, channels: int) -> _Encoder:
    lame = lameenc.Encoder()
    lame.silence()
    lame.set_in_sample_rate(RATE)
    lame.set_out_sample_rate(RATE)
    lame.set_channels(channels)
    lame.set_quality(QUALITY)
    if channels == 1 or kbps <= _JOINT_UP_TO:
        lame.set_bit_rate(kbps)
    else:
        # Above 128 kb/s lameenc's CBR gives up joint stereo, and with it half the bits of a voice
        # in the middle. An average that may not stray is constant too.
        lame.set_vbr(_ABR)
        lame.set_vbr_mean_bitrate_kbps(kbps)
        lame.set_vbr_min_bitrate_kbps(kbps)
        lame.set_vbr_max_bitrate_kbps(kbps)
        lame.set_vbr_hard_min(1)
    return _Encoder(lame)


def _ahead(
    pool: ThreadPoolExecutor, workers: int, sound: Sound, kbps: int, parts: Parts
) -> Iterator[tuple[_Encoder, NDArray[np.int16], bool]]:
    """Each part encoded, in order, with what it was and whether it is the last."""
    waiting: deque[Future[tuple[_Encoder, NDArray[np.int16], bool]]] = deque()

    def run(pcm: NDArray[np.int16], *, last: bool) -> tuple[_Encoder, NDArray[np.int16], bool]:
        encoder = _encoder(kbps, sound.channels)
        encoder.feed(pcm, last=last)
        return encoder, pcm, last

    for pcm, last in _cut(sound, parts):
        waiting.append(pool.submit(run, pcm, last=last))
        if len(waiting) > workers:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _cut(sound: Sound, parts: Parts) -> Iterator[tuple[NDArray[np.int16], bool]]:
    """The parts and whether it is the last; each begins with the overlap of the one before."""
    pcm = np.empty((0, sound.channels), np.int16)
    read, end = 0, (parts.length + parts.overlap) * SAMPLES
    while True:
        blocks = [pcm[parts.length * SAMPLES :]]
        while read < min(end, sound.frames):
            upto = min(read + BLOCK, end, sound.frames)
            blocks.append(_sixteen_bits(sound.read(read, upto)))
            read = upto
        pcm = np.concatenate(blocks)
        yield pcm, read == sound.frames
        if read == sound.frames:
            return
        end += parts.length * SAMPLES


def _sixteen_bits(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    if np.abs(samples).max(initial=0.0) > 1.0:
        raise DeliveryError("the sound goes beyond full scale", "limit it before it is encoded")
    return np.minimum(np.rint(samples * _FULL_SCALE), _FULL_SCALE - 1).astype(np.int16)
