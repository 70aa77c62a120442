"""The keys of show.toml: its reader, docs/SHOW.md and the JSON Schema follow them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from paperledge_audio.errors import PaperledgeError
from paperledge_audio.files.settings.keys import DEFAULTS, Key, Kind
from paperledge_audio.files.settings.kinds import (
    FILE,
    FLAG,
    TEXT,
    TEXT_TABLE,
    WEB_ADDRESS,
    expect_choice,
    expect_date,
    expect_form,
    expect_line,
    expect_named,
    expect_number,
    expect_table,
    expect_whole,
)
from paperledge_audio.files.tables import Fields
from paperledge_audio.show.model import PauseSettings

LONGEST_TEXT = 128
"""Characters: directories cut longer texts of the podcast namespace."""
MOST_NAMES = 100
"""Sounds, or seasons."""
SPOKEN = "This episode was read to you by a synthetic voice."
WRITTEN = "This episode is narrated by a synthetic (AI) voice."
"""The default disclosures."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""BCP 47, as books, feeds and pages need it, without extensions."""
_MEDIA_TYPE = re.compile(r"[a-z]{1,63}/[a-z0-9.+-]{1,64}")
_SPDX_ID = re.compile(r"[a-z0-9.+-]++")
"""As the podcast namespace writes the identifier of a licence."""
_SEASON = re.compile(r"[1-9][0-9]{0,5}")
_SOUND_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*+")
_PAUSES = asdict(PauseSettings())


def _read_folder(fields: Fields, key: str, default: Any) -> Any:
    url = fields.url(key, "")
    if "?" in url or "#" in url:
        raise fields.fail(key, f"{url!r} is not a folder's", "leave out what follows ? or #")
    return url or default


FOLDER_ADDRESS = Kind(
    "the web address of a folder",
    {"type": "string", "pattern": r'^(?:https?://[^\s<>"?#]+)?$'},
    _read_folder,
    is_text=True,
)


def _check_licence(fields: Fields, values: dict[str, Any]) -> Iterator[PaperledgeError]:
    licence = values["license"]
    if licence and not values["license_url"] and not _SPDX_ID.fullmatch(licence):
        yield fields.fail(
            "license",
            f"{licence!r} is not an SPDX identifier in small letters",
            'write it as "cc-by-4.0", or add license_url, the address of your own licence',
        )


def _check_disclosure(fields: Fields, values: dict[str, Any]) -> Iterator[PaperledgeError]:
    for key in ("spoken", "text"):
        if values["ai"] and key in fields and not fields.text(key, ""):
            yield fields.fail(
                key,
                "is empty, but listeners and readers must learn that the voice is synthetic",
                "write the sentence, or leave the key out for the default one",
            )
        if not values["ai"] and fields.text(key, ""):
            yield fields.fail(key, "contradicts ai = false", "remove one of them")


