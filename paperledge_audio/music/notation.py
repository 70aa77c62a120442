"""A line of music as text: `D5:1.5 r:0.5 F#3+A3+C#4:4` is a note, a rest and a chord.

Each item is a pitch (C4 is middle C), chord (pitches with +) or rest, and its length in beats.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

SEMITONES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
SIGNS = {"": 0, "#": 1, "b": -1}


@dataclass(frozen=True, slots=True)
class Note:
    """A sounding note: times in beats from the start of the piece, level from 0 to 1."""

    start: float
    beats: float
    pitch: int
    """MIDI number."""
    level: float
    rank: int = 0
    """Place in its chord, from below."""


def pitch(name: str) -> int:
    """The MIDI number of a pitch name.

    >>> pitch("C4"), pitch("G#5"), pitch("Bb1")
    (60, 80, 34)
    """
    match = re.fullmatch(r"([A-G])([#b]?)(-?\d)", name)
    if match is None:
        raise ValueError(f"{name!r} is not a pitch like G#5")
    letter, sign, octave = match.groups()
    return 12 * (int(octave) + 1) + SEMITONES[letter] + SIGNS[sign]


def line(text: str, *, at: float = 0.0, level: float = 0.6, hold: float = 1.0) -> tuple[Note, ...]:
    """The notes of a line that starts at beat `at`; each sounds `hold` times its length.

    >>> [(n.start, n.beats, n.pitch) for n in line("C4:1 r:1 C4+E4:2")]
    [(0.0, 1.0, 60), (2.0, 2.0, 60), (2.0, 2.0, 64)]
    """
    notes: list[Note] = []
    for item in text.split():
        names, _, length = item.partition(":")
        beats = float(length)
        if names != "r":
            for rank, number in enumerate(sorted(pitch(name) for name in names.split("+"))):
                notes.append(Note(at, beats * hold, number, level, rank))
        at += beats
    return tuple(notes)


def arpeggio(names: str, *, step: float, at: float, level: float, ring: float) -> tuple[Note, ...]:
    """Pitches one after another, `step` beats apart, each left to ring for `ring` beats."""
    single = line(" ".join(f"{name}:{step}" for name in names.split()), at=at, level=level)
    return tuple(replace(note, beats=ring) for note in single)
