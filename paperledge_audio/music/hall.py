"""A hall for dry instruments: the exponentially decaying noise that a diffuse room answers with.

Moorer, "About this reverberation business" (Computer Music Journal 3/2, 1979) found that such
noise, decaying faster at high frequencies, is hard to tell from a good concert hall.
"""

from __future__ import annotations

import numpy as np

from paperledge_audio.sound.clip import Clip

# Octave-wide shares of the spectrum: up to this frequency (Hz), the time to fall by 60 dB (s).
DECAYS = ((250.0, 2.4), (1000.0, 2.7), (4000.0, 2.0), (9000.0, 1.1), (22050.0, 0.5))
BEFORE_S = 0.022
"""From the direct sound to the first of the hall."""
ONSET_S = 0.03
LENGTH_S = 3.2
SEED = 1979
WET_DB = -9.0
"""The hall's energy against the direct sound's."""


def impulse_response(rate: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """The hall without the direct sound, [frames, 2], each channel of unit energy."""
    count = round(LENGTH_S * rate)
    time = np.arange(count) / rate
    spectrum = np.fft.rfft(np.random.default_rng(SEED).normal(size=(count, 2)), axis=0)
    hertz = np.fft.rfftfreq(count, 1.0 / rate)
    out = np.zeros((count, 2))
    lowest = 0.0
    for highest, decay_s in DECAYS:
        inside = (hertz >= lowest) & (hertz < highest)
        band = np.fft.irfft(spectrum * inside[:, np.newaxis], count, axis=0)
        out += band * (10.0 ** (-3.0 * time / decay_s))[:, np.newaxis]
        lowest = highest
    out *= np.minimum(time / ONSET_S, 1.0)[:, np.newaxis]
    out *= np.minimum((LENGTH_S - time) / 0.3, 1.0)[:, np.newaxis]
    before = np.zeros((round(BEFORE_S * rate), 2))
    return np.concatenate([before, out / np.sqrt(np.square(out).sum(axis=0))])


def add_hall(dry: Clip) -> Clip:
    """The clip with the hall around it, as long as before."""
    from scipy.signal import oaconvolve  # noqa: PLC0415 - slow to import

    wet = oaconvolve(dry.samples.astype(np.float64), impulse_response(dry.rate), axes=0)
    mixed = dry.samples + 10.0 ** (WET_DB / 20.0) * wet[: dry.frames]
    return Clip(mixed.astype(np.float32), dry.rate)
