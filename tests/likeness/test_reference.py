"""Recordings: what is speech in them, and what is said about them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from paperledge_audio.errors import SoundError
from paperledge_audio.likeness.reference import (
    CLIP_S,
    MOST_CLIPS,
    NEAR,
    extract_speech,
    is_clipped,
    read_reference,
)
from paperledge_audio.sound.clip import Clip, duration_s
from paperledge_audio.verify.encoder.features import RATE


def words(
    seconds: float, *, pause: float = 0.0, floor: float = 1e-5, rate: int = RATE
) -> NDArray[np.float32]:
    """`seconds` of noise at about -20 dB, a pause after each, over a floor of noise."""
    draw = np.random.default_rng(1)
    parts = []
    for _ in range(round(seconds)):
        parts += [0.1 * draw.normal(size=rate), np.zeros(round(pause * rate))]
    samples = np.concatenate(parts)
    return (samples + floor * draw.normal(size=len(samples))).astype(np.float32)


def recorded(path: Path, samples: NDArray[np.float32], rate: int = RATE) -> Path:
    soundfile.write(path, samples, rate, subtype="FLOAT" if path.suffix == ".wav" else None)
    return path


def test_pauses_are_left_out_but_for_the_ends_of_words() -> None:
    spoken, above_db = extract_speech(words(6, pause=1.0))
    ends_s = 12 * NEAR / 100  # before and after each of six words, at most
    assert 6.0 <= len(spoken) / RATE <= 6.0 + ends_s
    assert above_db == pytest.approx(80, abs=3)  # 0.1 over 1e-5


def test_a_recording_has_the_median_of_its_pauses(tmp_path: Path) -> None:
    draw = np.random.default_rng(1)
    word = 0.1 * draw.normal(size=RATE)
    parts = [word]
    for pause in (0.05, 0.1, 0.3, 0.4, 0.9):  # the first two are within words
        parts += [np.zeros(round(pause * RATE)), word]
    file = recorded(tmp_path / "host.wav", np.concatenate(parts).astype(np.float32))
    assert read_reference([file]).pause_s == pytest.approx(0.4, abs=0.01)
    assert read_reference([recorded(tmp_path / "on.wav", words(6))]).pause_s == 0


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".mp3"])
def test_any_sound_file_of_any_rate_and_width_will_do(tmp_path: Path, suffix: str) -> None:
    stereo = np.repeat(words(26, pause=0.5, rate=44100)[:, None], 2, axis=1)
    reference = read_reference([recorded(tmp_path / f"host{suffix}", stereo, 44100)])
    assert 26.0 <= reference.speech_s < 36.0
    assert {(piece.rate, piece.channels) for piece in reference.clips} == {(RATE, 1)}
    assert all(abs(duration_s(piece) - CLIP_S) < CLIP_S / 2 for piece in reference.clips)
    assert reference.remarks == ()


def test_too_little_speech_is_one_line(tmp_path: Path) -> None:
    short = recorded(tmp_path / "short.wav", words(3, pause=5.0))
    with pytest.raises(
        SoundError, match=r"short\.wav: holds 3\.\d s of speech; record at least 5 s, better half"
    ):
        read_reference([short])
    silent = recorded(tmp_path / "silent.wav", np.zeros(20 * RATE, np.float32))
    with pytest.raises(SoundError, match=r"silent\.wav: holds 0\.0 s of speech"):
        read_reference([silent])
    with pytest.raises(SoundError, match=r"2 recordings: holds 3\.\d s"):
        read_reference([short, silent])


def test_several_recordings_count_together(tmp_path: Path) -> None:
    paths = [recorded(tmp_path / f"{n}.wav", words(3)) for n in range(2)]
    reference = read_reference(paths)
    assert reference.speech_s == pytest.approx(6.0, abs=0.1)
    assert reference.remarks == (
        "6 s of speech are little; the voice is nearer with half a minute",
    )


def test_of_a_long_recording_parts_are_heard_and_it_is_said(tmp_path: Path) -> None:
    reference = read_reference([recorded(tmp_path / "long.wav", words(150))])
    assert len(reference.clips) == MOST_CLIPS
    assert reference.remarks == ("60 s of 150 s of speech are used, evenly spread",)


def test_noise_and_clipping_are_remarked_on(tmp_path: Path) -> None:
    noisy = recorded(tmp_path / "noisy.wav", words(26, pause=0.5, floor=0.02))
    (remark,) = read_reference([noisy]).remarks
    # (0.1² + 0.02²) over 0.02² is 14 dB; the loudest blocks of 10 ms lie about 0.6 dB higher
    assert "noisy.wav: is noisy, the speech is 15 dB above" in remark
    loud = recorded(tmp_path / "loud.wav", np.clip(words(26) * 10, -1, 1))
    (remark,) = read_reference([loud]).remarks
    assert "loud.wav: is clipped" in remark


def test_clipped_is_cut_off_and_not_merely_loud() -> None:
    time = np.arange(RATE) / RATE
    sine = np.sin(2 * np.pi * 100 * time).astype(np.float32)
    assert not is_clipped(Clip(words(2), RATE))
    assert is_clipped(Clip(np.clip(sine * 2, -1, 1), RATE))
    assert not is_clipped(Clip(sine[:2], RATE))
