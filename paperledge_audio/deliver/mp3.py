"""Clip → constant-bitrate MP3 → clip, through libsndfile (LAME to write, mpg123 to read).

Each file starts with an Info + LAME header that says how much delay and padding the encoder
added, so that what is decoded has exactly as many frames as what was encoded.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import soundfile

from paperledge_audio.audio import Clip
from paperledge_audio.errors import DeliveryError, SoundError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

RATE = 44100
"""Hz; at 44.1 kHz an MP3 is MPEG-1 Layer III, which every player takes."""

ENCODER = "LAME 3.100"
"""Inside the libsndfile that soundfile ships."""

CHANNELS = (1, 2)

ATTENUATION_DB: Mapping[int, float] = {
    64: 0.36,
    80: 0.40,
    96: 0.42,
    112: 0.43,
    128: 0.44,
    160: 0.44,
    192: 0.26,
    224: 0.18,
    256: 0.0,
    320: 0.0,
}
"""kb/s → how much softer LAME 3.100 leaves speech at that constant rate, in dB.

Measured on band-limited noise, the same in both channels. The keys are the rates that are
offered: below 64 kb/s a frame is too short to hold the Info header and the length is lost.
"""

_BLOCK = 1 << 16


def check_format(kbps: int, channels: int) -> None:
    """Raise DeliveryError unless `kbps` and `channels` are among those offered."""
    if kbps not in ATTENUATION_DB:
        rates = ", ".join(map(str, ATTENUATION_DB))
        raise DeliveryError(f"{kbps} kb/s is not a bitrate for MP3", f"use one of {rates}")
    if channels not in CHANNELS:
        raise DeliveryError(f"an MP3 can't have {channels} channels", "use 1 (mono) or 2 (stereo)")


def encode(clip: Clip, kbps: int) -> bytes:
    """A clip at 44.1 kHz, mono or stereo, as a CBR MP3 without tags.

    The same clip always gives the same bytes. Raises DeliveryError for another rate, channel
    count or bitrate, and for an empty clip.
    """
    check_format(kbps, clip.channels)
    if clip.rate != RATE or clip.frames == 0:
        raise DeliveryError(
            f"can't write {clip.frames} frames at {clip.rate} Hz as MP3", f"resample to {RATE} Hz"
        )
    out = io.BytesIO()
    with soundfile.SoundFile(
        out,
        "w",
        samplerate=RATE,
        channels=clip.channels,
        format="MP3",
        subtype="MPEG_LAYER_III",
        bitrate_mode="CONSTANT",
        compression_level=(320 - kbps) / 288,  # libsndfile spans 320 to 32 kb/s with 0 to 1
    ) as file:
        for start in range(0, clip.frames, _BLOCK):
            file.write(clip.samples[start : start + _BLOCK])
    return out.getvalue()


def decode(data: bytes, *, path: Path | None = None) -> Clip:
    """The sound in an MP3, as a player gives it; `path` only names it in messages.

    Raises SoundError for what is not an MP3.
    """
    try:
        with soundfile.SoundFile(io.BytesIO(data)) as file:
            if file.format != "MP3":
                raise SoundError(f"is {file.format}, not MP3", "name an MP3", path=path)
            samples = file.read(dtype="float32", always_2d=True)
            return Clip(np.asarray(samples), file.samplerate)
    except soundfile.LibsndfileError:
        raise SoundError("is not an MP3 that can be decoded", "name an MP3", path=path) from None
