"""Keys of a header that say how an episode is published: guests, soundbites, chapters' links."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from paperledge_audio.script.model import ChapterLink, Guest, Soundbite

if TYPE_CHECKING:
    from collections.abc import Iterable

    from paperledge_audio.script.model import Episode


def make_guests(found: Iterable[dict[str, Any]]) -> tuple[Guest, ...]:
    """`guests`, as read."""
    return tuple(Guest(one["name"], one["role"], one["link"], one["image"]) for one in found)


def make_soundbites(found: Iterable[dict[str, Any]]) -> tuple[Soundbite, ...]:
    """`soundbites`, as read."""
    return tuple(Soundbite(one["start"], one["length"], one["title"], one["line"]) for one in found)


def make_chapter_links(found: Iterable[dict[str, Any]]) -> tuple[ChapterLink, ...]:
    """`chapters`, as read."""
    return tuple(ChapterLink(**one) for one in found)


def describe_episode(episode: Episode) -> dict[str, Any]:
    """An episode's metadata as plain values, without lines of its script."""
    found = dataclasses.asdict(episode)
    del found["image_line"]
    for one in (*found["soundbites"], *found["chapters"]):
        del one["line"]
    return found


def write_guests(guests: tuple[Guest, ...]) -> list[Any]:
    """What the header has as `guests`."""
    return [
        one.name if one == Guest(one.name) else _without_defaults(one, {"role": Guest.DEFAULT_ROLE})
        for one in guests
    ]


def write_soundbites(bites: tuple[Soundbite, ...]) -> list[dict[str, Any]]:
    """What the header has as `soundbites`."""
    return [
        {
            "start": bite.start_s,
            "length": bite.length_s,
            **({"title": bite.title} if bite.title else {}),
        }
        for bite in bites
    ]


def write_chapter_links(links: tuple[ChapterLink, ...]) -> list[dict[str, Any]]:
    """What the header has as `chapters`."""
    return [_without_defaults(link, {}) for link in links]


def _without_defaults(value: Guest | ChapterLink, defaults: dict[str, str]) -> dict[str, Any]:
    fields = dataclasses.asdict(value)
    fields.pop("line", None)
    return {name: said for name, said in fields.items() if said != defaults.get(name, "")}
