"""A whole episode in a real voice, taken apart by programs that this project didn't write."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from paperledge_audio.check.scripts import estimate_s
from paperledge_audio.deliver import Release
from paperledge_audio.deliver.folder.finished import read_json
from paperledge_audio.engines import make_pool
from paperledge_audio.plan import plan_script
from paperledge_audio.render import Order, ProgressCallbacks, render
from paperledge_audio.script import compose, import_page, parse
from paperledge_audio.show.model import Show
from paperledge_audio.sound.reading import read_clip
from paperledge_audio.takes import TakeStore
from paperledge_audio.verify.recogniser import read_back
from paperledge_audio.verify.speech import list_spoken_words
from paperledge_audio.verify.wording import count_word_errors
from tests.samples import ROOT

pytestmark = pytest.mark.model


@dataclass(frozen=True)
class Episode:
    release: Release
    mp3: Path
    said: str
    """The printed words that are spoken: those that take time in the transcript."""


def rendered(script: Path, folder: Path, quality: str) -> Episode:
    order = Order(script, folder / "out", quality)
    store = TakeStore(folder / "cache")
    with make_pool() as pool:
        release = render(order, script.read_bytes(), store, ProgressCallbacks(), pool).release
    (mp3,) = (path for path in release.paths if path.suffix == ".mp3")
    said = list_spoken_words(read_json(mp3.with_suffix(".transcript.json")))
    return Episode(release, mp3, said)


@pytest.fixture(scope="session")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Episode:
    script = ROOT / "scripts" / "attention-is-all-you-need.md"
    return rendered(script, tmp_path_factory.mktemp("draft"), "draft")


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Episode:
    return rendered(ROOT / "scripts" / "quickstart.md", tmp_path_factory.mktemp("studio"), "studio")


@pytest.fixture(params=["draft", "studio"])
def episode(request: pytest.FixtureRequest) -> Episode:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Episode)
    return found


def test_a_recogniser_reads_the_words_back(episode: Episode) -> None:
    errors, words = count_word_errors(episode.said, read_back(read_clip(episode.mp3)))
    assert words > 100
    assert errors / words < 0.05


def test_ffmpeg_decodes_as_many_frames_as_the_time_line_has(
    episode: Episode, program: Callable[[str], str]
) -> None:
    decoded = subprocess.run(
        [
            program("ffmpeg"),
            "-v",
            "error",
            "-i",
            str(episode.mp3),
            "-map",
            "0:a",
            "-f",
            "s16le",
            "-",
        ],
        capture_output=True,
        check=True,
    ).stdout
    assert len(decoded) // 4 == round(episode.release.duration_s * 44100)


def test_ffmpeg_measures_the_target_loudness_and_peak(
    episode: Episode, program: Callable[[str], str]
) -> None:
    said = subprocess.run(
        [
            program("ffmpeg"),
            "-hide_banner",
            "-nostats",
            "-i",
            str(episode.mp3),
            "-map",
            "0:a",
            "-af",
            "ebur128=peak=true",
            "-f",
            "null",
            "-",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    summary = said[said.rindex("Summary:") :]
    (loudness,) = re.findall(r"I:\s+(-?[\d.]+) LUFS", summary)
    (peak,) = re.findall(r"Peak:\s+(-?[\d.]+) dBFS", summary)
    assert float(loudness) == pytest.approx(-16.0, abs=0.1)
    assert float(peak) <= -1.0


def test_other_programs_read_the_title_the_show_and_the_chapters(
    episode: Episode, program: Callable[[str], str]
) -> None:
    title = episode.release.episode.title
    probe = json.loads(
        subprocess.run(
            [
                program("ffprobe"),
                "-v",
                "error",
                "-of",
                "json",
                "-show_format",
                "-show_chapters",
                str(episode.mp3),
            ],
            capture_output=True,
            check=True,
        ).stdout
    )
    assert probe["format"]["tags"]["title"] == title
    assert probe["format"]["tags"]["album"] == "PaperLedge"
    starts = [float(chapter["start_time"]) for chapter in probe["chapters"]]
    assert starts == sorted(starts)
    assert starts[0] == 0.0
    (exif,) = json.loads(
        subprocess.run(
            [program("exiftool"), "-json", str(episode.mp3)], capture_output=True, check=True
        ).stdout
    )
    assert (exif["Title"], exif["Artist"], exif["Album"]) == (title, "Ernis", "PaperLedge")
    eyed3 = subprocess.run(
        [program("eyeD3"), "--no-color", str(episode.mp3)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert f"title: {title}" in eyed3


def test_the_estimated_duration_is_near(studio: Episode, show: Show) -> None:
    file = ROOT / "scripts" / "quickstart.md"
    plan = plan_script(file.read_bytes(), str(file), show, quality="studio")
    transcript = json.loads(studio.mp3.with_suffix(".transcript.json").read_text("utf-8"))
    spoken = [s["endTime"] - s["startTime"] for s in transcript["segments"]]
    estimated = [estimate_s(replace(segment, pause_after=0.0)) for segment in plan.segments]
    assert sum(estimated) == pytest.approx(sum(spoken), rel=0.12)


def test_the_examples_are_written_in_our_own_format() -> None:
    for file in sorted((ROOT / "scripts").glob("*.md")):
        source = file.read_text("utf-8")
        assert compose(parse(source, str(file))) == source


def test_every_episode_of_the_shows_page_renders(tmp_path: Path, show_page: str) -> None:
    (tmp_path / "scripts").mkdir()
    for index, script in enumerate(import_page(show_page).scripts):
        file = tmp_path / "scripts" / f"episode-{index}.md"
        file.write_text(compose(script), "utf-8")
        release = rendered(file, tmp_path, "draft").release
        assert release.loudness.integrated_lufs == pytest.approx(-16.0, abs=0.1)
        assert release.loudness.true_peak_dbtp <= -1.0
