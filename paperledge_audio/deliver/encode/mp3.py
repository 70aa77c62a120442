"""Sound → constant-bitrate MP3 → sound: LAME to write, mpg123 (inside libsndfile) to read.

Each file starts with an Info + LAME header that says how much delay and padding the encoder
added, so that what is decoded has exactly as many frames as what was encoded.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

from paperledge_audio.deliver.encode import mp3frames, mp3header, mp3lame
from paperledge_audio.deliver.encode.mp3frames import RATE
from paperledge_audio.errors import DeliveryError
from paperledge_audio.files.resources import processors
from paperledge_audio.sound import decoding
from paperledge_audio.sound.clip import Clip

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from paperledge_audio.deliver.encode.mp3lame import Parts
    from paperledge_audio.sound.clip import Sound

__all__ = ["RATE", "Decoded", "check_format", "decode", "encode"]

ENCODER = "LAME 3.100"
"""Inside lameenc; the tests hold it against what the encoder writes of itself."""

CHANNELS = (1, 2)

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


def check_format(kbps: int, channels: int) -> None:
    """Raise DeliveryError unless `kbps` and `channels` are among those offered."""
    if kbps not in ATTENUATION_DB:
        rates = ", ".join(map(str, ATTENUATION_DB))
        raise DeliveryError(f"{kbps} kb/s is not a bitrate for MP3", f"use one of {rates}")
    if channels not in CHANNELS:
        raise DeliveryError(f"an MP3 can't have {channels} channels", "use 1 (mono) or 2 (stereo)")


def encode(
    sound: Sound, kbps: int, *, workers: int | None = None, parts: Parts = mp3lame.PARTS
) -> bytes:
    """What `write` writes."""
    file = io.BytesIO()
    write(sound, file, kbps, workers=workers, parts=parts)
    return file.getvalue()


def write(
    sound: Sound,
    file: BinaryIO,
    kbps: int,
    *,
    workers: int | None = None,
    parts: Parts = mp3lame.PARTS,
) -> None:
    """A sound at 44.1 kHz, mono or stereo, as a CBR MP3 without tags, to an empty file.

    It is read once, in order, by the thread that calls; `workers` threads encode, by default one
    a processor. The same sound always gives the same bytes, however many there are. Raises
    DeliveryError for another rate, channel count or bitrate, for an empty sound and for samples
    beyond ±1.
    """
    check_format(kbps, sound.channels)
    if sound.rate != RATE or sound.frames == 0:
        raise DeliveryError(
            f"can't write {sound.frames} frames at {sound.rate} Hz as MP3", f"resample to {RATE} Hz"
        )
    first, frames, music_bytes, music_crc = b"", 0, 0, 0
    for piece in mp3lame.encoded(sound, kbps, workers or processors(), parts):
        if not first:
            first = piece[: mp3frames.HEADER_BYTES]
            file.write(bytes(mp3header.length(first)))  # room for what is known at the end
        file.write(piece)
        frames += mp3frames.parse(piece).frames
        music_bytes += len(piece)
        music_crc = mp3header.crc16(piece, music_crc)
    header = mp3header.Header(
        kbps=kbps,
        channels=sound.channels,
        frames=frames,
        music_bytes=music_bytes,
        music_crc=music_crc,
        delay=mp3lame.DELAY,
        padding=frames * mp3frames.SAMPLES - sound.frames - mp3lame.DELAY,
        encoder=mp3lame.VERSION,
        quality=mp3lame.QUALITY,
        lowpass_hz=mp3lame.lowpass_hz(kbps, sound.channels),
    )
    file.seek(0)
    file.write(mp3header.compose(header, first))


class Decoded(decoding.Decoded):
    """The sound in an MP3 as a player gives it, decoded while it is read.

    `source`: its path or its bytes; `path` only names it in messages. Raises SoundError for what
    is not an MP3, and `read` does for one that ends before its time.
    """

    def __init__(self, source: Path | bytes, path: Path | None = None) -> None:
        super().__init__(source, "MP3", path=path)


def decode(data: bytes, *, path: Path | None = None) -> Clip:
    """The whole of the sound in an MP3; `path` and errors as with `Decoded`."""
    sound = Decoded(data, path)
    return Clip(sound.read(0, sound.frames), sound.rate)
