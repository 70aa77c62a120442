"""Every row of the table of formats, read back by programs that others wrote."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from paperledge_audio import units
from paperledge_audio.deliver import FORMATS, Release
from paperledge_audio.deliver.encode.settings import EncoderSettings
from paperledge_audio.deliver.encode.to_target import master_and_encode
from paperledge_audio.deliver.formats import SUFFIXES, Format
from paperledge_audio.deliver.tags.facts import FIELDS, Tag
from paperledge_audio.deliver.text.chapters import FileChapter, make_chapters
from paperledge_audio.errors import MissingError
from paperledge_audio.master.targets import target_for
from paperledge_audio.render import publish
from paperledge_audio.show.loading import load_show
from paperledge_audio.show.model import Show
from paperledge_audio.sound.clip import Clip, loaded
from paperledge_audio.sound.resampling import at_rate
from paperledge_audio.verify import verify
from paperledge_audio.verify.tagged import read_disclosure
from tests.deliver.making import (
    EPISODE,
    HOSTILE,
    RATE,
    SCRIPT,
    bounced,
    made_edition,
    short_timeline,
    speechlike,
    with_output,
)
from tests.deliver.test_encode import spiky
from tests.deliver.test_tags import jpeg
from tests.samples import ROOT, absent

Program = Callable[[str], str]
LINE = short_timeline()
COVER = jpeg()
SHOW = load_show(ROOT / "scripts" / "show.toml")
NAMES = tuple(FORMATS)
LOSSY = tuple(name for name, form in FORMATS.items() if not form.lossless)
ODD = 44100 + 1234
"""Frames: no whole number of any codec's blocks."""


def usable(form: Format) -> Format:
    try:
        form.check_needs()
    except MissingError as error:
        absent(error.what)
    return form


def run(*command: str | Path) -> str:
    """What a program prints, its diagnostics last."""
    done = subprocess.run(command, capture_output=True, check=True)
    return (done.stdout + done.stderr).decode("utf-8", "replace")


def probed(program: Program, file: Path) -> Any:
    options = ["-v", "error", "-show_format", "-show_streams", "-show_chapters", "-of", "json"]
    return json.loads(run(program("ffprobe"), *options, file))


def heard_by_ffmpeg(program: Program, file: Path) -> tuple[float, float]:
    """LUFS and dBTP of a file, to the tenth that ffmpeg prints."""
    options = ["-hide_banner", "-nostats", "-map", "0:a", "-af", "ebur128=peak=true"]
    said = run(program("ffmpeg"), "-i", file, *options, "-f", "null", "-").rpartition("Summary:")[2]
    lufs = re.search(r"I:\s+(-?[\d.]+) LUFS", said)
    peak = re.search(r"Peak:\s+(-?[\d.]+) dBFS", said)
    assert lufs, said
    assert peak, said
    return float(lufs[1]), float(peak[1])


def encoded(form: Format, clip: Clip, file: Path, kbps: int = 128) -> Clip:
    """The clip, encoded and decoded again."""
    whole = FileChapter("x", 0, 1000 * clip.frames // RATE)
    form.encode(at_rate(clip, form.rate), file, EncoderSettings(kbps, (whole,)))
    with form.decoded(file) as sound:
        return loaded(sound)


def delivered(show: Show, out: Path, form: str, **changes: Any) -> Release:
    script = dataclasses.replace(SCRIPT, episode=dataclasses.replace(EPISODE, **changes))
    last = LINE.cues[-1].segment.text  # stands for the words that disclose
    show = dataclasses.replace(show, disclosure=dataclasses.replace(show.disclosure, spoken=last))
    edition = made_edition(with_output(show, format=form), script=script, line=LINE)
    return publish(edition, speechlike(LINE.frames), out)


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Format], Release]:
    """The same episode in each format, rendered when it is first wanted."""
    made: dict[str, Release] = {}

    def release(form: Format) -> Release:
        if form.name not in made:
            made[form.name] = delivered(SHOW, tmp_path_factory.mktemp("out"), form.name)
        return made[form.name]

    return release


def test_the_table_is_whole() -> None:
    assert list(FORMATS) == ["mp3", "m4a", "m4b", "opus", "flac", "wav"]
    assert tuple(f".{name}" for name in FORMATS) == SUFFIXES
    for name, row in FORMATS.items():
        assert row.name == name
        assert row.lossless == (not row.bitrate_mode)
        assert row.attenuates_db(128) >= 0.0


@pytest.mark.parametrize("frames", [1, 1000, ODD])
@pytest.mark.parametrize("channels", [1, 2])
def test_what_is_decoded_is_as_long_as_the_time_line_and_in_its_place(
    form: Format, frames: int, channels: int, tmp_path: Path
) -> None:
    """Opus has 48 kHz: there it is the time line's length, rescaled to the nearest frame."""
    clip = speechlike(frames, channels)
    heard = encoded(form, clip, tmp_path / f"x{form.suffix}")
    assert heard.frames == units.rescale(frames, RATE, form.rate)
    assert (heard.rate, heard.channels) == (form.rate, channels)
    if frames > 1000:
        given = loaded(at_rate(clip, form.rate)).samples[:, 0]
        spectra = np.fft.rfft([given, heard.samples[:, 0]], 2 * len(given))
        together = np.fft.irfft(spectra[1] * np.conj(spectra[0]))
        assert np.argmax(together) == 0  # neither late nor early, not by one frame


