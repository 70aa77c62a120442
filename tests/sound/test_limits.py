"""What is no music is refused before it is decoded: by its kind, its rate, its length."""

from __future__ import annotations

import os
import struct
import time
import tracemalloc
import warnings
from pathlib import Path
from typing import IO, Any

import numpy as np
import pytest
import soundfile

from paperledge_audio.errors import SoundError
from paperledge_audio.sound import ffmpeg
from paperledge_audio.sound.reading import limits, read_clip
from tests.sound.making import Program, encoded, sound


def claiming(file: Path, *, rate: int = 44100, size: int = 0, there: int = 0) -> Path:
    """A mono WAV of 16 bits whose header claims a rate and a size; the sound is a hole."""
    head = struct.pack(
        "<4sI8sIHHIIHH", b"RIFF", size + 36, b"WAVEfmt ", 16, 1, 1, rate, 2 * rate, 2, 16
    )
    file.write_bytes(head + struct.pack("<4sI", b"data", size))
    os.truncate(file, 44 + there)
    return file


@pytest.mark.parametrize("rate", [1, 8, 100, 3999, 384_001, 1_000_000])
def test_an_odd_rate_is_refused_by_its_header(tmp_path: Path, rate: int) -> None:
    file = claiming(tmp_path / "x.wav", rate=rate, size=2000, there=2000)
    line = rf"x\.wav: has {rate} samples a second; save it at 4000 to 384000 Hz, as 44100"
    with pytest.raises(SoundError, match=line):
        read_clip(file)


@pytest.mark.parametrize("rate", [4000, 8000, 192_000, 384_000])
def test_a_rate_within_the_limits_is_read(tmp_path: Path, rate: int) -> None:
    file = claiming(tmp_path / "x.wav", rate=rate, size=2000, there=2000)
    assert read_clip(file).rate == rate


def test_hours_of_music_are_refused_by_their_header(tmp_path: Path) -> None:
    two_hours = 2 * 3600 * 2 * 44100
    file = claiming(tmp_path / "x.wav", size=two_hours, there=two_hours)
    tracemalloc.start()
    with pytest.raises(SoundError, match=r"is longer than 30 minutes; name a piece of at most 30"):
        read_clip(file)
    assert tracemalloc.get_traced_memory()[1] < 1e6
    tracemalloc.stop()


def test_half_an_hour_is_not_too_long_and_a_sample_more_is() -> None:
    limits.check_header(1800 * 44100, 44100, 2)
    with pytest.raises(SoundError, match="longer than 30 minutes"):
        limits.check_header(1800 * 44100 + 1, 44100, 2)


def test_too_many_samples_for_the_memory_are_refused() -> None:
    limits.check_header(900 * 96000, 96000, 2)
    with pytest.raises(
        SoundError, match="more than 15 minutes in 2 channels at 96000 Hz, too much"
    ):
        limits.check_header(900 * 96000 + 1, 96000, 2)


