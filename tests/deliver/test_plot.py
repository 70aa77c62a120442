"""The picture of an episode: well-formed, complete, and to scale."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from paperledge_audio.deliver.pictures import plot
from paperledge_audio.master.targets import target_for
from paperledge_audio.mix.model import Chapter
from paperledge_audio.mix.overview import Overview
from paperledge_audio.sound.clip import load
from paperledge_audio.sound.measuring.meter import measure_loudness
from tests.mix.test_memory import Hum

NS = "{http://www.w3.org/2000/svg}"
TARGET = target_for("apple", 2)


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314 - our own text


def made(title: str = "A look", seconds: float = 300.0) -> plot.Plot:
    """Five minutes: the first half host, then a guest; loudness from silent to on target."""
    half = plot.COLUMNS // 2
    ones, zeros = np.ones(half), np.zeros(plot.COLUMNS - half)
    look = Overview(
        np.concatenate([0.25 * ones, zeros]),
        np.concatenate([zeros, 0.5 * ones]),
        np.zeros(plot.COLUMNS),
        np.concatenate([-14.0 * ones, zeros]),
    )
    end = round(seconds * 44100)
    chapters = (Chapter("Opening", 0, end // 3), Chapter(f"On {title}", end // 3, end))
    lufs = np.concatenate([[-np.inf], np.full(max(round(seconds * 10) - 30, 0), -16.0)])
    loudness = measure_loudness(load(Hum(2)))
    return plot.Plot(title, seconds, chapters, 44100, look, 6.0206, lufs, loudness, TARGET)


@pytest.mark.parametrize(
    "title", ["A look", 'Less <script>alert("1")</script> & more', "見る 👀 " * 30, "שלום"]
)
def test_it_is_xml_and_holds_the_words_as_they_are(title: str) -> None:
    root = parsed(plot.compose(made(title)))
    texts = [element.text for element in root.iter(f"{NS}text")]
    assert title in texts
    assert f"On {title}" in texts
    assert not list(root.iter(f"{NS}script"))


def test_bars_are_as_high_as_the_sound_and_stand_at_their_time() -> None:
    root = parsed(plot.compose(made()))
    bars = {
        path.get("class"): re.findall(r"M(\d+) ([\d.]+)h1V([\d.]+)", path.get("d") or "")
        for path in root.iter(f"{NS}path")
    }
    half = plot.COLUMNS // 2
    assert [int(x) for x, _, _ in bars["host"]] == [plot.LEFT + n for n in range(half)]
    assert int(bars["guest"][0][0]) == plot.LEFT + plot.COLUMNS - half
    # +6.02 dB doubles: 0.25 is half of full scale, 0.5 all of it
    heights = {
        kind: float(bars[kind][0][2]) - float(bars[kind][0][1]) for kind in ("host", "guest")
    }
    assert heights["host"] == pytest.approx(heights["guest"] / 2, abs=0.2)
    assert heights["guest"] == pytest.approx(plot.WAVE_H - 8, abs=0.2)
    assert not bars["music"]


def test_the_loudness_on_target_lies_on_the_targets_line() -> None:
    text = plot.compose(made())
    aim = re.search(r'class="aim" d="M\d+ ([\d.]+)h', text)
    line = re.search(r'class="loud" points="([^"]+)"', text)
    assert aim
    assert line
    heights = [float(point.split(",")[1]) for point in line[1].split()]
    assert heights[0] == pytest.approx(plot.LOUD_Y + plot.LOUD_H, abs=0.1)  # silence: the bottom
    assert heights[1:] == pytest.approx([float(aim[1])] * (len(heights) - 1), abs=0.1)


@pytest.mark.parametrize(("seconds", "last"), [(0.5, "0:00"), (59.0, "0:55"), (7300.0, "2:00:00")])
def test_the_axis_has_a_handful_of_round_times(seconds: float, last: str) -> None:
    root = parsed(plot.compose(made(seconds=seconds)))
    times = [t.text for t in root.iter(f"{NS}text") if t.get("text-anchor") == "middle"]
    assert times[0] == "0:00"
    assert times[-1] == last
    assert len(times) <= plot.MOST_TICKS + 1


def test_an_hour_is_not_a_larger_picture_than_five_minutes() -> None:
    assert len(plot.compose(made(seconds=3600.0))) < 2 * len(plot.compose(made()))
