"""An episode's speech, music and ducking in columns, for a picture."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.mix.mixing import DUCKED_ROLES, Mix

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from paperledge_audio.mix.model import Timeline
    from paperledge_audio.show.model import MusicSettings


@dataclass(frozen=True, slots=True, eq=False)
class Overview:
    """An episode in equal columns of time; each array has one value a column, float64."""

    host: NDArray[np.float64]
    """Peak of the host's speech in the mix, as an amplitude."""
    guests: NDArray[np.float64]
    """Peak of everybody else's."""
    music: NDArray[np.float64]
    """Peak of the music, as far down as it is ducked."""
    ducking_db: NDArray[np.float64]
    """How far playing music is ducked, 0 or less; 0 if none plays."""


def make_overview(timeline: Timeline, settings: MusicSettings, columns: int) -> Overview:
    """Summarise a time line in `columns` parts of equal length."""
    edges = np.linspace(0, timeline.frames, columns + 1).astype(int)
    of_host = np.zeros(columns, bool)
    for cue in timeline.cues:
        if cue.segment.voice == timeline.host:
            of_host |= (edges[1:] > cue.start) & (edges[:-1] < cue.end)
    said = [placed for placed in timeline.placed if placed.role == "speech"]
    others = [placed for placed in timeline.placed if placed.role != "speech"]
    speech = _find_peaks(Mix(timeline, settings, placed=said), edges)
    plays = np.zeros(columns, bool)
    for placed in timeline.placed:
        if placed.role in DUCKED_ROLES:
            plays |= (edges[1:] > placed.start) & (edges[:-1] < placed.end)
    return Overview(
        np.where(of_host, speech, 0.0),
        np.where(of_host, 0.0, speech),
        _find_peaks(Mix(timeline, settings, placed=others), edges),
        np.where(plays, _compute_ducking_db(timeline, settings, edges), 0.0),
    )


def _find_peaks(stem: Mix, edges: NDArray[np.int_]) -> NDArray[np.float64]:
    return np.array(
        [
            np.abs(stem.read(int(start), int(end))).max(initial=0.0)
            for start, end in pairwise(edges)
        ],
        np.float64,
    )


def _compute_ducking_db(
    timeline: Timeline, settings: MusicSettings, edges: NDArray[np.int_]
) -> NDArray[np.float64]:
    middles = (edges[:-1] + edges[1:]) // 2
    curve = Mix(timeline, settings).ducking
    gains = [float(np.mean(curve.gain(int(frame), int(frame) + 1))) for frame in middles]
    return 20.0 * np.log10(gains)
