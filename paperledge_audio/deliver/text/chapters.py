"""Chapters of the finished file, for its tag and for Podcasting 2.0's JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.deliver.clean import clean_line, encode_url
from paperledge_audio.script.model import ChapterLink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from paperledge_audio.mix.model import Timeline

VERSION = "1.2.0"
"""Of the JSON Chapters format in the podcast namespace."""


@dataclass(frozen=True, slots=True)
class FileChapter:
    """A chapter from `start_ms` up to `end_ms`, in milliseconds of the finished file."""

    title: str
    start_ms: int
    end_ms: int
    link: str = ""
    image: str = ""
    """The address of a picture."""
    picture: bytes = b""
    """That picture, a JPEG, where a tag may hold it."""


def make_chapters(
    timeline: Timeline, title: str, links: Sequence[ChapterLink] = ()
) -> tuple[FileChapter, ...]:
    """The chapters of a time line, from 0 to its end without gaps.

    The first one begins at 0; of chapters that begin on the same millisecond only the last stays.
    An episode without chapters is a single one, called `title`. `links`: what chapters with those
    titles show.
    """
    end_ms = units.milliseconds(timeline.frames, timeline.rate)
    titles: dict[int, str] = {}
    for chapter in timeline.chapters:
        start_ms = units.milliseconds(chapter.start, timeline.rate) if titles else 0
        titles[start_ms] = clean_line(chapter.title, "a chapter's title") or title
    starts = sorted(titles or {0: title})
    titles = titles or {0: title}
    shown = {clean_line(one.title, "a chapter's title"): one for one in links}
    nothing = ChapterLink("")

    def make(start: int, end: int) -> FileChapter:
        found = shown.get(titles[start], nothing)
        return FileChapter(
            titles[start], start, end, encode_url(found.link), encode_url(found.image)
        )

    return tuple(make(start, end) for start, end in zip(starts, [*starts[1:], end_ms], strict=True))


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
                **({"url": chapter.link} if chapter.link else {}),
                **({"img": chapter.image} if chapter.image else {}),
            }
            for chapter in chapters
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