VOICES = (
    Key("host", TEXT, "the host's voice", "emma", "ernis"),
    Key("quote", TEXT, "the voice of quotations; by default the host's", "emma", ""),
    Key(
        "cast", TEXT_TABLE, "names that scripts print, as in `**Dr. Lee:**`, and their voices",
        {"Dr. Lee": "michael"}, {},
    ),
)  # fmt: skip
SPEECH = (
    Key("opening", TEXT, "said before every script", "Welcome back!", ""),
    Key("closing", TEXT, "said after every script", "Until next time!", ""),
    Key(
        "credit_names", expect_whole(1),
        'a credit with more names is shortened to so many "and N others"', 8, 8,
    ),
    Key(
        "delivery",
        expect_choice(
            {"directed": "as scripts and roles ask", "plain": "as the model speaks by itself"}
        ),
        "how sentences are said", "directed", "directed",
    ),
    Key(
        "headings",
        expect_choice({"spoken": "said as they are printed", "silent": "only start their chapter"}),
        "what becomes of headings", "spoken", "spoken",
    ),
)  # fmt: skip
PAUSES = (
    Key(
        "factor", expect_number(0, 4), "a factor on all pauses but a script's own `[pause 1s]`",
        1.2, _PAUSES["factor"],
    ),
    Key(
        "sentence", expect_number(0, 2), 'after a sentence, in seconds; after "?" and "…" longer',
        0.35, _PAUSES["sentence"],
    ),
    Key(
        "paragraph", expect_number(0, 5), "after a paragraph, in seconds",
        0.7, _PAUSES["paragraph"],
    ),
    Key(
        "heading", expect_number(0, 5), "after a heading, in seconds; before one longer",
        0.6, _PAUSES["heading"],
    ),
    Key(
        "question", expect_number(0, 10), "between questions to the listeners, in seconds",
        1.2, _PAUSES["question"],
    ),
    Key(
        "item", expect_number(0, 5), "between the items of a list, in seconds",
        0.5, _PAUSES["item"],
    ),
)  # fmt: skip
DISCLOSURE = (
    Key(
        "ai", FLAG, "say in episode, tag, notes and feed that the voice is synthetic",
        example=True, default=True,
    ),
    Key("spoken", TEXT, "said at the end of each episode", "A machine reads.", SPOKEN),
    Key("text", TEXT, "in the tag, the show notes and the feed", "An AI voice.", WRITTEN),
)  # fmt: skip
VOICE_CHAIN = (
    Key(
        "leveling_db", expect_number(0, 12),
        "the most that a sentence's level is moved towards its voice's; 0: off", 2.0, 2.0,
    ),
    Key(
        "even_peaks", FLAG, "lower peaks by rotating phases, so that less is limited",
        example=True, default=True,
    ),
    Key("high_pass_hz", expect_number(0, 200), "a high pass against rumble; 0: off", 60, 0.0),
    Key("deess_db", expect_number(0, 12), "the most that sibilants are lowered; 0: off", 4.0, 0.0),
    Key("compression_ratio", expect_number(1, 10), "above the threshold; 1: off", 2.0, 1.0),
    Key(
        "compression_lu", expect_number(0, 20), "the threshold, relative to a sentence's loudness",
        6.0, 6.0,
    ),
)  # fmt: skip
MUSIC = (
    Key("intro", FILE, "opens each episode", "music/intro.wav", None),
    Key("outro", FILE, "closes each episode", "music/outro.wav", None),
    Key("sting", FILE, "where a script has `[music: sting]`", "music/sting.wav", None),
    Key(
        "bed", FILE, "under the speech from `[music: bed]` to `[music: stop]`",
        "music/bed.wav", None,
    ),
    Key(
        "voice_over_intro_s", expect_number(0, 60),
        "how many seconds before the intro's end the voice enters", 3.0, 3.0,
    ),
    Key(
        "outro_under_voice_s", expect_number(0, 60),
        "how many seconds before the last words' end the outro begins", 2.0, 2.0,
    ),
    Key("duck_db", expect_number(-60, 0), "the level of music under speech", -14.0, -14.0),
    Key(
        "duck_fade_s", expect_number(0.02, 10),
        "how many seconds the music takes to fade down and up again", 1.2, 1.2,
    ),
    Key(
        "stings_at_chapters", FLAG, "true: the sting plays before each chapter",
        example=True, default=False,
    ),
)  # fmt: skip
SOUND = expect_table(
    (
        Key("file", FILE, "the sound", "music/rain.wav"),
        Key("level_db", expect_number(-40, 20), "its level against that of music", -6, 0.0),
        Key("over", FLAG, "true: the speech goes on over it", example=True, default=False),
    ),
    short="file",
)
OUTPUT = (
    Key(
        "loudness", TEXT, "the target: apple, spotify, ebu-r128, aes-td1008 or acx",
        "apple", "apple",
    ),
    Key("channels", expect_whole(1), "1 or 2", 2, 2),
    Key("bitrate_kbps", expect_whole(8), "of mp3, m4a, m4b and opus", 192, 128),
    Key("format", TEXT, "mp3, m4a, m4b, opus, flac or wav", "mp3", "mp3"),
)  # fmt: skip
TRAILER = (
    Key(
        "url", WEB_ADDRESS, "the address of its sound", "https://podcast.example/trailer.mp3"
    ),
    Key("title", expect_line(LONGEST_TEXT), "its title", "What is to come"),
    Key("date", expect_date(), "its day", datetime.date(2025, 10, 21)),
    Key("bytes", expect_whole(1), "the size of its sound in bytes", 480000, None),
    Key(
        "type",
        expect_form(_MEDIA_TYPE, "a media type", '"audio/mpeg"'),
        "its media type", "audio/mpeg", "",
    ),
    Key("season", expect_whole(1), "the season that it is for; by default the show", 2, None),
)  # fmt: skip
FEED = (
    Key(
        "url", WEB_ADDRESS, "where the feed is served; by default `feed.xml` under `base_url`",
        "https://podcast.example/feed.xml", "",
    ),
    Key(
        "guid", expect_line(may_be_empty=False),
        "the show's permanent id, as of a feed from elsewhere; by default made from the address",
        "917393e3-1b1e-5cef-ace4-edaa54e1f810", "",
    ),
    Key("owner", TEXT, "who owns the feed, for directories", "The makers", ""),
    Key("email", TEXT, "the owner's address, for directories", "podcast@podcast.example", ""),
    Key(
        "type",
        expect_choice({"episodic": "in any order", "serial": "from the first episode to the last"}),
        "how the show is to be heard", "episodic", "episodic",
    ),
    Key("locked", FLAG, "true: other hosts may not import the feed", example=True, default=False),
    Key(
        "funding", WEB_ADDRESS, "the address where listeners may pay",
        "https://podcast.example/support", "",
    ),
    Key(
        "funding_text", expect_line(LONGEST_TEXT), "the words for it", "Support the show", "",
        needs="funding",
    ),
    Key(
        "license", expect_line(LONGEST_TEXT),
        "an SPDX identifier in lower case; another licence needs its address", "cc-by-4.0", "",
    ),
    Key(
        "license_url", WEB_ADDRESS, "the licence's address",
        "https://creativecommons.org/licenses/by/4.0/", "", needs="license",
    ),
    Key(
        "enclosure",
        expect_choice(
            {
                "plain": "always the same",
                "version": "numbered, as `?v=2`",
                "hash": "named by the content",
            }
        ),
        "the address of a corrected sound", "hash", "plain",
    ),
    Key("trailer", expect_table(TRAILER), "a trailer that is hosted elsewhere", default=None),
)  # fmt: skip
PROVENANCE = (
    Key("key", TEXT, "a private key (PEM): a file, or `env:NAME`", "env:SHOW_KEY"),
    Key(
        "certificate", TEXT, "its chain of certificates (PEM): a file, or `env:NAME`",
        "show-cert.pem",
    ),
    Key("training", FLAG, "models may be trained with the sound; by default not said",
        example=False, default=None),
)  # fmt: skip
SHOW = (
    Key("title", TEXT, "the show's title", "Tea and Theorems"),
    Key("host", TEXT, "the host's name, as captions and the feed show it", "Ada"),
    Key("author", TEXT, "who makes the show", "The makers"),
    Key(
        "language",
        expect_form(_LANGUAGE, "a language tag", '"en-US"'),
        "the language of the speech (BCP 47)", "en-GB", "en-US",
    ),
    Key(
        "description", TEXT, "what the show is about; the feed needs it",
        "New research, explained over a cup of tea.", "",
    ),
    Key(
        "category", TEXT, "one that podcast directories know", "Education", "Science"
    ),
    Key("copyright", TEXT, "who has the rights", "© The makers", ""),
    Key(
        "website", WEB_ADDRESS, "the show's address; the feed needs it",
        "https://podcast.example/", "",
    ),
    Key(
        "base_url", FOLDER_ADDRESS, "where the finished folders will lie; the feed needs it",
        "https://podcast.example/episodes", "",
    ),
    Key("artwork", FILE, "the cover, a picture; by default one is drawn", "cover.jpg", None),
    Key("explicit", FLAG, "true: no episode is for children", example=True, default=False),
    Key(
        "voices", expect_table(VOICES), "who speaks; `paperledge voices list` names them",
        default=DEFAULTS,
    ),
    Key("speech", expect_table(SPEECH), "what the show says, and how", default=DEFAULTS),
    Key(
        "pauses", expect_table(PAUSES), "silences; they vary a little with the sentences",
        default=DEFAULTS,
    ),
    Key(
        "music", expect_table(MUSIC), "WAV, FLAC, Ogg or MP3, and how it is mixed",
        default=DEFAULTS,
    ),
    Key(
        "sounds",
        expect_named(
            SOUND, _SOUND_NAME, "a sound's name",
            "use small letters, digits and hyphens", MOST_NAMES,
        ),
        "where a script has `[sound: NAME]`",
        {"chime": "music/chime.wav", "rain": {"file": "music/rain.wav", "over": True}}, {},
    ),
    Key("output", expect_table(OUTPUT), "the finished file", default=DEFAULTS),
    Key(
        "voice_chain", expect_table(VOICE_CHAIN), "how voices are processed before they are mixed",
        default=DEFAULTS,
    ),
    Key(
        "feed", expect_table(FEED, _check_licence), "facts that only the feed has",
        default=DEFAULTS,
    ),
    Key(
        "seasons",
        expect_named(
            expect_line(LONGEST_TEXT), _SEASON, "the number of a season",
            'write it as 1 = "Its name"', MOST_NAMES,
        ),
        "their names", {"1": "The first one"}, {},
    ),
    Key(
        "disclosure", expect_table(DISCLOSURE, _check_disclosure),
        "how the show says that its voice is synthetic", default=DEFAULTS,
    ),
    Key("provenance", expect_table(PROVENANCE), "what signs finished sounds", default=None),
    Key(
        "pronounce", TEXT_TABLE,
        "words and how they are said; `paperledge lexicon try WORD` plays them",
        {"AgenTracer": "agent racer"}, {},
    ),
)  # fmt: skip
"""In the order in which a show.toml has them."""
