"""The address of an episode's sound, and the addresses that it had before it was corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from paperledge_audio.deliver.clean import join_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from paperledge_audio.deliver.model import ReleaseFile
    from paperledge_audio.show.model import Show

HASH_DIGITS = 12
MOST_SUPERSEDED = 50
"""Older addresses are forgotten."""


@dataclass(frozen=True, slots=True)
class SupersededSound:
    """An address that a corrected episode had, and the sound that was there."""

    url: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Enclosure:
    """Where the sound is served."""

    url: str
    version: int
    """Counted from 1, increased with each correction that gets an address of its own."""
    supersedes: tuple[SupersededSound, ...]
    """The earlier addresses, the latest last."""


def make_enclosure(
    show: Show, slug: str, sound: ReleaseFile, before: Mapping[str, Any]
) -> Enclosure:
    """The address of a sound under the show's base_url, relative where that is empty.

    `before` is the manifest of the release that is replaced, empty for none. The show's
    `enclosure` says whether the address of a corrected sound is another: a static server passes
    over what follows the question mark, while caches and players take it as a new file.
    """
    address = join_url(show.base_url, slug, sound.name)
    if show.feed.enclosure == "plain":  # what it was made from alone says what a release is
        return Enclosure(address, 1, ())
    old, old_sound = _read_enclosure(before)
    version = old.version + (old_sound not in {"", sound.sha256})
    mark = {
        "version": f"?v={version}" if version > 1 else "",
        "hash": f"?v={sound.sha256[:HASH_DIGITS]}",
    }[show.feed.enclosure]
    url = address + mark
    past = (*old.supersedes, SupersededSound(old.url, old_sound)) if old.url else ()
    superseded = {one.url: one for one in past if one.url != url}
    return Enclosure(url, version, tuple(superseded.values())[-MOST_SUPERSEDED:])


def _read_enclosure(manifest: Mapping[str, Any]) -> tuple[Enclosure, str]:
    """What a manifest says, and the hash of its sound; nothing where somebody else wrote it."""
    try:
        said = manifest["enclosure"]
        past = tuple(SupersededSound(one["url"], one["sha256"]) for one in said["supersedes"])
        sound, (url, version) = manifest["files"][0]["sha256"], (said["url"], said["version"])
        texts = [url, sound, *(text for one in past for text in (one.url, one.sha256))]
        if all(isinstance(text, str) for text in texts) and type(version) is int:
            return Enclosure(url, version, past), sound
    except (LookupError, TypeError, AttributeError):
        pass
    return Enclosure("", 1, ()), ""
