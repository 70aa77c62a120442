"""The show's whole feed: RSS 2.0 with the itunes and podcast namespaces, from finished folders.

Our own code, since feedgen 1.0 lacks the podcast namespace and can't include existing items; the
standard library's element tree escapes texts just as well.
"""

from __future__ import annotations

import datetime
import uuid
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from paperledge_audio import GENERATOR_NOTE
from paperledge_audio.deliver.clean import encode_url
from paperledge_audio.deliver.feed.categories import check_category
from paperledge_audio.deliver.feed.channel import GUIDS, OF_FEED, fill_channel
from paperledge_audio.deliver.feed.entry import FeedEntry
from paperledge_audio.deliver.feed.item import NAMESPACES, read_item
from paperledge_audio.deliver.folder import finished
from paperledge_audio.deliver.folder.exchange import read_unswapped
from paperledge_audio.deliver.folder.finished import is_draft, try_read_manifest
from paperledge_audio.deliver.folder.writing import LEFTOVER, release_kind
from paperledge_audio.errors import DeliveryError, ShowError
from paperledge_audio.files.markup import compose_xml
from paperledge_audio.files.reading import is_folder, list_folder
from paperledge_audio.script.model import FULL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from paperledge_audio.show.model import Show

_ADDRESSES = {"enclosure": "url", "image": "href", "transcript": "url", "chapters": "url"}
"""Elements of an item that point at files of its release → the attribute that does."""


def check(show: Show) -> None:
    """Raise ShowError, with the key of show.toml, if a fact that feeds need is missing."""
    for key, there, why in (
        ("base_url", show.base_url, "a feed needs full addresses"),
        ("website", show.website, "RSS requires a link"),
        ("description", show.description, "RSS requires one"),
    ):
        if not there:
            raise ShowError(f"{key}: is missing: {why}", f"add {key!r}", path=show.path)
    check_category(show)
    try:
        uuid.UUID(show.feed.guid or str(GUIDS))
    except ValueError as error:
        raise ShowError(
            f"feed.guid: {show.feed.guid!r} is not a UUID",
            "take it from the feed as it is, or leave it out",
            path=show.path,
        ) from error


@dataclass(frozen=True, slots=True)
class Collected:
    """What a folder of finished folders holds for a feed."""

    entries: tuple[FeedEntry, ...]
    """The newest first."""
    wrong: tuple[DeliveryError, ...]
    """The errors of broken releases, and of those that don't go together."""
    passed_over: tuple[DeliveryError, ...]
    """What is no release, or not for publishing, by its own mark."""
    waiting: tuple[FeedEntry, ...]
    """Those whose time has not come, the first to come first."""


def collect(
    out: Path,
    show: Show,
    *,
    allow_draft: bool = False,
    until: datetime.datetime | None = None,
) -> Collected:
    """The entry of every release in `out`.

    Hidden folders belong to running renders, except one that was set aside and never put back,
    whose release is missing. Drafts are passed over unless they are allowed, and so is a folder
    that has neither a manifest nor any file of a release, as a page has. An episode dated after
    `until` waits. Raises DeliveryError if `out` has nothing for a feed; its `others` say why.
    """
    entries: list[FeedEntry] = []
    wrong: list[DeliveryError] = []
    passed_over: list[DeliveryError] = []
    folders = [path for path in list_folder(out, DeliveryError) if is_folder(path)]
    names = {folder.name for folder in folders}
    for folder in folders:
        leftover = LEFTOVER.fullmatch(folder.name)
        try:
            if why := _explain_passing(folder, allow_draft=allow_draft):
                passed_over.append(why)
            elif not folder.name.startswith("."):
                entries.append(read_unswapped(folder, partial(_read_entry, folder, show)))
            elif leftover and leftover["kind"] == "old" and leftover["slug"] not in names:
                raise DeliveryError(
                    f"is the release of {leftover['slug']!r}, set aside when a render was stopped",
                    f"render {leftover['slug']!r} again",
                    path=folder,
                )
        except DeliveryError as error:
            wrong.append(error)
    if not entries and not wrong:
        what = "holds nothing for a feed" if passed_over else "holds no finished folder"
        nothing = DeliveryError(what, "render an episode first", path=out)
        raise nothing.located(others=tuple(passed_over))
    newest_first = sorted(entries, key=lambda entry: entry.age, reverse=True)
    for what, remedy, key in _UNIQUE:
        for one, two in _find_duplicates(reversed(newest_first), key):
            wrong.append(DeliveryError(f"has {what} of {one.slug!r}", remedy, path=out / two.slug))
    come = [entry for entry in newest_first if until is None or entry.date <= until]
    waiting = reversed(newest_first[: len(newest_first) - len(come)])
    return Collected(tuple(come), tuple(wrong), tuple(passed_over), tuple(waiting))


