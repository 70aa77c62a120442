"""What is done to each take of a voice before it is mixed: pure functions, Clip → Clip.

Every length stays as it is, so marks and words stay true. Thresholds are counted from the take's
own loudness: a chain does the same to a soft take as to a loud one, only softer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.mix import dynamics
from paperledge_audio.mix.dynamics import Ballistics, Curve
from paperledge_audio.sound.clip import Clip, loaded
from paperledge_audio.sound.measuring.filters import Biquad, Cascade, all_pass, high_pass
from paperledge_audio.sound.measuring.meter import hop_powers, integrated_lufs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from paperledge_audio.show.model import VoiceChain
    from paperledge_audio.sound.clip import Sound

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


def processed(clip: Clip, chain: VoiceChain) -> Clip:
    """A mono take with all of the chain: filters, de-essing, compression, in this order."""
    sections: list[Biquad] = []
    if chain.high_pass_hz > 0.0:
        sections.append(high_pass(chain.high_pass_hz, clip.rate))
    if chain.even_peaks:
        sections += [all_pass(TURN_HZ, clip.rate)] * TURNS
    out = filtered(clip, sections)
    if chain.deess_db > 0.0:
        out = deessed(out, chain.deess_db)
    if chain.compression_ratio > 1.0:
        out = compressed(out, chain.compression_ratio, chain.compression_lu)
    return out


def filtered(clip: Clip, sections: Sequence[Biquad]) -> Clip:
    """The clip through second-order sections in a row; as it is where there are none."""
    if not sections:
        return clip
    return Clip(_through(clip.samples, sections), clip.rate)


def deessed(clip: Clip, most_db: float) -> Clip:
    """A mono clip whose sibilants are softer, by `most_db` at most.

    Only what lies above 5 kHz is turned down, where its peaks stand more than 3 dB over the
    clip's loudness: x - (1 - g)·highpass(x), a shelf that comes and goes (split-band de-essing,
    U. Zölzer (ed.), "DAFX: Digital Audio Effects", 2nd ed. 2011, section 4.2).
    """
    band = _through(clip.samples, [high_pass(SIBILANT_HZ, clip.rate)])
    threshold = loudness(clip) + SIBILANT_LU
    curve = Curve(threshold, SIBILANT_RATIO, SIBILANT_KNEE_DB, most_db)
    gain = dynamics.gain(band[:, 0], clip.rate, curve, SIBILANT_BALLISTICS)
    return Clip(clip.samples - (np.float32(1.0) - gain)[:, np.newaxis] * band, clip.rate)


def compressed(clip: Clip, ratio: float, threshold_lu: float) -> Clip:
    """A mono clip whose peaks are pressed together above `threshold_lu` over its loudness."""
    curve = Curve(loudness(clip) + threshold_lu, ratio, KNEE_DB)
    gain = dynamics.gain(clip.samples[:, 0], clip.rate, curve, BALLISTICS)
    return Clip(clip.samples * gain[:, np.newaxis], clip.rate)


def loudness(clip: Clip) -> float:
    """LUFS; infinite where there is none to measure, so that nothing is loud in comparison."""
    lufs = integrated_lufs(hop_powers(clip))
    return lufs if math.isfinite(lufs) else math.inf


def _through(samples: NDArray[np.float32], sections: Sequence[Biquad]) -> NDArray[np.float32]:
    cascade = Cascade(sections, samples.shape[1])
    return cascade(samples.T).T.astype(np.float32, order="C")


@dataclass(frozen=True, slots=True, eq=False)
class Processed:
    """A take's sound through the chain; it is loaded and worked on each time it is read."""

    sound: Sound
    chain: VoiceChain

    @property
    def rate(self) -> int:
        """Hz."""
        return self.sound.rate

    @property
    def channels(self) -> int:
        """Number of channels."""
        return self.sound.channels

    @property
    def frames(self) -> int:
        """Length in frames."""
        return self.sound.frames

    def read(self, start: int, end: int) -> NDArray[np.float32]:
        """Frames `start` up to `end`."""
        return processed(loaded(self.sound), self.chain).samples[start:end]
