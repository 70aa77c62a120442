"""Keys of a header that say how an episode is published: guests, soundbites, chapters' links."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from paperledge_audio.errors import brief
from paperledge_audio.files.names import find_fault, find_illegible
from paperledge_audio.script.model import ChapterLink, Guest, Soundbite

if TYPE_CHECKING:
    from paperledge_audio.files.tables import Fields

LONGEST_NAME = 128
"""Characters: directories cut longer texts of the podcast namespace."""
MOST = 100
"""Entries of a list."""
LONGEST_BITE_S = 600
LATEST_BITE_S = 86_400


def read_guests(top: Fields) -> tuple[Guest, ...]:
    """`guests`: a list of names, or of tables with a name and more."""
    return tuple(
        Guest(
            name=one.line("name", most=LONGEST_NAME),
            role=one.line("role", Guest.DEFAULT_ROLE, most=LONGEST_NAME),
            link=one.url("link", ""),
            image=one.url("image", ""),
        )
        for one in top.tables("guests", Guest.KEYS, short="name", most=MOST)
    )


def read_soundbites(top: Fields) -> tuple[Soundbite, ...]:
    """`soundbites`: a list of tables with start and length in seconds, and a title."""
    return tuple(
        Soundbite(
            start_s=one.number("start", least=0, most=LATEST_BITE_S),
            length_s=one.number("length", least=1, most=LONGEST_BITE_S),
            title=one.line("title", "", most=LONGEST_NAME),
        )
        for one in top.tables("soundbites", ("start", "length", "title"), most=MOST)
    )


def read_chapter_links(top: Fields) -> tuple[ChapterLink, ...]:
    """`chapters`: a list of tables with the title of a chapter, a link and an image."""
    found = []
    titles: set[str] = set()
    for one in top.tables("chapters", ("title", "link", "image"), most=MOST):
        title = one.line("title", most=None)
        if title in titles:
            raise one.fail("title", "is given twice", "remove one of them")
        titles.add(title)
        found.append(ChapterLink(title, one.url("link", ""), _read_picture(one)))
    return tuple(found)


def _read_picture(one: Fields) -> str:
    """An address, or a file's name that stays in the script's folder."""
    name = one.line("image", "", most=None)
    if not name or ":" in name:
        return one.url("image", "")
    if why := find_fault(name) or find_illegible(name):
        what = f"{brief(name)} {why}"
        raise one.fail("image", what, "name a file in the script's folder, or write https://…")
    return name


def write_guests(guests: tuple[Guest, ...]) -> list[Any]:
    """What `read_guests` reads."""
    return [
        one.name if one == Guest(one.name) else _without_defaults(one, {"role": Guest.DEFAULT_ROLE})
        for one in guests
    ]


def write_soundbites(bites: tuple[Soundbite, ...]) -> list[dict[str, Any]]:
    """What `read_soundbites` reads."""
    return [
        {
            "start": bite.start_s,
            "length": bite.length_s,
            **({"title": bite.title} if bite.title else {}),
        }
        for bite in bites
    ]


def write_chapter_links(links: tuple[ChapterLink, ...]) -> list[dict[str, Any]]:
    """What `read_chapter_links` reads."""
    return [_without_defaults(link, {}) for link in links]


def _without_defaults(value: Guest | ChapterLink, defaults: dict[str, str]) -> dict[str, Any]:
    fields = dataclasses.asdict(value)
    return {name: said for name, said in fields.items() if said != defaults.get(name, "")}
