"""Fifty episodes with hostile metadata, read back by programs that this project didn't write.

Texts are drawn, with a fixed seed, from many scripts, from emoji and mathematical letters beyond
the first plane, marks that combine or change direction, mark-up and separators of every format.
"""

from __future__ import annotations

import dataclasses
import datetime
import html
import json
import random
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import webvtt

from paperledge_audio.deliver import Release
from paperledge_audio.deliver.clean import clean_block
from paperledge_audio.deliver.pictures import cover
from paperledge_audio.deliver.schemas import SCHEMAS, load_schema
from paperledge_audio.deliver.text import srt, vtt
from paperledge_audio.errors import DeliveryError
from paperledge_audio.mix.model import Chapter, Timeline
from paperledge_audio.script.model import Episode, Paper
from paperledge_audio.show.model import Show
from paperledge_audio.verify import verify
from tests.deliver.making import (
    EPISODE,
    HOSTILE,
    RATE,
    cue,
    plain_artwork,
    released,
    timeline,
    with_episode,
)

EPISODES = 50
Program = Callable[[str], str]

POOLS = (
    "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789 ",
    "àéîõüçñøåæœßþðłžšđığ ",
    "αβγδεζηθικλμνξοπρστυφχψω ΆΈΉ ",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяёї ",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوي ",
    "אבגדהוזחטיכלמנסעפצקרשת ",
    "अआइईउऊएऐओऔकखगघचछजझटठडढणतथद",
    "กขคงจฉชซญฎฏฐฑฒณดตถทธนบปผฝพฟภม ",
    "大規模言語模型考機械学習 ",
    "한국어모델을배우는기계 ",
    "🚀🏳🌈👩🔬🦜🧠 ",
    "𝔣𝔯𝔞𝔨𝔱𝔲𝔯𝒳𝒴𝒵𝟘𝟙𝟚 ",
    "a\u0301e\u0308o\u0320\u0325u\u20d7 ",  # marks that combine
    "\u202a\u202b\u202c\u2066\u2069x ",  # that change the direction
    "a\u200bb\u200dc\u2060\u00adx ",  # that nobody sees
    "\ue000\ue001x\ufdd0\U000f0000 ",  # for private use, and for none
    "<>&\"'`;:/\\|{}[]()%$#@!^~*_=+-, ",
)


def text(dice: random.Random, most: int) -> str:
    """Letters of one to three pools in runs, bare at its edges and never empty."""
    chosen = dice.sample(POOLS, dice.randint(1, 3))
    length = dice.randint(1, most)
    out = ""
    while len(out) < length:
        out += "".join(dice.choices(dice.choice(chosen), k=dice.randint(1, 12)))
    return " ".join(f"x{out}x".split())


