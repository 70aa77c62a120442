"""Word times for models without durations, by alignment with the draft engine's speech.

hibari's durations are exact. Both renditions become cepstra, dynamic time warping
(Sakoe & Chiba 1978, https://doi.org/10.1109/TASSP.1978.1163055) finds the path between them, and
its marks are transferred along it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.errors import EngineError
from paperledge_audio.sound.clip import Clip, duration_s
from paperledge_audio.sound.measuring.cepstra import HOP, RATE, compute_cepstra, measure_distances
from paperledge_audio.units import rescale

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from paperledge_audio.engines.g2p import Pronunciation
    from paperledge_audio.engines.model import Marks

LEAST, MOST = 0.4, 3.0
"""A rendition that is so much shorter or longer than the draft left words out or didn't stop, which
happens with autoregressive models."""


def align_durations(
    clip: Clip, pronunciation: Pronunciation, draft: Clip, marks: Marks
) -> tuple[int, ...]:
    """Frames of `clip` for each symbol of `pronunciation`, and before the first and after the last.

    `marks` are those of `draft`, another rendition of the same words. What the draft
    marks is placed exactly, the symbols inside it evenly. Raises EngineError where the clip
    can't be all of the words.
    """
    spoken_s, draft_s = duration_s(clip), duration_s(draft)
    if not LEAST * draft_s < spoken_s < MOST * draft_s:
        raise EngineError(
            f"the voice's model spoke for {spoken_s:.1f} s where the words take about "
            f"{draft_s:.1f} s",
            "split the sentence, or rephrase it",
        )
    carried = transfer_marks(marks, draft, clip)
    offsets, frames = zip(*carried, strict=True)
    places, times = [0], [int(frames[0])]
    for said_start, said_end, start, end in pronunciation.alignment:
        for said, place in ((said_start, start), (said_end, end)):
            at = round(float(np.interp(said, offsets, frames)))
            if place > places[-1]:
                places.append(place)
                times.append(max(at, times[-1]))
    edges = np.interp(range(len(pronunciation.phonemes) + 1), places, times).round().astype(int)
    inner = [after - before for before, after in pairwise(edges.tolist())]
    return (int(edges[0]), *inner, clip.frames - int(edges[-1]))


def transfer_marks(marks: Marks, here: Clip, there: Clip) -> Marks:
    """The marks of one rendition, transferred to another one of the same words."""
    path = find_warp(compute_cepstra(here), compute_cepstra(there))
    xs, ys = path[:, 0] * HOP, path[:, 1] * HOP
    carried = [
        (
            said,
            rescale(
                round(float(np.interp(rescale(at, here.rate, RATE), xs, ys))), RATE, there.rate
            ),
        )
        for said, at in marks
    ]
    return tuple((said, min(at, there.frames)) for said, at in carried)


def find_warp(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.int64]:
    """The cheapest path through both, [steps, 2], from their first to their last frames.

    A step goes on by a frame in one or in both; costs are the frames' distances. Worked out along
    the diagonals that cross the path, of which each needs but the two before it.
    """
    rows, columns = len(a), len(b)
    costs = measure_distances(a, b)
    total = np.full((rows + 1, columns + 1), np.inf)
    total[0, 0] = 0.0
    for diagonal in range(2, rows + columns + 1):
        i = np.arange(max(1, diagonal - columns), min(rows, diagonal - 1) + 1)
        j = diagonal - i
        best = np.minimum(np.minimum(total[i - 1, j], total[i, j - 1]), total[i - 1, j - 1])
        total[i, j] = costs[i - 1, j - 1] + best
    path = [(rows, columns)]
    while path[-1] != (1, 1):
        row, column = path[-1]
        path.append(
            min(
                ((row - 1, column - 1), (row - 1, column), (row, column - 1)),
                key=lambda p: total[p],
            )
        )
    return np.array(path[::-1]) - 1
