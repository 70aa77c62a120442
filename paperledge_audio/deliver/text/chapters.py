"""Chapters of the finished file, for its tag and for Podcasting 2.0's JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.deliver.clean import clean_line

if TYPE_CHECKING:
    from paperledge_audio.mix.model import Timeline

VERSION = "1.2.0"
"""Of the JSON Chapters format in the podcast namespace."""


@dataclass(frozen=True, slots=True)
class FileChapter:
    """A chapter from `start_ms` up to `end_ms`, in milliseconds of the finished file."""

    title: str
    start_ms: int
    end_ms: int


def make_chapters(timeline: Timeline, title: str) -> tuple[FileChapter, ...]:
    """The chapters of a time line, from 0 to its end without gaps.

    The first one begins at 0; of chapters that begin on the same millisecond only the last stays.
    An episode without chapters is a single one, called `title`.
    """
    end_ms = units.milliseconds(timeline.frames, timeline.rate)
    titles: dict[int, str] = {}
    for chapter in timeline.chapters:
        start_ms = units.milliseconds(chapter.start, timeline.rate) if titles else 0
        titles[start_ms] = clean_line(chapter.title, "a chapter's title") or title
    starts = sorted(titles or {0: title})
    titles = titles or {0: title}
    return tuple(
        FileChapter(titles[start], start, end)
        for start, end in zip(starts, [*starts[1:], end_ms], strict=True)
    )


def compose(chapters: tuple[FileChapter, ...], *, title: str, podcast: str) -> str:
    """Podcasting 2.0 JSON chapters, starts ascending in seconds, the first at 0."""
    document = {
        "version": VERSION,
        "title": title,
        "podcastName": podcast,
        "chapters": [
            {
                "startTime": chapter.start_ms / 1000,
                "endTime": chapter.end_ms / 1000,
                "title": chapter.title,
            }
            for chapter in chapters
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
