"""Reads show.toml."""

from __future__ import annotations

import logging
import re
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlsplit

from paperledge_audio.errors import ShowError
from paperledge_audio.files.reading import is_there, real_path
from paperledge_audio.files.resources import bundled_folder
from paperledge_audio.files.tables import Fields, read_toml
from paperledge_audio.show.model import (
    PIECES,
    Disclosure,
    Feed,
    MusicSettings,
    Output,
    PauseSettings,
    Provenance,
    Roles,
    Show,
    ShowSound,
    ShowWords,
    Trailer,
    VoiceChain,
)

log = logging.getLogger(__name__)

LONGEST_TEXT = 128
"""Characters: directories cut longer texts of the podcast namespace."""
FILE_NAME = "show.toml"
SOUND_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*+")
MOST_SOUNDS = 100
SPDX_ID = re.compile(r"[a-z0-9.+-]++")
"""As the podcast namespace writes the identifier of a licence."""
MEDIA_TYPE = re.compile(r"[a-z]++/[a-z0-9.+-]++")
FEED_TYPES = {"episodic": "in any order", "serial": "from the first to the last"}
DELIVERY = {"directed": "as scripts and roles ask", "plain": "as the model speaks by itself"}
HEADINGS = {"spoken": "said as they are printed", "silent": "only start their chapter"}
LONGEST_PAUSES_S = PauseSettings(factor=4, sentence=2, paragraph=5, heading=5, question=10, item=5)
"""The most that show.toml may ask for; the least is 0."""
ENCLOSURES = {"plain": "always the same", "version": "numbered", "hash": "named by the content"}
SPOKEN = "This episode was read to you by a synthetic voice."
TEXT = "This episode is narrated by a synthetic (AI) voice."
"""The default disclosures."""


def find_show(script: Path) -> Path:
    """The show.toml beside `script` or in a folder above it, else PaperLedge's."""
    for folder in real_path(script).parents:
        if is_there(folder / FILE_NAME):  # what is no file is told, not passed over
            return folder / FILE_NAME
    return bundled_folder() / "scripts" / FILE_NAME


def load_show(path: Path, within: Path | None = None) -> Show:
    """Read a show.toml; raises ShowError with the line of what is wrong.

    `within`: the folder with the files of an old commit; then music and artwork are not looked for,
    since nobody needs them.
    """
    log.info("reads the show %s", path)
    top = read_toml(path, ShowError, within)
    voices, speech, music = top.table("voices"), top.table("speech"), top.table("music")
    disclosure, output = top.table("disclosure"), top.table("output")
    chain = top.table("voice_chain")
    feed, pauses = top.table("feed"), top.table("pauses")
    provenance = top.table("provenance")
    show = Show(
        path=path,
        title=top.text("title"),
        host=top.text("host"),
        author=top.text("author"),
        language=_read_language(top),
        description=top.text("description", ""),
        category=top.text("category", "Science"),
        copyright=top.text("copyright", ""),
        website=top.url("website", ""),
        base_url=_read_base_url(top),
        artwork=_read_file(top, "artwork", path.parent),
        voices=Roles(
            host=voices.text("host", "ernis"),
            quote=voices.text("quote", ""),
            cast=tuple(voices.mapping("cast").items()),
        ),
        words=ShowWords(
            opening=speech.text("opening", ""),
            closing=speech.text("closing", ""),
            credit_names=speech.integer("credit_names", 8, least=1),
            delivery=speech.choice("delivery", DELIVERY, "directed"),
            headings=speech.choice("headings", HEADINGS, "spoken"),
        ),
        disclosure=_read_disclosure(disclosure),
        voice_chain=VoiceChain(
            leveling_db=chain.number("leveling_db", 2.0, least=0, most=12),
            even_peaks=chain.flag("even_peaks", default=True),
            high_pass_hz=chain.number("high_pass_hz", 0.0, least=0, most=200),
            deess_db=chain.number("deess_db", 0.0, least=0, most=12),
            compression_ratio=chain.number("compression_ratio", 1.0, least=1, most=10),
            compression_lu=chain.number("compression_lu", 6.0, least=0, most=20),
        ),
        music=MusicSettings(
            **{name: _read_file(music, name, path.parent) for name in PIECES},
            voice_over_intro_s=music.number("voice_over_intro_s", 3.0, least=0, most=60),
            outro_under_voice_s=music.number("outro_under_voice_s", 2.0, least=0, most=60),
            duck_db=music.number("duck_db", -14.0, least=-60, most=0),
            duck_fade_s=music.number("duck_fade_s", 1.2, least=0.02, most=10),
            stings_at_chapters=music.flag("stings_at_chapters", default=False),
            sounds=_read_sounds(top.table("sounds"), path.parent),
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
            **_read_terms(feed),
            enclosure=feed.choice("enclosure", ENCLOSURES, "plain"),
        ),
        pauses=_read_pauses(pauses),
        pronounce=top.mapping("pronounce"),
        explicit=top.flag("explicit", default=False),
        seasons=_read_seasons(top),
        trailer=_read_trailer(feed.table("trailer")) if "trailer" in feed else None,
        provenance=_read_provenance(provenance) if "provenance" in top else None,
        within=within,
    )
    sections = (voices, speech, pauses, chain, music, disclosure, output, feed, provenance)
    for fields in (*sections, top):
        fields.done()
    return show


