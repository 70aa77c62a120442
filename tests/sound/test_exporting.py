"""A line in a file: its samples, its length, and the remark that it is ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from paperledge_audio.errors import MissingError
from paperledge_audio.sound.clip import Clip
from paperledge_audio.sound.exporting import LINE_FORMATS, export
from paperledge_audio.sound.reading import read_clip

RATE = 44100
REMARK = "Made by a test, for a test."
LINE = Clip(
    (0.25 * np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE)).astype(np.float32)[:, np.newaxis],
    RATE,
)


@pytest.mark.parametrize("suffix", LINE_FORMATS)
def test_a_line_comes_back_from_every_format(
    tmp_path: Path, suffix: str, program: Callable[[str], str]
) -> None:
    if LINE_FORMATS[suffix].codec:
        program("ffmpeg")
    file = tmp_path / f"line{suffix}"
    file.write_bytes(export(LINE, suffix, REMARK))
    assert REMARK.encode() in file.read_bytes()[:4096]
    back = read_clip(file)
    assert (back.rate, back.channels) == (RATE, 1)
    assert LINE.frames <= back.frames <= LINE.frames + 2 * 1152  # a codec fills its frames
    wrong = back.samples[: LINE.frames] - LINE.samples
    if suffix in {".wav", ".flac"}:
        assert np.abs(wrong).max() <= 1 / 32768  # libsndfile cuts to 16 bits
    else:
        tone = np.abs(np.fft.rfft(back.samples[:RATE, 0])).argmax()
        assert tone == 440


@pytest.mark.parametrize("suffix", [".mp3", ".m4a"])
def test_ffmpeg_writes_the_same_bytes_again(suffix: str, program: Callable[[str], str]) -> None:
    program("ffmpeg")
    assert export(LINE, suffix, REMARK) == export(LINE, suffix, REMARK)


def test_a_missing_ffmpeg_is_named_with_the_command_that_adds_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingError, match="writing M4A needs ffmpeg"):
        export(LINE, ".m4a", REMARK)
