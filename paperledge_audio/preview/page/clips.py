"""Segments → clips for a browser: spoken or from the store of takes, encoded and measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units
from paperledge_audio.deliver.encode import mp3
from paperledge_audio.orders import ProgressCallbacks
from paperledge_audio.plan import plan_script
from paperledge_audio.sound.clip import duration_s, load, lower_to_full_scale, resample
from paperledge_audio.sound.measuring.meter import measure_powers
from paperledge_audio.synthesis import synthesize

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from numpy.typing import NDArray

    from paperledge_audio.engines import Take
    from paperledge_audio.plan import Plan, ScriptPlan
    from paperledge_audio.show.model import Show
    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.takes import TakeStore

QUALITY = "draft"
"""Previews are drafts."""
KBPS = 64
"""One voice, mono."""
PEAKS_PER_S = 20
"""Bars of the waveform."""
LOUDEST = 99
"""A bar at full scale."""
NAME_LETTERS = 20
"""Letters of the take's id in a file's name: 80 bits, practically unique."""

Times = tuple[tuple[float, float], ...]
"""When each printed word sounds, in seconds of its clip."""


@dataclass(frozen=True, slots=True)
class PreviewClip:
    """A take as an MP3, its waveform and its loudness."""

    name: str
    """Of its file."""
    mp3: bytes
    duration_s: float
    peaks: tuple[int, ...]
    """0 to 99, `PEAKS_PER_S` a second."""
    powers: NDArray[np.float64]
    """For the loudness of several clips: see `measure_powers`."""


@dataclass(frozen=True, slots=True)
class RecordedSegment:
    """A segment's clip and word times."""

    clip: PreviewClip
    words: Times


class Recorder:
    """Makes clips of segments, and keeps them by their takes' ids."""

    def __init__(
        self,
        store: TakeStore,
        pool: Executor,
        progress_of: Callable[[str], ProgressCallbacks] = lambda _path: ProgressCallbacks(),
    ) -> None:
        """`progress_of`: a script's path → what its progress calls."""
        self.store, self.pool, self._progress_of = store, pool, progress_of
        self._clips: dict[str, PreviewClip] = {}

    def plan(self, source: bytes, path: str, show: Show) -> ScriptPlan:
        """Plan a script for `record`; raises what `plan_script` raises."""
        return plan_script(source, path, show, quality=QUALITY, store=self.store)

    def record(self, plan: Plan) -> dict[int, RecordedSegment]:
        """Each segment's clip and words, by the segment's index.

        Raises what engines and the store raise, with the plan's path.
        """
        if not plan.segments:
            return {}
        progress = self._progress_of(plan.path)
        progress.on_plans([plan])
        spoken = synthesize(plan, self.store, self._spoken, progress.on_take, pool=self.pool)
        return {segment.index: one for segment, one in zip(plan.segments, spoken, strict=True)}

    def _spoken(self, take: Take) -> RecordedSegment:
        clip = self._clips.get(take.id)
        if clip is None:  # if several threads make the same one, the first is kept
            clip = self._clips.setdefault(take.id, _make_clip(take))
        return RecordedSegment(clip, _time_words(take))


def _make_clip(take: Take) -> PreviewClip:
    sound = lower_to_full_scale(resample(take.clip, mp3.RATE))  # no limiter has seen it
    return PreviewClip(
        name=f"{take.id[:NAME_LETTERS]}.mp3",
        mp3=mp3.encode_bytes(sound, KBPS, fast=True),
        duration_s=duration_s(take.sound),
        peaks=measure_peaks(take.sound),
        powers=measure_powers(take.sound),
    )


def measure_peaks(sound: Sound) -> tuple[int, ...]:
    """The largest absolute sample of each interval, on a scale up to `LOUDEST`."""
    samples = np.abs(load(sound).samples).max(axis=1)
    starts = [
        units.frames(n / PEAKS_PER_S, sound.rate)
        for n in range(max(1, round(duration_s(sound) * PEAKS_PER_S)))
    ]
    highest = np.maximum.reduceat(samples, starts)
    return tuple(int(peak) for peak in np.minimum(np.rint(highest * LOUDEST), LOUDEST))


def _time_words(take: Take) -> Times:
    rate = take.sound.rate
    return tuple((units.seconds(w.start, rate), units.seconds(w.end, rate)) for w in take.words)