def _read_language(top: Fields) -> str:
    """A language tag, as books, feeds and pages need it (BCP 47, without extensions)."""
    tag = top.text("language", "en-US")
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", tag):
        raise top.fail("language", f"{tag!r} is not a language tag", 'write it as "en-US"')
    return tag


def _read_base_url(top: Fields) -> str:
    """The address of the folder with the finished folders, without a slash at its end."""
    url = top.url("base_url", "")
    if urlsplit(url).query or urlsplit(url).fragment:
        raise top.fail("base_url", f"{url!r} is not a folder's", "leave out what follows ? or #")
    return url.rstrip("/")


def _read_terms(feed: Fields) -> dict[str, str]:
    """How listeners may pay for the show, and what they may do with it."""
    found = {
        "funding": feed.url("funding", ""),
        "funding_text": feed.line("funding_text", "", most=LONGEST_TEXT),
        "license": feed.line("license", "", most=LONGEST_TEXT),
        "license_url": feed.url("license_url", ""),
    }
    for key, needed in (("funding_text", "funding"), ("license_url", "license")):
        if found[key] and not found[needed]:
            raise feed.fail(key, f"needs {needed}", f"add {needed}, or remove it")
    licence, at = found["license"], found["license_url"]
    if licence and not at and not SPDX_ID.fullmatch(licence):
        raise feed.fail(
            "license",
            f"{licence!r} is not an SPDX identifier in small letters",
            'write it as "cc-by-4.0", or add license_url, the address of your own licence',
        )
    return found


def _read_trailer(fields: Fields) -> Trailer:
    kind = fields.line("type", "", most=LONGEST_TEXT)
    if kind and not MEDIA_TYPE.fullmatch(kind):
        raise fields.fail("type", f"{kind!r} is not a media type", 'write it as "audio/mpeg"')
    trailer = Trailer(
        url=fields.url("url"),
        title=fields.line("title", most=LONGEST_TEXT),
        date=fields.date("date"),
        bytes=fields.integer("bytes", 0, least=1),
        type=kind,
        season=fields.integer("season", 0, least=1),
    )
    fields.done()
    return trailer


def _read_provenance(fields: Fields) -> Provenance:
    """The key and the certificate are read only where something is signed."""
    training = fields.flag("training", default=False)
    said = "" if "training" not in fields else "allowed" if training else "notAllowed"
    return Provenance(fields.text("key"), fields.text("certificate"), said)


def _read_seasons(top: Fields) -> tuple[tuple[int, str], ...]:
    """Names of seasons; TOML's keys are texts."""
    table = top.table("seasons")
    found = {}
    for key in table:
        if not re.fullmatch(r"[1-9][0-9]{0,5}", key):
            raise table.fail(key, "is not the number of a season", 'write it as 1 = "Its name"')
        found[int(key)] = table.line(key, most=LONGEST_TEXT)
    return tuple(sorted(found.items()))


def _read_disclosure(fields: Fields) -> Disclosure:
    """The show's disclosure, or the default one; empty if `ai` is false."""
    ai = fields.flag("ai", default=True)
    words = {}
    for key, usual in (("spoken", SPOKEN), ("text", TEXT)):
        words[key] = fields.text(key, "")
        if ai and key in fields and not words[key]:
            raise fields.fail(
                key,
                "is empty, but listeners and readers must learn that the voice is synthetic",
                "write the sentence, or leave the key out for the default one",
            )
        if not ai and words[key]:
            raise fields.fail(key, "contradicts ai = false", "remove one of them")
        words[key] = words[key] or (usual if ai else "")
    return Disclosure(**words)


def _read_pauses(fields: Fields) -> PauseSettings:
    usual, most = asdict(PauseSettings()), asdict(LONGEST_PAUSES_S)
    return PauseSettings(
        **{key: fields.number(key, usual[key], least=0, most=most[key]) for key in usual}
    )


def _read_sounds(fields: Fields, folder: Path) -> tuple[tuple[str, ShowSound], ...]:
    """Each sound is a file's name, or a table with it."""
    found = {}
    for name in fields:
        if not SOUND_NAME.fullmatch(name):
            raise fields.fail(
                name, "is not a sound's name", "use small letters, digits and hyphens"
            )
        if not fields.holds_table(name):
            found[name] = ShowSound(_require_file(fields, name, folder))
            continue
        table = fields.table(name)
        found[name] = ShowSound(
            _require_file(table, "file", folder),
            table.number("level_db", 0.0, least=-40, most=20),
            table.flag("over", default=False),
        )
        table.done()
    if len(found) > MOST_SOUNDS:
        raise fields.fail("", f"has {len(found)} sounds", f"keep at most {MOST_SOUNDS}")
    return tuple(found.items())


def _require_file(fields: Fields, key: str, folder: Path) -> Path:
    """A file named relative to show.toml."""
    name = fields.text(key)
    return folder / name if fields.within else fields.file(key, name, folder)


def _read_file(fields: Fields, key: str, folder: Path) -> Path | None:
    """The same; None if the key is absent or empty."""
    return _require_file(fields, key, folder) if fields.text(key, "") else None
