"""The table of facts in tags, and where each kind of tag stores them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paperledge_audio.deliver.clean import clean_block, clean_line, encode_url
from paperledge_audio.deliver.tags.languages import to_iso639_2
from paperledge_audio.errors import SoundError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from paperledge_audio.deliver.text.chapters import FileChapter
    from paperledge_audio.script.model import Episode
    from paperledge_audio.show.model import Show


@dataclass(frozen=True, slots=True)
class Tag:
    """The content of a file's tag."""

    episode: Episode
    show: Show
    chapters: tuple[FileChapter, ...]
    text: str
    """The whole printed text."""
    guid: str
    url: str
    """The sound's address; not written if it is relative."""
    duration_ms: int
    build: str
    """A hash of everything that went in."""
    encoder: str
    """The encoder, such as "LAME 3.100, CBR 128 kb/s"."""
    maker: str
    """The program that made the file, with its version."""


@dataclass(frozen=True, slots=True)
class TagReading:
    """A tag that was read."""

    facts: Mapping[str, str]
    """By their names in `FIELDS`; only those that exist."""
    cover: bool
    """Whether there is a front cover."""
    chapters: tuple[tuple[int, int | None, str], ...]
    """Start and end in milliseconds, and title, in the order of players; an end of None is the next
    one's start, or the end of the sound."""
    version: str = ""
    """Of an ID3 tag, as "2.3"."""
    size: int = 0
    """Of an ID3 tag, in bytes."""
    table_of_chapters: bool = True
    """Whether players find the chapters; False for ID3 without a CTOC frame."""


@dataclass(frozen=True, slots=True)
class TagField:
    """A fact and its places in tags; the first of several is read back."""

    fact: str
    id3: tuple[str, ...]
    """Frames of ID3v2.3, not of v2.4; a TXXX frame with its name after a colon."""
    mp4: tuple[str, ...]
    """Atoms, iTunes' free-form ones with their names."""
    vorbis: str
    """Name of the comment, or empty."""
    value: Callable[[Tag], str]
    """The text, left out if empty. Raises DeliveryError for control characters."""


USER_TEXT = "TXXX"
"""ID3's frame for user-defined text (id3v2.3.0, section 4.2.2)."""
USER_ATOM = "----:com.apple.iTunes:"
"""iTunes' MP4 atom for user-defined text."""


def _format_number(value: int | None) -> str:
    return "" if value is None else str(value)


def _list_keywords(episode: Episode) -> list[str]:
    """The paper's field first."""
    return [*([episode.category] if episode.category else []), *episode.keywords]


# fmt: off
FIELDS = (
    TagField("title", ("TIT2",), ("\xa9nam",), "TITLE",
             lambda tag: clean_line(tag.episode.title, "the title")),
    TagField("host", ("TPE1",), ("\xa9ART",), "ARTIST",
             lambda tag: clean_line(tag.show.host, "the host's name")),
    TagField("author", ("TPE2",), ("aART",), "ALBUMARTIST",
             lambda tag: clean_line(tag.show.author, "the author's name")),
    TagField("show", ("TALB",), ("\xa9alb",), "ALBUM",
             lambda tag: clean_line(tag.show.title, "the show's title")),
    TagField("genre", ("TCON",), ("\xa9gen",), "GENRE",
             lambda _tag: "Podcast"),
    TagField("date", ("TYER", "TDAT"), ("\xa9day",), "DATE",
             lambda tag: tag.episode.day.isoformat()),
    TagField("number", ("TRCK",), ("trkn",), "TRACKNUMBER",
             lambda tag: _format_number(tag.episode.number)),
    TagField("season", ("TPOS",), ("disk",), "DISCNUMBER",
             lambda tag: _format_number(tag.episode.season)),
    TagField("language", ("TLAN",), (USER_ATOM + "LANGUAGE",), "LANGUAGE",
             lambda tag: to_iso639_2(tag.show.language)),
    TagField("summary", ("COMM", "TDES"), ("ldes", "desc", "\xa9cmt"), "DESCRIPTION",
             lambda tag: clean_block(tag.episode.summary, "the summary")),
    TagField("text", ("USLT",), ("\xa9lyr",), "LYRICS",
             lambda tag: clean_block(tag.text, "the script")),
    TagField("copyright", ("TCOP",), ("cprt",), "COPYRIGHT",
             lambda tag: clean_line(tag.show.copyright, "the copyright notice")),
    TagField("category", ("TCAT",), ("catg",), "PODCASTCATEGORY",
             lambda tag: clean_line(tag.show.category, "the category")),
    TagField("field", ("TKWD",), ("keyw",), "SUBJECT",
             lambda tag: clean_line(", ".join(_list_keywords(tag.episode)), "the keywords")),
    TagField("paper", (f"{USER_TEXT}:Paper",), (USER_ATOM + "Paper",), "PAPER",
             lambda tag: clean_line(tag.episode.paper.title, "the paper's title")),
    TagField("paper url", (f"{USER_TEXT}:Paper URL", "WOAS"), (USER_ATOM + "Paper URL",),
             "PAPER_URL", lambda tag: encode_url(tag.episode.paper.url)),
    TagField("authors", (f"{USER_TEXT}:Authors",), (USER_ATOM + "Authors",), "AUTHORS",
             lambda tag: clean_line(", ".join(tag.episode.authors), "an author's name")),
    TagField("disclosure", (f"{USER_TEXT}:AI disclosure",), (USER_ATOM + "AI disclosure",),
             "AI_DISCLOSURE", lambda tag: clean_line(tag.show.disclosure.text, "the disclosure")),
    TagField("guid", ("TGID",), ("egid",), "PODCASTID",
             lambda tag: tag.guid),
    TagField("url", ("WOAF",), (USER_ATOM + "URL",), "URL",
             lambda tag: tag.url if "://" in tag.url else ""),
    TagField("website", ("WOAR",), (USER_ATOM + "Website",), "CONTACT",
             lambda tag: encode_url(tag.show.website)),
    TagField("feed", ("WFED",), (), "",
             lambda tag: encode_url(tag.show.feed_url)),
    TagField("length", ("TLEN",), (), "",
             lambda tag: str(tag.duration_ms)),
    TagField("encoder", ("TSSE",), ("\xa9too",), "ENCODER",
             lambda tag: tag.encoder),
    TagField("maker", ("TENC",), (USER_ATOM + "Encoded by",), "ENCODED-BY",
             lambda tag: tag.maker),
    TagField("build", (f"{USER_TEXT}:Build",), (USER_ATOM + "Build",), "BUILD",
             lambda tag: tag.build),
)
# fmt: on
"""Every fact, in the order in which Vorbis comments list them."""


def gather_facts(tag: Tag) -> dict[str, str]:
    """All facts that are not empty, by name. Raises DeliveryError for control characters."""
    return {field.fact: text for field in FIELDS if (text := field.value(tag))}


def check_tag_size(size: int, most: int) -> None:
    """Raise SoundError for a tag of more than `most` bytes, which is not read."""
    if size > most:
        raise SoundError(f"the tag has {size} bytes, more than {most}, and is not read")
