"""The show's music: the notation, the scores, and the finished files that every render uses."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import mido
import numpy as np
import pytest

from paperledge_audio.errors import MissingError
from paperledge_audio.mix.bed import make_seamless
from paperledge_audio.music import playing
from paperledge_audio.music.hall import impulse_response
from paperledge_audio.music.midi import TICKS, compose
from paperledge_audio.music.notation import Note, arpeggio, line, pitch
from paperledge_audio.music.score import PROGRAMS, Part, Score
from paperledge_audio.music.theme import compose_theme
from paperledge_audio.show.model import Show
from paperledge_audio.sound.clip import Clip
from paperledge_audio.sound.measuring.meter import measure_loudness
from paperledge_audio.sound.reading import read_clip
from tests.samples import absent

SCORES = {score.name: score for score in compose_theme()}
D_LYDIAN = {pitch(f"{name}4") % 12 for name in ("D", "E", "F#", "G#", "A", "B", "C#")}
LENGTHS_S = {"intro": (8, 15), "outro": (10, 20), "sting": (1.5, 3), "bed": (20, 40)}


def test_pitches_are_midi_numbers() -> None:
    # Middle C is 60, the A that orchestras tune to 69.
    assert [pitch(name) for name in ("C4", "A4", "C-1", "Bb3", "G9")] == [60, 69, 0, 58, 127]
    with pytest.raises(ValueError, match="not a pitch"):
        pitch("H4")


def test_a_line_keeps_time() -> None:
    notes = line("D4:1.5 r:0.5 A3+D4:2", at=4, level=0.5, hold=0.5)
    assert notes == (
        Note(4.0, 0.75, 62, 0.5),
        Note(6.0, 1.0, 57, 0.5, rank=0),
        Note(6.0, 1.0, 62, 0.5, rank=1),
    )


def test_an_arpeggio_rings_on() -> None:
    notes = arpeggio("D3 A3", step=0.5, at=1, level=0.4, ring=3)
    assert [(n.start, n.beats) for n in notes] == [(1.0, 3), (1.5, 3)]


@pytest.mark.parametrize("name", SCORES)
def test_the_scores_are_in_d_lydian(name: str) -> None:
    found = {note.pitch % 12 for part in SCORES[name].parts for note in part.notes}
    # The outro leaves by way of G: its bass and its lowest strings and harp, nowhere else.
    assert found <= D_LYDIAN | ({pitch("G2") % 12} if name == "outro" else set())


@pytest.mark.parametrize("name", SCORES)
def test_the_scores_fit_their_length(name: str) -> None:
    score = SCORES[name]
    low, high = LENGTHS_S[name]
    assert low <= score.duration_s <= high
    assert all(0 <= note.start < score.beats for part in score.parts for note in part.notes)


def midi_notes(data: bytes) -> list[tuple[int, str, int]]:
    found = []
    for track in mido.MidiFile(file=io.BytesIO(data)).tracks:
        tick = 0
        for message in track:
            tick += message.time
            if message.type in {"note_on", "note_off"}:
                found.append((tick, message.type, message.note))
    return found


@pytest.mark.parametrize("times", [1, 3])
def test_the_midi_file_holds_every_note_once_a_round(times: int) -> None:
    score = SCORES["bed"]
    notes = midi_notes(compose(score, times=times))
    written = sorted(note.pitch for part in score.parts for note in part.notes) * times
    for kind in ("note_on", "note_off"):
        assert sorted(key for _, what, key in notes if what == kind) == sorted(written)


def test_a_pitch_struck_again_is_let_go_first() -> None:
    part = Part("harp", (Note(0, 4, 60, 0.5), Note(2, 4, 60, 0.5)), 1.0)
    notes = midi_notes(compose(Score("test", 60, 8, (part,))))
    assert [what for _, what, _ in notes] == ["note_on", "note_off", "note_on", "note_off"]
    # A beat is a second here, and a hand is at most 14 ms off.
    assert notes[2][0] == pytest.approx(2 * TICKS, abs=0.014 * TICKS + 1)


def test_the_same_score_gives_the_same_bytes() -> None:
    assert compose(SCORES["intro"]) == compose(SCORES["intro"])
    assert set(PROGRAMS) >= {part.instrument for s in SCORES.values() for part in s.parts}


def test_the_hall_dies_away() -> None:
    response = impulse_response(44100)
    assert np.square(response).sum(axis=0) == pytest.approx([1.0, 1.0])
    early, late = response[4410:8820], response[-8820:-4410]
    assert np.abs(late).max() < np.abs(early).max() / 300


def test_the_sting_is_played_the_same_twice(program: Callable[[str], str]) -> None:
    program("fluidsynth")
    if not playing.FONT.is_file():
        absent("the FluidR3 sound font")
    first, second = (playing.play(SCORES["sting"]) for _ in range(2))
    assert first.samples.tobytes() == second.samples.tobytes()
    assert first.frames == round(SCORES["sting"].duration_s * 44100)
    assert measure_loudness(first).integrated_lufs == pytest.approx(-20.0, abs=0.01)


def test_without_fluidsynth_the_command_that_adds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(playing, "FONT", Path(__file__))
    with pytest.raises(MissingError, match="apt-get install fluidsynth"):
        playing.play(SCORES["sting"])


@pytest.fixture(scope="module")
def files(show: Show) -> dict[str, Clip]:
    found = {name: show.music.files[name] for name in LENGTHS_S}
    return {name: read_clip(path) for name, path in found.items() if path is not None}


def test_the_finished_files_are_small(show: Show) -> None:
    paths = [show.music.files[name] for name in LENGTHS_S]
    assert sum(path.stat().st_size for path in paths if path) < 3_000_000


@pytest.mark.parametrize("name", LENGTHS_S)
def test_the_finished_files_are_what_the_scores_say(name: str, files: dict[str, Clip]) -> None:
    clip, found = files[name], measure_loudness(files[name])
    assert (clip.rate, clip.channels) == (44100, 2)
    assert clip.frames == round(SCORES[name].duration_s * 44100)
    assert found.integrated_lufs == pytest.approx(-20.0, abs=0.1)
    assert found.true_peak_dbtp < -1.5


@pytest.mark.parametrize("name", ["intro", "outro", "sting"])
def test_they_start_and_end_in_silence(name: str, files: dict[str, Clip]) -> None:
    samples = files[name].samples
    assert np.abs(samples[0]).max() < 1e-4
    assert np.abs(samples[-1]).max() < 1e-4


def test_the_bed_loops_without_a_seam(files: dict[str, Clip]) -> None:
    bed = files["bed"]
    assert make_seamless(bed) is bed
    twice = np.concatenate([bed.samples[-2000:], bed.samples[:2000]])
    # Neither a step nor a kink: the first and second differences at the seam are like those of
    # the 45 ms on both sides.
    for order in (1, 2):
        steps = np.abs(np.diff(twice, order, axis=0)).max(axis=1)
        assert steps[1996:2002].max() <= np.percentile(steps, 99)
