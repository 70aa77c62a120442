"""Everything that can come from outside, as a table: a kind of file is a row.

A target is a file of the small show, what is put in its place, and the command that reads it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from paperledge_audio.takes import SEAL
from tests.fuzz import show, tokens
from tests.fuzz.changing import Structure
from tests.fuzz.structures import json_, ogg, png, tagged_mp3, toml, yaml_, zip_
from tests.sound.making import FORMS

Place = Callable[[Path, str, bytes], Mapping[str, bytes]]
"""The show's folder, a file's name in it, an input → the files to write for it."""


def alone(_folder: Path, file: str, data: bytes) -> Mapping[str, bytes]:
    return {file: data}


def listed(folder: Path, file: str, data: bytes) -> Mapping[str, bytes]:
    """A file of a release that its manifest lists as it is."""
    name = str(Path(file).parent / "ep.manifest.json")
    manifest = json.loads((folder / name).read_bytes())
    for row in manifest["files"]:
        if row["name"] == Path(file).name:
            row.update(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
    return {file: data, name: json.dumps(manifest).encode()}


def header(_folder: Path, file: str, data: bytes) -> Mapping[str, bytes]:
    return {file: b"---\n" + data + b"\n---\n\nHello, crew!\n"}


def take(folder: Path, _file: str, data: bytes) -> Mapping[str, bytes]:
    """The JSON of the kept take."""
    return {str(show.take_files(folder)[0]): data}


def take_sound(folder: Path, _file: str, data: bytes) -> Mapping[str, bytes]:
    return {str(show.take_files(folder)[1]): data}


def sealed_take(folder: Path, _file: str, data: bytes) -> Mapping[str, bytes]:
    """A take's JSON that carries the right hash, as one that a program wrote would."""
    facts, sound = show.take_files(folder)
    body = data.rpartition(SEAL)[0] or data.removesuffix(b"}")
    digest = hashlib.sha256()
    for part in (facts.stem.encode(), body, (folder / sound).read_bytes()):
        digest.update(b"%d:" % len(part) + part)
    return {str(facts): body + SEAL + b'"%s"}' % digest.hexdigest().encode()}


@dataclass(frozen=True)
class Target:
    """A door, and what is thrown at it."""

    command: tuple[str, ...]
    file: str
    share: int
    """Of all inputs, in parts; more for what is quick or holds much."""
    tokens: tuple[bytes, ...] = ()
    structure: Structure | None = None
    seeds: Callable[[Path], list[bytes]] | None = None
    """What inputs are made of; by default the file as it is in the show."""
    place: Place = alone
    mended: bool = False
    """Whether the command must succeed, whatever is in the file."""

    def read_seeds(self, folder: Path) -> list[bytes]:
        return self.seeds(folder) if self.seeds else [(folder / self.file).read_bytes()]


def made(*forms: str) -> Callable[[Path], list[bytes]]:
    return lambda _folder: [show.music(form) for form in forms]


def kept(number: int) -> Callable[[Path], list[bytes]]:
    return lambda folder: [(folder / show.take_files(folder)[number]).read_bytes()]


CHECK = ("check", "scripts/ep.md")
VERIFY = ("verify", "mp3/ep/ep.mp3")
FEED = ("feed", "mp3", "-o", "feed.xml", "--force")
VOICE = ("voices", "check", "mine")
SAY = ("say", show.LINE, "-o", "line.wav", "--force")
PLAIN_FORMS = tuple(
    name for name, form in FORMS.items() if form.libsndfile and form.kind not in {"Ogg", "MP3"}
)


def plain_music(folder: Path) -> list[bytes]:
    return [*made(*PLAIN_FORMS)(folder), *show.odd_music()]


FFMPEG_FORMS = tuple(
    name
    for name, form in FORMS.items()
    if form.kind in {"MP4", "WMA", "Matroska"} or name[-3:] in {"aac", "ac3", ".wv", "tta"}
)

