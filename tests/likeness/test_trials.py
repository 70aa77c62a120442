"""What a voice must keep, and the memory of a search."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from paperledge_audio.likeness.trials import (
    APART_ST,
    JUMPS,
    JUMPY,
    PITCH,
    QUALITY,
    STEADINESS,
    UNSTEADY,
    Bounds,
    Trial,
    TrialMemory,
    find_front,
)
from tests.hostile.making import NO_FILES, put

STOCK = Trial(0.3, 0.9, 3.5, 120.0, 0.0, 0.4, (0.6, 0.8))
BOUNDS = Bounds(STOCK, 0.2, 100.0)
GOOD = replace(STOCK, likeness=0.6, pitch_hz=100.0)


def test_a_voice_within_the_bounds_costs_nothing() -> None:
    assert BOUNDS.find_price(GOOD) == 0
    assert BOUNDS.find_price(replace(GOOD, pitch_hz=100 * 2 ** (0.9 / 12))) == 0


@pytest.mark.parametrize(
    ("worse", "price"),
    [
        (replace(GOOD, steadiness=0.8), STEADINESS * (0.1 - UNSTEADY)),
        (replace(GOOD, pitch_hz=50.0), PITCH * (12 - APART_ST)),
        (replace(GOOD, pitch_hz=200.0), PITCH * (12 - APART_ST)),
        (replace(GOOD, voiced=0.1), 0.1),
        (replace(GOOD, jumps=0.05), JUMPS * (0.05 - JUMPY)),
    ],
    ids=["steadiness", "an octave down", "an octave up", "no voice", "breaks"],
)
def test_each_fault_has_its_price(worse: Trial, price: float) -> None:
    assert BOUNDS.find_price(worse) == pytest.approx(price)


def test_quality_has_slack_until_its_bound_and_a_price_beyond_it() -> None:
    """The stock voice has 3.5 and may lose 0.2."""
    for quality, left in ((3.5, 0.2), (3.3, 0.0), (2.8, -0.5)):
        slack = BOUNDS.find_slack(replace(GOOD, quality=quality))
        assert slack == pytest.approx(QUALITY * left, abs=1e-9)


def test_a_recording_without_a_pitch_asks_for_none() -> None:
    assert Bounds(STOCK, 0.2, 0.0).find_price(replace(GOOD, pitch_hz=300.0)) == 0


values = some.floats(0, 1)
trials = some.lists(some.builds(lambda a, b: replace(GOOD, likeness=a, quality=b), values, values))


@given(trials)
def test_the_front_is_what_no_other_beats(tried: list[Trial]) -> None:
    front = find_front(tried)
    for one in tried:
        on = any((a.likeness, a.quality) == (one.likeness, one.quality) for a in front)
        beaten = any(
            a.likeness >= one.likeness
            and a.quality >= one.quality
            and (a.likeness, a.quality) != (one.likeness, one.quality)
            for a in tried
        )
        assert on != beaten
    assert [a.likeness for a in front] == sorted((a.likeness for a in front), reverse=True)


def test_what_is_kept_is_known_again_and_damage_is_not(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "trials.json"
    memory = TrialMemory(file, 2)
    memory.keep({"a": GOOD})
    memory.keep({"b": STOCK})
    again = TrialMemory(file, 2)
    again.load()
    assert again.known == {"a": GOOD, "b": STOCK}
    whole = file.read_bytes()
    nan = json.dumps({"a": asdict(GOOD) | {"quality": float("nan")}}).encode()
    short = json.dumps({"a": asdict(GOOD) | {"embedding": [1.0]}}).encode()
    text = json.dumps({"a": asdict(GOOD) | {"embedding": "me"}}).encode()
    damaged = (whole[:-2], b"[]", b'{"a": 1}', b'{"a": {}}', b"[" * 100_000, nan, short, text)
    things: list[Callable[[Path], object]] = [make for make, _ in NO_FILES.values()]
    things += [functools.partial(Path.write_bytes, data=data) for data in damaged]
    for make in things:
        put(make, file)
        forgetful = TrialMemory(file, 2)
        forgetful.load()
        assert forgetful.known == {}
        forgetful.keep({"a": GOOD, "b": STOCK})
        assert file.read_bytes() == whole