def _explain_passing(folder: Path, *, allow_draft: bool) -> DeliveryError | None:
    """Why a folder that is not hidden is passed over by its own mark; None if it is not."""
    if folder.name.startswith("."):
        return None
    if is_draft(try_read_manifest(folder, folder.name)) and not allow_draft:
        what, remedy = "is a draft", "render it in studio quality, or add --allow-draft"
        return DeliveryError(what, remedy, path=folder)
    names = release_kind(folder.name).names
    entries = [entry.name for entry in list_folder(folder, DeliveryError)]
    if any(names(name) or name.endswith(finished.MANIFEST) for name in entries):
        return None  # a release, or what is left of one, or a copy under another name
    return DeliveryError("is not a release", "keep it elsewhere", path=folder)


def compose(entries: Iterable[FeedEntry], show: Show, image: str) -> str:
    """The feed as an XML document; `image` is the name of the show's picture, beside the feed.

    The same entries and show give the same text: its date is that of the newest entry. Raises
    what `check` raises, and DeliveryError for texts that hold control characters.
    """
    check(show)
    entries = tuple(entries)
    root = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(root, "channel")
    fill_channel(channel, show, entries, urljoin(encode_url(show.feed_url), image))
    channel.extend(entry.item for entry in entries)
    return compose_xml(root, OF_FEED, GENERATOR_NOTE)


def _read_entry(folder: Path, show: Show) -> FeedEntry:
    """The item of the release in `folder`, with complete addresses.

    Raises what `finished.read` raises, and DeliveryError if it is another show's or doesn't fit its
    manifest.
    """
    release = finished.read(folder)
    manifest, file = release.manifest, release.path(".item.xml")
    if manifest["show"]["title"] != show.title:
        raise DeliveryError(
            f"is an episode of {manifest['show']['title']!r}, not of {show.title!r}",
            "render it again if the show was renamed, else move it, or name its show with --show",
            path=release.folder,
        )
    item = read_item(file)
    try:
        date = _published(item)
    except (ValueError, TypeError, OverflowError) as error:
        raise DeliveryError(f"is not an item: {error}", "render it again", path=file) from error
    enclosure = item.find("enclosure")
    length = "" if enclosure is None else enclosure.get("length", "")
    if (
        item.tag != "item"
        or item.findtext("guid") != manifest["guid"]
        or length != str(release.sound["bytes"])
    ):
        raise DeliveryError("does not fit its manifest", "render it again", path=file)
    base = f"{encode_url(show.base_url)}/"
    for element in item.iter():
        name = element.tag.rpartition("}")[2]
        if url := element.get(_ADDRESSES.get(name, "")):
            whole = urljoin(base, url)
            if name == "image" and url == encode_url(manifest["episode"]["image"]):
                continue  # the script's own choice
            if urlsplit(whole)[:2] != urlsplit(base)[:2]:
                raise DeliveryError(
                    f"its {name} lies elsewhere than base_url: {url}", "render it again", path=file
                )
            element.set(_ADDRESSES[name], whole)
    episode = manifest["episode"]
    return FeedEntry(
        item=item,
        date=date,
        season=episode["season"] or 0,
        number=episode["number"] or 0,
        slug=release.slug,
        guid=manifest["guid"],
        explicit=episode["explicit"],
        kind=item.findtext("itunes:episodeType", FULL, NAMESPACES),
    )


def _published(item: ET.Element) -> datetime.datetime:
    """When that was; raises ValueError, TypeError or OverflowError where an item doesn't say so."""
    date = parsedate_to_datetime(item.findtext("pubDate", ""))
    if date.tzinfo is None:
        raise ValueError("its pubDate has no time zone")
    return date.astimezone(datetime.UTC)


def _find_duplicates(
    entries: Iterable[FeedEntry], key: Callable[[FeedEntry], object]
) -> Iterator[tuple[FeedEntry, FeedEntry]]:
    """Entries with the key of an earlier one, and that one; a key of None is nobody's."""
    known: dict[object, FeedEntry] = {}
    for entry in entries:
        if (found := key(entry)) is None:
            continue
        if found in known:
            yield known[found], entry
        known[found] = entry


_UNIQUE: tuple[tuple[str, str, Callable[[FeedEntry], object]], ...] = (
    ("the guid", "remove one", lambda entry: entry.guid),
    (
        "the season and number",
        "correct one",
        lambda entry: (entry.season, entry.number) if entry.number and entry.kind == FULL else None,
    ),
)
"""What no two episodes may share; a trailer or a bonus may have the number of its episode."""