TARGETS = {
    "script": Target(CHECK, "scripts/ep.md", 20, tokens.MARKDOWN),
    "plain script": Target(("check", "scripts/plain.txt"), "scripts/plain.txt", 8, tokens.MARKDOWN),
    "spoken": Target(("spoken", "scripts/ep.md", "--json"), "scripts/ep.md", 8, tokens.MARKDOWN),
    "header": Target(
        CHECK,
        "scripts/ep.md",
        20,
        tokens.YAML,
        yaml_,
        lambda _folder: [show.SCRIPT.split("---\n")[1].encode()],
        header,
    ),
    "render": Target(
        ("render", "scripts/ep.md", "-o", "rendered"), "scripts/ep.md", 1, tokens.MARKDOWN
    ),
    "show.toml": Target(CHECK, "scripts/show.toml", 15, tokens.TOML, toml),
    "feed's show.toml": Target(FEED, "scripts/show.toml", 3, tokens.TOML, toml),
    "voice": Target(VOICE, "voices/mine.toml", 12, tokens.TOML, toml),
    "coqui voice": Target(
        VOICE, "voices/mine.toml", 6, tokens.TOML, toml, lambda _folder: [show.COQUI.encode()]
    ),
    "lexicon": Target(("lexicon", "import", "names.pls"), "names.pls", 15, tokens.XML),
    "page": Target(("import", "page.txt", "-o", "imported"), "page.txt", 15, tokens.PAGE),
    "manifest": Target(VERIFY, "mp3/ep/ep.manifest.json", 8, tokens.JSON, json_),
    "feed's manifest": Target(FEED, "mp3/ep/ep.manifest.json", 8, tokens.JSON, json_),
    "rendered over": Target(
        ("render", "scripts/ep.md", "-o", "mp3"), "mp3/ep/ep.manifest.json", 1, tokens.JSON, json_
    ),
    "item": Target(FEED, "mp3/ep/ep.item.xml", 5, tokens.XML, place=listed),
    "vtt": Target(VERIFY, "mp3/ep/ep.vtt", 5, tokens.CAPTIONS),
    "srt": Target(VERIFY, "mp3/ep/ep.srt", 5, tokens.CAPTIONS),
    "chapters": Target(VERIFY, "mp3/ep/ep.chapters.json", 4, tokens.JSON, json_),
    "transcript": Target(VERIFY, "mp3/ep/ep.transcript.json", 4, tokens.JSON, json_),
    "take": Target(SAY, "", 4, tokens.JSON, json_, kept(0), take, mended=True),
    "sealed take": Target(SAY, "", 8, tokens.JSON, json_, kept(0), sealed_take, mended=True),
    "take's sound": Target(SAY, "", 2, tokens.SOUND, None, kept(1), take_sound, mended=True),
    "pack": Target(VOICE, "voices/mine.pack", 12, tokens.PACK, zip_, lambda _folder: show.packs()),
    "wav, aiff, au, caf": Target(CHECK, "scripts/music", 15, tokens.SOUND, None, plain_music),
    "ogg": Target(CHECK, "scripts/music", 6, tokens.SOUND, ogg, made("vorbis.ogg", "flac.oga")),
    "mp3": Target(
        CHECK,
        "scripts/music",
        8,
        tokens.SOUND + tokens.ID3,
        tagged_mp3,
        made("libsndfile.mp3", "ffmpeg.mp3", "no-header.mp3", "layer-2.mp2"),
    ),
    "music by ffmpeg": Target(CHECK, "scripts/music", 6, tokens.SOUND, None, made(*FFMPEG_FORMS)),
    "jpeg": Target(FEED, "scripts/art.jpg", 2, tokens.PICTURE),
    "png": Target(
        FEED, "scripts/art.jpg", 2, tokens.PICTURE, png, lambda _f: [show.picture("PNG")]
    ),
    "finished mp3": Target(VERIFY, "mp3/ep/ep.mp3", 6, tokens.SOUND + tokens.ID3, tagged_mp3),
    "finished m4a": Target(("verify", "m4a/ep/ep.m4a"), "m4a/ep/ep.m4a", 3, tokens.SOUND),
    "finished opus": Target(("verify", "opus/ep/ep.opus"), "opus/ep/ep.opus", 3, tokens.SOUND, ogg),
    "finished flac": Target(("verify", "flac/ep/ep.flac"), "flac/ep/ep.flac", 3, tokens.SOUND),
    "finished wav": Target(
        ("verify", "wav/ep/ep.wav"), "wav/ep/ep.wav", 3, tokens.SOUND + tokens.ID3
    ),
}
