"""How fast a sentence is spoken: against the draft engine's reading, beside its voice's others."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from paperledge_audio.verify.speech.measuring import SoundFault
from paperledge_audio.verify.speech.verdicts import WRONG, add_faults, limit_verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from paperledge_audio.verify.speech.sentences import PlacedSentence
    from paperledge_audio.verify.speech.verdicts import ReadSentence

SLOWEST, FASTEST = 0.8, 1.13
"""Good takes have 0.89 to 1.09, with a standard deviation of 1.3 % in a draft, 2.7 % in studio."""
SPREAD = 4
"""Standard deviations of the voice's own pace that are free, where that is more: a fitted voice
varies more."""
PER_DEVIATION = 1.4826
"""Standard deviations of a normal distribution for each median of the distances from its median
(Rousseeuw and Croux 1993, https://doi.org/10.1080/01621459.1993.10476408)."""
TYPICAL_WORDS = 11
"""The median sentence of the example episodes has so many. The pace of fewer varies more, by the
root of how many they are."""
LEAST_OTHERS = 3
"""Sentences that a voice's pace is known by."""


def estimate_deviation(values: Sequence[float]) -> float:
    """The standard deviation of values, by the median of their distances from their median.

    A few that lie far off don't widen it.
    """
    middle = median(values)
    return PER_DEVIATION * median(abs(value - middle) for value in values)


def judge_pace(
    read: ReadSentence, sentence: PlacedSentence, others: Iterable[float | None]
) -> ReadSentence:
    """A sentence beside others of its voice, whose tempos these are, see `ReadSentence`."""
    known = [tempo for tempo in others if tempo]
    if not read.tempo or len(known) < LEAST_OTHERS:
        return read
    usual = median(known)
    words = len(read.meant.split())
    spread = estimate_deviation(known) / usual * max(1, TYPICAL_WORDS / max(words, 1)) ** 0.5
    pace = round(read.tempo / usual, 2)
    if min(SLOWEST, 1 - SPREAD * spread) <= pace <= max(FASTEST, 1 + SPREAD * spread):
        return read
    what = f"spoken {pace:g} times as fast as the voice's other sentences"
    verdict = limit_verdict(WRONG, words)
    return add_faults(read, (SoundFault(read.start_s, "", what),), sentence, verdict)