def test_a_small_start_with_hours_behind_it_ends_early(
    tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "x.aac"
    second = encoded(program, sound(), "-c:a", "aac", "-f", "adts", "-")
    file.write_bytes(300 * second)  # no header says how long that is
    monkeypatch.setattr(limits, "LONGEST_S", 3)
    sizes: list[int] = []
    decode = ffmpeg.decode

    def watched(path: Path, to: IO[bytes], *arguments: Any) -> None:
        decode(path, to, *arguments)
        sizes.append(os.fstat(to.fileno()).st_size)

    monkeypatch.setattr(ffmpeg, "decode", watched)
    with pytest.raises(SoundError, match=r"x\.aac: is longer than 0\.05 minutes"):
        read_clip(file)
    assert 3 * 44100 * 4 < sizes[0] < 3.1 * 44100 * 4


def test_a_file_that_is_too_large_is_not_even_looked_at(tmp_path: Path) -> None:
    file = claiming(tmp_path / "x.wav", size=100, there=1_600_000_000)
    with pytest.raises(SoundError, match=r"x\.wav: is larger than 1500 MB; name a sound file"):
        read_clip(file)


@pytest.mark.parametrize("subtype", ["FLOAT", "DOUBLE"])
@pytest.mark.parametrize(
    ("value", "what"),
    [
        (np.nan, "holds samples that are not numbers"),
        (np.inf, "holds samples that are not numbers"),
        (-np.inf, "holds samples that are not numbers"),
        (1e30, "goes 600 dB beyond full scale"),
        (-32768.0, "goes 90 dB beyond full scale; save it again, so that full scale is 1"),
    ],
)
def test_samples_that_no_sound_has_are_refused(
    tmp_path: Path, subtype: str, value: float, what: str
) -> None:
    samples = np.zeros((200_000, 2))
    samples[150_000, 1] = value
    soundfile.write(tmp_path / "x.wav", samples, 44100, subtype=subtype)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(SoundError, match=rf"x\.wav: {what}"):
            read_clip(tmp_path / "x.wav")


def test_samples_a_little_beyond_full_scale_are_kept(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "x.wav", np.full((100, 1), -3.5), 44100, subtype="FLOAT")
    assert (read_clip(tmp_path / "x.wav").samples == -3.5).all()


ODD = {
    "XI": ("DPCM_16", 1, "XI (FastTracker 2)"),
    "SDS": ("PCM_16", 1, "SDS (Midi Sample Dump Standard)"),
    "MAT5": ("PCM_16", 2, "MAT5 (GNU Octave 2.1 / Matlab 5.0)"),
    "NIST": ("PCM_16", 2, "WAV (NIST Sphere)"),
    "VOC": ("PCM_16", 2, "VOC (Creative Labs)"),
}


@pytest.mark.parametrize("kind", ODD)
def test_a_kind_that_is_not_read_is_refused_by_its_name(tmp_path: Path, kind: str) -> None:
    subtype, channels, name = ODD[kind]
    file = tmp_path / f"x.{kind.lower()}"
    soundfile.write(file, sound(9000, channels), 44100, format=kind, subtype=subtype)
    with pytest.raises(SoundError) as caught:
        read_clip(file)
    assert str(caught.value) == (
        f"{file}: is {name}, which is not supported; save it as WAV, FLAC, Ogg or MP3"
    )


@pytest.mark.parametrize(
    ("kind", "subtype", "name"),
    [
        ("WAV", "GSM610", "GSM 6.10"),
        ("WAV", "G721_32", "32kbs G721 ADPCM"),
        ("AU", "G723_24", "24kbs G723 ADPCM"),
        ("AIFF", "DWVW_16", "16 bit DWVW"),
    ],
)
def test_an_encoding_that_is_not_read_is_refused_by_its_name(
    tmp_path: Path, kind: str, subtype: str, name: str
) -> None:
    file = tmp_path / "x"
    soundfile.write(file, sound(9000, 1), 8000, format=kind, subtype=subtype)
    with pytest.raises(SoundError, match=rf"x: holds {name}, which is not supported; save it as"):
        read_clip(file)


def test_a_files_ending_means_nothing(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "x.wav", sound(), 44100, subtype="PCM_24")
    for ending in ("raw", "xi", "mp3", "txt"):
        renamed = (tmp_path / "x.wav").rename(tmp_path / f"x.{ending}")
        assert np.array_equal(read_clip(renamed).samples, sound())
        renamed.rename(tmp_path / "x.wav")
    (tmp_path / "pure.raw").write_bytes(sound().tobytes())
    with pytest.raises(SoundError, match=r"pure\.raw: is not a sound file of a kind that is read"):
        read_clip(tmp_path / "pure.raw")


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    begun = time.monotonic()
    for name, place in (("pipe", "pipe"), ("device", "/dev/zero"), ("folder", str(tmp_path))):
        link = tmp_path / f"link-to-{name}"
        link.symlink_to(place)
        for path in (link, tmp_path / place):
            with pytest.raises(SoundError, match=rf"is a {name}, not a file; name a sound file"):
                read_clip(path)
    assert time.monotonic() - begun < 5
