"""However long a sound is, going through it needs no more memory than a short one does."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import pytest
from numpy.typing import NDArray

from paperledge_audio.master.limiter import Limiter
from paperledge_audio.mix.mixing import mixdown
from paperledge_audio.mix.processing import process
from paperledge_audio.mix.timeline import arrange
from paperledge_audio.sound.clip import Sound, read_blocks
from paperledge_audio.sound.measuring.meter import measure_loudness
from paperledge_audio.sound.scratch import open_scratch_file
from tests.sounds import NOTHING, MakeBox, MakeTake, arranged

SHORT_S, LONG_S = 20, 400
ALLOWANCE = 4e6
"""Bytes: what lists of peaks and powers may grow by. The long sound itself has 140 million."""


@dataclass(frozen=True)
class Hum:
    """A sound that is nowhere: worked out as it is read. A loud click every ten seconds."""

    seconds: int
    rate: int = 44100
    channels: int = 2

    @property
    def frames(self) -> int:
        return self.seconds * self.rate

    def read(self, start: int, end: int) -> NDArray[np.float32]:
        place = np.arange(start, end)
        wave = 0.1 * np.sin(place * 0.05, dtype=np.float32)
        wave[place % (10 * self.rate) == 1000] = 0.9
        return np.repeat(wave[:, np.newaxis], 2, axis=1)


def limited(sound: Sound) -> None:
    out, _ = Limiter(sound, -6.0).limit(0.0)
    for _ in read_blocks(out):
        pass


def peak_bytes(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("work", [measure_loudness, limited])
def test_a_long_sound_needs_the_memory_of_a_short_one(work: Callable[[Sound], object]) -> None:
    short, long = (peak_bytes(partial(work, Hum(seconds))) for seconds in (SHORT_S, LONG_S))
    assert long < short + ALLOWANCE


def test_a_long_mix_needs_the_memory_of_a_short_one(make_take: MakeTake, make_box: MakeBox) -> None:
    @dataclass(frozen=True)
    class Spoken(Hum):
        rate: int = 24000
        channels: int = 1

        def read(self, start: int, end: int) -> NDArray[np.float32]:
            return super().read(start, end)[:, :1]

    def mixed(count: int) -> None:
        takes = [make_take(np.zeros(10), index) for index in range(count)]
        lazy = [type(take)(take.segment, Spoken(5), (), take.engine) for take in takes]
        with open_scratch_file() as scratch:
            kept = [process(take, NOTHING, scratch) for take in lazy]
            line = arrange(kept, ("One",), {}, make_box(), host="ernis")
            for _ in read_blocks(mixdown(line, make_box())):
                pass

    short, long = (peak_bytes(partial(mixed, count)) for count in (4, 80))
    assert long < short + ALLOWANCE


def test_long_music_needs_the_memory_of_short_music(make_take: MakeTake, make_box: MakeBox) -> None:
    def mixed(seconds: int) -> None:
        takes = [make_take(np.zeros(24000), n, music_after="" if n else "bed") for n in range(2)]
        music = {"intro": Hum(seconds), "bed": Hum(seconds), "outro": Hum(seconds)}
        for _ in read_blocks(mixdown(arranged(takes, ("One",), music, make_box()), make_box())):
            pass

    short, long = (peak_bytes(partial(mixed, seconds)) for seconds in (SHORT_S, LONG_S))
    assert long < short + ALLOWANCE
