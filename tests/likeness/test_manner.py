"""Pitch, range and rate of sounds whose own are known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from paperledge_audio.engines import open_engine
from paperledge_audio.likeness.lines import PROOF
from paperledge_audio.likeness.manner import count_syllables, measure_manner, sounds_like_speech
from paperledge_audio.sound.clip import Clip
from paperledge_audio.voices.finding import stock_voice
from tests.likeness.babble import babble
from tests.samples import plain_segment

RATE = 16000


def voiced(f0: np.ndarray[tuple[int], np.dtype[np.float64]], level: float = 0.1) -> Clip:
    """Ten harmonics of a fundamental that follows `f0`, one value a sample."""
    phase = 2 * np.pi * np.cumsum(f0) / RATE
    wave = sum(np.sin(n * phase) / n for n in range(1, 11))
    return Clip((level * np.asarray(wave)).astype(np.float32).reshape(-1, 1), RATE)


@pytest.mark.parametrize("hz", [80.0, 120.0, 230.0])
def test_a_steady_voice_has_its_pitch_and_no_range(hz: float) -> None:
    found = measure_manner([voiced(np.full(RATE, hz))])
    assert found.pitch_hz == pytest.approx(hz, rel=0.005)
    assert found.range_st == pytest.approx(0, abs=0.1)
    assert found.jumps == 0
    assert found.voiced > 0.9


def test_a_glide_of_an_octave_has_eight_tenths_of_it_between_its_tenths() -> None:
    glide = 100 * 2 ** np.linspace(0, 1, 2 * RATE)
    found = measure_manner([voiced(glide)])
    assert found.range_st == pytest.approx(0.8 * 12, abs=0.3)
    assert found.pitch_hz == pytest.approx(100 * 2**0.5, rel=0.02)


def test_a_voice_that_breaks_jumps() -> None:
    breaking = np.repeat([100.0, 200.0] * 5, RATE // 5)
    assert measure_manner([voiced(breaking)]).jumps == pytest.approx(9 / 200, abs=0.02)


def test_noise_and_silence_have_no_voice() -> None:
    noise = np.random.default_rng(1).normal(size=(RATE, 1)).astype(np.float32) * 0.1
    assert measure_manner([Clip(noise, RATE)]).voiced < 0.05
    silence = measure_manner([Clip(np.zeros((RATE, 1), np.float32), RATE)])
    assert (silence.pitch_hz, silence.voiced, silence.rate) == (0, 0, 0)


@pytest.mark.parametrize("a_second", [3, 5, 7])
def test_syllables_are_the_swells_of_the_level(a_second: int) -> None:
    times = np.arange(4 * RATE) / RATE
    swell = np.sin(np.pi * a_second * times) ** 2
    clip = voiced(np.full(len(times), 120.0))
    clip = Clip((clip.samples[:, 0] * swell).astype(np.float32).reshape(-1, 1), RATE)
    assert count_syllables(clip) == 4 * a_second
    assert measure_manner([clip]).rate == pytest.approx(a_second)


def test_a_quiet_breath_is_no_syllable() -> None:
    times = np.arange(RATE) / RATE
    swell = np.where(times < 0.5, 1.0, 0.01) * np.sin(2 * np.pi * times) ** 2
    clip = voiced(np.full(RATE, 120.0))
    assert count_syllables(Clip((clip.samples * swell[:, None]).astype(np.float32), RATE)) == 1


TIMES = np.arange(8 * RATE) / RATE
DRAW = np.random.default_rng(1)
BEATEN = np.sin(2 * np.pi * 2 * TIMES) ** 2
"""Four beats a second, as speech has syllables."""


def chord(*pitches_hz: float) -> NDArray[np.float64]:
    return np.asarray(sum(np.sin(2 * np.pi * hz * TIMES) for hz in pitches_hz))


NO_SPEECH = {
    "a sine": chord(220),
    "a sine in beats": chord(220) * BEATEN,
    "a hum": chord(50, 100, 150, 200),
    "a chord in beats": chord(220, 277.2, 329.6) * BEATEN,
    "a sweep": np.sin(2 * np.pi * (100 * TIMES + 240 * TIMES**2)),
    "a siren": np.sin(200 * np.sin(np.pi * TIMES) + 2 * np.pi * 400 * TIMES),
    "noise": DRAW.normal(size=len(TIMES)),
    "noise in beats": DRAW.normal(size=len(TIMES)) * BEATEN,
    "clicks": (np.arange(len(TIMES)) % 4000 == 0).astype(float),
}


@pytest.mark.parametrize("sound", NO_SPEECH.values(), ids=NO_SPEECH)
def test_what_nobody_says_does_not_sound_like_speech(sound: NDArray[np.float64]) -> None:
    assert not sounds_like_speech([Clip((0.1 * sound).astype(np.float32), RATE)])


def test_what_moves_and_has_syllables_sounds_like_speech() -> None:
    assert sounds_like_speech([Clip(babble(8), RATE)])


@pytest.mark.model
@pytest.mark.parametrize("engine", ["hibari", "kokoro"])
def test_speech_sounds_like_speech(engine: str) -> None:
    take = open_engine(engine).speak(plain_segment(PROOF[0]), stock_voice("af_heart"))
    assert sounds_like_speech([take.clip])
