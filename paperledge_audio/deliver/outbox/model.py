"""What every outbox does, and what it lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from paperledge_audio.deliver.folder import finished
from paperledge_audio.deliver.model import DRAFT, STUDIO
from paperledge_audio.deliver.schemas import find_violation
from paperledge_audio.errors import DeliveryError, locate_errors
from paperledge_audio.files.documents import parse_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class OutboxEpisode:
    """An episode as an outbox has it."""

    slug: str
    place: str
    """The folder of its files."""
    title: str = ""
    guid: str = ""
    date: str = ""
    quality: str = ""
    bytes: int = 0
    """Of all files that are listed."""
    problem: str = ""
    """Why an uploader can't take it; empty for one that is whole."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was taken out of an outbox."""

    files: int
    bytes: int
    kept: tuple[str, ...] = ()
    """Names of what is not this program's, and stays."""


class Outbox(Protocol):
    """Where uploaders find finished episodes. All raise DeliveryError."""

    def check(self, slug: str, quality: str, *, force: bool = False) -> None:
        """Raise if an episode can't be handed over: what lies there is not ours to replace.

        `force`: replace it all the same, and a release in studio quality by a draft.
        """

    def hand_over(
        self,
        place: Path,
        *,
        allow_draft: bool = False,
        force: bool = False,
        on_wait: Callable[[str], None] = lambda _what: None,
    ) -> str:
        """Copy the finished folder `place`; return where its files are now.

        Raises where the folder is not as its manifest says, or is that of a draft that is not
        allowed; then nothing has changed. `on_wait` is told what takes long, and may raise to stop.
        """

    def list_episodes(self) -> Iterator[OutboxEpisode]:
        """The episodes by name, and by the sizes of their files whether they are whole."""

    def withdraw(self, slug: str) -> Withdrawn:
        """Take an episode out, its manifest first, and only files that this program made."""


def check_publishable(quality: str, *, allow_draft: bool) -> None:
    """Raise DeliveryError for a draft, unless it is allowed."""
    if quality == DRAFT and not allow_draft:
        raise DeliveryError(
            "is a draft, which is not for publishing",
            "render it in studio quality, or add --allow-draft",
        )


def read_publishable(place: Path, *, allow_draft: bool) -> finished.Finished:
    """The release in `place`; raises DeliveryError if it is not whole, or a draft."""
    release = finished.read(place)
    with locate_errors(path=str(place)):
        check_publishable(release.quality, allow_draft=allow_draft)
    return release


def parse_manifest(data: bytes) -> tuple[Mapping[str, Any], str]:
    """A manifest, and what is wrong with it."""
    try:
        found = parse_json(data)
    except ValueError as error:
        return {}, f"its manifest can't be read: {error}"
    wrong = find_violation(finished.MANIFEST, found)
    return ({}, f"its manifest breaks its schema: {wrong}") if wrong else (found, "")


def describe_episode(
    slug: str, place: str, data: bytes | None, sizes: Mapping[str, int]
) -> OutboxEpisode:
    """What an outbox has of an episode: the bytes of its manifest, and its files' sizes by name."""
    if data is None:
        return OutboxEpisode(slug, place, problem="has no manifest")
    manifest, problem = parse_manifest(data)
    if problem:
        return OutboxEpisode(slug, place, problem=problem)
    episode, files = manifest["episode"], manifest["files"]
    wrong = [row["name"] for row in files if sizes.get(row["name"]) != row["bytes"]]
    return OutboxEpisode(
        slug,
        place,
        title=episode["title"],
        guid=manifest["guid"],
        date=str(episode["date"]),
        quality=DRAFT if finished.is_draft(manifest) else STUDIO,
        bytes=sum(row["bytes"] for row in files),
        problem=f"{wrong[0]} is missing or has another size" if wrong else "",
    )
