"""The chunks of a WAV, where they lie and how long they are."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from paperledge_audio.errors import SoundError
from paperledge_audio.sound.reading import read_clip
from paperledge_audio.sound.reading.chunks import RIFF, RIFX, Chunk
from paperledge_audio.sound.reading.stored import Stored

FRAMES = 1000
KINDS = [
    pytest.param("WAV", "LITTLE", id="RIFF"),
    pytest.param("WAV", "BIG", id="RIFX"),
    pytest.param("WAVEX", "LITTLE", id="extensible"),
    pytest.param("RF64", "LITTLE", id="RF64"),
]


def chunks(path: Path) -> list[Chunk]:
    with path.open("rb") as file:
        stored = Stored(file, path.stat().st_size)
        layout = RIFX if stored.read_at(0, 4) == b"RIFX" else RIFF
        return list(layout.chunks(stored, layout.first))


def ramp(file: Path, kind: str, endian: str) -> Path:
    """A sound whose samples count up, as 16 bits."""
    steps = np.arange(FRAMES, dtype=np.int16)
    soundfile.write(file, steps, 8000, "PCM_16", endian=endian, format=kind)
    return file


@pytest.mark.parametrize(("kind", "endian"), KINDS)
def test_the_samples_lie_where_the_data_chunk_is_said_to_be(
    kind: str, endian: str, tmp_path: Path
) -> None:
    file = ramp(tmp_path / "x.wav", kind, endian)
    found = {chunk.name: chunk for chunk in chunks(file)}
    data = found[b"data"]
    assert data.size == 2 * FRAMES
    read = file.read_bytes()[data.place : data.place + data.size]
    order = ">" if endian == "BIG" else "<"
    assert list(np.frombuffer(read, f"{order}i2")) == list(range(FRAMES))
    (channels,) = struct.unpack_from(f"{order}H", file.read_bytes(), found[b"fmt "].place + 2)
    assert channels == 1


@pytest.mark.parametrize(("kind", "endian"), KINDS)
def test_what_was_cut_off_is_never_read_as_if_it_were_whole(
    kind: str, endian: str, tmp_path: Path
) -> None:
    file = ramp(tmp_path / "x.wav", kind, endian)
    assert read_clip(file).frames == FRAMES
    file.write_bytes(file.read_bytes()[:-600])
    with pytest.raises(SoundError, match=r"x\.wav: ends before its time"):
        read_clip(file)


def test_a_chunk_of_odd_length_is_followed_by_one_byte(tmp_path: Path) -> None:
    file = tmp_path / "x.wav"
    data = b"odd " + struct.pack("<I", 3) + b"abc\0" + b"even" + struct.pack("<I", 2) + b"de"
    file.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(data)) + b"WAVE" + data)
    assert chunks(file) == [Chunk(b"odd ", 20, 3), Chunk(b"even", 32, 2)]


def test_a_length_that_nobody_knows_stays_unknown(tmp_path: Path) -> None:
    file = tmp_path / "x.wav"
    file.write_bytes(b"RIFF\xff\xff\xff\xffWAVEdata\xff\xff\xff\xff" + bytes(100))
    assert chunks(file) == [Chunk(b"data", 20, 0xFFFFFFFF)]
