"""What a feed had, so that no episode is lost when it is made again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.errors import NAMED, DeliveryError
from paperledge_audio.files.markup import parse_xml
from paperledge_audio.files.reading import is_there, read_bytes

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

LARGEST_FEED = 50_000_000
"""Bytes: ten thousand episodes with long notes."""


@dataclass(frozen=True, slots=True)
class LostEpisode:
    """An episode that a feed had."""

    guid: str
    title: str


def find_lost(
    feed: Path, guids: Collection[str], *, force: bool = False
) -> tuple[LostEpisode, ...]:
    """The episodes of the feed at `feed`, if there is one, whose ids are not among `guids`.

    Raises DeliveryError for a feed that can't be read; with `force` it had none.
    """
    if not is_there(feed):
        return ()
    data = read_bytes(feed, LARGEST_FEED, "a feed", error=DeliveryError)
    try:
        root = parse_xml(data.decode("utf-8"))
    except ValueError as error:
        if force:
            return ()
        what = f"can't be read to see which episodes it has: {error}"
        raise DeliveryError(what, "add --allow-loss", path=feed) from error
    had = (
        LostEpisode(item.findtext("guid", "").strip(), item.findtext("title", "").strip())
        for item in root.iter("item")
    )
    return tuple(one for one in had if one.guid not in guids)


def check_losses(feed: Path, guids: Collection[str], *, force: bool = False) -> None:
    """Raise DeliveryError, naming the first few, if an episode of the feed at `feed` would be lost.

    `force`: see `find_lost`.
    """
    lost = find_lost(feed, guids, force=force)
    if lost:
        named = ", ".join(f"{one.title!r} ({one.guid})" for one in lost[:NAMED])
        more = f" and {len(lost) - NAMED} more" if len(lost) > NAMED else ""
        one = len(lost) == 1
        raise DeliveryError(
            f"would lose the episode{'' if one else 's'} {named}{more}",
            f"bring {'it' if one else 'them'} back, or add --allow-loss",
            path=feed,
        )
