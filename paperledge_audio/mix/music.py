"""Places the music of an episode: one piece at a time, and a bed under speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.errors import SoundError
from paperledge_audio.mix.bed import loop_bed
from paperledge_audio.mix.model import Placed
from paperledge_audio.sound.clip import Clip, convert_channels, resample

if TYPE_CHECKING:
    from collections.abc import Mapping

PIECE_FADE_S = 0.02
"""For a piece of music that starts or stops abruptly."""
BED_FADE_S = 2.0
"""A bed comes and goes this slowly."""


def prepare_music(music: Mapping[str, Clip], rate: int) -> dict[str, Clip]:
    """The pieces in stereo at `rate` Hz; raises SoundError for one that can't be."""
    for name, clip in music.items():
        if clip.channels > 2:
            what = f"the {name} music has {clip.channels} channels"
            raise SoundError(what, "save it in stereo or mono")
        if clip.frames == 0:
            raise SoundError(f"the {name} music holds no sound", "name another file")
    return {name: resample(convert_channels(clip, 2), rate) for name, clip in music.items()}


class MusicTrack:
    """Collects the placed music. A new piece ends the running bed."""

    def __init__(self, pieces: Mapping[str, Clip], gains: Mapping[str, float], rate: int) -> None:
        self.pieces = pieces
        self.placed: list[Placed] = []
        self._gains = gains
        self.rate = rate
        self._free = 0
        self._bed_from: int | None = None

    def play(self, name: str, start: int, *, role: str) -> Placed:
        """Place a piece at `start`, or where the piece before it ends if that is later."""
        start = max(start, self._free)
        self.end_bed(start)
        fade = units.frames(PIECE_FADE_S, self.rate)
        piece = Placed(self.pieces[name], start, self._gains[name], fade, fade, role)
        self.placed.append(piece)
        self._free = piece.end
        return piece

    def start_bed(self, start: int) -> None:
        """Let the bed run from `start`, or from the end of the piece that is playing."""
        self.end_bed(start)
        self._bed_from = max(start, self._free)

    def end_bed(self, end: int, *, fade_after: bool = False) -> None:
        """Let a running bed be silent from `end` on, or fade after it."""
        if self._bed_from is None:
            return
        fade = units.frames(BED_FADE_S, self.rate)
        clip, gain_db = self.pieces["bed"], self._gains["bed"]
        if fade_after:
            end += fade
        self.placed += loop_bed(clip, self._bed_from, end, fade=fade, gain_db=gain_db)
        self._bed_from = None
