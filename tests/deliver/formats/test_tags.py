"""Every fact has its place in every format's tag, is read back, and stays data."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from paperledge_audio.deliver import FORMATS
from paperledge_audio.deliver.encode.settings import EncoderSettings
from paperledge_audio.deliver.formats import Format
from paperledge_audio.deliver.tags.fields import FIELDS
from paperledge_audio.deliver.text.chapters import FileChapter
from paperledge_audio.sound.resampling import convert_rate
from paperledge_audio.verify.tag import read_fact
from tests.deliver.formats.forms import COVER, SHOW, encoded, tag, usable
from tests.deliver.formats.programs import Program, probed
from tests.deliver.making import EPISODE, HOSTILE, RATE, speechlike

HELD = {"mp3": "id3", "wav": "id3", "m4a": "mp4", "m4b": "mp4", "opus": "vorbis", "flac": "vorbis"}
"""Each format's column in the table of facts."""


def test_every_fact_that_a_format_holds_is_read_back(form: Format, tmp_path: Path) -> None:
    file = tmp_path / f"x{form.suffix}"
    encoded(form, speechlike(RATE), file)
    show = dataclasses.replace(
        SHOW, base_url="https://cdn.example/p", website="https://show.example/"
    )
    given = tag(show=show, chapters=(FileChapter("One", 0, 400), FileChapter("Two", 400, 1000)))
    form.tag(file, given, COVER)
    expected = {
        field.fact: field.value(given) for field in FIELDS if getattr(field, HELD[form.name])
    }
    assert all(expected.values())
    if HELD[form.name] == "id3":
        expected["date"] = expected["date"][:4]  # the day is in another frame
    read = form.read_tag(file)
    assert read.facts == expected
    assert read.cover
    # M4A has the chapters of `encoded`: they are the sound's, not the tag's.
    titles = ["x"] if HELD[form.name] == "mp4" else ["One", "Two"]
    assert [title for _, _, title in read.chapters] == titles


def test_every_fact_has_its_place_in_every_format() -> None:
    assert len({field.fact for field in FIELDS}) == len(FIELDS)
    for column in ("id3", "mp4"):
        places = [place for field in FIELDS for place in getattr(field, column)]
        assert len(set(places)) == len(places)
    only_id3 = {field.fact for field in FIELDS if not (field.mp4 and field.vorbis)}
    assert only_id3 == {"feed", "length"}


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("name", ["m4a", "opus", "flac", "wav"])
def test_hostile_texts_stay_data(name: str, hostile: str, tmp_path: Path, program: Program) -> None:
    form, text = usable(FORMATS[name]), HOSTILE[hostile]
    flat = " ".join(text.split())
    chapters = (FileChapter(flat, 0, 500), FileChapter("=;#\\ 2", 500, 1000))
    file = tmp_path / f"x.{name}"
    form.encode(convert_rate(speechlike(RATE), form.rate), file, EncoderSettings(128, chapters))
    episode = dataclasses.replace(EPISODE, title=text, summary=text, authors=(text,))
    disclosed = dataclasses.replace(SHOW.disclosure, text=text)
    show = dataclasses.replace(SHOW, disclosure=disclosed)
    form.tag(file, tag(episode=episode, show=show, chapters=chapters), COVER)
    found = probed(program, file)
    read = {**found["format"].get("tags", {}), **found["streams"][0].get("tags", {})}
    assert {key.lower(): value for key, value in read.items()}["title"] == flat
    assert read_fact(file, "disclosure") == flat
    first, second = (one["tags"]["title"] for one in found["chapters"])
    assert second == "=;#\\ 2"
    assert flat.startswith(first.removesuffix("…"))
    assert first == flat or len(first.encode()) > 240  # M4A: of 255 bytes
    with form.open_sound(file) as sound:
        assert sound.frames == form.rate
