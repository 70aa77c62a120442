"""Findings of a render: takes with a fault, and silences that nobody asked for."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.check.scripts import Finding
from paperledge_audio.errors import brief
from paperledge_audio.units import clock
from paperledge_audio.verify.sound import list_silences, measure_windows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from paperledge_audio.mix.model import Timeline
    from paperledge_audio.sound.clip import Sound
    from paperledge_audio.takes import FailedTake
    from paperledge_audio.verify.mending import Mender

VERIFY = "listen to it; --verified makes it again in another reading"
LONGEST_S = 3.0
"""A longer silence makes listeners look at their player."""
AROUND_S = 1.0
"""Silence at the edges of two takes, beside the pause that the script asks for."""


def check_silences(sound: Sound, timeline: Timeline) -> Iterator[Finding]:
    """A warning for each silence (peaks under -60 dBFS) of more than 3 s in a finished `sound`.

    `timeline`: what it was made from. A pause that the script asks for is no finding.
    """
    ends = [units.seconds(cue.end, timeline.rate) for cue in timeline.cues]
    for start_s, length_s in list_silences(measure_windows(sound)):
        before = bisect_right(ends, start_s + AROUND_S) - 1  # the cue that ends there
        asked_s = timeline.cues[before].segment.pause_after if before >= 0 else 0.0
        if length_s <= max(LONGEST_S, asked_s + AROUND_S):
            continue
        place = ""
        if before == len(ends) - 1:
            place = " after the last words"
        elif before < 0:
            place = " before the first words"
        line = timeline.cues[before].segment.line if before >= 0 else 0
        what = f"{length_s:.1f} s of silence at {clock(start_s)}{place}"
        yield Finding("warning", line or None, what, "cut the music, or shorten the pause")


def note_failure(failed: FailedTake) -> Finding:
    """A take that fails a gate, as a finding."""
    return Finding("warning", failed.take.segment.line or None, failed.explanation, VERIFY)


def list_mended(mender: Mender) -> Iterator[Finding]:
    """What was made again, what is left of a chosen reading, and what was heard, as findings.

    What is left of others is an error, see `Mender.verify`.
    """
    for _, one in sorted(mender.mended.items()):
        line = one.take.segment.line or None
        if one.is_chosen:
            yield Finding("warning", line, one.explanation)
        elif not one.left:
            yield Finding("note", line, one.explanation, f"to hear it and choose: {one.again}")
    for read in mender.doubtful:
        why = ", and ".join(read.explanations)
        yield Finding("note", read.line or None, f"{brief(read.printed)} is doubtful: {why}")
    if mender.heard:
        yield Finding("note", None, mender.heard)
