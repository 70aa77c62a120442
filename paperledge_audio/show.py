"""show.toml → Show: the identity, voices, music and targets of a podcast."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from paperledge_audio.errors import ShowError
from paperledge_audio.resources import bundled
from paperledge_audio.schema import Fields, read_toml

FILE_NAME = "show.toml"
FEED_TYPES = {"episodic": "in any order", "serial": "from the first to the last"}
SPOKEN = "This episode was read to you by a synthetic voice."
TEXT = "This episode is narrated by a synthetic (AI) voice."
"""The usual words of disclosure."""
PIECES = ("intro", "outro", "sting", "bed")


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


def find_show(script: Path) -> Path:
    """The show.toml beside `script` or in a folder above it, else the one that ships."""
    for folder in script.resolve().parents:
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    return bundled() / "scripts" / FILE_NAME


def load_show(path: Path) -> Show:
    """Read a show.toml; raises ShowError with the line of what is wrong."""
    top = read_toml(path, ShowError)
    voices, speech, music = top.table("voices"), top.table("speech"), top.table("music")
    disclosure, output = top.table("disclosure"), top.table("output")
    chain = top.table("voice_chain")
    feed = top.table("feed")
    show = Show(
        path=path,
        title=top.text("title"),
        host=top.text("host"),
        author=top.text("author"),
        language=top.text("language", "en-US"),
        description=top.text("description", ""),
        category=top.text("category", "Science"),
        copyright=top.text("copyright", ""),
        website=top.url("website", ""),
        base_url=top.url("base_url", "").rstrip("/"),
        artwork=_file(top, "artwork", path.parent),
        voices=Roles(
            host=voices.text("host", "ernis"),
            quote=voices.text("quote", ""),
            cast=tuple(voices.mapping("cast").items()),
        ),
        words=Words(
            opening=speech.text("opening", ""),
            closing=speech.text("closing", ""),
            credit_names=speech.integer("credit_names", 8, least=1),
        ),
        disclosure=_disclosure(disclosure),
        voice_chain=VoiceChain(
            leveling_db=chain.number("leveling_db", 2.0, least=0, most=12),
            even_peaks=chain.flag("even_peaks", default=True),
            high_pass_hz=chain.number("high_pass_hz", 0.0, least=0, most=200),
            deess_db=chain.number("deess_db", 0.0, least=0, most=12),
            compression_ratio=chain.number("compression_ratio", 1.0, least=1, most=10),
            compression_lu=chain.number("compression_lu", 6.0, least=0, most=20),
        ),
        music=MusicBox(
            **{name: _file(music, name, path.parent) for name in PIECES},
            voice_over_intro_s=music.number("voice_over_intro_s", 3.0, least=0, most=60),
            outro_under_voice_s=music.number("outro_under_voice_s", 2.0, least=0, most=60),
            duck_db=music.number("duck_db", -14.0, least=-60, most=0),
            duck_fade_s=music.number("duck_fade_s", 1.2, least=0.02, most=10),
            stings_at_chapters=music.flag("stings_at_chapters", default=False),
        ),
        output=Output(
            loudness=output.text("loudness", "apple"),
            channels=output.integer("channels", 2, least=1),
            bitrate_kbps=output.integer("bitrate_kbps", 128, least=8),
            format=output.text("format", "mp3"),
        ),
        feed=Feed(
            url=feed.url("url", ""),
            guid=feed.text("guid", ""),
            owner=feed.text("owner", ""),
            email=feed.text("email", ""),
            kind=feed.choice("type", FEED_TYPES, "episodic"),
            locked=feed.flag("locked", default=False),
        ),
        pronounce=top.mapping("pronounce"),
    )
    for fields in (voices, speech, chain, music, disclosure, output, feed, top):
        fields.done()
    return show


def _disclosure(fields: Fields) -> Disclosure:
    """The show's words of disclosure, or the usual ones; none where the switch is off."""
    ai = fields.flag("ai", default=True)
    words = {}
    for key, usual in (("spoken", SPOKEN), ("text", TEXT)):
        words[key] = fields.text(key, "")
        if ai and key in fields and not words[key]:
            raise fields.fail(
                key,
                "is empty, but listeners and readers must be told of a synthetic voice",
                "write the sentence, or leave the key out for the usual one",
            )
        if not ai and words[key]:
            raise fields.fail(key, "says what ai = false denies", "remove one of them")
        words[key] = words[key] or (usual if ai else "")
    return Disclosure(**words)


def _file(fields: Fields, key: str, folder: Path) -> Path | None:
    """A file named relative to show.toml; None where the key is absent or empty."""
    name = fields.text(key, "")
    if not name:
        return None
    file = folder / name
    if not file.is_file():
        raise fields.fail(key, f"there is no file {name}", "correct the path or remove the key")
    return file
