"""The voice chain as algebra: what each part leaves alone, and what it does to the rest."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from paperledge_audio import units
from paperledge_audio.mix.voicechain import (
    SIBILANT_HZ,
    TURN_HZ,
    TURNS,
    apply_chain,
    apply_filters,
    compress,
    deess,
)
from paperledge_audio.show.model import VoiceChain
from paperledge_audio.sound.clip import Clip, amplify, cut, silence
from paperledge_audio.sound.measuring.filters import all_pass, high_pass
from paperledge_audio.sound.measuring.meter import measure_loudness
from tests.sounds import NOTHING

MakeTone = Callable[..., Clip]
RATE = 24000

PARTS: dict[str, dict[str, Any]] = {
    "even_peaks": {"even_peaks": True},
    "high_pass": {"high_pass_hz": 80.0},
    "deess": {"deess_db": 6.0},
    "compression": {"compression_ratio": 3.0},
}
CHAINS = {name: dataclasses.replace(NOTHING, **part) for name, part in PARTS.items()} | {
    "all": dataclasses.replace(NOTHING, **{k: v for p in PARTS.values() for k, v in p.items()})
}
every_chain = pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS.keys())


@lru_cache
def voice(seconds: float = 2.0, *, f0: float = 180.0, sibilants: float = 0.05) -> Clip:
    """Pulses of a larynx in syllables, with a hiss between them; faded in and out."""
    time = np.arange(round(seconds * RATE)) / RATE
    pulses = np.exp(-((time * f0) % 1.0) * 8.0) - 0.12
    syllables = np.sin(np.pi * 3.0 * time) ** 2
    hiss = np.diff(np.random.default_rng(8).normal(0.0, 1.0, len(time) + 1))
    wave = 0.3 * pulses * syllables + sibilants * hiss * (1.0 - syllables) ** 4
    edges = np.minimum(1.0, np.minimum(time, time[::-1]) / 0.01)
    return Clip((wave * edges).astype(np.float32), RATE)


@every_chain
def test_length_rate_and_silence_stay(chain: VoiceChain) -> None:
    for frames in (0, 1, 31, 500, RATE + 3):
        out = apply_chain(silence(frames, RATE), chain)
        assert (out.frames, out.rate, out.channels) == (frames, RATE, 1)
        assert out.peak == 0.0
    assert apply_chain(voice(), chain).frames == voice().frames


@every_chain
@settings(max_examples=5)
@given(db=st.floats(-20.0, 12.0))
def test_a_softer_take_comes_out_the_same_but_softer(chain: VoiceChain, db: float) -> None:
    # Thresholds follow the take's loudness, so the chain and a gain can change places.
    one = apply_chain(amplify(voice(), db), chain)
    other = amplify(apply_chain(voice(), chain), db)
    assert one.samples == pytest.approx(other.samples, abs=1e-5 * units.gain(db))


@every_chain
def test_the_same_again_is_the_same_to_the_bit(chain: VoiceChain) -> None:
    first, again = apply_chain(voice(), chain), apply_chain(voice(), chain)
    assert np.array_equal(first.samples, again.samples)


@every_chain
def test_the_edges_stay_without_a_step(chain: VoiceChain) -> None:
    # The clip fades over 10 ms; what rings on after that is far below it.
    out = apply_chain(voice(), chain)
    assert abs(float(out.samples[0, 0])) < 1e-3 * out.peak
    assert abs(float(out.samples[-1, 0])) < 0.02 * out.peak


def test_a_chain_that_does_nothing_returns_the_clip_itself() -> None:
    clip = voice()
    assert apply_chain(clip, NOTHING) is clip


def test_filters_are_linear() -> None:
    sections = [high_pass(80.0, RATE), *[all_pass(400.0, RATE)] * 4]
    one, two = voice(), voice(f0=97.0)
    sum_first = apply_filters(Clip(one.samples + 2 * two.samples, RATE), sections)
    sum_last = apply_filters(one, sections).samples + 2 * apply_filters(two, sections).samples
    assert sum_first.samples == pytest.approx(sum_last, abs=1e-5)


def test_an_impulse_through_the_filters_has_their_transfer_function() -> None:
    chain = dataclasses.replace(NOTHING, high_pass_hz=80.0, even_peaks=True)
    impulse = np.zeros(RATE, np.float32)
    impulse[0] = 1.0
    spectrum = np.fft.rfft(apply_chain(Clip(impulse, RATE), chain).samples[:, 0])
    for hz in (20, 80, 200, 400, 1000, 9000):
        expected = high_pass(80.0, RATE).response(hz, RATE)
        expected *= all_pass(TURN_HZ, RATE).response(hz, RATE) ** TURNS
        assert spectrum[hz] == pytest.approx(expected, abs=1e-4)  # a second: one bin a hertz


def test_even_peaks_lower_the_peaks_of_a_voice_and_keep_its_loudness() -> None:
    # Partials that all peak at once: as high as a wave with their powers can be.
    time = np.arange(2 * RATE) / RATE
    wave = sum(np.cos(2 * np.pi * 180.0 * n * time) / n for n in range(1, 13))
    clip = Clip((0.1 * np.asarray(wave)).astype(np.float32), RATE)
    out = apply_chain(clip, CHAINS["even_peaks"])
    before, after = measure_loudness(clip), measure_loudness(out)
    assert after.integrated_lufs == pytest.approx(before.integrated_lufs, abs=0.05)
    assert after.true_peak_dbtp < before.true_peak_dbtp - 2.0


def test_below_the_threshold_compression_leaves_every_bit() -> None:
    clip = voice()
    over_db = units.decibels(clip.peak) - measure_loudness(clip).integrated_lufs
    out = compress(clip, 4.0, over_db + 3.1)  # half the knee of 6 dB, and a little
    assert np.array_equal(out.samples, clip.samples)


def test_compression_brings_peaks_nearer_to_the_loudness(make_tone: MakeTone) -> None:
    soft, loud = make_tone(300.0, 2.0, 0.05, rate=RATE), make_tone(300.0, 0.2, 0.5, rate=RATE)
    clip = Clip(np.concatenate([soft.samples, loud.samples, soft.samples]), RATE)
    out = compress(clip, 3.0, 0.0)
    inside = cut(out, soft.frames + RATE // 10, soft.frames + loud.frames)
    # The peak of -6.02 dB is (-6.02 - L) dB over the threshold, of which a third remains.
    expected = (
        measure_loudness(clip).integrated_lufs
        + (-6.02 - measure_loudness(clip).integrated_lufs) / 3
    )
    assert units.decibels(inside.peak) == pytest.approx(expected, abs=0.1)


def test_without_sibilants_the_deesser_leaves_every_bit(make_tone: MakeTone) -> None:
    vowel = make_tone(400.0, 1.0, 0.3, rate=RATE)
    assert np.array_equal(deess(vowel, 6.0).samples, vowel.samples)


def test_sibilants_are_softened_by_no_more_than_asked() -> None:
    time = np.arange(5 * RATE) / RATE
    vowel = 0.05 * np.sin(2 * np.pi * 300.0 * time)
    hiss = np.where((time > 2.5) & (time < 2.6), 0.2 * np.sin(2 * np.pi * 8000.0 * time), 0.0)
    clip = Clip((vowel + hiss).astype(np.float32), RATE)
    out = deess(clip, 6.0)
    spectra = [
        np.abs(np.fft.rfft(c.samples[RATE * 254 // 100 : RATE * 259 // 100, 0]))
        for c in (clip, out)
    ]
    at_hiss, at_vowel = 400, 15  # bins of 20 Hz
    # 1 - (1 - g)·H with H the high pass's response at 8 kHz and g = -6 dB.
    g, response = units.gain(-6.0), high_pass(SIBILANT_HZ, RATE).response(8000.0, RATE)
    expected = abs(1 - (1 - g) * response)
    assert spectra[1][at_hiss] / spectra[0][at_hiss] == pytest.approx(expected, abs=0.02)
    assert spectra[1][at_vowel] == pytest.approx(spectra[0][at_vowel], rel=0.03)


def test_a_take_without_loudness_passes_the_dynamics_untouched() -> None:
    short = cut(voice(), 2000, 4000)  # under 400 ms
    assert measure_loudness(short).integrated_lufs == -math.inf
    assert np.array_equal(compress(short, 8.0, 0.0).samples, short.samples)
    assert np.array_equal(deess(short, 12.0).samples, short.samples)
