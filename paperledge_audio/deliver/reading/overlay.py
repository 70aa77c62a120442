"""Sections → media overlays (SMIL): which part of the sound reads which sentence."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from paperledge_audio.deliver.reading.elements import make
from paperledge_audio.files.markup import compose_xml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperledge_audio.deliver.reading.sections import TimedSection

ACTIVE = "-epub-media-overlay-active"
"""The class of the sentence that is heard."""


@dataclass(frozen=True, slots=True)
class OverlayClip:
    """A part of the sound, in milliseconds, and the sentence that it belongs to."""

    sentence: str
    """Its id."""
    start_ms: int
    end_ms: int


def make_clips(
    sections: Sequence[TimedSection], length_ms: int
) -> tuple[tuple[OverlayClip, ...], ...]:
    """The clips of each section; together they are the whole sound.

    A clip lasts until the next sentence begins, so that pauses and music are heard; the first one
    begins with the sound.
    """
    sentences = [[s for one in section.paragraphs for s in one.sentences] for section in sections]
    starts = [sentence.start_ms for some in sentences for sentence in some]
    times = iter(pairwise([0, *starts[1:], length_ms]))
    clips = [[OverlayClip(sentence.id, *next(times)) for sentence in some] for some in sentences]
    return tuple(tuple(c for c in some if c.start_ms < c.end_ms) for some in clips)


def compose_overlay(text: str, sound: str, clips: Sequence[OverlayClip]) -> str:
    """A SMIL document for the file `text`."""
    rows = [
        make(
            "par",
            {"id": f"par-{clip.sentence}"},
            make("text", {"src": f"{text}#{clip.sentence}"}),
            make(
                "audio",
                {
                    "src": sound,
                    "clipBegin": format_clock(clip.start_ms),
                    "clipEnd": format_clock(clip.end_ms),
                },
            ),
        )
        for clip in clips
    ]
    root = make(
        "smil",
        {
            "xmlns": "http://www.w3.org/ns/SMIL",
            "xmlns:epub": "http://www.idpf.org/2007/ops",
            "version": "3.0",
        },
        make("body", {}, make("seq", {"id": "seq", "epub:textref": text}, *rows)),
    )
    return compose_xml(root, {})


def format_clock(ms: int) -> str:
    """A SMIL clock value.

    >>> format_clock(61_005)
    '61.005s'
    """
    return f"{ms // 1000}.{ms % 1000:03}s"
