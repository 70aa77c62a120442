"""A podcast's identity, voices, music and targets, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PIECES = ("intro", "outro", "sting", "bed")
"""The music that a show may have."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Names of the voice profiles that speak for the show."""

    host: str
    quote: str
    """Speaks quotations; empty: the host does."""
    cast: tuple[tuple[str, str], ...] = ()
    """Speakers that scripts may name, and the profiles that speak for them."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the show says around every script, and how it says long credits."""

    opening: str
    """Spoken before the script; may be empty."""
    closing: str
    """Spoken after the script; may be empty."""
    credit_names: int
    """A credit with more names than this is spoken as its first names "and N others"."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """How the show says that its voice is synthetic; both are empty where it need not.

    One switch, `ai` in show.toml, turns them on and off together.
    """

    spoken: str
    """Said at the end of each episode."""
    text: str
    """In the tag, the show notes and the feed."""


@dataclass(frozen=True, slots=True)
class MusicBox:
    """The show's music, each piece a sound file or absent, and how it meets the voice."""

    intro: Path | None
    outro: Path | None
    sting: Path | None
    bed: Path | None
    voice_over_intro_s: float
    """How long before the intro's end the voice enters."""
    outro_under_voice_s: float
    """How long before the last words' end the outro begins."""
    duck_db: float
    """Gain of music under speech, 0 or less."""
    duck_fade_s: float
    """How long the music takes to go down and to come up again."""
    stings_at_chapters: bool

    def piece(self, name: str) -> Path | None:
        """The file of the piece called intro, outro, sting or bed."""
        return {"intro": self.intro, "outro": self.outro, "sting": self.sting, "bed": self.bed}[
            name
        ]


@dataclass(frozen=True, slots=True)
class VoiceChain:
    """What is done to the takes of the voices before they are mixed."""

    leveling_db: float
    """The most that a take is moved to be as loud as the rest of its voice; 0: not at all."""
    even_peaks: bool
    """Whether peaks are lowered by turning phases, which is hardly heard."""
    high_pass_hz: float
    """Below this, rumble is taken away; 0: nothing is."""
    deess_db: float
    """The most that sibilants are softened; 0: not at all."""
    compression_ratio: float
    """Decibels in for a decibel out, above the threshold; 1: no compression."""
    compression_lu: float
    """The threshold, over a take's own loudness."""


@dataclass(frozen=True, slots=True)
class Output:
    """What the finished file should be."""

    loudness: str
    """Name of a loudness profile."""
    channels: int
    bitrate_kbps: int
    """Of the formats that have one to choose."""
    format: str
    """Name of a format, as "mp3"."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What only the show's feed says."""

    url: str
    """Where the feed is served; empty: feed.xml under base_url."""
    guid: str
    """The show's identity for ever, where it has one already; empty: made of the feed's url."""
    owner: str
    email: str
    """Of the owner, for directories."""
    kind: str
    """episodic or serial."""
    locked: bool
    """True where no other host may take the feed over."""


@dataclass(frozen=True, slots=True)
class Show:
    """A podcast, as its show.toml describes it."""

    path: Path
    title: str
    host: str
    author: str
    language: str
    """BCP 47, as "en-US"."""
    description: str
    category: str
    copyright: str
    website: str
    base_url: str
    """Where the finished folders will be served; empty while that is unknown."""
    artwork: Path | None
    voices: Roles
    words: Words
    disclosure: Disclosure
    voice_chain: VoiceChain
    music: MusicBox
    output: Output
    feed: Feed
    pronounce: dict[str, str]
    """The show's own pronunciations: printed form → how to say it."""
    within: Path | None = None
    """Where the commit lies that a past show is read from: its voices have no other files."""

    @property
    def folder(self) -> Path:
        """The folder that show.toml lies in."""
        return self.path.parent

    @property
    def feed_url(self) -> str:
        """Where the feed is served; empty while that is unknown."""
        return self.feed.url or (f"{self.base_url}/feed.xml" if self.base_url else "")

    @property
    def voices_folder(self) -> Path:
        """`voices/` beside `scripts/`."""
        return self.folder.parent / "voices"
