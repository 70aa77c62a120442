"""A take that fails a gate is made again in another reading, and a render says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from paperledge_audio.engines.model import Take
from paperledge_audio.engines.tone import Tone
from paperledge_audio.sound.clip import Clip
from paperledge_audio.spoken.model import Segment
from paperledge_audio.spoken.readings import CARRIER
from paperledge_audio.takes import GATES
from paperledge_audio.voices.profiles import Voice

SCRIPT = "scripts/one-hand.md"
Call = Callable[..., Any]
LEAN = next(gate for gate in GATES if gate.figure == "dc_db")


@pytest.fixture
def plant(
    show_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Callable[..., bool]], None]:
    """Have the tone engine lean to one side wherever a test says so, and only that gate."""
    monkeypatch.setattr("paperledge_audio.takes.gates.GATES", [LEAN])
    monkeypatch.setattr("paperledge_audio.takes.gates.UNGATED", frozenset())
    speak = Tone.speak

    def plant(is_bad: Callable[[Segment], bool]) -> None:
        def speak_badly(self: Tone, segment: Segment, voice: Voice) -> Take:
            take = speak(self, segment, voice)
            lean = np.float32(0.2 if is_bad(segment) else 0.0)
            return replace(take, sound=Clip(take.clip.samples + lean, take.sound.rate))

        monkeypatch.setattr(Tone, "speak", speak_badly)

    return plant


def is_plain(segment: Segment) -> bool:
    return "message" in segment.spoken and segment.delivery.pace > 0.93


def is_short(segment: Segment) -> bool:
    return "message" in segment.spoken and not segment.spoken.startswith(CARRIER)


def is_whole(segment: Segment) -> bool:
    return "crew!" in segment.spoken and "another" in segment.spoken


FOUND: Mapping[str, tuple[Callable[[Segment], bool], int, str]] = {
    "slower": (is_plain, 16, "'The tone is the message.'"),
    "after a sentence": (is_short, 16, "'The tone is the message.'"),
    "in two parts": (is_whole, 12, "'Hello, learning crew! Today"),
}


@pytest.mark.parametrize("reading", FOUND)
def test_a_take_that_fails_is_made_again_in_the_first_reading_that_passes(
    reading: str, plant: Call, paperledge: Call
) -> None:
    is_bad, line, words = FOUND[reading]
    plant(is_bad)
    ran = paperledge("render", SCRIPT, "--verified")
    assert ran.code == 0, ran.err
    (said,) = [row for row in ran.err.splitlines() if "made again" in row]
    assert said.startswith(f"{SCRIPT}:{line}: note: the take of {words}")
    assert "direct current (" in said
    assert said.endswith(f"and was made again: {reading}")
    before = {file.name: file.read_bytes() for file in Path("out/one-hand").iterdir()}
    again = paperledge("render", SCRIPT, "--verified")
    assert said in again.err
    assert "0 takes made" in again.out
    assert {file.name: file.read_bytes() for file in Path("out/one-hand").iterdir()} == before


def test_a_take_that_no_reading_mends_is_an_error_with_its_line(
    plant: Call, paperledge: Call
) -> None:
    plant(lambda segment: "message" in segment.spoken)
    ran = paperledge("render", SCRIPT, "--verified")
    assert ran.code == 1
    assert ran.err.splitlines()[-1].startswith(
        f"{SCRIPT}:16: the take of 'The tone is the message.' has a fault"
    )
    assert "of 2 other readings none is good" in ran.err
    assert not Path("out").exists()


def test_without_verified_a_take_is_not_made_again(plant: Call, paperledge: Call) -> None:
    plant(is_plain)
    ran = paperledge("render", SCRIPT)
    assert ran.code == 0
    assert "fails a gate" in ran.err
    assert "made again" not in ran.err
