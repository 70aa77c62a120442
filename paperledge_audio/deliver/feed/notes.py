"""The show notes of an episode: whole, as HTML, and short, as HTML and as plain text.

RSS 2.0: an item's description is HTML, so that a plain `<` and line breaks would vanish.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.deliver.clean import clean_block, clean_line, clip_text, encode_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from paperledge_audio.deliver.text.chapters import FileChapter
    from paperledge_audio.script.model import Episode
    from paperledge_audio.show.model import Show

LONGEST_DESCRIPTION_BYTES = 4000
"""Apple Podcasts cuts what is longer."""
LONGEST_ESCAPE = len(escape('"'))
"""Bytes that one of a text becomes at most."""


@dataclass(frozen=True, slots=True)
class ShortNotes:
    """The notes' lines, within the length that directories show, in either form."""

    lines: tuple[str, ...]

    @property
    def plain(self) -> str:
        """A line each, for players that show a text as it is."""
        return "\n".join(filter(None, self.lines))

    @property
    def html(self) -> str:
        """A `p` each; all text is escaped."""
        return "".join(map(_write_paragraph, self.lines))


def shorten_notes(episode: Episode, show: Show, chapters: Sequence[FileChapter]) -> ShortNotes:
    """The notes without links, in at most `LONGEST_DESCRIPTION_BYTES` of HTML.

    The disclosure and the paper's address are complete, chapters are complete or left out, and the
    summary, the guests and the authors are cut to the remaining room.
    """
    paper, authors = _describe_paper(episode)
    source = f"Paper: {paper}" if paper else "Paper" if authors else ""
    source += f" by {authors}" if authors else ""
    names = ", ".join(clean_line(guest.name, "a guest") for guest in episode.guests)
    guests = f"With {names}" if names else ""
    times = [f"{_format_start(one)} {one.title}" for one in chapters if len(chapters) > 1]
    address = encode_url(episode.paper.url)
    disclosure = clean_line(show.disclosure.text, "the disclosure")
    room = LONGEST_DESCRIPTION_BYTES - count_bytes((address, disclosure))
    if count_bytes(times) > room // 2:
        times = []
    room -= count_bytes(times)
    source = _clip(source, room // 2)
    guests = _clip(guests, (room - count_bytes([source])) // 2)
    room -= count_bytes((source, guests))
    summary: list[str] = []
    for line in clean_block(episode.summary, "the summary").split("\n"):
        summary.append(_clip(line, room))
        room -= count_bytes(summary[-1:])
        if summary[-1] != line:
            break
    return ShortNotes((*summary, source, address, guests, disclosure, *times))


def write_html_notes(episode: Episode, show: Show, chapters: Sequence[FileChapter]) -> str:
    """The whole notes in `p`, `ul`, `li` and `a`, which directories keep; all text is escaped."""
    return "".join(_list_html(episode, show, chapters))


def _list_html(episode: Episode, show: Show, chapters: Sequence[FileChapter]) -> Iterator[str]:
    for line in clean_block(episode.summary, "the summary").split("\n"):
        yield _write_paragraph(line)
    paper, authors = _describe_paper(episode)
    address = encode_url(episode.paper.url)
    if paper or authors or address:
        named = _link(paper or address, address)
        by = f" by {escape(authors)}" if authors else ""
        yield f"<p>Paper: {named}{by}</p>" if paper or address else f"<p>Paper{by}</p>"
    if episode.guests:
        guests = (
            _link(clean_line(one.name, "a guest"), encode_url(one.link)) for one in episode.guests
        )
        yield f"<p>With {', '.join(guests)}</p>"
    if show.disclosure.text:
        yield _write_paragraph(clean_line(show.disclosure.text, "the disclosure"))
    if len(chapters) > 1:
        rows = (f"<li>{_format_start(one)} {_link(one.title, one.link)}</li>" for one in chapters)
        yield f"<ul>{''.join(rows)}</ul>"


def _describe_paper(episode: Episode) -> tuple[str, str]:
    """The paper's title, and its authors."""
    authors = ", ".join(clean_line(author, "an author's name") for author in episode.authors)
    return clean_line(episode.paper.title, "the paper's title"), authors


def _link(text: str, address: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>' if address else escape(text)


def _format_start(chapter: FileChapter) -> str:
    """As 00:01:02, where players find it."""
    return units.timestamp(chapter.start_ms, 1000)[:8]


def _write_paragraph(line: str) -> str:
    return f"<p>{escape(line)}</p>" if line else ""


def count_bytes(lines: Iterable[str]) -> int:
    """Bytes of the paragraphs that they become."""
    return sum(len(_write_paragraph(line).encode()) for line in lines)


def _clip(line: str, room: int) -> str:
    """As much of a line as a paragraph of at most `room` bytes has."""
    most = room = max(room, 0)
    while (over := count_bytes([clipped := clip_text(line, most)]) - room) > 0 < most:
        most -= max(1, over // LONGEST_ESCAPE)
    return clipped if over <= 0 else ""
