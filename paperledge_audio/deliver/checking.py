"""Checks before anything is spoken that the episode can be delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paperledge_audio.deliver.clean import clean_block, clean_line, encode_url
from paperledge_audio.deliver.feed.categories import check_category
from paperledge_audio.deliver.feed.item import make_url
from paperledge_audio.deliver.feed.notes import LONGEST_DESCRIPTION_BYTES, count_bytes
from paperledge_audio.deliver.folder.writing import check_place, release_kind
from paperledge_audio.deliver.formats import format_for
from paperledge_audio.deliver.model import STUDIO
from paperledge_audio.deliver.pictures.chapters import check_pictures, list_pictures
from paperledge_audio.deliver.pictures.cover import check_artwork, find_artwork
from paperledge_audio.deliver.pictures.lettering import check_fonts
from paperledge_audio.deliver.provenance import check_signing
from paperledge_audio.deliver.reading.book import check_sound
from paperledge_audio.deliver.text.chapters import FileChapter
from paperledge_audio.errors import DeliveryError, locate_errors, raise_first, suggest
from paperledge_audio.master.targets import target_for
from paperledge_audio.script.model import Directive
from paperledge_audio.script.outline import outline

if TYPE_CHECKING:
    from pathlib import Path

    from paperledge_audio.script.model import Script
    from paperledge_audio.show.model import Show

SUMMARIES = 2
"""A tag holds the summary so often."""
LONGEST_NOTES_BYTES = LONGEST_DESCRIPTION_BYTES // 2
"""The most bytes of what show notes must have in full."""


def preflight(
    script: Script,
    show: Show,
    out: Path,
    slug: str,
    *,
    quality: str = STUDIO,
    force: bool = False,
    with_book: bool = False,
) -> None:
    """Run all checks; writes nothing.

    `quality`: a draft replaces no release in studio quality. `force`: a release's files are
    replaced even so, and even if this program did not make them. `with_book`: a book is added.

    Raises DeliveryError for a slug, a folder, a text or a format that can't be delivered,
    UsageError for an unknown loudness target or format, ShowError for unfit artwork or an unknown
    category, MissingError where the machine lacks what the format needs; what `check_signing`
    raises.
    """
    episode = script.episode
    check_place(out, slug, release_kind(slug, quality), force=force)
    form = format_for(show.output.format)
    form.check(show.output.bitrate_kbps, show.output.channels)
    form.check_needs()
    if with_book:
        check_sound(form)
    signature_bytes = check_signing(show)
    with locate_errors(path=script.path):
        titles = [start.title for start in outline(script)]
        at = {file: make_url(show, slug, end) for file, end in list_pictures(script).items()}
        shown = {one.title: (one.link, at.get(one.image, one.image)) for one in episode.chapters}
        chapters = [FileChapter(title, 0, 0, *shown.get(title, ())) for title in titles]
        characters = _count_text(script, show) + SUMMARIES * len(episode.summary)
        form.check_room(chapters, characters + signature_bytes // 2)  # of two bytes each
        raise_first(
            [
                DeliveryError(
                    f"chapters: no chapter is called {one.title!r}",
                    suggest(one.title, titles),
                    line=one.line,
                )
                for one in episode.chapters
                if one.title not in titles
            ]
        )
    kbps = None if form.lossless else show.output.bitrate_kbps
    target_for(show.output.loudness, show.output.channels, kbps)
    check_category(show)
    for what, text in {
        "the title": episode.title,
        "the category": show.category,
        "the show's title": show.title,
        "the host's name": show.host,
        "the show's author": show.author,
    }.items():
        if not clean_line(text, what):
            raise DeliveryError(f"{what} is empty", "give one")
    for what, text in {
        "the summary": episode.summary,
        "the paper's title": episode.paper.title,
        "the paper's field": episode.category,
        "the authors": " ".join(episode.authors),
        "the keywords": " ".join(episode.keywords),
        "a guest": " ".join(guest.name + guest.role for guest in episode.guests),
        "a soundbite's title": " ".join(bite.title for bite in episode.soundbites),
        "the copyright notice": show.copyright,
        "the disclosure": show.disclosure.text,
    }.items():
        clean_block(text, what)
    if count_bytes((encode_url(episode.paper.url), show.disclosure.text)) > LONGEST_NOTES_BYTES:
        raise DeliveryError(
            "the paper's address and the disclosure leave no room for other show notes",
            "shorten them",
        )
    people = (url for guest in episode.guests for url in (guest.link, guest.image))
    linked = (url for one in episode.chapters for url in (one.link, "" if one.file else one.image))
    about = (episode.paper.url, episode.link, "" if episode.file else episode.image)
    for url in (*about, *people, *linked, show.website, show.base_url, show.feed_url):
        encode_url(url)
    artwork = find_artwork(script, show)
    check_pictures(script)
    check_artwork(artwork)
    if artwork is None:
        check_fonts()


def _count_text(script: Script, show: Show) -> int:
    """The characters of the text in the tag, with the speakers where there are several."""
    blocks = [block for block in script.blocks if not isinstance(block, Directive)]
    speakers = [getattr(block, "speaker", "") for block in blocks]
    names = [f"{name or show.host}: " for name in speakers] if any(speakers) else []
    return sum(len(text) for text in (*names, *(block.text for block in blocks)))
