"""How a person speaks, as far as sound alone tells: pitch, its range, its steadiness, and the rate.

The same measurement is made of a recording and of a voice that is to be like it, so what it gets
wrong, it gets wrong in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.likeness.pitch import track_pitch
from paperledge_audio.sound.clip import convert_channels, duration_s, resample
from paperledge_audio.verify.encoder.features import RATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from paperledge_audio.sound.clip import Clip

HOP_S = 0.01
JUMP_ST = 5.0
"""Semitones from one window to the next that no voice makes: the octave was lost, or the voice."""
DIP_DB = 2.0
"""Between two syllables the level falls by so much."""
QUIET_DB = 25.0
"""Peaks so far under the loud ones are no syllables."""
SMOOTH_S = 0.05


@dataclass(frozen=True, slots=True)
class Manner:
    """What was measured."""

    pitch_hz: float
    """The median F0; 0 where no voice is found."""
    range_st: float
    """Semitones between the tenth and the ninetieth percentile of F0."""
    jumps: float
    """The share of voiced windows after which F0 jumps."""
    voiced: float
    """The share of windows with a voice."""
    rate: float
    """Syllables a second, pauses left out."""


def measure_manner(clips: Sequence[Clip]) -> Manner:
    """Measure clips of one voice."""
    mono, every = _track(clips)
    found = every[np.isfinite(every)]
    if not len(found):
        return Manner(0.0, 0.0, 0.0, 0.0, 0.0)
    steps = np.abs(12 * np.diff(np.log2(every)))
    syllables = sum(count_syllables(clip) for clip in mono)
    return Manner(
        pitch_hz=float(np.median(found)),
        range_st=find_range_st(found),
        jumps=float(np.sum(steps[np.isfinite(steps)] > JUMP_ST) / len(found)),
        voiced=len(found) / len(every),
        rate=syllables / sum(map(duration_s, mono)),
    )


def sounds_like_speech(clips: Sequence[Clip]) -> bool:
    """Whether clips without pauses have syllables, and a voice that comes, goes and moves.

    Music, noise, hums and signals lack at least one of these.
    """
    mono, every = _track(clips)
    steps = np.abs(12 * np.diff(np.log2(every)))
    steps = steps[np.isfinite(steps)]
    rate = sum(map(count_syllables, mono)) / sum(map(duration_s, mono))
    moves = len(steps) > 0 and float(np.median(steps)) >= LEAST_STEP_ST
    voiced = float(np.isfinite(every).mean())
    return moves and rate >= LEAST_RATE and LEAST_VOICED <= voiced <= MOST_VOICED


LEAST_STEP_ST = 0.02
"""The median step of F0 from one window to the next; in speech 0.1, in what is held or played 0."""
LEAST_RATE = 1.5
"""Syllables a second; speech has 3 to 6."""
LEAST_VOICED, MOST_VOICED = 0.05, 0.9
"""Shares of windows; a whispering stock voice has 0.19."""


def _track(clips: Sequence[Clip]) -> tuple[list[Clip], NDArray[np.float64]]:
    """The clips in mono at `RATE`, and F0 in Hz in all their windows, NaN without a voice."""
    mono = [resample(convert_channels(clip, 1), RATE) for clip in clips]
    curves = [track_pitch(clip.samples[:, 0], RATE, hop_s=HOP_S)[1] for clip in mono]
    return mono, np.concatenate(curves)


def find_range_st(f0: NDArray[np.floating]) -> float:
    """Semitones between the tenth and the ninetieth percentile of F0 in Hz."""
    low, high = np.percentile(f0, (10, 90))
    return float(12 * np.log2(high / low))


def count_syllables(clip: Clip) -> int:
    """The peaks of a mono clip's level that stand out from both neighbouring dips.

    After de Jong and Wempe 2009, "Praat script to detect syllable nuclei and measure speech rate
    automatically", https://doi.org/10.3758/BRM.41.2.385.
    """
    hop, width = round(HOP_S * clip.rate), round(SMOOTH_S * clip.rate)
    power = np.convolve(clip.samples[:, 0].astype(np.float64) ** 2, np.hanning(width), "same")
    levels = 10 * np.log10(power[::hop] + 1e-10)
    return _count_peaks(levels, float(np.percentile(levels, 95)) - QUIET_DB)


def _count_peaks(levels: NDArray[np.float64], least: float) -> int:
    """How often the level rises to a peak over `least`, with a dip of `DIP_DB` before and after."""
    count, rising, top, bottom = 0, True, -np.inf, np.inf
    for level in levels:
        if rising:
            top = max(top, level)
            if level < top - DIP_DB:
                count += top > least
                rising, bottom = False, level
        else:
            bottom = min(bottom, level)
            if level > bottom + DIP_DB:
                rising, top = True, level
    return count
