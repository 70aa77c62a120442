"""Recordings of a host → clips of speech for the encoder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.errors import SoundError
from paperledge_audio.files.reading import real_path
from paperledge_audio.sound.clip import Clip, duration_s, load, read_blocks
from paperledge_audio.sound.reading import read_sound
from paperledge_audio.sound.resampling import convert_rate
from paperledge_audio.sound.scratch import open_scratch_file, spool
from paperledge_audio.units import frames, seconds
from paperledge_audio.verify.encoder.features import RATE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from paperledge_audio.sound.clip import Sound

SHORTEST_S = 5.0
"""Seconds of speech without pauses; with less, an embedding depends more on the words."""
ENOUGH_S = 25.0
"""With less, it is said that more would be better."""
CLIP_S = 5.0
"""About as long as the lines that voices speak here."""
MOST_CLIPS = 12
"""A minute; more does not change the embedding."""
BLOCK = RATE // 100
"""Frames per block: 10 ms."""
NEAR = 15
"""Blocks around speech that count as speech, since the ends of words are soft."""
QUIET, LOUD = 5, 95
"""Percentiles of the levels that are the recording's quiet and loud parts."""
SILENT_DB = -70.0
"""What is no louder than this holds no speech."""
SPEECH_DB = -40.0
"""Below this level, relative to the loud parts, nothing is speech."""
NOISY_DB = 20.0
"""Noise this close to the speech changes the embedding."""
PAUSE_S = 0.2
"""Shorter silences are within words, before a stop."""
CLIPPED = 3
"""So many samples in a row at full scale mean clipping."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A host's voice, from recordings."""

    clips: tuple[Clip, ...]
    """Mono at the encoder's rate, without pauses, of about `CLIP_S` each."""
    speech_s: float
    """How much speech the recordings hold, used or not."""
    pause_s: float
    """The median of the pauses between its words; 0 without any."""
    remarks: tuple[str, ...]
    """Faults of the recordings and what was left out, a line each."""


def read_reference(paths: Sequence[Path]) -> Reference:
    """Read recordings of one person.

    Raises SoundError for a file that can't be read, or where they hold too little speech together.
    """
    clips: list[Clip] = []
    remarks: list[str] = []
    found_s, pauses = 0.0, list[float]()
    for path in {real_path(path): path for path in paths}.values():  # each file once
        with open_scratch_file() as scratch:
            sound = read_sound(path, scratch)
            if is_clipped(sound):
                remarks.append(f"{path}: is clipped; a recording with lower gain would fit better")
            with spool(sound, 1) as mono:
                samples = load(convert_rate(mono, RATE)).samples[:, 0]
        spoken, above_db = extract_speech(samples)
        if not len(spoken):
            remarks.append(f"{path}: holds no speech, and is left out")
        elif above_db < NOISY_DB:
            remarks.append(
                f"{path}: is noisy, the speech is {above_db:.0f} dB above the background;"
                " a quieter room would fit better"
            )
        found_s += seconds(len(spoken), RATE)
        pauses += list_pauses(samples)
        clips += _split(spoken)
    if found_s < SHORTEST_S:
        raise SoundError(
            f"holds {found_s:.1f} s of speech",
            f"record at least {SHORTEST_S:.0f} s, better half a minute",
            path=paths[0] if len(paths) == 1 else f"{len(paths)} recordings",
        )
    used = _select(clips)
    if len(used) < len(clips):
        used_s = sum(duration_s(piece) for piece in used)
        remarks.append(f"{used_s:.0f} s of {found_s:.0f} s of speech are used, evenly spread")
    if found_s < ENOUGH_S:
        remarks.append(
            f"{int(found_s)} s of speech are little; the voice is nearer with half a minute"
        )
    pause_s = float(np.median(pauses)) if pauses else 0.0
    return Reference(tuple(used), found_s, pause_s, tuple(remarks))


def is_clipped(sound: Sound) -> bool:
    """Whether a sound is clipped: it has runs of equal samples at full scale."""
    peak = max(float(np.abs(block).max()) for block in read_blocks(sound))
    return sum(_count_flat(block, peak) for block in read_blocks(sound)) > duration_s(sound)


def _count_flat(block: NDArray[np.float32], peak: float) -> int:
    """In how many places samples stay at the top; more than once a second is too often."""
    if len(block) < CLIPPED:
        return 0
    high = np.abs(block) >= max(0.98 * peak, 0.5)
    flat = high[1:] & high[:-1] & (np.abs(np.diff(block, axis=0)) < 1e-4)
    runs = np.lib.stride_tricks.sliding_window_view(flat, CLIPPED - 1, axis=0)
    return int(runs.all(axis=-1).sum())


def extract_speech(samples: NDArray[np.float32]) -> tuple[NDArray[np.float32], float]:
    """Mono samples at 16 kHz without their pauses, and how far speech is above them, in dB.

    That is infinite if there are no pauses.
    """
    blocks = _cut_blocks(samples)
    levels = _measure_levels(blocks)
    voiced = _find_speech(levels)
    if not voiced.any():
        return samples[:0], np.inf
    near = np.convolve(voiced, np.ones(2 * NEAR + 1), "same") > 0
    between = float(np.median(levels[~near])) if not near.all() else -np.inf
    return blocks[near].ravel(), float(np.percentile(levels, LOUD) - between)


def list_pauses(samples: NDArray[np.float32]) -> list[float]:
    """The seconds of each pause between two words of mono samples at 16 kHz."""
    spoken = np.flatnonzero(_find_speech(_measure_levels(_cut_blocks(samples))))
    gaps = (np.diff(spoken) - 1) * seconds(BLOCK, RATE)
    return [float(gap) for gap in gaps if gap >= PAUSE_S]


def _cut_blocks(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    return samples[: len(samples) // BLOCK * BLOCK].reshape(-1, BLOCK)


def _measure_levels(blocks: NDArray[np.float32]) -> NDArray[np.float64]:
    """Decibels of each block."""
    powers = np.einsum("ij,ij->i", blocks, blocks, dtype=np.float64) / BLOCK
    levels: NDArray[np.float64] = 10 * np.log10(powers + 1e-10)
    return levels


def _find_speech(levels: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether each block is speech."""
    quiet, loud = np.percentile(levels, (QUIET, LOUD)) if len(levels) else (-np.inf, -np.inf)
    if loud < SILENT_DB:
        return np.zeros(len(levels), bool)
    return levels > max(loud + SPEECH_DB, quiet + (loud - quiet) / 3)


def _split(spoken: NDArray[np.float32]) -> list[Clip]:
    """Clips of equal length, as near to `CLIP_S` as possible."""
    count = max(round(seconds(len(spoken), RATE) / CLIP_S), 1)
    least = frames(0.5, RATE)
    return [Clip(piece, RATE) for piece in np.array_split(spoken, count) if len(piece) >= least]


def _select(clips: Sequence[Clip]) -> list[Clip]:
    """At most `MOST_CLIPS`, from the first to the last."""
    count = min(len(clips), MOST_CLIPS)
    return [clips[n] for n in np.linspace(0, len(clips) - 1, count).round().astype(int)]
