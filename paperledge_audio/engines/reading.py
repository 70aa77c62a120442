"""A segment in its reading → its take: the parts that are spoken for it, cut and joined."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from paperledge_audio.engines.durations import BEFORE_S, EDGE_S, FLOOR
from paperledge_audio.engines.g2p import spell_sounds
from paperledge_audio.engines.words import make_take
from paperledge_audio.sound.clip import Clip, JoinedSound, cut, fade, load, silence
from paperledge_audio.spoken.readings import list_parts
from paperledge_audio.units import frames

if TYPE_CHECKING:
    from paperledge_audio.engines.model import Engine, Marks, Take
    from paperledge_audio.spoken.model import Segment
    from paperledge_audio.spoken.readings import ReadingPart
    from paperledge_audio.voices.profiles import Voice

PAUSE_S = 0.12
"""Between parts: with the edges of takes, about what a comma takes."""
WINDOW_S = 0.005
"""Of levels, where the quietest place is looked for."""


def read(engine: Engine, segment: Segment, voice: Voice) -> Take:
    """Record `segment` in its reading; raises what the engine's `speak` raises."""
    if not segment.reading:
        return engine.speak(segment, voice)
    spoken = [_keep_range(engine.speak(part.segment, voice), part) for part in list_parts(segment)]
    rate = spoken[0][0].rate
    pause = silence(frames(PAUSE_S, rate), rate)
    clips = [clip for kept, _ in spoken for clip in (pause, kept)][1:]
    starts = [0, *accumulate(kept.frames + pause.frames for kept, _ in spoken)]
    marks = [
        (said, start + frame)
        for (_, own), start in zip(spoken, starts, strict=False)
        for said, frame in own
    ]
    return make_take(segment, load(JoinedSound(clips)), tuple(marks), engine.fingerprint)


def spell_reading(engine: Engine, segment: Segment) -> list[object]:
    """All that a reading changes of the sound, for a take's name; nothing for the plain one."""
    return [segment.reading, _spell_parts(engine, segment)] if segment.reading else []


def is_plain(engine: Engine, segment: Segment) -> bool:
    """Whether an engine says in a segment's reading what it says in the plain one."""
    return _spell_parts(engine, segment) == _spell_parts(engine, replace(segment, reading=""))


def _spell_parts(engine: Engine, segment: Segment) -> list[object]:
    return [
        [spell_sounds(part.segment), part.start, part.end, engine.direction(part.segment)]
        for part in list_parts(segment)
    ]


def _keep_range(take: Take, part: ReadingPart) -> tuple[Clip, Marks]:
    """The sound of a part's range, and its marks at their places in the whole text."""
    clip, marks = take.clip, take.marks
    first, last = _find_edge(take, part.start), clip.frames
    if part.start:
        loud = np.flatnonzero(np.abs(clip.samples[first:, 0]) > FLOOR * clip.peak)
        first = (
            max(first + int(loud[0]) - frames(BEFORE_S, clip.rate), first) if len(loud) else first
        )
        edge = frames(EDGE_S, clip.rate)
        clip = fade(cut(clip, first, last), edge, 0)
    shift = part.at - part.start
    kept = [(said, frame) for said, frame in marks if part.start <= said <= part.end]
    return clip, tuple(
        (said + shift, min(max(frame - first, 0), clip.frames)) for said, frame in kept
    )


def _find_edge(take: Take, place: int) -> int:
    """The frame to cut at before a place in the spoken text: the quietest between its words."""
    if not place:
        return 0
    clip = take.clip
    before = max((frame for said, frame in take.marks if said < place), default=0)
    after = min((frame for said, frame in take.marks if said >= place), default=before)
    size = frames(WINDOW_S, clip.rate)
    count = (after - before) // size
    if count < 1:
        return after
    windows = clip.samples[before : before + count * size, 0].reshape(count, size)
    return before + size * int(np.square(windows).mean(axis=1).argmin()) + size // 2
