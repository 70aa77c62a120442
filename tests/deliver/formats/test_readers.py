"""An episode in each format, read by programs that others wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest

from paperledge_audio import units
from paperledge_audio.deliver import FORMATS, Release
from paperledge_audio.deliver.formats import Format
from paperledge_audio.deliver.text.chapters import make_chapters
from paperledge_audio.verify import verify
from tests.deliver.formats.forms import LINE, SHOW, delivered, usable
from tests.deliver.formats.programs import Program, heard_by_ffmpeg, probed, run
from tests.deliver.making import EPISODE, RATE

OTHERS = {
    "mediainfo": ("mp3", "m4a", "m4b", "opus", "flac", "wav"),
    "exiftool": ("mp3", "m4a", "m4b", "flac", "wav"),
}
"""Programs beside ffmpeg, and the formats whose tags they read."""


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Format], Release]:
    """The same episode in each format, rendered when it is first wanted."""
    made: dict[str, Release] = {}

    def release(form: Format) -> Release:
        if form.name not in made:
            made[form.name] = delivered(SHOW, tmp_path_factory.mktemp("out"), form.name)
        return made[form.name]

    return release


def test_a_release_is_loud_enough_tagged_and_described(
    form: Format, releases: Callable[[Format], Release], program: Program
) -> None:
    release = releases(form)
    sound, row = release.paths[0], release.files[0]
    assert (row.name, row.type) == (f"look{form.suffix}", form.media_type)
    lufs, peak = heard_by_ffmpeg(program, sound)
    assert lufs == pytest.approx(-16.0, abs=0.1 + 0.051)  # ffmpeg prints tenths
    assert peak <= -1.0
    manifest = json.loads(release.paths[-1].read_text("utf-8"))
    assert manifest["sound"]["format"] == form.name
    assert manifest["sound"]["codec"] == form.codec
    assert manifest["sound"]["encoder"] == form.encoder()
    assert manifest["sound"]["frames"] == units.rescale(LINE.frames, RATE, form.rate)
    if not form.lossless:
        assert manifest["sound"]["bitrate_kbps"] == 128
    item = (release.folder / "look.item.xml").read_text("utf-8")
    assert f'length="{row.bytes}" type="{form.media_type}"' in item
    assert f"look/look{form.suffix}" in item
    report = verify(sound)
    assert report.problems == ()
    assert report.duration_s == pytest.approx(12.0, abs=1 / form.rate)


def test_ffprobe_sees_the_chapters_the_cover_and_the_length(
    form: Format, releases: Callable[[Format], Release], program: Program
) -> None:
    found = probed(program, releases(form).paths[0])
    chapters = make_chapters(LINE, "x")
    assert [one["tags"]["title"] for one in found["chapters"]] == [one.title for one in chapters]
    for one, chapter in zip(found["chapters"], chapters, strict=True):
        assert float(one["start_time"]) * 1000 == pytest.approx(chapter.start_ms, abs=0.02)
        # What an MP3 and an Opus stream start with before the sound counts for ffprobe's ends.
        assert float(one["end_time"]) * 1000 == pytest.approx(chapter.end_ms, abs=60)
    kinds = [stream["codec_type"] for stream in found["streams"]]
    assert kinds.count("audio") == 1
    assert kinds.count("video") == 1  # the picture
    (audio,) = (stream for stream in found["streams"] if stream["codec_type"] == "audio")
    assert int(audio["sample_rate"]) == form.rate
    if form.name not in {"mp3", "opus"}:  # whose lengths ffprobe guesses or pads
        assert int(audio["duration_ts"]) == LINE.frames


def test_ffprobe_reads_the_facts(
    form: Format, releases: Callable[[Format], Release], program: Program
) -> None:
    found = probed(program, releases(form).paths[0])
    read = {
        key.lower(): value
        for place in (found["format"], *found["streams"])
        if place.get("codec_type") != "video"
        for key, value in place.get("tags", {}).items()
    }
    expected = {
        "title": EPISODE.title,
        "artist": SHOW.host,
        "album": SHOW.title,
        "genre": "Podcast",
        "date": "2025-10-21",
    }
    if form.name == "mp3":
        expected["date"] = "2025"  # ID3v2.3 has the day in another frame
    assert {key: read[key][: len(value)] for key, value in expected.items()} == expected
    assert EPISODE.summary in read.values()
    assert SHOW.copyright in read.values()


@pytest.mark.parametrize(("reader", "name"), [(r, n) for r, names in OTHERS.items() for n in names])
def test_other_programs_read_title_host_and_show(
    reader: str, name: str, releases: Callable[[Format], Release], program: Program
) -> None:
    said = run(program(reader), releases(usable(FORMATS[name])).paths[0])
    for fact in (EPISODE.title, SHOW.host, SHOW.title, "Podcast"):
        assert re.search(rf": {re.escape(fact)}$", said, re.MULTILINE), fact


@pytest.mark.parametrize("name", ["m4a", "m4b"])
def test_an_m4a_is_a_podcast_an_m4b_a_book(
    name: str, releases: Callable[[Format], Release], program: Program
) -> None:
    tags_ = probed(program, releases(usable(FORMATS[name])).paths[0])["format"]["tags"]
    assert tags_["major_brand"].strip().lower() == name
    assert (tags_["media_type"], tags_["podcast"]) == ({"m4a": "21", "m4b": "2"}[name], "1")
    assert "creation_time" not in tags_
