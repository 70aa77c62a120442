"""Segments → clips that a browser plays: spoken from the store of takes, encoded, measured."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units
from paperledge_audio.deliver.encode import mp3
from paperledge_audio.preview.history.version import QUALITY
from paperledge_audio.render import Listener, Order, speak
from paperledge_audio.sound.clip import Resampled, duration_s, loaded
from paperledge_audio.sound.measuring.meter import hop_powers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from paperledge_audio.engines import Take
    from paperledge_audio.preview.history.diff import Heard
    from paperledge_audio.preview.history.version import Version
    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.takes import TakeStore

KBPS = 64
"""One voice, mono."""
PEAKS_PER_S = 20
"""Bars of the waveform."""
LOUDEST = 99
"""A bar at full scale."""
NAME_LETTERS = 20
"""Of the recording's name in a file's: 80 bits, no two alike in any show's life."""

Times = tuple[tuple[float, float], ...]
"""When each printed word sounds, in seconds of its clip."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording as an MP3, what it looks like and how loud it is."""

    name: str
    """Of its file."""
    mp3: bytes
    duration_s: float
    peaks: tuple[int, ...]
    """0 to 99, `PEAKS_PER_S` a second."""
    powers: NDArray[np.float64]
    """Its part in a loudness: see `mix.meter.hop_powers`."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A segment that can be heard."""

    clip: Clip
    words: Times


class Recorder:
    """Speaks what is wanted and keeps its clips for the next time, by the takes' names."""

    def __init__(
        self,
        store: TakeStore,
        pool: Executor,
        listening: Callable[[str], Listener] = lambda _path: Listener(),
    ) -> None:
        """`listening` gives, for a version's path, who is told how it comes along."""
        self.store, self.pool, self._listening = store, pool, listening
        self._clips: dict[str, Clip] = {}

    def record(self, version: Version, wanted: Sequence[Heard]) -> dict[int, Spoken]:
        """Each wanted segment's clip and words, by the segment's index.

        Raises what engines and the store raise, with the version's path.
        """
        order = Order(Path(version.script.path), Path(), QUALITY)
        told = tuple(heard.segment for heard in wanted)
        if not told:
            return {}
        listener = self._listening(version.script.path)
        listener.on_segments(len(told))
        takes, _ = speak(told, version.voices, order, self.store, listener, pool=self.pool)
        new = {
            heard.sound: take
            for heard, take in zip(wanted, takes, strict=True)
            if heard.sound not in self._clips
        }
        self._clips |= zip(new, self.pool.map(_clip, new, new.values()), strict=True)
        return {
            heard.segment.index: Spoken(self._clips[heard.sound], _times(take))
            for heard, take in zip(wanted, takes, strict=True)
        }


def _clip(sound_name: str, take: Take) -> Clip:
    return Clip(
        name=f"{sound_name[:NAME_LETTERS]}.mp3",
        mp3=mp3.encode_bytes(Resampled(take.sound, mp3.RATE), KBPS, fast=True),
        duration_s=duration_s(take.sound),
        peaks=peaks(take.sound),
        powers=hop_powers(take.sound),
    )


def peaks(sound: Sound) -> tuple[int, ...]:
    """The largest absolute sample of each stretch, on a scale of `LOUDEST`."""
    samples = np.abs(loaded(sound).samples[:, 0])
    starts = [
        units.frames(n / PEAKS_PER_S, sound.rate)
        for n in range(max(1, round(duration_s(sound) * PEAKS_PER_S)))
    ]
    highest = np.maximum.reduceat(samples, starts)
    return tuple(int(peak) for peak in np.minimum(np.rint(highest * LOUDEST), LOUDEST))


def _times(take: Take) -> Times:
    rate = take.sound.rate
    return tuple((units.seconds(w.start, rate), units.seconds(w.end, rate)) for w in take.words)
