"""A podcast's identity, voices, music and targets, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

PIECES = ("intro", "outro", "sting", "bed")
"""The music that a show may have."""
STOP = "stop"
"""In the place of a piece of music: the bed ends."""
SOUND = "sound: "
"""Begins the name of a sound among the pieces of music."""


@dataclass(frozen=True, slots=True)
class ShowSound:
    """A sound that scripts may ask for by its name: `[sound: NAME]`."""

    file: Path
    level_db: float = 0.0
    """Its level against that of music."""
    over: bool = False
    """Whether the speech goes on over it; else it stands between two segments."""


@dataclass(frozen=True, slots=True)
class Roles:
    """The voice profiles of the show's roles."""

    host: str
    quote: str
    """The voice of quotations; empty: the host's."""
    cast: tuple[tuple[str, str], ...] = ()
    """Speakers that scripts may name → their profiles."""


@dataclass(frozen=True, slots=True)
class ShowWords:
    """What the show says before and after every script, and how it shortens credits."""

    opening: str
    """Spoken before the script; may be empty."""
    closing: str
    """Spoken after the script; may be empty."""
    credit_names: int
    """Of a longer credit only so many names are spoken, and then "and N others"."""
    delivery: str = "directed"
    """plain: nothing is directed, neither by the script nor by default."""
    headings: str = "spoken"
    """silent: a heading starts its chapter and is not said."""


@dataclass(frozen=True, slots=True)
class PauseSettings:
    """The show's pauses: a factor on all, and the seconds of the usual ones."""

    factor: float = 1.0
    sentence: float = 0.35
    """After a sentence that another one of its paragraph follows."""
    paragraph: float = 0.7
    heading: float = 0.6
    """After a heading; that before one is longer by as much as usual."""
    question: float = 1.2
    """After one of the questions to the listeners that another one follows."""
    item: float = 0.5
    """Between the items of a list."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """How the show says that its voice is synthetic; both are empty without `ai` in show.toml."""

    spoken: str
    """Said at the end of each episode."""
    text: str
    """In the tag, the show notes and the feed."""


@dataclass(frozen=True, slots=True)
class MusicSettings:
    """The show's pieces of music, each a sound file or absent, and how they are mixed."""

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
    """How long the music takes to fade down and up again."""
    stings_at_chapters: bool
    sounds: tuple[tuple[str, ShowSound], ...] = ()
    """By their names in the script."""

    @property
    def files(self) -> dict[str, Path | None]:
        """The file of each piece; a sound is called "sound: NAME" among them."""
        pieces = {name: getattr(self, name) for name in PIECES}
        return pieces | {SOUND + name: sound.file for name, sound in self.sounds}


@dataclass(frozen=True, slots=True)
class VoiceChain:
    """Processing of takes before they are mixed."""

    leveling_db: float
    """The most that a take's level is moved towards that of its voice; 0: not at all."""
    even_peaks: bool
    """Whether phases are rotated to lower peaks, which is hardly audible."""
    high_pass_hz: float
    """The high pass against rumble; 0: none."""
    deess_db: float
    """The most that sibilants are lowered; 0: not at all."""
    compression_ratio: float
    """Decibels in per decibel out above the threshold; 1: no compression."""
    compression_lu: float
    """The threshold, relative to a take's own loudness."""


@dataclass(frozen=True, slots=True)
class Output:
    """What the finished file should be."""

    loudness: str
    """Name of a loudness target."""
    channels: int
    bitrate_kbps: int
    """For lossy formats."""
    format: str
    """Name of a format, as "mp3"."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Facts of the show that only its feed has."""

    url: str
    """Where the feed is served; empty: feed.xml under base_url."""
    guid: str
    """The show's permanent id; empty: made from the feed's url."""
    owner: str
    email: str
    """Of the owner, for directories."""
    kind: str
    """episodic or serial."""
    locked: bool
    """Whether other hosts are forbidden to import the feed."""
    funding: str = ""
    """The address where listeners may pay for the show."""
    funding_text: str = ""
    license: str = ""
    """An SPDX identifier in lower case, as "cc-by-4.0", or a name."""
    license_url: str = ""
    enclosure: str = "plain"
    """Whether a corrected sound gets a new address: plain (never), version or hash."""


@dataclass(frozen=True, slots=True)
class Trailer:
    """A trailer of the show that is hosted elsewhere."""

    url: str
    """Of its sound."""
    title: str
    date: datetime.date
    """Its day."""
    bytes: int = 0
    """The size of its sound; 0: not said."""
    type: str = ""
    """Media type, as "audio/mpeg"; empty: not said."""
    season: int = 0
    """The season that it is for; 0: the show."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What signs finished sounds: files, seen from show.toml, or env:NAME of a variable."""

    key: str
    """A private key, PEM."""
    certificate: str
    """Its chain of certificates, PEM."""
    training: str = ""
    """Whether models may be trained with the sound: allowed or notAllowed; empty: not said."""


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
    """Where the finished folders will be served; empty if unknown."""
    artwork: Path | None
    voices: Roles
    words: ShowWords
    disclosure: Disclosure
    voice_chain: VoiceChain
    music: MusicSettings
    output: Output
    feed: Feed
    pauses: PauseSettings
    pronounce: dict[str, str]
    """The show's own pronunciations: printed form → how to say it."""
    explicit: bool = False
    """Whether all episodes are."""
    seasons: tuple[tuple[int, str], ...] = ()
    """Names of seasons, by their numbers."""
    trailer: Trailer | None = None
    """Of the feed alone."""
    provenance: Provenance | None = None
    """How finished sounds are signed; None: not at all."""
    within: Path | None = None
    """For an old show: the folder of its commit's files, which its voices can't leave."""

    @property
    def folder(self) -> Path:
        """The folder that show.toml lies in."""
        return self.path.parent

    @property
    def feed_url(self) -> str:
        """Where the feed is served; empty if unknown."""
        return self.feed.url or (f"{self.base_url}/feed.xml" if self.base_url else "")

    @property
    def voices_folder(self) -> Path:
        """`voices/` beside `scripts/`."""
        return self.folder.parent / "voices"
