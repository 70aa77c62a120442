"""The voice chain, applied to each take before it is mixed: pure functions, Clip → Clip.

Lengths don't change, so marks and words stay valid. Thresholds are relative to the take's own
loudness, so the chain treats soft and loud takes alike.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.mix import dynamics
from paperledge_audio.mix.dynamics import Ballistics, Curve
from paperledge_audio.sound.clip import Clip
from paperledge_audio.sound.measuring.filters import Biquad, Cascade, all_pass, high_pass
from paperledge_audio.sound.measuring.meter import integrated_lufs, measure_powers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from paperledge_audio.show.model import VoiceChain

TURN_HZ = 600.0
TURNS = 4
"""Broadcast's phase rotator: all-pass sections amid the range of a voice's strong partials.

A larynx, and more so a vocoder, sends them out with their peaks together. How high a wave peaks is
a matter of its phases (M. R. Schroeder, "Synthesis of low-peak-factor signals and binary sequences
with low autocorrelation", IEEE Trans. Inf. Theory 16, 1970), and these are hardly heard. From
500 Hz to 800 Hz it makes little difference where they turn; they delay by 3.6 ms at most.
"""

SIBILANT_HZ = 5000.0
"""The energy of s and sh lies above it, that of vowels below."""
SIBILANT_LU = 3.0
SIBILANT_RATIO = 4.0
SIBILANT_KNEE_DB = 4.0
SIBILANT_BALLISTICS = Ballistics(0.001, 0.03)
"""Quick: a sibilant lasts from 50 ms to 150 ms."""

KNEE_DB = 6.0
BALLISTICS = Ballistics(0.005, 0.1)
"""The gain is down within a pitch period, and back within a syllable."""


def apply_chain(clip: Clip, chain: VoiceChain) -> Clip:
    """A mono take with all of the chain: filters, de-essing, compression, in this order."""
    sections: list[Biquad] = []
    if chain.high_pass_hz > 0.0:
        sections.append(high_pass(chain.high_pass_hz, clip.rate))
    if chain.even_peaks:
        sections += [all_pass(TURN_HZ, clip.rate)] * TURNS
    out = apply_filters(clip, sections)
    if chain.deess_db > 0.0:
        out = deess(out, chain.deess_db)
    if chain.compression_ratio > 1.0:
        out = compress(out, chain.compression_ratio, chain.compression_lu)
    return out


def apply_filters(clip: Clip, sections: Sequence[Biquad]) -> Clip:
    """The clip through second-order sections in a row; as it is where there are none."""
    if not sections:
        return clip
    return Clip(_filter(clip.samples, sections), clip.rate)


def deess(clip: Clip, most_db: float) -> Clip:
    """A mono clip whose sibilants are softer, by `most_db` at most.

    Only what lies above 5 kHz is turned down, where its peaks stand more than 3 dB over the
    clip's loudness: x - (1 - g)·highpass(x), a shelf that comes and goes (split-band de-essing,
    U. Zölzer (ed.), "DAFX: Digital Audio Effects", 2nd ed. 2011, section 4.2).
    """
    band = _filter(clip.samples, [high_pass(SIBILANT_HZ, clip.rate)])
    threshold = measure_lufs(clip) + SIBILANT_LU
    curve = Curve(threshold, SIBILANT_RATIO, SIBILANT_KNEE_DB, most_db)
    gain = dynamics.compute_gain(band[:, 0], clip.rate, curve, SIBILANT_BALLISTICS)
    return Clip(clip.samples - (np.float32(1.0) - gain)[:, np.newaxis] * band, clip.rate)


def compress(clip: Clip, ratio: float, threshold_lu: float) -> Clip:
    """A mono clip, compressed above `threshold_lu` over its loudness."""
    curve = Curve(measure_lufs(clip) + threshold_lu, ratio, KNEE_DB)
    gain = dynamics.compute_gain(clip.samples[:, 0], clip.rate, curve, BALLISTICS)
    return Clip(clip.samples * gain[:, np.newaxis], clip.rate)


def measure_lufs(clip: Clip) -> float:
    """LUFS; infinite if there is none to measure, so that nothing exceeds a threshold."""
    lufs = integrated_lufs(measure_powers(clip))
    return lufs if math.isfinite(lufs) else math.inf


def _filter(samples: NDArray[np.float32], sections: Sequence[Biquad]) -> NDArray[np.float32]:
    cascade = Cascade(sections, samples.shape[1])
    return cascade(samples.T).T.astype(np.float32, order="C")
