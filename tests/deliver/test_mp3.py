"""MP3: constant bitrate, exact length, the same bytes every time."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mutagen.mp3 import MP3, BitrateMode
from numpy.typing import NDArray

from paperledge_audio import units
from paperledge_audio.deliver.encode import mp3, mp3header
from paperledge_audio.deliver.encode.settings import EncoderSettings
from paperledge_audio.errors import DeliveryError, SoundError
from paperledge_audio.sound.clip import BLOCK, Clip, read_blocks, silence
from tests.deliver.making import speechlike

FRAME = 1152
"""Samples in a frame of MPEG-1 Layer III (ISO 11172-3)."""

ROUNDING = 2.0**-23
"""The decoder's last bit: in mono it depends on where a read begins in a frame."""


@pytest.mark.parametrize("frames", [1, 2, 575, FRAME - 1, FRAME, FRAME + 1, 44100, 100_003])
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("fast", [False, True])
def test_the_decoded_file_is_exactly_as_long_as_the_clip(
    frames: int, channels: int, fast: bool
) -> None:
    clip = speechlike(frames, channels)
    heard = mp3.decode(mp3.encode_bytes(clip, 128, fast=fast))
    assert (heard.frames, heard.channels, heard.rate) == (frames, channels, mp3.RATE)


@given(st.integers(1, 60 * FRAME), st.sampled_from([64, 128, 192]))
@settings(max_examples=20)
def test_every_length_is_exact(frames: int, kbps: int) -> None:
    data = mp3.encode_bytes(speechlike(frames), kbps)
    assert mp3.decode(data).frames == frames


@pytest.mark.parametrize("kbps", mp3.ATTENUATION_DB)
@pytest.mark.parametrize("channels", [1, 2])
def test_every_rate_is_constant_and_has_the_length_header(kbps: int, channels: int) -> None:
    clip = speechlike(FRAME * 40, channels)
    data = mp3.encode_bytes(clip, kbps)
    info: Any = MP3(io.BytesIO(data)).info  # type: ignore[no-untyped-call]
    assert info.bitrate_mode == BitrateMode.CBR
    assert info.sample_rate == mp3.RATE
    assert info.encoder_info.startswith(mp3.ENCODER)
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
@pytest.mark.parametrize("fast", [False, True])
def test_the_table_of_attenuations_is_right_for_speech_in_the_middle(kbps: int, fast: bool) -> None:
    mono = speechlike(44100 * 3, 1).samples
    clip = Clip(np.repeat(mono, 2, axis=1), mp3.RATE)
    heard = mp3.decode(mp3.encode_bytes(clip, kbps, fast=fast))
    lost = units.decibels(float(np.std(clip.samples))) - units.decibels(
        float(np.std(heard.samples))
    )
    assert lost == pytest.approx(mp3.ATTENUATION_DB[kbps], abs=0.06)


