"""What was measured of a sound → what its limited version measures, by what has changed.

A gain moves every figure by as much. A limiter works on a few stretches: these are measured, the
rest is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units
from paperledge_audio.sound.measuring.meter import HOP_S, Measurement, PowerMeter
from paperledge_audio.sound.measuring.truepeak import GROUP, Bounds, peaks_over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.master.limiter import Limited
    from paperledge_audio.sound.clip import Sound

SETTLING_HOPS = 3
"""The meter runs at least this long before a change: by then its filters, whose slowest mode fades
by half every 3 ms, have forgotten that it began."""
RINGING_HOPS = 2
"""For as long after a change the filters may tell of it."""
STEP = 0.8
"""Down which the highest peak is looked for."""


def remeasured(limited: Limited, before: Measurement) -> Measurement:
    """The measurement of `limited`, where its sound measures `before`.

    As exact as measuring it anew, but for the last digits of the filters' sums.
    """
    gain = float(limited.raised)
    powers = before.powers * gain**2
    squares = before.mean_square * gain**2 * limited.frames * limited.channels
    for first, end in _hops(limited):
        start = max(first - SETTLING_HOPS, 0)
        start -= start % _whole_hops(limited.rate)
        meter = PowerMeter(limited.rate, limited.channels)
        meter.add(limited.read(_edge(start, limited), _edge(end, limited)))
        powers[first:end] = meter.powers()[first - start : end - start]
    for stretch in limited.stretches:
        quiet = limited.read(stretch.start, stretch.end)
        loud = quiet / stretch.gain[:, np.newaxis]
        squares += float(np.vdot(quiet, quiet)) - float(np.vdot(loud, loud))
    mean_square = max(squares, 0.0) / max(limited.frames * limited.channels, 1)
    bounds = Bounds(before.bounds.most * limited.raised)
    if not limited.stretches:
        return Measurement(powers, mean_square, before.true_peak * gain, bounds)
    return Measurement(powers, mean_square, _true_peak(limited, bounds, before), bounds)


def _hops(limited: Limited) -> Iterator[tuple[int, int]]:
    """Runs of hops that a stretch changes: from one up to another, apart from each other."""
    waiting: tuple[int, int] | None = None
    for stretch in limited.stretches:
        first = int(stretch.start / limited.rate / HOP_S)
        end = int(stretch.end / limited.rate / HOP_S) + 1 + RINGING_HOPS
        if waiting and first <= waiting[1] + SETTLING_HOPS:
            waiting = waiting[0], end
            continue
        if waiting:
            yield waiting
        waiting = first, end
    if waiting:
        yield waiting


def _whole_hops(rate: int) -> int:
    """How many hops are whole frames together: 1 at all usual rates, 10 at any."""
    return 1 if rate % 10 == 0 else 10


def _edge(hop: int, sound: Sound) -> int:
    return min(units.frames(hop * HOP_S, sound.rate), sound.frames)


def _true_peak(limited: Limited, bounds: Bounds, before: Measurement) -> float:
    """The highest point: looked for where there can be one above a level that is lowered.

    A changing gain bends the wave, so that the bounds don't hold in stretches: these are looked at.
    """
    inside = [
        np.arange(max(stretch.start - 1, 0) // GROUP, stretch.end // GROUP + 1)
        for stretch in limited.stretches
    ]
    always = np.unique(np.concatenate(inside))
    always = always[always < len(bounds.most)]
    level = before.true_peak * float(limited.raised)
    while True:
        level *= STEP
        groups = np.union1d(always, bounds.that_may_exceed(level))
        _, peaks = peaks_over(limited, level, groups.tolist())
        if len(peaks):
            return float(peaks.max())
