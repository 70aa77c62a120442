"""The end of a question that is answered with yes or no: long enough, strong and high.

Voices fall at the end of a sentence and creak there: their F0 and energy get lost before the last
sound does, and then a higher F0 alone is not heard. So where a sound can have a voice it is given
one, and the energy of modal voice. All three are floors: what is above them stays as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.engines.durations import PAUSES
from paperledge_audio.engines.prosody.lengths import share_out
from paperledge_audio.engines.prosody.melody import HIGHEST_HZ, VOICED_HZ, draw_plateau
from paperledge_audio.engines.prosody.phonemes import LONG, PRIMARY, SECONDARY, VOICELESS, VOWELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from paperledge_audio.engines.prosody.direction import Direction

SHORTEST = 7
"""Frames of voice from the last stressed vowel on: a rise needs its time."""
ABOVE_ST, RISE_ST = 6.0, 5.0
"""How high the end is: above the middle of the sentence, and above where the rise begins."""
LOWEST_ST = -1.0
"""Where it begins, against the middle, unless it is higher by itself."""
REACHED = 0.5
"""Where in that stretch the voice is up: its end may be too soft to be heard."""
STRONG, STRONGER = 75, 1.5
"""The percentile of a sentence's energies, and what is above that: there voices do not creak."""
LASTING = 6
"""Frames of the last sound that are heard: it is given the silence after it, too."""
BEFORE, AFTER = 4.0, 6.0
"""Values over which the energy gets there before the stretch, and falls off after it."""
_UNVOICED = VOICELESS | PAUSES
_VOWEL = VOWELS | {LONG, PRIMARY, SECONDARY}


def give_time(durations: NDArray[np.float32], direction: Direction) -> NDArray[np.float32]:
    """Durations of tokens in whole frames, those of vowels longer where a rise had no time."""
    if direction.rise is None:
        return durations
    heard = _count_heard(durations, direction)
    missing = SHORTEST - int(heard.sum())
    vowels = np.array([symbol in _VOWEL for symbol in direction.tokens])
    return durations + share_out(missing, heard * vowels) if missing > 0 else durations


def give_voice(
    f0: NDArray[np.float32], edges: NDArray[np.int64], direction: Direction
) -> NDArray[np.float32]:
    """The F0 curve, Hz, of tokens between `edges`, no lower than a line that rises to the end."""
    has_voice = f0 > VOICED_HZ
    if direction.rise is None or not has_voice.any():
        return f0
    inside, middle = _find_voice(edges, direction), float(np.median(f0[has_voice]))
    first, last = int(inside[0]), int(inside[-1])
    start = max(float(f0[first]), middle * 2 ** (LOWEST_ST / 12))
    top = max(start * 2 ** (RISE_ST / 12), middle * 2 ** (ABOVE_ST / 12))
    done = np.clip((np.arange(len(f0)) - first) / (REACHED * (last - first)), 0.0, 1.0)
    line = np.minimum(start * (top / start) ** done, HIGHEST_HZ).astype(np.float32)
    has_voice[inside] = True
    risen: NDArray[np.float32] = np.where(has_voice, np.maximum(f0, line), f0)
    return np.concatenate([f0[:first], risen[first:]])


def give_strength(
    energy: NDArray[np.float32], edges: NDArray[np.int64], direction: Direction
) -> NDArray[np.float32]:
    """The energy curve, no lower there than where the sentence is strong."""
    strong = energy[energy > 0]
    if direction.rise is None or not len(strong):
        return energy
    inside = _find_voice(edges, direction)
    stretch = draw_plateau(len(energy), float(inside[0]) - BEFORE, float(inside[-1]) + AFTER)
    missing = np.maximum(np.percentile(strong, STRONG) + STRONGER - energy, 0) * stretch
    raised: NDArray[np.float32] = (energy + missing).astype(np.float32)
    return raised


def _count_heard(durations: NDArray[np.float32], direction: Direction) -> NDArray[np.float32]:
    """Each token's frames in which the stretch can have a voice."""
    start, end = direction.rise or (0, 0)
    heard = np.array(
        [
            start <= at < end and symbol not in _UNVOICED
            for at, symbol in enumerate(direction.tokens)
        ]
    )
    most = np.where(np.arange(len(durations)) == end - 1, LASTING, np.inf)
    frames: NDArray[np.float32] = (np.minimum(durations, most) * heard).astype(np.float32)
    return frames


def _find_voice(edges: NDArray[np.int64], direction: Direction) -> NDArray[np.int64]:
    """The values of the stretch at which a voice can be heard, ascending."""
    counts = 2 * _count_heard((np.diff(edges) / 2).astype(np.float32), direction).astype(np.int64)
    return np.concatenate(
        [np.arange(start, start + count) for start, count in zip(edges[:-1], counts, strict=True)]
    )
