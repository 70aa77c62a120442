"""A script as values. Every block keeps the line where it starts."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import ClassVar

FULL = "full"
KINDS = {FULL: "an episode", "trailer": "for a show or a season", "bonus": "something more"}
"""Types of episodes (Apple Podcasts)."""
LONGEST_GUID = 200
"""Characters; a UUID has 36, an address may have more."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper that an episode explains."""

    title: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody besides the host whom an episode has."""

    DEFAULT_ROLE: ClassVar = "guest"
    name: str
    role: str = "guest"
    """Of the Podcast Taxonomy, as the podcast namespace has it."""
    link: str = ""
    image: str = ""
    """The address of a portrait."""


@dataclass(frozen=True, slots=True)
class Soundbite:
    """A part of an episode that speaks for it."""

    start_s: float
    length_s: float
    title: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class ChapterLink:
    """What the chapter with that title shows."""

    title: str
    link: str = ""
    image: str = ""
    """The address of a picture, or the name of a file, seen from the script's folder."""
    line: int = field(default=0, compare=False)

    @property
    def file(self) -> str:
        """The picture's file; "" if it has an address or there is none."""
        return "" if "://" in self.image else self.image


@dataclass(frozen=True, slots=True)
class Episode:
    """An episode's metadata, as the front matter of its script gives it."""

    title: str
    date: datetime.date
    """A day, or a datetime with its zone."""
    number: int | None = None
    """Counted from 1 within the season."""
    season: int | None = None
    authors: tuple[str, ...] = ()
    """Of the paper, as printed, in order."""
    paper: Paper = Paper()
    category: str = ""
    """The paper's field, as "Computation and Language"."""
    summary: str = ""
    explicit: bool = False
    voice: str = ""
    """Name of the host's voice profile; empty for the show's."""
    title_is_guess: bool = False
    """Whether an importer guessed the title from the text."""
    pronounce: tuple[tuple[str, str], ...] = ()
    """The script's own pronunciations: printed form and how to say it, as words or as phonemes
    between slashes."""
    cast: tuple[tuple[str, str], ...] = ()
    """Speakers that the script names → their voice profiles."""
    readings: tuple[tuple[str, str], ...] = ()
    """Sentences, as they are spoken → the names of their readings."""
    guid: str = ""
    """The permanent id; empty: kept beside the script, or made of the show and the name."""
    kind: str = FULL
    """`type` in the header: full, trailer or bonus."""
    keywords: tuple[str, ...] = ()
    image: str = ""
    """The episode's own picture: an address, or the name of a file, seen from the script's folder,
    which is its cover. Empty: the show's."""
    image_line: int = field(default=0, compare=False)
    link: str = ""
    """The episode's page; empty: the paper's."""
    guests: tuple[Guest, ...] = ()
    soundbites: tuple[Soundbite, ...] = ()
    chapters: tuple[ChapterLink, ...] = ()

    @property
    def file(self) -> str:
        """The picture's file; "" if it has an address or there is none."""
        return "" if "://" in self.image else self.image

    @property
    def day(self) -> datetime.date:
        """The date without its time."""
        return self.date.date() if isinstance(self.date, datetime.datetime) else self.date


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; it starts a chapter."""

    text: str
    line: int
    level: int = 2


@dataclass(frozen=True, slots=True)
class Speech:
    """A paragraph that the host or a co-host says."""

    text: str
    line: int
    speaker: str = ""
    """The name that the script prints before it, as `**NAME:**`; empty: the host speaks."""
    delivery: str = ""
    """Name of the delivery that it begins with, as `[wonder]`; empty: that of its stretch."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody else's words."""

    text: str
    line: int
    speaker: str = ""
    """The name that the script prints before it; empty: the show's voice for quotations."""
    delivery: str = ""


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list; `marker` is "-" or a number with its dot, as "2."."""

    text: str
    line: int
    marker: str = "-"
    delivery: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A list item that asks a question."""

    text: str
    line: int
    marker: str = "-"
    delivery: str = ""


@dataclass(frozen=True, slots=True)
class Credit:
    """The closing line that names the paper's authors."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence that the script asks for: `[pause 1.5s]`."""

    seconds: float
    line: int


@dataclass(frozen=True, slots=True)
class Music:
    """A piece of the show's music that the script asks for: `[music: sting]`.

    `[music: stop]` ends a bed.
    """

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Effect:
    """One of the show's sounds that the script asks for: `[sound: chime]`."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class DeliveryChange:
    """From here to the next heading paragraphs have this delivery: `[delivery: wonder]`."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class PaceChange:
    """From here to the next heading the voice is faster by this factor: `[pace 0.9]`."""

    pace: float
    line: int


TextBlock = Heading | Speech | Quote | ListItem | Question | Credit
"""Blocks that carry text: the Markdown inline source, as the file has it.

So emphasis, links, code spans, entities and backslash escapes are still in it, and so are
formulas between dollar signs, which are LaTeX and not Markdown, and pauses inside a sentence, as
`[pause 0.4s]`. A line feed is a line break of the source and reads as a space (after a backslash
too: CommonMark's hard break). What marked the block is not in it: no `#`, `>` or bullet, no
speaker's label, no delivery, no quotation's or item's margin, and no white space around a line. It
is never empty, and `escape` makes it from printed words.
"""
Directive = Pause | Music | Effect | DeliveryChange | PaceChange
"""Blocks without words."""
Block = TextBlock | Directive


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something in the file that isn't meant to be heard: what it is, its words, where it is."""

    what: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Script:
    """A whole episode script. `path` is where it was read from, for messages."""

    episode: Episode
    blocks: tuple[Block, ...]
    path: str = ""
    left_out: tuple[LeftOut, ...] = field(default=(), compare=False)
    """What the file holds besides; two scripts that say the same are equal."""
