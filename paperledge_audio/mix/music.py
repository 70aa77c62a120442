"""Places the music of an episode: one piece at a time, and a bed under speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.mix.bed import loop_bed
from paperledge_audio.mix.model import EFFECT_ROLES, Placed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperledge_audio.sound.clip import Sound

PIECE_FADE_S = 0.02
"""For a piece of music that starts or stops abruptly."""
SOUND_FADE_S = 0.004
"""For a sound, whose attack has to stay."""
BED_FADE_S = 2.0
"""A bed comes and goes this slowly."""


class MusicTrack:
    """Collects the placed music. A running bed is silent while another piece plays."""

    def __init__(self, pieces: Mapping[str, Sound], gains: Mapping[str, float], rate: int) -> None:
        self.pieces = pieces
        self.placed: list[Placed] = []
        self._gains = gains
        self.rate = rate
        self._free = 0
        self._bed_from: int | None = None

    def play(self, name: str, start: int, *, role: str) -> Placed:
        """Place a piece at `start`, or where the piece before it ends if that is later."""
        start = max(start, self._free)
        bed_goes_on = self._bed_from is not None
        self.end_bed(start)
        piece = self._place(name, start, role)
        self._free = piece.end
        if bed_goes_on and role != "outro":
            self.start_bed(piece.end)
        return piece

    def overlay(self, name: str, start: int) -> Placed:
        """Place a sound that the speech goes on over, whatever else plays."""
        return self._place(name, start, "effect")

    def _place(self, name: str, start: int, role: str) -> Placed:
        seconds = SOUND_FADE_S if role in EFFECT_ROLES else PIECE_FADE_S
        fade = units.frames(seconds, self.rate)
        piece = Placed(self.pieces[name], start, self._gains[name], fade, fade, role)
        self.placed.append(piece)
        return piece

    def start_bed(self, start: int) -> None:
        """Let the bed run from `start`, or from the end of the piece that is playing."""
        self.end_bed(start)
        self._bed_from = max(start, self._free)

    def end_bed(self, end: int, *, fade_after: bool = False) -> None:
        """Let a running bed be silent from `end` on, or fade after it."""
        if self._bed_from is None or end <= self._bed_from:
            self._bed_from = None
            return
        fade = units.frames(BED_FADE_S, self.rate)
        bed, gain_db = self.pieces["bed"], self._gains["bed"]
        if fade_after:
            end += fade
        self.placed += loop_bed(bed, self._bed_from, end, fade=fade, gain_db=gain_db)
        self._bed_from = None
