"""Deliveries: how a stretch of speech is spoken, relative to the voice's plain reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from paperledge_audio.units import even_db

if TYPE_CHECKING:
    from typing import Self


@dataclass(frozen=True, slots=True)
class Delivery:
    """Factors and steps on top of the voice's own; by default none."""

    pace: float = 1.0
    """A factor: 1.1 is a tenth faster."""
    pitch_st: float = 0.0
    """Semitones; above 0 is higher."""
    range: float = 1.0
    """A factor on the distance of the melody from its middle, in semitones."""
    energy_db: float = 0.0
    """The level against plain speech."""
    pauses: float = 1.0
    """A factor on the pauses after its sentences."""

    def then(self, other: Delivery) -> Self:
        """Both, one on top of the other: factors multiply, steps add up."""
        return type(self)(
            pace=round(self.pace * other.pace, 4),
            pitch_st=round(self.pitch_st + other.pitch_st, 4),
            range=round(self.range * other.range, 4),
            energy_db=even_db(self.energy_db + other.energy_db),
            pauses=round(self.pauses * other.pauses, 4),
        )

    def bounded(self) -> Self:
        """The same within LIMITS."""
        return type(self)(
            **{
                name: min(max(getattr(self, name), least), most)
                for name, (least, most) in LIMITS.items()
            }
        )


PLAIN = Delivery()

LIMITS: Mapping[str, tuple[float, float]] = {
    "pace": (0.5, 2.0),
    "pitch_st": (-6.0, 6.0),
    "range": (0.0, 2.0),
    "energy_db": (-12.0, 6.0),
    "pauses": (0.0, 4.0),
}
"""The least and the most of each value."""

DELIVERIES: Mapping[str, Delivery] = {
    "plain": PLAIN,
    "reassure": Delivery(pace=0.94, pitch_st=-0.5, range=0.85, energy_db=-1.0, pauses=1.15),
    "wonder": Delivery(pace=0.88, pitch_st=0.8, range=1.25, pauses=1.35),
    "explain": Delivery(pace=0.97, range=1.05, pauses=1.1),
    "charm": Delivery(pace=1.06, pitch_st=0.8, range=1.3, energy_db=0.5, pauses=0.9),
    "aside": Delivery(pace=1.06, pitch_st=-1.0, range=0.85, energy_db=-1.5, pauses=0.9),
}
"""Every voice's, unless its profile says otherwise. The first four are what the show asks of its
host: "gentle reassurance, cosmic wonder, explanatory clarity, and enthusiastic charm"."""

NAMES = tuple(field.name for field in fields(Delivery))
