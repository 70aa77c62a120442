"""An episode → SLUG.epub: its words as a book that is read aloud, with the sound in it.

EPUB 3.3 with media overlays (https://www.w3.org/TR/epub-33/#sec-media-overlays).
"""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ET
import zipfile
from typing import TYPE_CHECKING

from paperledge_audio.deliver.clean import clean_line
from paperledge_audio.deliver.reading.elements import (
    list_speakers,
    make,
    make_notes,
    make_text,
)
from paperledge_audio.deliver.reading.overlay import compose_overlay, make_clips
from paperledge_audio.deliver.reading.package import BookPart, compose_package
from paperledge_audio.deliver.reading.sections import make_sections
from paperledge_audio.errors import DeliveryError
from paperledge_audio.files.resources import read_packaged_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from paperledge_audio.deliver.edition import Edition
    from paperledge_audio.deliver.formats import Format
    from paperledge_audio.deliver.reading.sections import TimedSection

BOOK = "epub"
"""Its name in --format; also the file's ending."""
MIMETYPE = "application/epub+zip"
SOUNDS = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "m4b": "audio/mp4",
    "opus": "audio/ogg; codecs=opus",
}
"""Formats of sound that every reader plays (core media types) → their types there."""
FOLDER = "EPUB"
CONTAINER = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="{FOLDER}/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first day of a ZIP archive: no clock is read."""
_UNIX = 3
_MODE = 0o100644 << 16


def check_sound(form: Format) -> None:
    """Raise DeliveryError for a format of sound that a book can't hold."""
    if form.name not in SOUNDS:
        raise DeliveryError(
            f"a book can't hold {form.name}", f"use one of {', '.join(SOUNDS)} for the sound"
        )


def write_book(edition: Edition, sound: Path, picture: bytes, book: Path) -> None:
    """Write the file `book`; `sound` is the finished file, `picture` a JPEG.

    The same input gives the same bytes: nothing in it is compressed.
    """
    sounding = f"sound{edition.form.suffix}"
    sections = [section for section in make_sections(edition) if section.paragraphs]
    parts = [
        BookPart("title", "title.xhtml", "application/xhtml+xml"),
        BookPart("contents", "contents.xhtml", "application/xhtml+xml", properties="nav"),
    ]
    texts = {
        "title.xhtml": _compose_title(edition, sections),
        "contents.xhtml": _compose_contents(edition, sections),
        "book.css": read_packaged_bytes(__package__, "assets", "book.css").decode(),
    }
    named = len(list_speakers(sections)) > 1
    for n, (section, clips) in enumerate(
        zip(sections, make_clips(sections, round(1000 * edition.duration_s)), strict=True)
    ):
        place, overlay = _name_chapter(n), f"chapter-{n + 1:03}.smil"
        title = section.chapter.title
        text = list(make_text(section, 1, named=named))
        if text[0].tag != "h1":
            text.insert(0, make("h1", {"dir": "auto"}, title))
        texts[place] = _compose_page(edition, title, text, kind="bodymatter")
        texts[overlay] = compose_overlay(place, sounding, clips)
        parts += [
            BookPart(f"text-{n + 1}", place, "application/xhtml+xml", overlay=f"times-{n + 1}"),
            BookPart(
                f"times-{n + 1}",
                overlay,
                "application/smil+xml",
                sounds_ms=sum(clip.end_ms - clip.start_ms for clip in clips),
            ),
        ]
    parts += [
        BookPart("style", "book.css", "text/css"),
        BookPart("cover", "cover.jpg", "image/jpeg", properties="cover-image"),
        BookPart("sound", sounding, SOUNDS[edition.form.name]),
    ]
    package = compose_package(edition, parts, list_speakers(sections))
    with zipfile.ZipFile(book, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(_describe("mimetype"), MIMETYPE)  # first, so that a file's start tells
        archive.writestr(_describe("META-INF/container.xml"), CONTAINER)
        archive.writestr(_describe(f"{FOLDER}/package.opf"), package)
        for name, written in texts.items():
            archive.writestr(_describe(f"{FOLDER}/{name}"), written)
        archive.writestr(_describe(f"{FOLDER}/cover.jpg"), picture)
        entry = _describe(f"{FOLDER}/{sounding}")
        entry.file_size = sound.stat().st_size
        with sound.open("rb") as source, archive.open(entry, "w") as target:
            shutil.copyfileobj(source, target)


def _describe(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _EPOCH)
    entry.create_system, entry.external_attr = _UNIX, _MODE
    return entry


def _name_chapter(number: int) -> str:
    return f"chapter-{number + 1:03}.xhtml"


def _compose_page(edition: Edition, title: str, body: Sequence[ET.Element], kind: str) -> str:
    language = edition.show.language
    root = make(
        "html",
        {
            "xmlns": "http://www.w3.org/1999/xhtml",
            "xmlns:epub": "http://www.idpf.org/2007/ops",
            "lang": language,
            "xml:lang": language,
        },
        make(
            "head",
            {},
            make("title", {}, title),
            make("link", {"rel": "stylesheet", "type": "text/css", "href": "book.css"}),
        ),
        make("body", {"epub:type": kind}, *body),
    )
    text: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n{text}\n'


def _compose_title(edition: Edition, sections: Sequence[TimedSection]) -> str:
    image = make("img", {"src": "cover.jpg", "alt": f"Cover: {edition.title}"})
    names = [make("bdi", {}, name) for name in list_speakers(sections)]
    body = [
        image,
        make("h1", {"dir": "auto"}, edition.title),
        make("p", {"dir": "auto"}, clean_line(edition.show.title, "the show")),
        make("p", {}, "Spoken by ", *[part for name in names for part in (", ", name)][1:]),
        *make_notes(edition),
    ]
    return _compose_page(edition, edition.title, body, kind="frontmatter")


def _compose_contents(edition: Edition, sections: Sequence[TimedSection]) -> str:
    return _compose_page(edition, "Contents", list(_list_navigation(sections)), kind="frontmatter")


def _list_navigation(sections: Sequence[TimedSection]) -> Iterator[ET.Element]:
    rows = [
        make("li", {}, make("a", {"href": _name_chapter(n), "dir": "auto"}, section.chapter.title))
        for n, section in enumerate(sections)
    ]
    yield make("nav", {"epub:type": "toc"}, make("h1", {}, "Contents"), make("ol", {}, *rows))
    marks = {"bodymatter": (_name_chapter(0), "Start"), "toc": ("contents.xhtml", "Contents")}
    links = [
        make("li", {}, make("a", {"epub:type": kind, "href": place}, name))
        for kind, (place, name) in marks.items()
    ]
    yield make("nav", {"epub:type": "landmarks", "hidden": "hidden"}, make("ol", {}, *links))
