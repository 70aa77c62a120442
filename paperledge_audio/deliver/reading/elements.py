"""Sections and notes → elements of HTML, or of XHTML. Texts are text nodes, never markup."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

from paperledge_audio import units
from paperledge_audio.deliver.feed.notes import write_html_notes
from paperledge_audio.files.markup import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from paperledge_audio.deliver.edition import Edition
    from paperledge_audio.deliver.reading.sections import TimedParagraph, TimedSection


def make(
    tag: str, attributes: Mapping[str, str] | None = None, *children: ET.Element | str
) -> ET.Element:
    """An element; attributes without a value are left out."""
    shown = {name: value for name, value in (attributes or {}).items() if value}
    element = ET.Element(tag, shown)
    for child in children:
        if isinstance(child, ET.Element):
            element.append(child)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + child
        else:
            element.text = (element.text or "") + child
    return element


def make_notes(edition: Edition) -> list[ET.Element]:
    """The show notes without the chapters."""
    notes = list(parse_xml(f"<div>{write_html_notes(edition.episode, edition.show, ())}</div>"))
    for note in notes:
        note.set("dir", "auto")
    return notes


def make_text(
    section: TimedSection, level: int, *, named: bool, stamped: bool = False
) -> Iterator[ET.Element]:
    """The paragraphs of a section.

    A heading that begins it is of that level, others one below. `named`: a new speaker's name
    stands before a paragraph. `stamped`: so does its time, a link to its first sentence.
    """
    for n, paragraph in enumerate(section.paragraphs):
        heading = f"h{level + (n > 0)}"
        tag = {"heading": heading, "quote": "blockquote"}.get(paragraph.role, "p")
        about = {"class": f"block role-{paragraph.role}", "dir": "auto"}
        before = _list_before(paragraph, named=named, stamped=stamped) if tag != heading else ()
        yield make(tag, about, *before, *_list_sentences(paragraph))


def _list_before(
    paragraph: TimedParagraph, *, named: bool, stamped: bool
) -> Iterator[ET.Element | str]:
    if stamped:
        first = paragraph.sentences[0]
        link = {"class": "time", "href": f"#{first.id}"}
        yield make("a", link, units.clock(first.start_ms // 1000))
        yield " "
    if named and paragraph.speaker:
        yield make("span", {"class": "speaker"}, make("bdi", {}, paragraph.speaker))
        yield " "


def _list_sentences(paragraph: TimedParagraph) -> Iterator[ET.Element | str]:
    for n, sentence in enumerate(paragraph.sentences):
        if n:
            yield " "
        yield make("span", {"class": "sentence", "id": sentence.id}, sentence.text)


def list_speakers(sections: Iterable[TimedSection]) -> list[str]:
    """Everybody who speaks, each once, in order."""
    said = (one.speaker for section in sections for one in section.paragraphs if one.speaker)
    return list(dict.fromkeys(said))


def to_html(element: ET.Element) -> str:
    """As HTML, which closes no empty elements."""
    return ET.tostring(element, encoding="unicode", method="html")