@pytest.mark.parametrize("name", [name for name in NAMES if FORMATS[name].lossless])
def test_a_lossless_format_changes_nothing_but_the_last_of_16_bits(
    name: str, tmp_path: Path
) -> None:
    clip = speechlike(ODD)
    heard = encoded(FORMATS[name], clip, tmp_path / f"x.{name}")
    assert np.abs(heard.samples - clip.samples).max() <= 0.5 / 32768 * (1 + 1e-6)


def test_the_same_sound_gives_the_same_bytes(form: Format, tmp_path: Path) -> None:
    one, two = tmp_path / f"one{form.suffix}", tmp_path / f"two{form.suffix}"
    for file in (one, two):
        encoded(form, speechlike(ODD), file)
        form.tag(file, tag(), COVER)
    assert one.read_bytes() == two.read_bytes()
    assert sorted(tmp_path.iterdir()) == [one, two]  # nothing else is left


def tag(**changes: Any) -> Tag:
    made = Tag(
        episode=EPISODE,
        show=SHOW,
        chapters=make_chapters(LINE, "x"),
        text="First paragraph.\n\nSecond one.",
        guid="0b0c",
        url="https://cdn.example/look/look.x",
        duration_ms=5000,
        build="abc123",
        encoder="an encoder",
        maker="paperledge-audio 0",
    )
    return dataclasses.replace(made, **changes)


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


def test_going_back_in_a_decoded_file_gives_the_same_samples(form: Format, tmp_path: Path) -> None:
    file = tmp_path / f"x{form.suffix}"
    whole = encoded(form, speechlike(ODD), file).samples
    with form.decoded(file) as sound:
        for start, end in ((30_000, 40_000), (29_999, 30_001), (0, 10), (45_000, len(whole))):
            assert np.allclose(sound.read(start, end), whole[start:end], rtol=0, atol=2.0**-22)
        assert sound.read(7, 7).shape == (0, 2)


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


def test_a_lossless_format_converges_at_once(tmp_path: Path) -> None:
    calls = []
    wav = FORMATS["wav"]

    def counted(*given: Any) -> None:
        calls.append(given)
        wav.encode(*given)

    once = dataclasses.replace(wav, encode=counted)
    for channels in (1, 2):
        target = target_for("apple", channels)
        settings = EncoderSettings(128)
        master_and_encode(bounced(spiky(3, channels)), target, once, settings, tmp_path / "x.wav")
    assert len(calls) == 2


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


OTHERS = {
    "mediainfo": ("mp3", "m4a", "m4b", "opus", "flac", "wav"),
    "exiftool": ("mp3", "m4a", "m4b", "flac", "wav"),
}
"""Programs beside ffmpeg, and the formats whose tags they read."""


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


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("name", ["m4a", "opus", "flac", "wav"])
def test_hostile_texts_stay_data(name: str, hostile: str, tmp_path: Path, program: Program) -> None:
    form, text = usable(FORMATS[name]), HOSTILE[hostile]
    flat = " ".join(text.split())
    chapters = (FileChapter(flat, 0, 500), FileChapter("=;#\\ 2", 500, 1000))
    file = tmp_path / f"x.{name}"
    form.encode(at_rate(speechlike(RATE), form.rate), file, EncoderSettings(128, chapters))
    episode = dataclasses.replace(EPISODE, title=text, summary=text, authors=(text,))
    disclosed = dataclasses.replace(SHOW.disclosure, text=text)
    show = dataclasses.replace(SHOW, disclosure=disclosed)
    form.tag(file, tag(episode=episode, show=show, chapters=chapters), COVER)
    found = probed(program, file)
    read = {**found["format"].get("tags", {}), **found["streams"][0].get("tags", {})}
    assert {key.lower(): value for key, value in read.items()}["title"] == flat
    assert read_disclosure(file) == flat
    first, second = (one["tags"]["title"] for one in found["chapters"])
    assert second == "=;#\\ 2"
    assert flat.startswith(first.removesuffix("…"))
    assert first == flat or len(first.encode()) > 240  # M4A: of 255 bytes
    with form.decoded(file) as sound:
        assert sound.frames == form.rate


def test_a_resampled_sound_is_the_same_read_in_any_pieces() -> None:
    clip = speechlike(200_000)
    soxr = pytest.importorskip("soxr")
    whole = soxr.resample(clip.samples, RATE, 48000, quality="VHQ")
    sound = at_rate(clip, 48000)
    assert sound.frames == units.rescale(200_000, RATE, 48000)
    read = loaded(sound).samples
    most = min(len(whole), len(read))
    assert np.abs(read[:most] - whole[:most]).max() < 1e-6
    assert abs(len(whole) - len(read)) <= 1
    for start, end in ((10, 20), (5, 150_000), (150_000, 150_000), (149_000, sound.frames)):
        assert np.array_equal(sound.read(start, end), read[start:end])
    assert at_rate(clip, RATE) is clip