def test_the_encoder_is_the_one_that_is_named() -> None:
    data = mp3.encode_bytes(silence(FRAME * 8, mp3.RATE), 128)
    music = data[144_000 * 128 // mp3.RATE :]
    # LAME stuffs frames that have no use for their bytes with its own name.
    assert mp3header.VERSION.encode() in music
    assert mp3.ENCODER.replace(" ", "") == mp3header.VERSION


def test_the_same_clip_gives_the_same_bytes() -> None:
    clip = speechlike(50_000)
    assert mp3.encode_bytes(clip, 96) == mp3.encode_bytes(clip, 96)


def test_a_fast_file_is_nearly_as_good_as_one_that_takes_its_time() -> None:
    clip = speechlike(mp3.RATE * 2)
    noise_db = []
    for fast in (False, True):
        heard = mp3.decode(mp3.encode_bytes(clip, 128, fast=fast)).samples
        wrong = heard * np.float32(units.gain(mp3.ATTENUATION_DB[128])) - clip.samples
        noise_db.append(units.decibels(float(np.std(wrong) / np.std(clip.samples))))
    assert max(noise_db) < -25
    assert abs(noise_db[1] - noise_db[0]) < 1


@dataclass(frozen=True, slots=True)
class Hum:
    """A sound of any length that takes no memory, and notes what is read of it."""

    frames: int
    reads: list[tuple[int, int]]
    rate: int = mp3.RATE
    channels: int = 1

    def read(self, start: int, end: int) -> NDArray[np.float32]:
        self.reads.append((start, end))
        hum: NDArray[np.float64] = 0.3 * np.sin(0.01 * np.arange(start, end))
        return hum.astype(np.float32)[:, np.newaxis]


def test_a_sound_is_read_once_in_order_and_written_a_block_at_a_time(tmp_path: Path) -> None:
    sound = Hum(40 * BLOCK + 5, [])
    tracemalloc.start()
    mp3.encode(sound, tmp_path / "x.mp3", EncoderSettings(64))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    starts, ends = zip(*sound.reads, strict=True)
    assert starts == (0, *ends[:-1])
    assert ends[-1] == sound.frames
    assert max(end - start for start, end in sound.reads) <= BLOCK
    assert peak < 4 * sound.frames  # bytes: less than the sound itself, however long that is


def test_a_voice_in_the_middle_gains_from_every_bit_of_a_higher_rate() -> None:
    """Joint stereo at every rate: with plain stereo, 160 kb/s would be worse than 128."""
    mono = speechlike(mp3.RATE * 2, 1).samples
    clip = Clip(np.repeat(mono, 2, axis=1), mp3.RATE)
    noise = []
    for kbps, softer_db in mp3.ATTENUATION_DB.items():
        heard = mp3.decode(mp3.encode_bytes(clip, kbps)).samples * np.float32(units.gain(softer_db))
        noise.append(float(np.std(heard - clip.samples)))
    assert noise == sorted(noise, reverse=True)


def test_sixteen_bits_reach_full_scale_and_no_further() -> None:
    clip = silence(FRAME * 4, mp3.RATE)
    for level in (1.0, -1.0):
        assert mp3.decode(mp3.encode_bytes(Clip(clip.samples + level, mp3.RATE), 320)).peak > 0.9
    with pytest.raises(DeliveryError, match="beyond full scale"):
        mp3.encode_bytes(Clip(clip.samples + np.float32(1.001), mp3.RATE), 320)


@pytest.mark.parametrize(
    ("clip", "what"), [(silence(100, 48000), "48000 Hz"), (silence(0, 44100), "0 frames")]
)
def test_what_can_not_be_encoded_is_refused(clip: Clip, what: str) -> None:
    with pytest.raises(DeliveryError, match=what):
        mp3.encode_bytes(clip, 128)


def test_what_is_not_an_mp3_is_refused() -> None:
    with pytest.raises(SoundError, match=r"x\.mp3: is not MP3"):
        mp3.decode(b"no sound at all" * 100, path=Path("x.mp3"))


@pytest.mark.parametrize(("kbps", "channels"), [(64, 1), (128, 2), (320, 2)])
def test_decoding_piece_by_piece_is_decoding(kbps: int, channels: int) -> None:
    data = mp3.encode_bytes(speechlike(150_001, channels), kbps)
    whole = mp3.decode(data)
    with mp3.open_sound(data) as pieces:
        assert (pieces.rate, pieces.channels, pieces.frames) == (mp3.RATE, channels, 150_001)
        in_order = np.concatenate(list(read_blocks(pieces, 10_007)))
        assert np.abs(in_order - whole.samples).max() <= ROUNDING
        assert pieces.read(150_001, 150_001).shape == (0, channels)


@example([(0, 4656), (1199, 1200)])  # libsndfile's seek gives other samples here
@given(st.lists(st.tuples(st.integers(0, 150_001), st.integers(0, 150_001)), max_size=8))
@settings(max_examples=20)
def test_a_read_anywhere_is_exact(places: list[tuple[int, int]]) -> None:
    data, whole = jumping()
    with mp3.open_sound(data) as pieces:
        for place in places:
            start, end = sorted(place)
            wrong = np.abs(pieces.read(start, end) - whole.samples[start:end])
            assert wrong.max(initial=0.0) <= ROUNDING


@cache
def jumping() -> tuple[bytes, Clip]:
    """At the lowest rate, whose frames lean on the most frames before them."""
    data = mp3.encode_bytes(speechlike(150_001, 2), 64)
    return data, mp3.decode(data)


def test_a_file_that_is_cut_short_says_so() -> None:
    data = mp3.encode_bytes(speechlike(150_001), 128)
    with pytest.raises(SoundError, match=r"x\.mp3: ends before its time"):
        mp3.decode(data[: len(data) // 2], path=Path("x.mp3"))


@pytest.mark.parametrize(("channels", "kbps"), [(1, 64), (2, 128), (2, 192)])
def test_mp3val_and_ffmpeg_find_nothing_wrong(
    channels: int, kbps: int, program: Callable[[str], str], tmp_path: Path
) -> None:
    clip = speechlike(44100 * 2 + 7, channels)
    file = tmp_path / "x.mp3"
    file.write_bytes(mp3.encode_bytes(clip, kbps))
    said = subprocess.run(
        [program("mp3val"), file], capture_output=True, text=True, check=True
    ).stdout
    problems = [line for line in said.splitlines() if "WARNING" in line and "tags" not in line]
    assert problems == []
    assert "CBR" in said
    raw = subprocess.run(
        [program("ffmpeg"), "-v", "error", "-i", file, "-f", "s16le", "-"],
        capture_output=True,
        check=True,
    )
    assert raw.stderr == b""
    assert len(raw.stdout) == clip.frames * clip.channels * 2
    probe = [program("ffprobe"), "-v", "error", "-of", "json", "-show_packets", "-show_streams"]
    shown = json.loads(subprocess.run([*probe, file], capture_output=True, check=True).stdout)
    assert shown["streams"][0]["bit_rate"] == str(kbps * 1000)
    sizes = {int(packet["size"]) for packet in shown["packets"]}
    assert max(sizes) - min(sizes) <= 1
