"""An episode → SLUG.html: one file that plays the sound beside it and follows its words."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from paperledge_audio import units
from paperledge_audio.deliver.clean import clean_block, clean_line
from paperledge_audio.deliver.model import DRAFT
from paperledge_audio.deliver.reading.elements import (
    list_speakers,
    make,
    make_notes,
    make_text,
    to_html,
)
from paperledge_audio.deliver.reading.sections import make_sections
from paperledge_audio.files.pages.shell import UNLISTED, fill_shell, list_hashes, read_shared
from paperledge_audio.files.resources import read_packaged_bytes
from paperledge_audio.script.moments import format_moment

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator, Sequence

    from paperledge_audio.deliver.edition import Edition
    from paperledge_audio.deliver.reading.sections import TimedSection

POLICY = (
    "default-src 'none'; script-src {script}; style-src {style}; media-src 'self' {hosts}; "
    "img-src data:; base-uri 'none'; form-action 'none'"
)
"""Content security policy: only this script and this style, which are in the page.

The sound lies beside the page, or is served by any host (the address may lead on to another).
"""


def compose_page(edition: Edition, sound_url: str, picture: bytes) -> bytes:
    """The page; `sound_url` is the enclosure's address, `picture` a JPEG.

    The sound is looked for beside the page, and then, if that is absolute, at its address.
    """
    sections = make_sections(edition)
    shared = (read_shared(name).decode() for name in ("page.css", "transcript.css"))
    style = "".join((*shared, _read_asset("reading.css")))
    script = read_shared("elements.js").decode() + _read_asset("page.js")
    beside = quote(edition.name(edition.form.suffix))
    addresses = [beside, *([sound_url] if "://" in sound_url else [])]
    body = (
        make("a", {"class": "skip", "href": "#transcript"}, "Skip to the transcript"),
        _make_head(edition, sections, picture),
        _make_main(edition, sections, addresses),
    )
    return fill_shell(
        body="\n".join(map(to_html, body)) + "\n" + _read_asset("player.html"),
        title=f"{edition.title} · {clean_line(edition.show.title, 'the show')}",
        document=_describe(edition, sections),
        styles=f"<style>{style}</style>",
        scripts=f"<script>{script}</script>",
        policy=POLICY.format(
            script=list_hashes([script]),
            style=list_hashes([style]),
            hosts="https: http:" if sound_url.startswith("http:") else "https:",
        ),
        about="\n".join(_list_meta(edition)),
        language=edition.show.language,
    )


def _list_meta(edition: Edition) -> Iterator[str]:
    if edition.quality == DRAFT:
        yield UNLISTED
    summary = " ".join(clean_block(edition.episode.summary, "the summary").split())
    for name, text in {
        "description": summary,
        "author": clean_line(edition.show.author, "the author"),
    }.items():
        if text:
            yield to_html(make("meta", {"name": name, "content": text}))


def _make_head(edition: Edition, sections: Sequence[TimedSection], picture: bytes) -> ET.Element:
    episode, show = edition.episode, edition.show
    facts = [make("bdi", {}, clean_line(show.title, "the show"))]
    if episode.season is not None:
        facts.append(make("span", {}, f"Season {episode.season}"))
    if episode.number is not None:
        facts.append(make("span", {}, f"Episode {episode.number}"))
    moment = format_moment(episode.date)
    facts.append(make("time", {"datetime": moment.replace(" ", "T", 1)}, moment))
    facts.append(make("span", {}, units.clock(edition.duration_s)))
    cover = {
        "id": "cover",
        "src": f"data:image/jpeg;base64,{base64.b64encode(picture).decode()}",
        "width": "160",
        "height": "160",
    }
    image = make("img", cover)
    image.set("alt", "")  # the title stands beside it
    names = [make("bdi", {}, name) for name in list_speakers(sections)]
    voices = [part for name in names for part in (", ", name)][1:]
    return make(
        "header",
        {},
        image,
        make(
            "div",
            {},
            make("p", {"class": "eyebrow"}, *facts),
            make("h1", {"dir": "auto"}, edition.title),
            make("p", {"class": "quiet voices"}, "Spoken by ", *voices),
        ),
    )


def _make_main(
    edition: Edition, sections: Sequence[TimedSection], addresses: Sequence[str]
) -> ET.Element:
    sources = [make("source", {"src": address}) for address in addresses]
    download = make("a", {"href": addresses[0]}, "Download the sound")
    sound = {"id": "audio", "controls": "controls", "preload": "metadata"}
    audio = make("audio", sound, *sources, make("p", {}, download))
    notes = make(
        "section",
        {"class": "notes", "aria-labelledby": "notes"},
        make("h2", {"id": "notes"}, "Show notes"),
        *make_notes(edition),
    )
    named = len(list_speakers(sections)) > 1
    text = make("div", {"class": "text", "id": "text"})
    for n, section in enumerate(sections):
        first = section.paragraphs[0].role if section.paragraphs else "heading"
        if n and first != "heading":  # the script has no heading here, or it is not said
            text.append(make("h3", {"class": "block", "dir": "auto"}, section.chapter.title))
        text.extend(make_text(section, 3, named=named, stamped=True))
    transcript = make(
        "section",
        {"id": "transcript", "aria-labelledby": "words"},
        make("h2", {"id": "words"}, "Transcript"),
        text,
    )
    chapters = [_make_chapters(sections)] if len(sections) > 1 else []
    return make("main", {}, audio, *chapters, notes, transcript)


def _make_chapters(sections: Sequence[TimedSection]) -> ET.Element:
    rows = []
    for section, place in zip(sections, _find_places(sections), strict=True):
        chapter = section.chapter
        time = make("span", {"class": "time"}, units.clock(chapter.start_ms // 1000))
        title = make("bdi", {}, chapter.title)
        parts: list[ET.Element | str] = [
            make("a", {"class": "chapter", "href": f"#{place}"}, time, " ", title)
        ]
        if chapter.link:
            more = {"href": chapter.link, "rel": "noopener", "aria-label": f"About {chapter.title}"}
            parts += [" ", make("a", more, "↗")]
        rows.append(make("li", {}, *parts))
    return make(
        "nav",
        {"aria-labelledby": "chapters"},
        make("h2", {"id": "chapters"}, "Chapters"),
        make("ol", {"class": "chapters"}, *rows),
    )


def _find_places(sections: Sequence[TimedSection]) -> list[str]:
    """The first sentence of each section, or of the next that has one, or the transcript."""
    places: list[str] = []
    place = "transcript"
    for section in reversed(sections):
        if section.paragraphs:
            place = section.paragraphs[0].sentences[0].id
        places.append(place)
    return places[::-1]


def _describe(edition: Edition, sections: Sequence[TimedSection]) -> dict[str, Any]:
    """What the page's script needs; times in milliseconds."""
    return {
        "title": edition.title,
        "show": clean_line(edition.show.title, "the show"),
        "artist": clean_line(edition.show.author, "the author"),
        "duration": round(1000 * edition.duration_s),
        "sound": edition.name(edition.form.suffix),
        "chapters": [[one.chapter.start_ms, one.chapter.title] for one in sections],
        "words": [
            [time for word in sentence.words_ms for time in word]
            for section in sections
            for paragraph in section.paragraphs
            for sentence in paragraph.sentences
        ],
    }


def _read_asset(name: str) -> str:
    return read_packaged_bytes(__package__, "assets", name).decode()
