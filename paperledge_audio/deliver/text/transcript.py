"""Podcasting 2.0's JSON transcript."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from paperledge_audio import units

if TYPE_CHECKING:
    from paperledge_audio.mix.model import Timeline

VERSION = "1.0.0"
"""Of the JSON transcript format in the podcast namespace."""


def compose(timeline: Timeline) -> str:
    """One entry a segment: speaker, startTime and endTime in seconds, body, and its words."""

    def at(frame: int) -> float:
        return units.milliseconds(frame, timeline.rate) / 1000

    segments = [
        {
            "speaker": cue.segment.speaker,
            "startTime": at(cue.start),
            "endTime": at(cue.end),
            "body": " ".join(cue.segment.text.split()),
            "words": [
                {"word": word.text, "startTime": at(word.start), "endTime": at(word.end)}
                for word in cue.words
            ],
        }
        for cue in timeline.cues
        if cue.words
    ]
    document = {"version": VERSION, "segments": segments}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
