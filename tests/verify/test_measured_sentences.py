"""Each fault that is put into a sentence of a finished sound is found, with time and words."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from numpy.typing import NDArray

from paperledge_audio.cli.verify import _describe, _print
from paperledge_audio.deliver.encode import mp3
from paperledge_audio.sound.clip import Clip
from paperledge_audio.sound.measuring.loudness import Loudness
from paperledge_audio.takes import FINISHED_GATES, SILENT
from paperledge_audio.verify import Report
from paperledge_audio.verify.speech.findings import note_sound
from paperledge_audio.verify.speech.measuring import SoundFault, check_sentences, measure_sentence
from paperledge_audio.verify.speech.sentences import PlacedSentence, PlacedWord
from paperledge_audio.verify.speech.verdicts import add_faults, note_unread

RATE = 44100
LENGTH_S = 2.0
TIME = np.arange(round(LENGTH_S * RATE)) / RATE
Samples = NDArray[np.float64]


def place(start_s: float) -> PlacedSentence:
    """Two seconds of `murmur`, with a word in each of its syllables."""
    words = tuple(
        PlacedWord(f"w{n}", start_s + n / 5 + 0.02, start_s + n / 5 + 0.18) for n in range(9)
    )
    return PlacedSentence(7, start_s, start_s + LENGTH_S, "as printed", "as said", words=words)


SENTENCES = tuple(place(LENGTH_S * n) for n in range(4))


def murmur() -> Samples:
    """A sentence as a voice is: 120 Hz in syllables that rise and fall."""
    waves = np.arange(1, 20)[:, None]
    tone = (np.sin(2 * np.pi * 120 * waves * TIME + waves) / waves).sum(axis=0)
    syllables = 0.55 - 0.45 * np.cos(2 * np.pi * 5 * TIME)
    shaped: Samples = 0.1 * tone * syllables * np.clip((LENGTH_S - 0.06 - TIME) * 40, 0, 1)
    return shaped


def silence(samples: Samples, start_s: float, end_s: float) -> Samples:
    samples[round(start_s * RATE) : round(end_s * RATE)] = 0.0
    return samples


def check(spoil: Callable[[Samples], Samples]) -> tuple[tuple[SoundFault, ...], ...]:
    """The faults of four sentences, of which the third is spoilt, once they went through an MP3."""
    parts = [murmur(), murmur(), spoil(murmur()), murmur()]
    samples = np.concatenate(parts)[:, np.newaxis].astype(np.float32)
    return check_sentences(mp3.decode(mp3.encode_bytes(Clip(samples, RATE), 64)), SENTENCES)


FAULTS: dict[str, tuple[Callable[[Samples], Samples], float, str]] = {
    "sounding": (lambda samples: silence(samples, 0.1, 1.9), 4.0, ""),
    "level_db": (lambda samples: samples * 10 ** (-16 / 20), 4.0, ""),
    "dropout_s": (lambda samples: silence(samples, 1.09, 1.19), 5.09, "w5"),
    "softest_db": (
        lambda samples: samples * np.clip(np.abs(TIME - 1.3) * 10 - 1, 0, 1) ** 3,
        5.22,
        "w6",
    ),
}


def test_a_good_sentence_has_no_fault_and_every_gate_a_figure() -> None:
    assert check(lambda samples: samples) == ((), (), (), ())
    sound = Clip(murmur()[:, np.newaxis].astype(np.float32), RATE)
    figures = [gate.figure for gate in FINISHED_GATES]
    assert list(measure_sentence(sound, SENTENCES[0])) == figures == list(FAULTS)


@pytest.mark.parametrize("figure", FAULTS)
def test_each_fault_is_found_by_its_gate_alone(figure: str) -> None:
    spoil, at_s, words = FAULTS[figure]
    *good, (fault,), last = check(spoil)
    assert not any((*good, last))
    (gate,) = (gate for gate in FINISHED_GATES if gate.figure == figure)
    assert fault.what.startswith(f"{gate.what} (")
    assert fault.words == words
    assert fault.at_s == pytest.approx(at_s, abs=0.03)


def test_a_sentence_that_is_silent_or_beyond_the_end_has_one_fault() -> None:
    assert [len(one) for one in check(lambda samples: samples * 0)] == [0, 0, 1, 0]
    short = Clip(np.tile(murmur(), 3)[:, np.newaxis].astype(np.float32), RATE)
    assert [len(one) for one in check_sentences(short, SENTENCES)] == [0, 0, 0, 1]
    assert check_sentences(short, ()) == ()


def test_a_fault_makes_a_sentence_wrong_and_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    fault = SoundFault(5.1, "w5", "hole in the sound (0.1 s, at most 0.06)")
    wrong = add_faults(note_unread(SENTENCES[2]), (fault,), SENTENCES[2])
    chosen = replace(SENTENCES[2], chosen=True)
    accepted = add_faults(note_unread(chosen), (fault,), chosen)
    assert (wrong.verdict, accepted.verdict) == ("wrong", "accepted")
    assert note_sound(4, [wrong]).detail == "4 sentences measured, 1 sentence at fault"
    assert not note_sound(4, [wrong]).ok
    assert note_sound(4, [accepted]).ok
    muted = SoundFault(4.0, "", SILENT.explain(0.0))
    assert add_faults(note_unread(chosen), (muted,), chosen).verdict == "wrong"
    report = Report(Path("x.mp3"), 8.0, Loudness(-16.0, -1.0, 4.0, -14.0, -20.0), (), (wrong,))
    schema = json.loads((files("paperledge_audio") / "verify/report.schema.json").read_text())
    printed = json.loads(json.dumps({"reports": [_describe(report)], "suggestions": []}))
    jsonschema.validate(printed, schema)
    _print(report)
    said = capsys.readouterr().out
    assert "wrong    x, line 7, 0:04: as printed" in said
    assert "0:05  hole in the sound (0.1 s, at most 0.06): 'w5'" in said
    assert "heard" not in said
