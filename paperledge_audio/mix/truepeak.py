"""True peak: the highest point of the waveform between the samples (ITU-R BS.1770-4, Annex 2).

The annex oversamples at least four times; we do it eight times, so that even a tone at 0.45 of
the sample rate is read at most 0.14 dB low (the cosine of half a step of its phase). A
Kaiser-windowed sinc gives the seven points between two samples.

A block of samples is oversampled by one matrix product. No point between samples can exceed the
samples around it by more than the filter's L1 norm, so only blocks whose samples come that near
to what is asked for are worked on; the result is the same as oversampling everything.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio import units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from paperledge_audio.audio import Clip

PHASES = 8
TAPS = 32
"""Samples that each point between samples is made of, half of them on either side."""
BEFORE = TAPS // 2 - 1
KAISER_BETA = 6.0
BLOCK = 32
SPAN = BLOCK + TAPS - 1
"""The samples that a block's points are made of."""
BATCH = 512
"""Blocks in one product: their points fill the cache, not the memory."""


@lru_cache(maxsize=1)
def interpolator() -> NDArray[np.float64]:
    """The polyphase filter, [TAPS, PHASES]: column p gives the point p/PHASES after a sample.

    Column 0 is the sample itself. Each column's gain at 0 Hz is 1.
    """
    offsets = np.arange(TAPS)[:, np.newaxis] - BEFORE - np.arange(PHASES) / PHASES
    window = np.i0(KAISER_BETA * np.sqrt(np.clip(1.0 - (2.0 * offsets / TAPS) ** 2, 0.0, None)))
    taps = np.sinc(offsets) * window
    return np.asarray(taps / taps.sum(axis=0))


@lru_cache(maxsize=1)
def _product() -> NDArray[np.float32]:
    """The filter as a matrix, [SPAN, PHASES · BLOCK]: a block's samples to all of its points."""
    matrix = np.zeros((SPAN, PHASES, BLOCK), np.float32)
    for sample in range(BLOCK):
        matrix[sample : sample + TAPS, :, sample] = interpolator()
    return matrix.reshape(SPAN, PHASES * BLOCK)


@lru_cache(maxsize=1)
def _most_overshoot() -> float:
    return float(np.abs(interpolator()).sum(axis=0).max()) * (1.0 + 1e-6)


class _Blocks:
    """One channel cut into blocks, with the sample peak of what each block's points depend on."""

    def __init__(self, channel: NDArray[np.float32]) -> None:
        count = max(-(-len(channel) // BLOCK), 1)
        padded = np.zeros(count * BLOCK + TAPS - 1, np.float32)
        padded[BEFORE : BEFORE + len(channel)] = channel
        self._spans = np.lib.stride_tricks.sliding_window_view(padded, SPAN)[::BLOCK]
        inside = np.abs(padded[BEFORE : BEFORE + count * BLOCK]).reshape(count, BLOCK)
        peaks = np.pad(inside.max(axis=1, initial=0.0), 1)
        self.reach = np.maximum(np.maximum(peaks[:-2], peaks[2:]), peaks[1:-1])

    def that_may_exceed(self, level: float) -> NDArray[np.intp]:
        """The blocks in which some point can be above `level`."""
        return np.flatnonzero(self.reach * _most_overshoot() > level)

    def oversampled(
        self, blocks: NDArray[np.intp]
    ) -> Iterator[tuple[NDArray[np.intp], NDArray[np.float32]]]:
        """Batches of blocks, and their points as absolute values, [blocks, PHASES, BLOCK]."""
        for first in range(0, len(blocks), BATCH):
            batch = blocks[first : first + BATCH]
            points = self._spans[batch] @ _product()
            yield batch, np.abs(points, out=points).reshape(-1, PHASES, BLOCK)

    def highest(self, blocks: NDArray[np.intp]) -> float:
        """The highest point in these blocks; 0 for none."""
        return max((float(points.max()) for _, points in self.oversampled(blocks)), default=0.0)


def _channels(clip: Clip) -> Iterator[_Blocks]:
    """The blocks of every channel; a channel that is the same as the first is left out."""
    for index in range(clip.channels):
        channel = np.ascontiguousarray(clip.samples[:, index])
        if index == 0 or not np.array_equal(channel, clip.samples[:, 0]):
            yield _Blocks(channel)


def true_peak(clip: Clip) -> float:
    """The highest absolute value of the waveform, over all channels; 0 for silence."""
    best = 0.0
    for blocks in _channels(clip):
        # The highest blocks first: what they reach rules most of the others out.
        best = max(best, blocks.highest(np.argsort(-blocks.reach, kind="stable")[:BATCH]))
        best = max(best, blocks.highest(blocks.that_may_exceed(best)))
    return best


def true_peak_dbtp(clip: Clip) -> float:
    """The true peak in dBTP; minus infinity for silence."""
    return units.decibels(true_peak(clip))


def peaks_over(clip: Clip, level: float) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The frames beside which the waveform exceeds `level` (an amplitude), and how high it goes.

    Frames in ascending order, and for each the highest point between the frame before it and the
    one after it, over all channels.
    """
    frames: list[NDArray[np.intp]] = [np.empty(0, np.intp)]
    peaks: list[NDArray[np.float32]] = [np.empty(0, np.float32)]
    for blocks in _channels(clip):
        for batch, points in blocks.oversampled(blocks.that_may_exceed(level)):
            highest = points.max(axis=1)
            row, column = np.nonzero(highest > level)
            frame = batch[row] * BLOCK + column
            frames += [frame, frame + 1]  # the point lies between these two
            peaks += [highest[row, column]] * 2
    where, inverse = np.unique(np.concatenate(frames), return_inverse=True)
    height = np.zeros(len(where))
    np.maximum.at(height, inverse, np.concatenate(peaks))
    inside = where < clip.frames
    return where[inside], height[inside]
