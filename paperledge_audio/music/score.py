"""What a score is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from paperledge_audio.music.notation import Note

# General MIDI program numbers, from 0, of the instruments that the theme uses.
PROGRAMS = {
    "electric piano": 4,
    "celesta": 8,
    "vibraphone": 11,
    "fretless bass": 35,
    "harp": 46,
    "slow strings": 49,
    "warm pad": 89,
    "halo pad": 94,
}


@dataclass(frozen=True, slots=True)
class Part:
    """One instrument's notes."""

    instrument: str
    notes: tuple[Note, ...]
    volume: float
    """0 to 1, as MIDI's channel volume has it: the amplitude goes with its square."""
    pan: float = 0.0
    """-1 left to 1 right."""
    swell: tuple[tuple[float, float], ...] = ((0.0, 1.0),)
    """Expression, 0 to 1, at beats; in between it goes straight."""
    roll_s: float = 0.0
    """How much later each note of a chord comes than the one below it."""


@dataclass(frozen=True, slots=True)
class Score:
    """A piece of music. Its length is given, the sound fades out before its end."""

    name: str
    bpm: float
    beats: float
    """Length in beats; of a bed, of one time round."""
    parts: tuple[Part, ...]
    fade_beats: float = 0.0
    """How long the last fading takes."""
    loops: bool = False
    """Played round and round: the end must go over into the start."""

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.beats * 60.0 / self.bpm
