"""The person whose voice it is: a recording, as loud as the voices beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.audition.recording import Recording, master_line
from paperledge_audio.errors import MasterError, SoundError
from paperledge_audio.mix.processing import RATE
from paperledge_audio.sound.clip import Excerpt, duration_s
from paperledge_audio.sound.reading import read_sound
from paperledge_audio.sound.resampling import convert_rate
from paperledge_audio.sound.scratch import open_scratch_file

if TYPE_CHECKING:
    from pathlib import Path

    from paperledge_audio.voices.profiles import Voice

NAME = "the recording"
"""What its file and its row are called."""
LONGEST_S = 15.0
"""About as long as the line of the voices; the rest is not heard."""


def hear_host(path: Path, voice: Voice) -> Recording:
    """The start of a recording of the person whom `voice` is to be like, with its language.

    Raises SoundError for a file that can't be read or is silent.
    """
    with open_scratch_file() as scratch:
        sound = convert_rate(read_sound(path, scratch), RATE)
        heard = Excerpt(sound, 0, min(sound.frames, units.frames(LONGEST_S, RATE)))
        try:
            mp3, encoded, peaks = master_line(heard)
        except MasterError as error:
            what = "is silent, or too short to be heard"
            raise SoundError(what, "name another recording", path=path) from error
    return Recording(
        voice=replace(
            voice,
            name=NAME,
            title=f"The person, {path.name}",
            pace=1.0,
            packs=(),
            roles=(),
            licence="",
            origin="",
        ),
        engine="",
        printed=(),
        words=(),
        mp3=mp3,
        duration_s=duration_s(heard),
        loudness=encoded.loudness,
        peaks=peaks,
        takes=(),
    )
