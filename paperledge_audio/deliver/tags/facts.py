"""What tags say, in words of our own: each way of tagging maps these names to its fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.deliver.clean import ascii_url, block, line
from paperledge_audio.deliver.tags.languages import three_letters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperledge_audio.deliver.tags.id3 import Tag


@dataclass(frozen=True, slots=True)
class Told:
    """What a file's tag says, read back."""

    facts: Mapping[str, str]
    """By the names that `facts` has for them; only those that are there."""
    cover: bool
    """Whether there is a front cover."""
    chapters: tuple[tuple[int, str], ...]
    """The start in milliseconds and the title of each, in the order that players list them."""


def facts(tag: Tag) -> dict[str, str]:
    """Every fact that there is, by its name; what is empty is left out.

    Raises DeliveryError for texts that hold control characters.
    """
    episode, show = tag.episode, tag.show
    known = {
        "title": line(episode.title, "the title"),
        "host": line(show.host, "the host's name"),
        "author": line(show.author, "the author's name"),
        "show": line(show.title, "the show's title"),
        "genre": "Podcast",
        "date": episode.date.isoformat(),
        "number": "" if episode.number is None else str(episode.number),
        "season": "" if episode.season is None else str(episode.season),
        "language": three_letters(show.language),
        "summary": block(episode.summary, "the summary"),
        "text": block(tag.text, "the script"),
        "copyright": line(show.copyright, "the copyright notice"),
        "category": line(show.category, "the category"),
        "field": line(episode.category, "the paper's field"),
        "paper": line(episode.paper.title, "the paper's title"),
        "paper url": ascii_url(episode.paper.url),
        "authors": line(", ".join(episode.authors), "an author's name"),
        "disclosure": line(show.disclosure.text, "the disclosure"),
        "guid": tag.guid,
        "url": tag.url if "://" in tag.url else "",
        "website": ascii_url(show.website),
        "encoder": tag.encoder,
        "maker": tag.maker,
        "build": tag.build,
    }
    return {name: text for name, text in known.items() if text}
