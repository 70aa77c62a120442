"""The loudness target acx: a rendered file keeps ACX's rules, decoded and measured again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from paperledge_audio.sound.clip import Clip, cut
from paperledge_audio.verify import verify
from paperledge_audio.verify.sound import measure_noise_floor_dbfs, measure_windows
from tests.tone_show import SCRIPT, SHOW, VOICE

RATE = 44100


def decibels(rms: float) -> float:
    return float(20 * np.log10(rms))


@pytest.fixture
def acx_show(tmp_path: Path) -> Callable[[int, int], Path]:
    """show(channels, kbps) → the path of its script."""

    def make(channels: int, kbps: int) -> Path:
        scripts, voices = tmp_path / "scripts", tmp_path / "voices"
        scripts.mkdir()
        voices.mkdir()
        output = f'[output]\nloudness = "acx"\nchannels = {channels}\nbitrate_kbps = {kbps}\n'
        (scripts / "show.toml").write_text(f"{SHOW}\n{output}", "utf-8")
        (voices / "tone.toml").write_text(VOICE, "utf-8")
        script = scripts / "tones.md"
        script.write_text(SCRIPT, "utf-8")
        return script

    return make


@pytest.mark.parametrize("channels", [1, 2])
def test_a_rendered_file_keeps_the_rules_of_acx(
    channels: int,
    acx_show: Callable[[int, int], Path],
    paperledge: Callable[..., Any],
    tmp_path: Path,
) -> None:
    script = acx_show(channels, 192)
    assert paperledge("render", script, "-o", tmp_path / "out").code == 0
    mp3 = tmp_path / "out" / "tones" / "tones.mp3"
    samples, rate = soundfile.read(mp3, always_2d=True)
    rms = decibels(float(np.sqrt(np.mean(samples**2))))
    assert -23.0 <= rms <= -18.0
    assert rms == pytest.approx(-20.0, abs=0.1)
    assert decibels(float(np.abs(samples).max())) <= -3.0
    half = rate // 2
    quietest = min(
        float(np.sqrt(np.mean(samples[n : n + half] ** 2)))
        for n in range(0, len(samples) - half, rate // 100)
    )
    assert quietest <= 10 ** (-60 / 20)
    target = json.loads(mp3.with_suffix(".manifest.json").read_text("utf-8"))["loudness"]["target"]
    assert (target["rms_dbfs"], target["integrated_lufs"]) == (-20.0, None)
    found = {finding.name: finding for finding in verify(mp3).findings}
    assert found["noise floor"].ok
    assert found["loudness"].ok
    assert found["loudness"].detail == f"{rms:.1f} dB RMS, target -20 ± 2"


def test_a_bitrate_that_acx_refuses_stops_before_anything_is_spoken(
    acx_show: Callable[[int, int], Path], paperledge: Callable[..., Any], tmp_path: Path
) -> None:
    result = paperledge("render", acx_show(2, 128), "-o", tmp_path / "out")
    assert result.code == 2
    assert "acx asks for 192 kb/s or more, not 128" in result.err
    assert not (tmp_path / "out" / "tones").exists()


def test_the_noise_floor_is_the_quietest_half_second() -> None:
    # A square wave's RMS is its amplitude: -20 dB, with half a second of -66 dB from 1.23 s on.
    sides = np.where(np.arange(3 * RATE) % 100 < 50, 1.0, -1.0)
    sides *= 0.1
    start = RATE * 123 // 100
    sides[start : start + RATE // 2] *= 10 ** (-46 / 20)
    clip = Clip(sides.astype(np.float32), RATE)
    assert measure_noise_floor_dbfs(measure_windows(clip)) == pytest.approx(-66.0, abs=0.01)
    assert measure_noise_floor_dbfs(measure_windows(cut(clip, 0, 999))) == pytest.approx(-20.0)
