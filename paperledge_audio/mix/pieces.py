"""The show's pieces of music: which an episode needs, and their files as sounds for the mix."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units
from paperledge_audio.errors import SoundError, locate_errors
from paperledge_audio.mix.processing import RATE
from paperledge_audio.show.model import SOUND, STOP
from paperledge_audio.sound.clip import Clip, Excerpt, convert_channels, duration_s, read_blocks
from paperledge_audio.sound.reading import read_sound
from paperledge_audio.sound.resampling import convert_rate
from paperledge_audio.sound.scratch import open_scratch_file

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from paperledge_audio.plan import Plan
    from paperledge_audio.show.model import Show
    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.sound.scratch import ScratchFile

log = logging.getLogger(__name__)

TRIMMED = ("intro", "outro")
"""Music whose silence at the end would be heard as the episode's."""
TAIL_DBFS, TAIL_S = -60.0, 0.5
"""What of an intro or an outro is silence, and how much of it stays at the end."""


def list_music(plan: Plan) -> set[str]:
    """Names of the pieces of music that an episode needs."""
    stings = {"sting"} if plan.show.music.stings_at_chapters else set()
    asked = {segment.music_after for segment in plan.segments} - {"", STOP}
    sounds = {SOUND + name for segment in plan.segments for name in segment.sounds_after}
    return {"intro", "outro"} | stings | asked | sounds


def read_music(
    show: Show, scratch: ScratchFile, names: Collection[str] | None = None
) -> dict[str, Sound]:
    """Read the show's pieces of music with these names, or all, in stereo at the time line's rate.

    Silence at the end of the intro and the outro is cut, see `trim_tail`.
    """
    files = {
        name: file for name, file in show.music.files.items() if names is None or name in names
    }
    for name, file in files.items():
        log.info("%s: %s", name, file or "the show has none")
    pieces: dict[str, Sound] = {}
    for name, file in files.items():
        if file:
            pieces[name] = read_piece(name, file, scratch)
            if trimmed_s := measure_trimmed_s(pieces[name]):
                log.info("%s: %.2f s of silence at its end are left out", file, trimmed_s)
    return pieces


def read_piece(name: str, file: Path, scratch: ScratchFile) -> Sound:
    """One piece of music as `read_music` reads it; `name` says which. Raises what that raises."""
    with locate_errors(path=str(file)), open_scratch_file() as decoded:
        piece = convert_music(read_sound(file, decoded), RATE, scratch)
    return trim_tail(piece) if name in TRIMMED else piece


def measure_piece_s(name: str, file: Path) -> float:
    """How long a piece is in the mix, in seconds. Raises what `read_music` raises."""
    with locate_errors(path=str(file)), open_scratch_file() as decoded:
        piece = read_sound(file, decoded)
        return duration_s(trim_tail(piece) if name in TRIMMED else piece)


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
        loud = np.flatnonzero(np.abs(block) >= level)
        kept = reached + int(loud[-1]) // sound.channels + 1 if len(loud) else kept
        reached += len(block)
    end = kept + units.frames(TAIL_S, sound.rate)
    return Excerpt(sound, 0, end) if kept > 0 and end < sound.frames else sound


def measure_trimmed_s(sound: Sound) -> float:
    """How much `trim_tail` took off."""
    if not isinstance(sound, Excerpt):
        return 0.0
    return units.seconds(sound.sound.frames - sound.frames, sound.rate)
