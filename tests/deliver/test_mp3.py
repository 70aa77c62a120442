"""MP3: constant bitrate, exact length, the same bytes every time."""

from __future__ import annotations

import io
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from mutagen.mp3 import MP3, BitrateMode

from paperledge_audio import units
from paperledge_audio.audio import Clip, silence
from paperledge_audio.deliver import mp3
from paperledge_audio.errors import DeliveryError, SoundError
from tests.deliver.making import speechlike

FRAME = 1152
"""Samples in a frame of MPEG-1 Layer III (ISO 11172-3)."""


@pytest.mark.parametrize("frames", [1, 2, 575, FRAME - 1, FRAME, FRAME + 1, 44100, 100_003])
@pytest.mark.parametrize("channels", mp3.CHANNELS)
def test_the_decoded_file_is_exactly_as_long_as_the_clip(frames: int, channels: int) -> None:
    clip = speechlike(frames, channels)
    heard = mp3.decode(mp3.encode(clip, 128))
    assert (heard.frames, heard.channels, heard.rate) == (frames, channels, mp3.RATE)


@pytest.mark.parametrize("kbps", mp3.ATTENUATION_DB)
@pytest.mark.parametrize("channels", mp3.CHANNELS)
def test_every_rate_is_constant_and_has_the_length_header(kbps: int, channels: int) -> None:
    clip = speechlike(FRAME * 40, channels)
    data = mp3.encode(clip, kbps)
    info: Any = MP3(io.BytesIO(data)).info  # type: ignore[no-untyped-call]
    assert info.bitrate_mode == BitrateMode.CBR
    assert info.sample_rate == mp3.RATE
    assert info.encoder_info.startswith("LAME 3.100")
    assert b"Info" in data[:64]  # the header that says how much padding there is
    # Every frame has the same place in the table of bitrates: the header's third byte, high half.
    assert {header[2] >> 4 for header in frame_headers(data)} == {data[2] >> 4}
    assert mp3.decode(data).frames == clip.frames


def frame_headers(data: bytes) -> list[bytes]:
    """The four bytes that start each frame, found by the lengths that they give."""
    rates = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
    headers, at = [], 0
    while at + 4 <= len(data):
        header = data[at : at + 4]
        assert struct.unpack(">H", header[:2])[0] & 0xFFFE == 0xFFFA  # sync, MPEG-1, Layer III
        headers.append(header)
        at += 144 * rates[header[2] >> 4] * 1000 // mp3.RATE + (header[2] >> 1 & 1)
    return headers


@pytest.mark.parametrize("kbps", mp3.ATTENUATION_DB)
def test_the_table_of_attenuations_is_right_for_speech_in_the_middle(kbps: int) -> None:
    mono = speechlike(44100 * 3, 1).samples
    clip = Clip(np.repeat(mono, 2, axis=1), mp3.RATE)
    heard = mp3.decode(mp3.encode(clip, kbps))
    lost = units.decibels(float(np.std(clip.samples))) - units.decibels(
        float(np.std(heard.samples))
    )
    assert lost == pytest.approx(mp3.ATTENUATION_DB[kbps], abs=0.06)


def test_the_same_clip_gives_the_same_bytes() -> None:
    clip = speechlike(50_000)
    assert mp3.encode(clip, 96) == mp3.encode(clip, 96)


@pytest.mark.parametrize(
    ("clip", "kbps", "what"),
    [
        (silence(100, 44100), 100, "100 kb/s is not a bitrate"),
        (silence(100, 44100, 3), 128, "3 channels"),
        (silence(100, 48000), 128, "48000 Hz"),
        (silence(0, 44100), 128, "0 frames"),
    ],
)
def test_what_can_not_be_encoded_is_refused(clip: Clip, kbps: int, what: str) -> None:
    with pytest.raises(DeliveryError, match=what):
        mp3.encode(clip, kbps)


def test_what_is_not_an_mp3_is_refused() -> None:
    with pytest.raises(SoundError, match=r"x\.mp3: is not an MP3"):
        mp3.decode(b"no sound at all" * 100, path=Path("x.mp3"))


def test_mp3val_and_ffmpeg_find_nothing_wrong(
    program: Callable[[str], str], tmp_path: Path
) -> None:
    clip = speechlike(44100 * 2 + 7)
    file = tmp_path / "x.mp3"
    file.write_bytes(mp3.encode(clip, 128))
    said = subprocess.run(
        [program("mp3val"), file], capture_output=True, text=True, check=True
    ).stdout
    problems = [line for line in said.splitlines() if "WARNING" in line and "tags" not in line]
    assert problems == []
    raw = subprocess.run(
        [program("ffmpeg"), "-v", "error", "-i", file, "-f", "s16le", "-"],
        capture_output=True,
        check=True,
    )
    assert raw.stderr == b""
    assert len(raw.stdout) == clip.frames * clip.channels * 2
