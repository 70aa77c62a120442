"""Places the music of an episode: one piece at a time, and a bed under speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units
from paperledge_audio.errors import SoundError
from paperledge_audio.mix.bed import loop_bed
from paperledge_audio.mix.model import EFFECT_ROLES, Placed
from paperledge_audio.sound.clip import Clip, Excerpt, convert_channels, read_blocks
from paperledge_audio.sound.resampling import convert_rate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.sound.scratch import ScratchFile

PIECE_FADE_S = 0.02
"""For a piece of music that starts or stops abruptly."""
SOUND_FADE_S = 0.004
"""For a sound, whose attack has to stay."""
TAIL_DBFS, TAIL_S = -60.0, 0.5
"""What of an intro or an outro is silence, and how much of it stays at the end."""
BED_FADE_S = 2.0
"""A bed comes and goes this slowly."""


def convert_music(sound: Sound, rate: int, scratch: ScratchFile) -> Sound:
    """Music in stereo at `rate` Hz, with a block of it in memory.

    Raises SoundError for more than two channels, DeliveryError for a full disk.
    """
    if sound.channels > 2:
        raise SoundError(f"has {sound.channels} channels", "save it in stereo or mono")
    blocks = (
        convert_channels(Clip(block, rate), 2).samples
        for block in read_blocks(convert_rate(sound, rate))
    )
    return scratch.put_blocks(blocks, rate, 2, "the music")


def trim_tail(sound: Sound) -> Sound:
    """A piece of music without most of the silence at its end.

    What stays below -60 dBFS at the end for more than 0.5 s is cut to 0.5 s. A piece that is
    silent throughout, or not so long at its end, is returned as it is.
    """
    level, kept, reached = units.gain(TAIL_DBFS), 0, 0
    for block in read_blocks(sound):
        loud = np.flatnonzero(np.abs(block).max(axis=1) >= level)
        kept = reached + int(loud[-1]) + 1 if len(loud) else kept
        reached += len(block)
    end = kept + units.frames(TAIL_S, sound.rate)
    return Excerpt(sound, 0, end) if kept > 0 and end < sound.frames else sound


def measure_trimmed_s(sound: Sound) -> float:
    """How much `trim_tail` took off."""
    if not isinstance(sound, Excerpt):
        return 0.0
    return units.seconds(sound.sound.frames - sound.frames, sound.rate)


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
