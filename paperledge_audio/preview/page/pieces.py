"""Both versions of a changed piece of music as clips, each as loud as in an episode."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.deliver.encode import mp3
from paperledge_audio.errors import HistoryError, PaperledgeError, map_errors
from paperledge_audio.files.hashing import sha256
from paperledge_audio.files.temporary import make_workspace
from paperledge_audio.mix.levels import match_music
from paperledge_audio.mix.music import PIECE_FADE_S
from paperledge_audio.mix.pieces import read_piece
from paperledge_audio.preview.page.clips import NAME_LETTERS, PreviewClip, measure_peaks
from paperledge_audio.sound.clip import Excerpt, amplify, duration_s, fade, load, resample
from paperledge_audio.sound.measuring.meter import measure_powers
from paperledge_audio.sound.scratch import open_scratch_file

if TYPE_CHECKING:
    from paperledge_audio.preview.history.snapshot import Snapshot
    from paperledge_audio.preview.history.surroundings import PieceVersion, SurroundingChange
    from paperledge_audio.sound.clip import Clip, Sound
    from paperledge_audio.sound.scratch import ScratchFile

SIDES = ("before", "after")
LONGEST_S = 20.0
KBPS = 128
"""Music, stereo."""
SPEECH_LUFS = -23.0
"""The speech that music is matched to here: EBU R 128's level, which leaves room for peaks."""
HIGHEST_DBFS = -1.0
"""Where a peak is higher, both versions are lowered alike."""


@dataclass(frozen=True, slots=True)
class PieceRecording:
    """One version of a piece to hear."""

    file: str
    """The name of its file, without folders."""
    clip: PreviewClip | None
    problem: str = ""
    """Why there is no clip, as "is empty"."""


def record_versions(change: SurroundingChange, history: Snapshot) -> dict[str, PieceRecording]:
    """The versions of a changed piece by their side, "before" or "after"; none for other changes.

    At most 20 s of each: an outro's end, another piece's start. Their gains are those that
    `match_music` gives in an episode, and a sound has its level. What can't be read has a problem.
    """
    versions = {side: one for side in SIDES if (one := getattr(change, side))}
    sounds: dict[str, Sound] = {}
    problems: dict[str, str] = {}
    with open_scratch_file() as scratch:
        for side, version in versions.items():
            try:
                sounds[side] = _read_version(
                    version, history if side == "before" else None, scratch
                )
            except PaperledgeError as error:
                problems[side] = error.what
        gains = match_music(SPEECH_LUFS, sounds)
        heard = {
            side: amplify(_cut(versions[side], sound), gains[side] + versions[side].level_db)
            for side, sound in sounds.items()
        }
    peak = max((clip.peak for clip in heard.values()), default=0.0)
    lower_db = min(HIGHEST_DBFS - units.decibels(peak), 0.0)
    clips = {side: _make_clip(amplify(clip, lower_db)) for side, clip in heard.items()}
    return {
        side: PieceRecording(version.file.name, clips.get(side), problems.get(side, ""))
        for side, version in versions.items()
    }


def _read_version(version: PieceVersion, history: Snapshot | None, scratch: ScratchFile) -> Sound:
    """The whole of a piece: from `history`, or from the working tree."""
    if history is None:
        return read_piece(version.piece, version.file, scratch)
    content = history.read_file(version.file)
    with make_workspace() as folder:
        file = folder / "piece"
        with map_errors(HistoryError, "can't be set aside"):
            file.write_bytes(content)
        return read_piece(version.piece, file, scratch)


def _cut(version: PieceVersion, sound: Sound) -> Clip:
    frames = min(sound.frames, units.frames(LONGEST_S, sound.rate))
    start = sound.frames - frames if version.piece == "outro" else 0
    edge = units.frames(PIECE_FADE_S, sound.rate)
    return resample(fade(load(Excerpt(sound, start, start + frames)), edge, edge), mp3.RATE)


def _make_clip(sound: Clip) -> PreviewClip:
    data = mp3.encode_bytes(sound, KBPS, fast=True)
    return PreviewClip(
        name=f"{sha256(data)[:NAME_LETTERS]}.mp3",
        mp3=data,
        duration_s=duration_s(sound),
        peaks=measure_peaks(sound),
        powers=measure_powers(sound),
    )
