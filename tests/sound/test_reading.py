"""Any sound file becomes a clip; anything else becomes one clear line."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from paperledge_audio.errors import MissingError, SoundError
from paperledge_audio.sound.clip import duration_s
from paperledge_audio.sound.reading import read_clip

FORMATS = {"wav": 1e-4, "flac": 1e-4, "ogg": 0.1, "mp3": 0.1, "m4a": 0.1}
"""Ending → the largest error: half a step of 16 bits, or what a lossy codec may do to a sine."""


def tone(rate: int, channels: int) -> np.ndarray:
    time = np.arange(rate)[:, np.newaxis] / rate
    return np.repeat(0.5 * np.sin(2 * np.pi * 440 * time), channels, axis=1)


def write(program: Callable[[str], str], file: Path, rate: int, channels: int) -> None:
    """A second of a tone; ffmpeg writes what libsndfile can't."""
    if file.suffix != ".m4a":
        soundfile.write(file, tone(rate, channels), rate)
        return
    wav = file.with_suffix(".wav")
    soundfile.write(wav, tone(rate, channels), rate)
    options = ["-b:a", "192k", "-movflags", "+faststart"]
    subprocess.run([program("ffmpeg"), "-v", "error", "-i", wav, *options, file], check=True)


@pytest.mark.parametrize(
    ("ending", "rate"),
    [
        (ending, rate)
        for ending in FORMATS
        for rate in (22050, 44100, 48000, 96000)
        if (ending, rate) != ("mp3", 96000)  # MP3 ends at 48 kHz
    ],
)
@pytest.mark.parametrize("channels", [1, 2])
def test_music_of_any_format_rate_and_channels(
    tmp_path: Path, ending: str, rate: int, channels: int, program: Callable[[str], str]
) -> None:
    file = tmp_path / f"tone.{ending}"
    write(program, file, rate, channels)
    clip = read_clip(file)
    assert (clip.rate, clip.channels, clip.frames) == (rate, channels, rate)
    middle = slice(rate // 4, rate // 2)
    assert np.abs(clip.samples[middle] - tone(rate, channels)[middle]).max() < FORMATS[ending]


def test_a_format_that_counts_in_milliseconds_is_read_as_far_as_it_goes(
    tmp_path: Path, program: Callable[[str], str]
) -> None:
    soundfile.write(tmp_path / "x.wav", tone(44100, 1), 44100)
    subprocess.run(
        [program("ffmpeg"), "-v", "error", "-i", tmp_path / "x.wav", tmp_path / "x.wma"], check=True
    )
    assert duration_s(read_clip(tmp_path / "x.wma")) == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("data", [b"\0" * 5000, bytes(range(256)) * 20, b"OggS", b"RIFF", b"fLaC"])
def test_what_is_no_sound_is_one_line(
    tmp_path: Path, ending: str, data: bytes, program: Callable[[str], str]
) -> None:
    program("ffprobe")
    file = tmp_path / f"noise.{ending}"
    file.write_bytes(data)
    with pytest.raises(SoundError) as caught:
        read_clip(file)
    assert str(caught.value).startswith(f"{file}: ")
    assert "\n" not in str(caught.value)


def test_a_missing_ffmpeg_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "music.m4a"
    file.write_bytes(b"\0\0\0\x10ftypM4A \0\0\0\0")
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(MissingError, match=r"reading it needs ffprobe; run: .+ install ffmpeg"):
        read_clip(file)


def test_what_is_not_sound_is_refused(tmp_path: Path, program: Callable[[str], str]) -> None:
    program("ffmpeg")
    text = tmp_path / "text.wav"
    text.write_text("This is no sound at all, however long it may be. " * 50)
    with pytest.raises(SoundError, match="is not a sound file"):
        read_clip(text)


def test_nothing_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.wav"
    empty.write_bytes(b"")
    with pytest.raises(SoundError, match=r"empty\.wav: is empty; name another file"):
        read_clip(empty)
    silent = tmp_path / "no-frames.wav"
    soundfile.write(silent, np.zeros((0, 1)), 44100)
    with pytest.raises(SoundError, match="holds no sound"):
        read_clip(silent)


@pytest.mark.parametrize("name", ["take:1.m4a", "concat:x|y.m4a", "-i.m4a"])
def test_the_name_of_a_file_is_never_an_address_or_an_option_to_ffmpeg(
    tmp_path: Path,
    program: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    write(program, tmp_path / "x.m4a", 44100, 1)
    (tmp_path / "x.m4a").rename(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert read_clip(Path(name)).frames == 44100


def test_a_playlist_is_no_sound_whatever_it_names(
    tmp_path: Path, program: Callable[[str], str]
) -> None:
    soundfile.write(tmp_path / "elsewhere.wav", tone(44100, 1), 44100)
    for text in (
        "ffconcat version 1.0\nfile elsewhere.wav\nduration 1.0\n",
        f"#EXTM3U\n#EXTINF:1,\nfile://{tmp_path}/elsewhere.wav\n#EXT-X-ENDLIST\n",
    ):
        (tmp_path / "intro.m4a").write_text(text)
        with pytest.raises(SoundError, match="is not a sound file of a kind that is read"):
            read_clip(tmp_path / "intro.m4a")
