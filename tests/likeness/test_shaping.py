"""A voice is shaped beyond the blends, with voices whose place and pitch can be read off."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from paperledge_audio.likeness import predicting
from paperledge_audio.likeness.lines import SEARCH
from paperledge_audio.likeness.manner import Manner
from paperledge_audio.likeness.predicting import CHOSEN_FROM
from paperledge_audio.likeness.shaping import Shape, Shaper
from paperledge_audio.likeness.trials import Judge
from paperledge_audio.voices.packs import blend
from tests.likeness.voices_that_add_up import stock
from tests.likeness.voices_that_move import (
    Moving,
    PlaceReader,
    Strict,
    embed_place,
    find_pitch_hz,
    open_space,
)

HOST = np.array([2.0, -1.5, 1.0, 1.5, -2.0])
"""Where the host is: no blend, which would be between the stock voices."""
RECORDED = Manner(pitch_hz=100.0, range_st=0.0, jumps=0.0, voiced=0.9, rate=5.0)
STOCK = stock()[0]
TRIALS = 120


@contextmanager
def open_shaper(folder: Path) -> Iterator[Shaper]:
    """One with a store and packs in that folder."""
    (folder / "packs").mkdir()
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(2) as pool:
        patch.setenv("PAPERLEDGE_CACHE", str(folder / "cache"))
        patch.setattr(predicting, "GUESSES", 300)  # there are few axes
        yield Shaper(
            engine=Moving(),
            judge=Judge(embed_place(HOST), PlaceReader(), cast("Any", Strict())),
            pool=pool,
            space=open_space(),
            template=STOCK,
            recorded=RECORDED,
            folder=folder / "packs",
        )


@pytest.fixture
def shaper(tmp_path: Path) -> Iterator[Shaper]:
    with open_shaper(tmp_path) as shaper:
        yield shaper


def shape(shaper: Shaper, trials: int = TRIALS, loss: float = 4.0) -> Shape:
    return shaper.shape(blend(STOCK.packs)[0], STOCK, trials, loss)


def place(shape: Shape) -> np.ndarray[Any, np.dtype[np.float64]]:
    return open_space().timbre.place(blend(shape.voices[0].packs)[0])


@dataclass(frozen=True)
class Found:
    """What a search came to, and what it told."""

    shape: Shape
    told: list[float]
    packs: Path


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """A whole search, which several tests look at."""
    folder = tmp_path_factory.mktemp("found")
    told: list[float] = []
    with open_shaper(folder) as shaper:
        return Found(shape(replace(shaper, on_trial=told.append)), told, folder / "packs")


def test_a_host_beyond_the_blends_is_found_with_the_recordings_pitch(found: Found) -> None:
    before = embed_place(open_space().timbre.place(blend(STOCK.packs)[0])) @ embed_place(HOST)
    after = embed_place(place(found.shape)) @ embed_place(HOST)
    assert before < 0.7
    assert after > 0.97
    rows = blend(found.shape.voices[0].packs)[0]
    assert find_pitch_hz(rows) == pytest.approx(RECORDED.pitch_hz, rel=0.06)


def test_the_same_recording_gives_the_same_voice_from_the_memory_or_anew(
    shaper: Shaper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = shape(shaper, 60)
    spoken = len(cast("Moving", shaper.engine).spoken)
    again = shape(shaper, 60)
    assert np.array_equal(place(again), place(first))
    # what was measured before the search is heard again, the trials are not
    assert len(cast("Moving", shaper.engine).spoken) - spoken < 20 * len(SEARCH)
    monkeypatch.setenv("PAPERLEDGE_CACHE", str(tmp_path / "another"))
    anew = shape(shaper, 60)
    assert np.array_equal(place(anew), place(first))


def test_less_loss_of_quality_is_less_likeness(shaper: Shaper, found: Found) -> None:
    strict = shape(shaper, loss=0.1)
    free = found.shape
    at = [embed_place(place(one)) @ embed_place(HOST) for one in (strict, free)]
    assert at[0] < at[1]
    judged = [Strict().judge([cast("Any", shaper.engine).speak(_line(), one.voices[0]).clip])
              for one in (strict, free)]  # fmt: skip
    start = Strict().judge([cast("Any", shaper.engine).speak(_line(), STOCK).clip])
    assert judged[0] > start - 0.2
    assert judged[1] < judged[0]


def test_the_front_goes_from_the_likest_to_the_best(found: Found) -> None:
    front = found.shape.front
    assert len(front) > 1
    assert all(a.likeness > b.likeness for a, b in pairwise(front))
    assert all(a.quality < b.quality for a, b in pairwise(front))


def test_each_trial_is_told_and_leaves_no_file(found: Found) -> None:
    assert len(found.told) == found.shape.tried <= TRIALS + CHOSEN_FROM
    kept = {voice.packs[0][0] for voice in found.shape.voices}
    assert kept <= set(found.packs.iterdir())
    assert len(list(found.packs.iterdir())) < CHOSEN_FROM + 8


def test_a_recording_without_a_voice_leaves_the_manner(shaper: Shaper) -> None:
    mute = replace(RECORDED, pitch_hz=0.0, rate=0.0)
    found = shape(replace(shaper, recorded=mute), 24)
    assert found.voices[0].pace == 1.0


def _line() -> Any:
    from paperledge_audio.likeness.lines import make_line

    return make_line(SEARCH[0])
