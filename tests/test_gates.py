"""Each fault that is put into a good take fails its gate, and no other one."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from paperledge_audio.engines.figures import count_sounds, measure_take
from paperledge_audio.engines.model import Take, TakeFigures
from paperledge_audio.engines.words import make_take
from paperledge_audio.sound.clip import Clip
from paperledge_audio.takes import GATES, TakeStore, find_failures
from paperledge_audio.takes.entries import seal_entry
from tests.samples import plain_segment

RATE = 24000
TEXT = "hello crew, we look at looking today"
NAME = "ab" * 32
Samples = NDArray[np.float64]
Call = Callable[..., Any]


def hum() -> Samples:
    """Two seconds as a voice is: 120 Hz in syllables that rise and fall, a pause at the comma."""
    time = np.arange(2 * RATE) / RATE
    waves = np.arange(1, 20)[:, None]
    tone = (np.sin(2 * np.pi * 120 * waves * time + waves) / waves).sum(axis=0)
    syllables = 0.55 - 0.45 * np.cos(2 * np.pi * 5 * time)
    pause = np.clip(np.abs(time - 0.61) * 20 - 1, 0, 1)
    ends = np.clip(np.minimum(time - 0.02, 2 - 0.06 - time) * 40, 0, 1)
    shaped: Samples = 0.1 * tone * syllables * pause * ends
    return shaped


def take_of(samples: Samples) -> Take:
    marks = tuple((i, i * len(samples) // len(TEXT)) for i in range(len(TEXT) + 1))
    made = make_take(plain_segment(TEXT), Clip(samples.astype(np.float32), RATE), marks, "hibari/1")
    return replace(made, figures=measure_take(made))


def click(samples: Samples) -> Samples:
    samples[24500] += 0.5
    return samples


def cut_hole(samples: Samples) -> Samples:
    return np.insert(samples, 24100, np.zeros(RATE * 3 // 10))


def pause(samples: Samples) -> Samples:
    fade = np.clip(np.abs(np.arange(len(samples)) - 24000) / RATE * 30, 0, 1)
    return np.insert(samples * fade, 24000, np.zeros(RATE * 5 // 4))


FAULTS: dict[str, Callable[[Samples], Samples]] = {
    "level_db": lambda samples: samples * 10 ** (-9 / 20),
    "tempo": lambda samples: np.tile(samples, 2),
    "silence_s": pause,
    "dropout_s": cut_hole,
    "start_db": lambda samples: samples[RATE // 5 :],
    "end_db": lambda samples: samples[: -RATE // 5],
    "clipped": lambda samples: np.clip(samples, -0.1, 0.1),
    "dc_db": lambda samples: samples + 0.02,
    "spike_db": click,
}


def test_every_figure_has_a_gate_and_every_gate_a_fault() -> None:
    figures = [field.name for field in fields(TakeFigures)]
    assert [gate.figure for gate in GATES] == figures == list(FAULTS)


@pytest.mark.parametrize("figure", FAULTS)
def test_a_fault_fails_its_gate(figure: str) -> None:
    good = take_of(hum())
    assert find_failures([good] * 5) == ()
    bad = take_of(FAULTS[figure](hum()))
    failed = find_failures([good, good, bad, good])
    assert {failure.take is bad for failure in failed} == {True}
    assert figure in {failure.gate.figure for failure in failed}


def test_sounds_are_counted_by_their_kind() -> None:
    """ði Idˈiə: three vowels and a short one, two consonants, a stress; a full stop."""
    assert count_sounds(plain_segment("The idea.")) == (3, 1, 2, 1, 1)


def test_silence_and_next_to_nothing_are_measured() -> None:
    for samples in (np.zeros(5000), np.zeros(1), np.full(7, 0.5)):
        assert np.isfinite([getattr(measure_take(take_of(samples)), g.figure) for g in GATES]).all()


def test_a_failure_says_its_figure_and_the_bound() -> None:
    good, bad = take_of(hum()), take_of(hum() / 10)
    (failure,) = find_failures([good, good, bad])
    assert failure.what == "level far from the voice's (-20 dB, at least -5)"


def test_what_was_not_measured_passes() -> None:
    assert find_failures([replace(take_of(click(hum())), figures=None)]) == ()


def test_figures_are_kept_and_old_takes_are_measured(tmp_path: Path) -> None:
    store = TakeStore(tmp_path)
    made = take_of(hum())
    kept = store.keep(NAME, made)
    assert kept.figures == made.figures
    found = store.find(NAME, made.segment, "hibari/1")
    assert found is not None
    assert found.figures == made.figures
    file = tmp_path / "takes" / "ab" / f"{NAME}.json"
    facts = json.loads(file.read_text())
    assert facts.pop("figures") == {g.figure: getattr(made.figures, g.figure) for g in GATES}
    facts.pop("sha256")
    body = json.dumps(facts, separators=(",", ":")).removesuffix("}").encode()
    flac = file.with_suffix(".flac").read_bytes()
    file.write_bytes(seal_entry(NAME, body, flac))  # as an older version wrote it
    old = store.find(NAME, made.segment, "hibari/1")
    assert old is not None
    assert old.figures == made.figures


def test_a_render_says_which_take_fails_and_stops_only_where_it_is_asked(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paperledge_audio.takes.gates.GATES", [replace(GATES[7], most=-200.0)])
    monkeypatch.setattr("paperledge_audio.takes.gates.UNGATED", frozenset())
    script = "scripts/one-hand.md"
    ran = paperledge("render", script)
    assert ran.code == 0
    lines = [line for line in ran.err.splitlines() if "fails a gate" in line]
    assert lines[0].startswith(f"{script}:12: warning: the take of 'Hello, learning crew! Today")
    assert "fails a gate: direct current (" in lines[0]
    stopped = paperledge("render", script, "-o", "other", "--verified")
    assert stopped.code == 1
    assert "has a fault: direct current" in stopped.err
    assert not Path("other").exists()
