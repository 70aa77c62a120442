"""The ID3v2.3 tag: UTF-16 texts, chapters in time order, the cover, fixed padding."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mutagen import id3

from paperledge_audio.deliver.clean import ascii_url, block, line
from paperledge_audio.deliver.tags.languages import three_letters
from paperledge_audio.errors import DeliveryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from paperledge_audio.deliver.text.chapters import Mark
    from paperledge_audio.script.model import Episode
    from paperledge_audio.show.model import Show

LARGEST_BYTES = 300_000
"""Players on small devices and streaming servers give up on larger tags."""

PADDING_BYTES = 1024

USER_TEXT = "T" + 3 * "X"
"""ID3's frame for a text with a name of one's own (id3v2.3.0, section 4.2.2)."""

UTF16 = id3.Encoding.UTF16
_FRONT_COVER = id3.PictureType.COVER_FRONT


class WFED(id3.TextFrame):
    """The feed's address, as iTunes, whose frame it is, writes it: a text with its encoding.

    By its name it is an address, which has none; mutagen and exiftool take it for one and read
    nothing, TagLib's players and eyeD3 know better.
    """


@dataclass(frozen=True, slots=True)
class Tag:
    """What the tag says beside the episode and the show."""

    episode: Episode
    show: Show
    marks: tuple[Mark, ...]
    text: str
    """The whole printed text, for the lyrics frame."""
    guid: str
    url: str
    """Where the MP3 will be served; not written while that is relative."""
    duration_ms: int
    build: str
    """A hash of everything that went in."""
    encoder: str
    """What encoded the sound, as "LAME 3.100, CBR 128 kb/s"."""
    maker: str
    """The program that made the file, with its version."""


def compose(tag: Tag, cover: bytes) -> bytes:
    """The tag as bytes; an MP3's sound follows them directly. `cover` is a JPEG.

    The same values always give the same bytes. Raises DeliveryError for texts that hold control
    characters, and for a tag of more than 300 kB.
    """
    data = packed(
        (
            *(*_texts(tag), *_addresses(tag), *_podcast(tag), *_chapters(tag)),
            frame("APIC", UTF16, "image/jpeg", _FRONT_COVER, "Cover", cover),
        )
    )
    if len(data) > LARGEST_BYTES:
        raise DeliveryError(
            f"the tag would take {len(data)} bytes, more than {LARGEST_BYTES}",
            "split the episode: its text is too long for players to read",
        )
    return data


def packed(frames: Iterable[id3.Frame]) -> bytes:
    """An ID3v2.3 tag of these frames; the same frames always give the same bytes."""
    tag: Any = id3.ID3()  # type: ignore[no-untyped-call]
    for each in frames:
        tag.add(each)
    tag.update_to_v23()
    out = io.BytesIO()
    tag.save(out, v1=0, v2_version=3, padding=lambda _info: PADDING_BYTES)
    return out.getvalue()


def _texts(tag: Tag) -> Iterator[id3.Frame]:
    episode, show = tag.episode, tag.show
    language = three_letters(show.language)
    plain = {
        "TIT2": line(episode.title, "the title"),
        "TPE1": line(show.host, "the host's name"),
        "TPE2": line(show.author, "the author's name"),
        "TALB": line(show.title, "the show's title"),
        "TCON": "Podcast",
        "TYER": f"{episode.date.year:04d}",
        "TDAT": f"{episode.date.day:02d}{episode.date.month:02d}",
        "TRCK": "" if episode.number is None else str(episode.number),
        "TPOS": "" if episode.season is None else str(episode.season),
        "TLAN": language,
        "TLEN": str(tag.duration_ms),
        "TSSE": tag.encoder,
        "TENC": tag.maker,
        "TCOP": line(show.copyright, "the copyright notice"),
    }
    for name, text in plain.items():
        if text:
            yield frame(name, UTF16, [text])
    if summary := block(episode.summary, "the summary"):
        yield frame("COMM", UTF16, language, "", [summary])
    if text := block(tag.text, "the script"):
        yield frame("USLT", UTF16, language, "", text)
    own = {
        "Paper": line(episode.paper.title, "the paper's title"),
        "Paper URL": ascii_url(episode.paper.url),
        "Authors": line(", ".join(episode.authors), "an author's name"),
        "AI disclosure": line(show.disclosure.text, "the disclosure"),
        "Build": tag.build,
    }
    for name, text in own.items():
        if text:
            yield frame(USER_TEXT, UTF16, name, [text])


def _addresses(tag: Tag) -> Iterator[id3.Frame]:
    if "://" in tag.url:
        yield frame("WOAF", tag.url)
    if tag.episode.paper.url:
        yield frame("WOAS", ascii_url(tag.episode.paper.url))
    if tag.show.website:
        yield frame("WOAR", ascii_url(tag.show.website))


def _podcast(tag: Tag) -> Iterator[id3.Frame]:
    """The frames by which iTunes and its heirs tell an episode from a song."""
    yield frame("PCST", 1)
    yield frame("TGID", UTF16, [tag.guid])
    if summary := block(tag.episode.summary, "the summary"):
        yield frame("TDES", UTF16, [summary])
    yield frame("TCAT", UTF16, [line(tag.show.category, "the category")])
    if field := line(tag.episode.category, "the paper's field"):
        yield frame("TKWD", UTF16, [field])
    if tag.show.feed_url:
        url = [ascii_url(tag.show.feed_url)]
        yield WFED(id3.Encoding.LATIN1, url)  # type: ignore[no-untyped-call]


def _chapters(tag: Tag) -> Iterator[id3.Frame]:
    """CHAP frames and their table.

    Frames are written in order of their size and then of their element id, and players list
    chapters in the order of the file. So each id is filled up until all the frames are of one
    size, and numbered: that order is then the order in time.
    """
    longest = max(_utf16_bytes(mark.title) for mark in tag.marks)
    ids = [
        f"chapter-{number:04d}".ljust(12 + longest - _utf16_bytes(mark.title), ".")
        for number, mark in enumerate(tag.marks, 1)
    ]
    for name, mark in zip(ids, tag.marks, strict=True):
        title = frame("TIT2", UTF16, [mark.title])
        yield frame("CHAP", name, mark.start_ms, mark.end_ms, sub_frames=[title])
    flags = id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED
    title = frame("TIT2", UTF16, ["Chapters"])
    yield frame("CTOC", "toc", flags, ids, sub_frames=[title])


def frame(name: str, *fields: object, **more: object) -> id3.Frame:
    """A frame by its name, as "TIT2", with its fields in mutagen's order."""
    made: id3.Frame = id3.Frames[name](*fields, **more)
    return made


def _utf16_bytes(text: str) -> int:
    return len(text.encode("utf-16-le"))
