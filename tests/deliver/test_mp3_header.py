"""The Info + LAME header, held against the one that LAME itself writes."""

from __future__ import annotations

import io
from typing import Any

import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from mutagen.mp3 import MP3

from paperledge_audio.deliver.encode import mp3, mp3header
from paperledge_audio.sound.checksums import crc16
from paperledge_audio.sound.clip import Clip, duration_s
from tests.deliver.making import speechlike
from tests.deliver.test_mp3 import frame_headers

XING = {1: 4 + 17, 2: 4 + 32}
"""Where the Xing header begins: after the frame's header and side info (ISO 11172-3, 2.4.1)."""

CONTENTS = slice(16, 116)  # from there: the seek table,
GRADE = 119  # how LAME grades its VBR setting, which libsndfile sets and we don't,
LOWPASS = 130  # which lameenc doesn't tell us
DELAYS = slice(141, 144)
MUSIC_LENGTH = slice(148, 152)
MUSIC_CRC = slice(152, 154)
TAG_CRC = slice(154, 156)


def by_libsndfile(clip: Clip, kbps: int) -> bytes:
    """The clip by the LAME that libsndfile brings, with LAME's own header."""
    out = io.BytesIO()
    with soundfile.SoundFile(
        out,
        "w",
        samplerate=clip.rate,
        channels=clip.channels,
        format="MP3",
        subtype="MPEG_LAYER_III",
        bitrate_mode="CONSTANT",
        compression_level=(320 - kbps) / 288,
    ) as file:
        file.write(clip.samples)
    return out.getvalue()


def slow_crc16(data: bytes | bytearray) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0xA001 * (crc & 1)
    return crc


def number(data: bytes | bytearray) -> int:
    return int.from_bytes(data, "big")


@pytest.mark.parametrize("kbps", mp3.ATTENUATION_DB)
@pytest.mark.parametrize("channels", [1, 2])
def test_the_header_is_what_lame_writes(kbps: int, channels: int) -> None:
    clip = speechlike(40_000, channels)
    lame = by_libsndfile(clip, kbps)
    size = 144_000 * kbps // mp3.RATE
    at = XING[channels]
    header = mp3header.Header(
        kbps=kbps,
        channels=channels,
        sound_frames=clip.frames,
        music_bytes=len(lame) - size,
        music_crc=number(lame[at:][MUSIC_CRC]),
        quality=mp3.QUALITY,
    )
    ours = bytearray(mp3header.compose(header, lame[:4]))
    assert number(ours[at:][TAG_CRC]) == slow_crc16(ours[: at + TAG_CRC.start])
    # LAME measures its seek table, grades a VBR setting that plays no part in CBR, and names its
    # lowpass; from 160 kb/s it has "safe joint stereo" too, which lameenc doesn't switch on.
    theirs = bytearray(lame[:size])
    theirs[at + 139] &= ~0x20
    for tag in (ours, theirs):
        tag[at + CONTENTS.start : at + CONTENTS.stop] = bytes(100)
        tag[at + GRADE] = tag[at + LOWPASS] = 0
        tag[at + TAG_CRC.start : at + TAG_CRC.stop] = bytes(2)
    assert ours == theirs


@pytest.mark.parametrize("fast", [False, True])
@pytest.mark.parametrize(("channels", "kbps"), [(1, 64), (2, 64), (2, 128), (2, 320)])
def test_the_header_tells_the_truth_about_its_file(channels: int, kbps: int, fast: bool) -> None:
    clip = speechlike(100_000, channels)
    data = mp3.encode_bytes(clip, kbps, fast=fast)
    xing = data[XING[channels] :]
    size = 144_000 * kbps // mp3.RATE
    frames = number(xing[8:12])
    delay, padding = number(xing[DELAYS]) >> 12, number(xing[DELAYS]) & 0xFFF
    assert frames * 1152 == delay + clip.frames + padding
    assert frames == len(frame_headers(data)) - 1
    assert 100 - number(xing[116:120]) == 40 + (mp3.FAST_QUALITY if fast else mp3.QUALITY)
    assert number(xing[12:16]) == number(xing[MUSIC_LENGTH]) == len(data)
    assert number(xing[MUSIC_CRC]) == slow_crc16(data[size:])
    assert list(xing[CONTENTS]) == sorted(xing[CONTENTS])
    info: Any = MP3(io.BytesIO(data)).info  # type: ignore[no-untyped-call]
    assert info.encoder_info == "LAME 3.100.0+"  # so mutagen spells what it knows nothing later of
    assert info.length == pytest.approx(duration_s(clip), abs=1e-6)


@given(st.binary(max_size=3000), st.integers(0, 3000))
def test_the_checksum_is_crc16_arc_in_one_go_or_two(data: bytes, cut: int) -> None:
    assert crc16(data) == slow_crc16(data)
    assert crc16(data[cut:], crc16(data[:cut])) == slow_crc16(data)
