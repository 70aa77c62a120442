"""Any sound file becomes a clip; anything else becomes one clear line."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from paperledge_audio import soundfiles
from paperledge_audio.errors import MissingError, SoundError
from paperledge_audio.soundfiles import read_clip

FORMATS = {"wav": 1e-4, "flac": 1e-4, "ogg": 0.1, "mp3": 0.1}
"""Ending → the largest error: half a step of 16 bits, or what a lossy codec may do to a sine."""


def tone(rate: int, channels: int) -> np.ndarray:
    time = np.arange(rate)[:, np.newaxis] / rate
    return np.repeat(0.5 * np.sin(2 * np.pi * 440 * time), channels, axis=1)


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("rate", [22050, 44100, 48000])
@pytest.mark.parametrize("channels", [1, 2])
def test_what_libsndfile_reads(tmp_path: Path, ending: str, rate: int, channels: int) -> None:
    file = tmp_path / f"tone.{ending}"
    soundfile.write(file, tone(rate, channels), rate)
    clip = read_clip(file)
    assert (clip.rate, clip.channels) == (rate, channels)
    assert clip.frames == pytest.approx(rate, abs=0 if ending != "mp3" else 1)
    middle = slice(rate // 4, rate // 2)
    assert np.abs(clip.samples[middle] - tone(rate, channels)[middle]).max() < FORMATS[ending]


def test_other_formats_come_through_ffmpeg(tmp_path: Path, program: Callable[[str], str]) -> None:
    soundfile.write(tmp_path / "tone.wav", tone(44100, 2), 44100)
    subprocess.run(
        [program("ffmpeg"), "-v", "error", "-i", "tone.wav", "-b:a", "192k", "tone.m4a"],
        cwd=tmp_path,
        check=True,
    )
    clip = read_clip(tmp_path / "tone.m4a")
    assert (clip.rate, clip.channels) == (44100, 2)
    assert clip.duration_s == pytest.approx(1.0, abs=0.1)
    middle = clip.samples[10000:30000, 0]
    assert np.sqrt(np.mean(middle**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.05)


def test_a_missing_ffmpeg_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "music.m4a"
    file.write_bytes(b"not anything that libsndfile knows")
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(MissingError, match="this format needs ffmpeg; run: apt-get install ffmpeg"):
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
    for path in (empty, tmp_path, tmp_path / "none.wav"):
        with pytest.raises(SoundError, match="is empty or not a file"):
            read_clip(path)
    silent = tmp_path / "no-frames.wav"
    soundfile.write(silent, np.zeros((0, 1)), 44100)
    with pytest.raises(SoundError, match="holds no sound"):
        read_clip(silent)


def test_hours_of_music_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soundfiles, "LONGEST_S", 0.5)
    soundfile.write(tmp_path / "long.wav", tone(8000, 1), 8000)
    with pytest.raises(SoundError, match="minutes long; name a piece of at most an hour"):
        read_clip(tmp_path / "long.wav")
