"""Five faults in one episode: one verified render mends each, or names it with its line."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from paperledge_audio.engines.hibari import HibariEngine
from paperledge_audio.engines.model import Take
from paperledge_audio.engines.words import make_take
from paperledge_audio.files.resources import cache_folder
from paperledge_audio.plan import plan_script
from paperledge_audio.show.loading import load_show
from paperledge_audio.sound.clip import Clip
from paperledge_audio.spoken.model import Segment
from paperledge_audio.takes import TakeStore
from paperledge_audio.voices.profiles import Voice

pytestmark = pytest.mark.model

SCRIPT = "scripts/one-hand.md"
HEADER = """\
---
title: Five Faults
date: 2025-10-21
authors:
- Ada Lovelace
paper:
  title: On Lighthouses
  url: https://paperledge.example/on-lighthouses
summary: A lighthouse, explained.
---
"""
LINES = (
    "The old lighthouse stands at the end of the harbour, and nobody has lived in it for years.",
    "Every evening the keeper climbed the narrow stairs, and he carried a heavy can of oil.",
    "The lamp could be seen from seven miles away, if the weather was clear and calm.",
    "On the first night of winter a storm came up, and the waves broke over the garden wall.",
    "She read all of the pages on a long train journey, and she copied some of them by hand.",
    "People liked the drawings of the gulls very much, but they liked the weather reports more.",
    "Today a small machine turns on the lamp at dusk, and another one counts the passing ships.",
)
FIRST = HEADER.count("\n") + 2
"""The line of the first sentence; there is one in every other line."""
Samples = NDArray[np.float32]
Call = Callable[..., Any]


@dataclass(frozen=True)
class Fault:
    """One that is planted in the sentence of a line."""

    line: int
    told: str
    """A part of what a render says of it."""
    sound: Callable[[Samples, int], Samples] | None = None
    words: tuple[str, str] = ("", "")
    """What is said, and what is said instead."""


def find_middle(samples: Samples) -> int:
    """A place in the middle of the speech that is loud."""
    loud = np.flatnonzero(np.abs(samples) > 0.1 * np.abs(samples).max())
    return int(loud[len(loud) // 2])


def click(samples: Samples, _rate: int) -> Samples:
    out = samples.copy()
    out[find_middle(samples)] += 0.5
    return out


def pause(samples: Samples, rate: int) -> Samples:
    return np.insert(samples, find_middle(samples), np.zeros(rate * 3 // 10, np.float32))


def line_of(words: str) -> int:
    return next(FIRST + 2 * n for n, line in enumerate(LINES) if words in line)


DROPPED = Fault(line_of("narrow stairs"), "'narrow' was ", words=("narrow", ""))
DIGIT = Fault(line_of("seven miles"), "'seven' was heard as ", words=("seven", "two"))
CUT = Fault(line_of("garden wall"), "last word cut off", lambda sound, rate: sound[: -rate // 5])
PAUSE = Fault(line_of("long train"), "hole in the sound", pause)
CLICK = Fault(line_of("drawings"), "click (", click)
FAULTS = (DROPPED, DIGIT, CUT, PAUSE, CLICK)
BY_LINE = {fault.line: fault for fault in FAULTS}


def speak_badly(engine: HibariEngine, segment: Segment, voice: Voice, fault: Fault) -> Take:
    """The take of a segment with a fault; `HibariEngine.speak` may be replaced."""
    meant, said = fault.words
    spans = tuple(replace(span, said=span.said.replace(meant, said)) for span in segment.spans)
    assert not meant or spans != segment.spans or meant not in segment.spoken
    take = SPEAK(engine, replace(segment, spans=spans) if meant else segment, voice)
    samples = take.clip.samples[:, 0]
    if fault.sound:
        samples = fault.sound(samples, take.sound.rate)
    marks = take.marks if not meant else ((0, 0), (len(segment.spoken), len(samples)))
    inside = tuple((place, min(frame, len(samples))) for place, frame in marks)
    return make_take(segment, Clip(samples, take.sound.rate), inside, take.engine, take.id)


SPEAK = HibariEngine.speak


@pytest.fixture
def episode(show_folder: Path) -> Path:
    """A script of seven sentences, which hibari speaks."""
    pytest.importorskip("faster_whisper")
    profile = show_folder / "voices" / "tone.toml"
    profile.write_text(profile.read_text().replace('= "tone"', '= "hibari"'))
    (show_folder / SCRIPT).write_text("\n\n".join((HEADER.rstrip(), *LINES)) + "\n")
    return show_folder / SCRIPT


def find_rows(err: str, *parts: str) -> Mapping[int, str]:
    """The rows of an output that have all of these parts, by the script's line."""
    rows = [row for row in err.splitlines() if all(part in row for part in parts)]
    return {int(row.split(":")[1]): row for row in rows}


def test_takes_that_are_kept_with_five_faults_are_mended(episode: Path, paperledge: Call) -> None:
    render = ("render", SCRIPT, "--verified")
    clean = paperledge(*render)
    assert clean.code == 0, clean.err
    assert "has a fault" not in clean.err
    assert "had a fault" not in clean.err
    store, show = TakeStore(cache_folder()), load_show(episode.parent / "show.toml")
    plan = plan_script(episode.read_bytes(), SCRIPT, show, quality="studio", store=store)
    takes = {take.segment.line: take for take in plan.kept}
    for fault in FAULTS:
        take = takes[fault.line]
        engine, voice = plan.engines[take.segment.voice], plan.voices[take.segment.voice]
        assert isinstance(engine, HibariEngine)
        store.keep(take.id, speak_badly(engine, take.segment, voice, fault))
    ran = paperledge(*render)
    assert ran.code == 0, ran.err
    assert "0 takes made" in ran.out
    said = find_rows(ran.err, "had a fault", "was made again")
    assert set(said) == set(BY_LINE)
    for fault in FAULTS:
        assert fault.told in said[fault.line]
    heard = json.loads(paperledge("verify", "out", "--speech", "--json").out)
    verdicts = {row["line"]: row["verdict"] for row in heard["reports"][0]["sentences"]}
    assert {verdicts[fault.line] for fault in FAULTS} == {"right"}
    assert "wrong" not in verdicts.values()


def test_what_no_reading_mends_is_named_and_the_rest_is_mended(
    episode: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine says another number and clicks in every reading, the rest in the plain one."""
    everywhere = {DIGIT.line, CLICK.line}

    def speak(engine: HibariEngine, segment: Segment, voice: Voice) -> Take:
        fault = BY_LINE.get(segment.line)
        if fault is None or (segment.reading and segment.line not in everywhere):
            return SPEAK(engine, segment, voice)
        return speak_badly(engine, segment, voice, fault)

    monkeypatch.setattr(HibariEngine, "speak", speak)
    ran = paperledge("render", SCRIPT, "--verified")
    assert ran.code == 1, ran.err
    left = find_rows(ran.err, "has a fault")
    assert set(left) == everywhere
    for fault in (DIGIT, CLICK):
        assert fault.told in left[fault.line]
        assert f"choose one: paperledge again {SCRIPT} {fault.line} --words " in left[fault.line]
    assert not Path("out").exists()
    everywhere.clear()
    monkeypatch.setenv("PAPERLEDGE_CACHE", str(episode.parent / "cache"))
    ran = paperledge("render", SCRIPT, "--verified")
    assert ran.code == 0, ran.err
    assert set(find_rows(ran.err, "was made again")) == set(BY_LINE)
