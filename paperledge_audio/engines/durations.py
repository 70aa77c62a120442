"""Word times and trimming, from the token durations inside the models.

Kokoro's and hibari's graphs round each phoneme's predicted length to whole model frames and
stretch their features by it; so the sum of those lengths is exactly the length of the sound, and
they give word times at no cost. `graphs.add_output` makes hibari's an output of its graph,
`kokoro.stages` Kokoro's.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.engines.model import Marks
from paperledge_audio.sound.clip import Clip, cut, fade
from paperledge_audio.units import frames, gain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from paperledge_audio.engines.g2p import Pronunciation

PAUSES = frozenset(' ;:,.!?—…"()“”')
"""Phoneme symbols that sound as silence, or as nothing."""
FLOOR = gain(-60.0)
"""Below this share of the clip's peak is silence: the models leave -130 dB between sounds, and
the softest endings, an f or a th, stay above -50 dB."""
BEFORE_S, AFTER_S = 0.02, 0.06
"""Kept before the first and after the last audible sample: soft onsets, and releases."""
EDGE_S = 0.004
"""Fades at the cuts, too short to be heard as such."""


def round_frames(lengths: NDArray[np.float32]) -> NDArray[np.float32]:
    """Predicted lengths in whole frames, at least one each, as the models' graphs round them."""
    return np.maximum(np.rint(lengths), np.float32(1))


def trim(
    clip: Clip,
    pronunciation: Pronunciation,
    durations: Sequence[int] | NDArray[np.float32],
    hop: int,
) -> tuple[Clip, Marks]:
    """Trim the silence at the clip's edges; returns the clip and the marks of its words.

    `durations`: the length of every token in model frames of `hop` samples, the two 0 tokens at
    the ends included; their sum is the clip's length. The cut follows what can be heard, not the
    durations: those give the last phoneme the silence that comes after it. So do the first mark
    and the last, which the durations place some 20 to 40 ms late.
    """
    ends = [hop * int(end) for end in accumulate(durations)]
    starts = [0, *ends[:-1]]
    loud = np.flatnonzero(np.abs(clip.samples[:, 0]) > FLOOR * clip.peak)
    begins, ends_at = int(loud[0]), int(loud[-1]) + 1
    first = max(begins - frames(BEFORE_S, clip.rate), 0)
    last = min(ends_at + frames(AFTER_S, clip.rate), clip.frames)
    marks = []
    for said_start, said_end, start, end in pronunciation.alignment:
        inside = [i + 1 for i in range(start, end) if pronunciation.phonemes[i] not in PAUSES]
        if inside:  # text without sound has no times
            marks += [(said_start, starts[inside[0]]), (said_end, ends[inside[-1]])]
    places = [min(max(at, begins), ends_at) - first for _, at in marks]
    places[0], places[-1] = begins - first, ends_at - first
    shifted = tuple((said, at) for (said, _), at in zip(marks, places, strict=True))
    edge = frames(EDGE_S, clip.rate)
    return fade(cut(clip, first, last), edge, edge), shifted
