"""Score → standard MIDI file, played by somebody with a little life in the hands."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from paperledge_audio.errors import MissingError, map_errors
from paperledge_audio.files.resources import compose_install
from paperledge_audio.music.score import PROGRAMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.music.score import Part, Score

TICKS = 960
"""A beat."""
TIMING_S = 0.007
"""Standard deviation of when a hand strikes; never more than twice that."""
TOUCH = 3.0
"""Standard deviation of how hard it strikes, in MIDI velocity."""
SWELL_STEP = 0.125
"""Expression is written this often, in beats."""
VOLUME, PAN, EXPRESSION = 7, 10, 11
TAIL_S = 8.0
"""Left at the end for the last notes to ring out."""


def compose(score: Score, *, times: int = 1) -> bytes:
    """The score as a MIDI file (type 1, a track for each part), `times` round.

    The little irregularities come from a generator seeded with the names of the score and the
    part, and are the same each time round. Raises MissingError without mido.
    """
    install = compose_install("music")
    with map_errors(MissingError, "the music needs mido", install, foreign=(ImportError,)):
        import mido  # noqa: PLC0415 - an extra that only this tool needs
    file = mido.MidiFile(type=1, ticks_per_beat=TICKS)
    tempo = mido.MetaMessage("set_tempo", tempo=mido.bpm2tempo(score.bpm), time=0)
    file.tracks.append(mido.MidiTrack([tempo]))
    last = round((score.beats * times + TAIL_S * score.bpm / 60.0) * TICKS)
    for channel, part in enumerate(score.parts):
        seed = crc32(f"{score.name}/{part.instrument}".encode())
        events = sorted(_list_events(part, score, times, seed=seed), key=lambda event: event[:2])
        track = mido.MidiTrack()
        before = 0
        for tick, _, kind, fields in events:
            track.append(mido.Message(kind, channel=channel, time=tick - before, **fields))
            before = tick
        track.append(mido.MetaMessage("end_of_track", time=last - before))
        file.tracks.append(track)
    out = io.BytesIO()
    file.save(file=out)
    return out.getvalue()


Event = tuple[int, int, str, dict[str, Any]]


def _list_events(part: Part, score: Score, times: int, *, seed: int) -> Iterator[Event]:
    """(tick, order, kind, fields): settings before ends of notes before starts of notes."""
    yield 0, 0, "program_change", {"program": PROGRAMS[part.instrument]}
    yield 0, 1, "control_change", {"control": VOLUME, "value": round(127 * part.volume)}
    yield 0, 2, "control_change", {"control": PAN, "value": round(63.5 + 63.5 * part.pan)}
    for beat in np.arange(0.0, score.beats * times, SWELL_STEP):
        beats, levels = zip(*part.swell, strict=True)
        value = round(127 * float(np.interp(beat % score.beats, beats, levels)))
        fields = {"control": EXPRESSION, "value": value}
        yield round(beat * TICKS), 3, "control_change", fields
    for on, off, key, velocity in _strike(part, score, times, seed=seed):
        yield off, 4, "note_off", {"note": key, "velocity": 64}
        yield on, 5, "note_on", {"note": key, "velocity": velocity}


def _strike(
    part: Part, score: Score, times: int, *, seed: int
) -> Iterator[tuple[int, int, int, int]]:
    """(on, off, pitch, velocity), on and off in ticks, as hands would strike them."""
    rng = np.random.default_rng(seed)
    shake = np.clip(rng.normal(0.0, TIMING_S, len(part.notes)), -2 * TIMING_S, 2 * TIMING_S)
    touch = rng.normal(0.0, TOUCH, len(part.notes))
    by_pitch: dict[int, list[tuple[int, int, int]]] = {}
    for turn in range(times):
        for note, late_s, harder in zip(part.notes, shake, touch, strict=True):
            late = (late_s + part.roll_s * note.rank) * score.bpm / 60.0
            on = max(round((turn * score.beats + note.start + late) * TICKS), 0)
            velocity = int(np.clip(round(127 * note.level + harder), 1, 127))
            struck = (on, on + round(note.beats * TICKS), velocity)
            by_pitch.setdefault(note.pitch, []).append(struck)
    for key, struck_notes in by_pitch.items():
        ordered = sorted(struck_notes)
        following = [on for on, _, _ in ordered[1:]] + [ordered[-1][1]]
        for (on, off, velocity), again in zip(ordered, following, strict=True):
            yield on, min(off, again), key, velocity  # a string struck again sounds anew
