"""The show notes of an episode, as plain text and as HTML."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.deliver.clean import clean_block, clean_line, clip_text, encode_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from paperledge_audio.deliver.text.chapters import FileChapter
    from paperledge_audio.script.model import Episode
    from paperledge_audio.show.model import Show

LONGEST_DESCRIPTION_BYTES = 4000
"""Apple Podcasts cuts what is longer."""


def write_plain_notes(episode: Episode, show: Show, chapters: Sequence[FileChapter]) -> str:
    """A line per paragraph, within the length that directories show.

    The disclosure and the paper's address are complete, chapters are complete or left out, and the
    summary and the authors are cut to the remaining room.
    """
    paper, authors = _describe_paper(episode)
    source = f"Paper: {paper}" if paper else "Paper" if authors else ""
    source += f" by {authors}" if authors else ""
    stamps = [f"{_format_start(chapter)} {chapter.title}" for chapter in chapters]
    times = "\n".join(stamps) if len(stamps) > 1 else ""
    address = encode_url(episode.paper.url)
    disclosure = clean_line(show.disclosure.text, "the disclosure")
    room = LONGEST_DESCRIPTION_BYTES - _count_bytes(address) - _count_bytes(disclosure)
    if _count_bytes(times) > room // 2:
        times = ""
    room -= _count_bytes(times)
    source = clip_text(source, room // 2 - 1)
    summary = clip_text(
        clean_block(episode.summary, "the summary"), room - _count_bytes(source) - 1
    )
    notes = (*summary.split("\n"), source, address, disclosure, *times.split("\n"))
    return "\n".join(note for note in notes if note)


def write_html_notes(episode: Episode, show: Show, chapters: Sequence[FileChapter]) -> str:
    """The whole notes in `p`, `ul`, `li` and `a`, which directories keep; all text is escaped."""
    return "".join(_list_html(episode, show, chapters))


def _list_html(episode: Episode, show: Show, chapters: Sequence[FileChapter]) -> Iterator[str]:
    for line in clean_block(episode.summary, "the summary").split("\n"):
        if line:
            yield f"<p>{escape(line)}</p>"
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
        yield f"<p>{escape(clean_line(show.disclosure.text, 'the disclosure'))}</p>"
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


def _count_bytes(note: str) -> int:
    """Bytes with the line end after it."""
    return len(note.encode()) + 1 if note else 0
