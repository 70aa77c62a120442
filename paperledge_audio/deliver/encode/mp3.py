"""Sound → constant-bitrate MP3 → sound: LAME to write, mpg123 (inside libsndfile) to read.

Each file starts with an Info + LAME header that says how much delay and padding the encoder
added, so that what is decoded has exactly as many frames as what was encoded.
"""

from __future__ import annotations

import io
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, BinaryIO

import lameenc
import numpy as np

from paperledge_audio.deliver.encode import mp3header
from paperledge_audio.errors import DeliveryError, map_errors
from paperledge_audio.sound.checksums import crc16
from paperledge_audio.sound.clip import Clip, read_blocks
from paperledge_audio.sound.decoding import DecodedSound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from paperledge_audio.deliver.encode.settings import EncoderSettings
    from paperledge_audio.sound.clip import Sound

ENCODER = "LAME 3.100"
"""Inside lameenc; the tests hold it against what the encoder writes of itself."""

RATE = 44100
"""Hz; the only rate that is written here."""

QUALITY = 3
"""LAME's default -q: full psychoacoustics, in three quarters of the time of 2."""
FAST_QUALITY = 7
"""LAME's -q for drafts: less psychoacoustics, in half of the default's time."""

ATTENUATION_DB: Mapping[int, float] = {
    64: 0.40,
    80: 0.44,
    96: 0.45,
    112: 0.44,
    128: 0.44,
    160: 0.45,
    192: 0.27,
    224: 0.18,
    256: 0.0,
    320: 0.0,
}
"""kb/s → how much softer LAME 3.100 leaves speech at that constant rate, in dB.

Measured as the difference in power of three seconds of band-limited noise, the same in both
channels; speech with music differs by at most 0.02 dB. The keys are the rates that are offered:
below 64 kb/s a frame is too short to hold the Info header and the length is lost.
"""

_ABR = 3
_JOINT_UP_TO_KBPS = 128
_FULL_SCALE = 32768
_BLOCK_BYTES = 1 << 20


def encode(sound: Sound, path: Path, settings: EncoderSettings) -> None:
    """Write a sound as `write` does, to a new file."""
    with path.open("w+b") as file:
        write(sound, file, settings.kbps, fast=settings.fast)


def encode_bytes(sound: Sound, kbps: int, *, fast: bool = False) -> bytes:
    """What `write` writes."""
    file = io.BytesIO()
    write(sound, file, kbps, fast=fast)
    return file.getvalue()


def write(sound: Sound, file: BinaryIO, kbps: int, *, fast: bool = False) -> None:
    """A sound at 44.1 kHz, mono or stereo, as a CBR MP3 without tags, to an empty file.

    It is read once, in order, and written while it is encoded; the file is then read again for
    its checksum. The same sound always gives the same bytes. Raises DeliveryError for another
    rate, an empty sound and samples beyond ±1; which bitrates there are, `Format.check` says.
    """
    if sound.rate != RATE or sound.frames == 0:
        raise DeliveryError(
            f"can't write {sound.frames} frames at {sound.rate} Hz as MP3", f"resample to {RATE} Hz"
        )
    quality = FAST_QUALITY if fast else QUALITY
    start = mp3header.frame_bytes(kbps)
    file.write(bytes(start))  # room for the header, which is known at the end
    with map_errors(DeliveryError, "LAME could not encode", foreign=(RuntimeError, ValueError)):
        lame = _make_encoder(kbps, sound.channels, quality)
        file.writelines(
            lame.encode(_to_sixteen_bits(block).tobytes()) for block in read_blocks(sound)
        )
        file.write(lame.flush())
    music_bytes = file.tell() - start
    file.seek(start)
    first, music_crc = b"", 0
    while block := file.read(_BLOCK_BYTES):
        first = first or block[: mp3header.START_BYTES]
        music_crc = crc16(block, music_crc)
    header = mp3header.Header(
        kbps=kbps,
        channels=sound.channels,
        sound_frames=sound.frames,
        music_bytes=music_bytes,
        music_crc=music_crc,
        quality=quality,
    )
    file.seek(0)
    file.write(mp3header.compose(header, first))


def _make_encoder(kbps: int, channels: int, quality: int) -> lameenc.Encoder:
    lame = lameenc.Encoder()
    lame.silence()
    lame.set_in_sample_rate(RATE)
    lame.set_out_sample_rate(RATE)
    lame.set_channels(channels)
    lame.set_quality(quality)
    if channels == 1 or kbps <= _JOINT_UP_TO_KBPS:
        lame.set_bit_rate(kbps)
    else:
        # Above 128 kb/s lameenc's CBR gives up joint stereo, and with it half the bits of a voice
        # in the middle. An average that may not stray is constant too.
        lame.set_vbr(_ABR)
        lame.set_vbr_mean_bitrate_kbps(kbps)
        lame.set_vbr_min_bitrate_kbps(kbps)
        lame.set_vbr_max_bitrate_kbps(kbps)
        lame.set_vbr_hard_min(1)
    return lame


def _to_sixteen_bits(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    if np.abs(samples).max(initial=0.0) > 1.0:
        raise DeliveryError("the sound goes beyond full scale", "limit it before it is encoded")
    return np.minimum(np.rint(samples * _FULL_SCALE), _FULL_SCALE - 1).astype(np.int16)


@contextmanager
def open_sound(source: Path | bytes, path: Path | None = None) -> Iterator[Sound]:
    """Open the sound in an MP3, decoded while it is read.

    `source`: its path or its bytes; `path` only names these in messages. Raises SoundError for
    what is not an MP3, and `read` does for one that ends before its time.
    """
    with closing(DecodedSound(source, "MP3", path=path)) as sound:
        yield sound


def decode(data: bytes, *, path: Path | None = None) -> Clip:
    """The whole of the sound in an MP3; `path` and errors as with `open_sound`."""
    with open_sound(data, path) as sound:
        return Clip(sound.read(0, sound.frames), sound.rate)
