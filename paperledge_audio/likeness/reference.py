"""Recordings of a host → pieces of speech that an encoder can hear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.errors import SoundError
from paperledge_audio.likeness.features import RATE
from paperledge_audio.sound.clip import Clip, resampled, with_channels
from paperledge_audio.sound.reading import read_clip
from paperledge_audio.units import frames, seconds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

SHORTEST_S = 5.0
"""Of speech, pauses left out; below that an embedding tells more of the words than of the voice."""
PIECE_S = 5.0
"""About as long as the lines that voices speak here."""
MOST_PIECES = 12
"""A minute: with more an embedding no longer moves."""
BLOCK = RATE // 100
"""Frames of which a level is taken: 10 ms."""
NEAR = 15
"""Blocks around speech that belong to it: the ends of words are soft."""
SPEECH_DB = -40.0
"""Below the loud parts nothing is speech."""
NOISY_DB = 20.0
"""A room this near to the speech colours what the encoder hears."""
CLIPPED = 3
"""So many samples in a row at full scale are no peak, but a peak cut off."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What is known of a host's voice."""

    pieces: tuple[Clip, ...]
    """Mono at the encoder's rate, without pauses, of about `PIECE_S` each."""
    speech_s: float
    """How much speech the recordings hold, used or not."""
    remarks: tuple[str, ...]
    """What is wrong with the recordings, or was left out of them; each a line."""


def read_reference(paths: Sequence[Path]) -> Reference:
    """Read recordings of one person.

    Raises SoundError for a file that can't be read, or where they hold too little speech together.
    """
    pieces: list[Clip] = []
    remarks: list[str] = []
    found_s = 0.0
    for path in paths:
        clip = read_clip(path)
        if clipped(clip):
            remarks.append(f"{path}: is clipped; a recording with lower gain would fit better")
        mono = resampled(with_channels(clip, 1), RATE)
        spoken, above_db = speech(mono.samples[:, 0])
        if above_db < NOISY_DB:
            remarks.append(
                f"{path}: is noisy, the speech is {above_db:.0f} dB above what lies between;"
                " a quieter room would fit better"
            )
        found_s += seconds(len(spoken), RATE)
        pieces += _cut(spoken)
    if found_s < SHORTEST_S:
        raise SoundError(
            f"holds {found_s:.1f} s of speech",
            f"record at least {SHORTEST_S:.0f} s, better half a minute",
            path=paths[0] if len(paths) == 1 else f"{len(paths)} recordings",
        )
    used = _spread(pieces)
    if len(used) < len(pieces):
        used_s = sum(piece.duration_s for piece in used)
        remarks.append(f"{used_s:.0f} s of {found_s:.0f} s of speech are heard, evenly spread")
    return Reference(tuple(used), found_s, tuple(remarks))


def clipped(clip: Clip) -> bool:
    """Whether peaks were cut off: runs of equal samples at the very top."""
    if clip.frames < CLIPPED:
        return False
    high = np.abs(clip.samples) >= max(0.98 * clip.peak, 0.5)
    flat = high[1:] & high[:-1] & (np.abs(np.diff(clip.samples, axis=0)) < 1e-4)
    runs = np.lib.stride_tricks.sliding_window_view(flat, CLIPPED - 1, axis=0)
    return int(runs.all(axis=-1).sum()) > clip.duration_s  # once a second


def speech(samples: NDArray[np.float32]) -> tuple[NDArray[np.float32], float]:
    """Mono samples at 16 kHz without their pauses, and how far speech lies above those, in dB.

    It lies infinitely far above where there are no pauses.
    """
    blocks = samples[: len(samples) // BLOCK * BLOCK].reshape(-1, BLOCK)
    if not len(blocks):
        return samples[:0], np.inf
    levels = 10 * np.log10(np.mean(np.square(blocks, dtype=np.float64), axis=1) + 1e-10)
    quiet, loud = np.percentile(levels, (5, 95))
    if loud < -70:
        return samples[:0], np.inf
    voiced = levels > max(loud + SPEECH_DB, quiet + (loud - quiet) / 3)
    near = np.convolve(voiced, np.ones(2 * NEAR + 1), "same") > 0
    between = float(np.median(levels[~near])) if not near.all() else -np.inf
    return blocks[near].ravel(), float(loud - between)


def _cut(spoken: NDArray[np.float32]) -> list[Clip]:
    """Pieces of equal length, as near to `PIECE_S` as that goes."""
    count = max(round(seconds(len(spoken), RATE) / PIECE_S), 1)
    least = frames(0.5, RATE)
    return [Clip(piece, RATE) for piece in np.array_split(spoken, count) if len(piece) >= least]


def _spread(pieces: Sequence[Clip]) -> list[Clip]:
    """At most `MOST_PIECES`, from the first to the last."""
    count = min(len(pieces), MOST_PIECES)
    return [pieces[n] for n in np.linspace(0, len(pieces) - 1, count).round().astype(int)]
