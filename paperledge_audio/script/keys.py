"""The keys of a script's header: its reader, docs/SCRIPT.md and the JSON Schema follow them."""

from __future__ import annotations

import datetime
from typing import Any

from paperledge_audio.errors import brief
from paperledge_audio.files.names import find_fault, find_illegible
from paperledge_audio.files.settings.keys import DEFAULTS, Key, Kind
from paperledge_audio.files.settings.kinds import (
    FLAG,
    TEXT,
    TEXT_TABLE,
    WEB_ADDRESS,
    expect_choice,
    expect_date,
    expect_line,
    expect_list,
    expect_number,
    expect_table,
    expect_texts,
    expect_whole,
)
from paperledge_audio.files.tables import Fields
from paperledge_audio.script.model import FULL, KINDS, LONGEST_GUID, Guest
from paperledge_audio.script.moments import FORM, HOW, parse_moment

LONGEST_NAME = 128
"""Characters: directories cut longer texts of the podcast namespace."""
MOST = 100
"""Entries of a list."""
LONGEST_BITE_S = 600
LATEST_BITE_S = 86_400


def _read_picture(fields: Fields, key: str, default: Any) -> Any:
    """An address, or a file's name that stays in the script's folder."""
    name = fields.line(key, "", most=None)
    if not name or ":" in name:
        return fields.url(key, "") or default
    if why := find_fault(name) or find_illegible(name):
        what = f"{brief(name)} {why}"
        raise fields.fail(key, what, "name a file in the script's folder, or write https://…")
    return name


PICTURE = Kind(
    "a web address, or a file beside the script",
    {"type": "string", "pattern": r'^(?:https?://[^\s<>"]+|[^:\s][^:]*)?$'},
    _read_picture,
    is_text=True,
)
PAPER = (
    Key("title", expect_line(), "its title", "The Strength of Weak Ties", ""),
    Key("url", WEB_ADDRESS, "its address", "https://doi.org/10.1086/225469", ""),
)
GUEST = (
    Key("name", expect_line(LONGEST_NAME), "who it is", "Charles Babbage"),
    Key(
        "role", expect_line(LONGEST_NAME), "a role of the Podcast Taxonomy",
        "guest", Guest.DEFAULT_ROLE,
    ),
    Key("link", WEB_ADDRESS, "the person's page", "https://podcast.example/babbage", ""),
    Key(
        "image", WEB_ADDRESS, "the address of a portrait",
        "https://podcast.example/babbage.jpg", "",
    ),
)  # fmt: skip
SOUNDBITE = (
    Key("start", expect_number(0, LATEST_BITE_S), "where it begins, in seconds", 73.5),
    Key("length", expect_number(1, LONGEST_BITE_S), "how long it is, in seconds", 60),
    Key("title", expect_line(LONGEST_NAME), "what it is called", "Why acquaintances count", ""),
)
CHAPTER = (
    Key("title", expect_line(), "the title of one of the script's chapters", "The idea"),
    Key("link", WEB_ADDRESS, "the address that it shows", "https://podcast.example/idea", ""),
    Key(
        "image", PICTURE, "a picture: a file beside the script, or an address",
        "https://podcast.example/idea.png", "",
    ),
)  # fmt: skip
HEADER = (
    Key("title", expect_line(), "the episode's title", "Friends of Friends"),
    Key(
        "date", expect_date(parse_moment, FORM, HOW),
        "a day (midnight, GMT), or a time with its zone", datetime.date(2025, 11, 3),
    ),
    Key("number", expect_whole(1), "counted from 1; one number once a season", 7, None),
    Key("season", expect_whole(1), "counted from 1", 2, None),
    Key("type", expect_choice(KINDS), "what the episode is", FULL, FULL),
    Key("authors", expect_texts(), "of the paper, in order", ["Mark Granovetter"], ()),
    Key("paper", expect_table(PAPER), "the paper that is explained", default=DEFAULTS),
    Key("category", expect_line(), "the paper's field", "Sociology", ""),
    Key(
        "summary", TEXT, "what the episode is about; players and feeds show it",
        "Why people whom we hardly know bring us news.", "",
    ),
    Key(
        "keywords", expect_texts(MOST, LONGEST_NAME, ","), "for directories",
        ["networks", "friendship"], (),
    ),
    Key("explicit", FLAG, "true: it is not for children", example=True, default=False),
    Key(
        "voice", expect_line(), "the host's voice; by default the show's", "emma", ""
    ),
    Key(
        "cast", TEXT_TABLE, "names that the script prints, as in `**Dr. Lee:**`, and their voices",
        {"Dr. Lee": "michael"}, {},
    ),
    Key(
        "pronounce", TEXT_TABLE,
        "words and how they are said, in words or, between slashes, in phonemes",
        {"AgenTracer": "agent racer"}, {},
    ),
    Key(
        "readings", TEXT_TABLE,
        "sentences, as they are spoken, and their readings; `paperledge again` writes them",
        {"It ends.": "slower"}, {},
    ),
    Key(
        "guid", expect_line(LONGEST_GUID, may_be_empty=False),
        "the permanent id, as of a feed from elsewhere; by default see `paperledge guids`",
        "buzz-4711", "",
    ),
    Key(
        "image", PICTURE,
        "the episode's own cover: a file beside the script, or an address; by default the show's",
        "friends.jpg", "",
    ),
    Key(
        "link", WEB_ADDRESS, "the episode's page; by default the paper's",
        "https://podcast.example/7", "",
    ),
    Key(
        "guests", expect_list(expect_table(GUEST, short="name"), MOST, short="name"),
        "people besides the host", default=(),
    ),
    Key(
        "soundbites", expect_list(expect_table(SOUNDBITE), MOST),
        "parts that speak for the episode", default=(),
    ),
    Key(
        "chapters", expect_list(expect_table(CHAPTER), MOST, unique="title"),
        "what chapters show", default=(),
    ),
    Key(
        "title_is_guess", FLAG, "true: an import guessed the title, and `check` warns of it",
        example=True, default=False,
    ),
)  # fmt: skip
"""In the order in which people write them."""