def invented(dice: random.Random, number: int) -> tuple[Episode, Timeline]:
    """An episode with up to twelve chapters in a second of sound."""
    kinds = list(HOSTILE.values())
    title = kinds[number] if number < len(kinds) else text(dice, dice.choice((10, 80, 400)))
    episode = Episode(
        title=title,
        date=datetime.date(1999 + number, 1 + number % 12, 2 + number % 27),
        number=dice.choice((None, number)),
        season=dice.choice((None, 1 + number % 9)),
        authors=tuple(text(dice, 30) for _ in range(dice.choice((0, 1, 3, 70)))),
        paper=Paper(text(dice, 100), f"https://papers.example/ü/{number}?a=1&b=<2>"),
        category=text(dice, 30),
        summary="\n\n".join(text(dice, dice.choice((20, 3000))) for _ in range(2)),
        explicit=dice.random() < 0.5,
    )
    cues = [
        cue(text(dice, 60), 0.1 * n, 0.1 * n + 0.1, index=n, voice=dice.choice(("ernis", "emma")))
        for n in range(1, 9)
    ]
    starts = sorted(dice.sample(range(0, 1000, 10), dice.randint(1, 12)))
    chapters = [Chapter(text(dice, 120), n * RATE // 1000, RATE) for n in starts]
    return episode, timeline(cues, 1.0, chapters)


@dataclasses.dataclass(frozen=True)
class Made:
    release: Release
    show: Show
    line: Timeline

    @property
    def mp3(self) -> Path:
        return self.release.paths[0]

    def beside(self, suffix: str) -> str:
        return (self.release.folder / (self.release.slug + suffix)).read_text("utf-8")


@pytest.fixture(scope="module")
def made(show: Show, tmp_path_factory: pytest.TempPathFactory) -> list[Made]:
    out = tmp_path_factory.mktemp("hostile")
    plain = dataclasses.replace(show, artwork=plain_artwork(out), base_url="https://cdn.example/p")
    pictures = cover.draw_cover(EPISODE, plain, plain.artwork)
    dice = random.Random(6)
    done = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cover, "draw_cover", lambda *_: pictures)  # the same for them all
        for number in range(EPISODES):
            names = {name: text(dice, 40) for name in ("title", "host", "author", "copyright")}
            hostile = dataclasses.replace(plain, **names)  # type: ignore[arg-type]
            episode, line = invented(dice, number)
            release = released(hostile, out / "out", f"episode-{number:02d}", episode, line)
            done.append(Made(release, hostile, line))
    return done


def flat(words: str) -> str:
    return " ".join(words.split())


def facts(one: Made) -> dict[str, str]:
    """What every reader should show, by our own names."""
    episode = one.release.episode
    return {
        "title": flat(episode.title),
        "artist": one.show.host,
        "album": one.show.title,
        "album_artist": one.show.author,
        "copyright": one.show.copyright,
        "comment": clean_block(episode.summary, "it"),
        "genre": "Podcast",
        "track": "" if episode.number is None else str(episode.number),
        "disc": "" if episode.season is None else str(episode.season),
    }


def output(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def test_ffprobe_reads_every_text_and_the_chapters_in_order(
    program: Program, made: list[Made]
) -> None:
    options = ["-v", "error", "-show_format", "-show_chapters", "-of", "json"]
    for one in made:
        seen = json.loads(output(program("ffprobe"), *options, one.mp3))
        tags, episode = seen["format"]["tags"], one.release.episode
        assert {name: tags.get(name, "") for name in facts(one)} == facts(one)
        assert tags["date"] == str(episode.date)
        assert tags["Paper"] == episode.paper.title
        assert tags.get("Authors", "") == ", ".join(episode.authors)
        assert tags["TKWD"] == episode.category
        assert tags["TDES"] == tags["comment"]
        assert tags["AI disclosure"] == one.show.disclosure.text
        text, names = one.beside(".txt"), {c.segment.speaker for c in one.line.cues}
        lone = f"{names.pop()}: " if len(names) == 1 else ""
        assert tags["lyrics-eng"].split() == text.removeprefix(lone).split()
        starts = [float(chapter["start_time"]) for chapter in seen["chapters"]]
        assert starts == sorted(set(starts))
        assert starts[0] == 0.0
        assert float(seen["chapters"][-1]["end_time"]) == 1.0
        assert [c["tags"]["title"] for c in seen["chapters"]] == [
            chapter.title for chapter in one.line.chapters
        ]


BEYOND = re.compile("[\U00010000-\U0010ffff]")
"""What UTF-16 writes as two halves. ID3v2.3's "Unicode" is the UCS-2 of 1999, which has no such
letters: two readers take each half for a letter that they can't show. Others pair them."""


def test_exiftool_reads_every_text(program: Program, made: list[Made]) -> None:
    names = {
        "title": "Title", "artist": "Artist", "album": "Album", "album_artist": "Band",
        "copyright": "Copyright", "comment": "Comment", "genre": "Genre", "track": "Track",
        "disc": "PartOfSet",
    }  # fmt: skip
    files = [one.mp3 for one in made]
    shown = json.loads(output(program("exiftool"), "-json", "-charset", "utf8", *files))
    for one, seen in zip(made, shown, strict=True):
        expected = {name: BEYOND.sub("?" * 6, value) for name, value in facts(one).items()}
        assert {name: str(seen.get(names[name], "")) for name in names} == expected
        # Apple's frame has an encoding before the address, where exiftool wants none.
        assert seen["PodcastURL"] == ""
        assert seen["PodcastDescription"] == seen["Comment"]


def test_mediainfo_reads_every_text(program: Program, made: list[Made]) -> None:
    names = {
        "title": "Title", "artist": "Performer", "album": "Album",
        "album_artist": "Album_Performer", "copyright": "Copyright", "comment": "Comment",
        "genre": "Genre", "track": "Track_Position", "disc": "Part_Position",
    }  # fmt: skip
    files = [one.mp3 for one in made]
    shown = json.loads(output(program("mediainfo"), "--Output=JSON", *files))
    for one, document in zip(made, shown, strict=True):
        seen = document["media"]["track"][0]
        for name, value in facts(one).items():
            expected = BEYOND.sub("??", value).replace("\n", " / ")
            assert seen.get(names[name], "") == expected, name
        assert seen["Cover"] == "Yes"


def test_eyed3_reads_every_text(program: Program, made: list[Made]) -> None:
    files = [one.mp3 for one in made]
    said = output(program("eyeD3"), "-P", "json", *files)
    decoder, place, shown = json.JSONDecoder(), 0, []
    while place < len(said):
        document, place = decoder.raw_decode(said, place)
        shown.append(document)
        place += len(said[place:]) - len(said[place:].lstrip())
    by_path = {Path(document["path"]).name: document for document in shown}
    for one in made:
        seen, expected = by_path[one.mp3.name], facts(one)
        for name in ("title", "artist", "album", "album_artist", "genre"):
            assert seen[name] == expected[name], name
        # It reads the frame of day and month as a number, so "0201" loses its zero and its sense.
        date = one.release.episode.date
        assert seen["recording_date"] == str(date if date.day > 9 else date.year)
        assert str((seen.get("disc_num") or {}).get("count") or "") == expected["disc"]
        assert seen["audio_file_url"].rstrip("\0") == (
            f"https://cdn.example/p/{one.release.slug}/{one.release.slug}.mp3"
        )


def test_mp3val_finds_nothing(program: Program, made: list[Made]) -> None:
    said = output(program("mp3val"), *(one.mp3 for one in made))
    assert said.count("MPEG frames (MPEG 1 Layer III), +ID3v2, CBR") == EPISODES
    assert "WARNING" not in said
    assert "ERROR" not in said


def printed(one: Made) -> list[str]:
    return [word for c in one.line.cues for word in c.segment.text.split()]


def test_webvtt_py_accepts_the_captions_and_finds_every_word(made: list[Made]) -> None:
    for one in made:
        found = webvtt.from_string(one.beside(".vtt")).captions
        times = [(c.start_in_seconds, c.end_in_seconds) for c in found]
        assert times == sorted(times)
        assert all(c.start < c.end for c in found)
        ours = vtt.parse(one.beside(".vtt"))
        assert [html.unescape(c.raw_text) for c in found] == [
            f"<v {c.speaker}>" + "\n".join(c.lines) for c in ours
        ]
        # A word that no line can hold is cut, so letters are compared.
        assert "".join(line for c in ours for line in c.lines).replace(" ", "") == "".join(
            printed(one)
        )
        named = srt.parse(one.beside(".srt"))
        assert [c.start_ms for c in named] == sorted({c.start_ms for c in named})
        bare = re.sub("(?:Ernis|Emma): ", "", "".join(line for c in named for line in c.lines))
        assert bare.replace(" ", "") == "".join(printed(one))


def test_the_schemas_accept_every_json_file(made: list[Made]) -> None:
    validators = {
        suffix: jsonschema.Draft202012Validator(load_schema(suffix)) for suffix in SCHEMAS
    }
    for one in made:
        for suffix, validator in validators.items():
            validator.validate(json.loads(one.beside(suffix)))


def test_verify_finds_the_files_as_listed_and_the_disclosure_in_three_places(
    made: list[Made],
) -> None:
    for one in made[::10]:
        found: dict[str, Any] = {f.name: f for f in verify(one.mp3).findings}
        for name in ("tag", "tag fields", "chapters", "manifest", "schemas", "captions.vtt"):
            assert found[name].ok, found[name]
        assert found["disclosure"].detail == "missing from the speech"  # made by hand


CONTROLS = [*map(chr, range(32)), *map(chr, range(0x7F, 0xA0)), "\ud800", "\udfff", "\uffff"]


@pytest.mark.parametrize("character", CONTROLS, ids=lambda c: f"{ord(c):04X}")
def test_a_control_character_is_a_space_or_refused(
    show: Show, tmp_path: Path, character: str
) -> None:
    """Tab and line feed are white space, as in any text; all else is refused and named."""
    from paperledge_audio.deliver import preflight

    script = with_episode(title=f"a{character}b")
    if character in "\t\n":
        preflight(script, show, tmp_path, "x")
    else:
        with pytest.raises(DeliveryError, match=f"the title holds .* U\\+{ord(character):04X}"):
            preflight(script, show, tmp_path, "x")
