"""Stems: equal lengths, and a sum that is the master."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from paperledge_audio.deliver import master_and_encode
from paperledge_audio.deliver.encode.to_target import Encoded
from paperledge_audio.deliver.stems.session import compose_labels, compose_reaper
from paperledge_audio.mix.model import Chapter, Timeline
from paperledge_audio.sound.clip import load
from tests.tone_show import SCRIPT, SHOW, VOICE

Call = Callable[..., Any]
ONE = Path("scripts/one-hand.md")
STEP = 2.0**-23
"""Of 24 bits; a stem is off by half of it at most."""
FLOATS = 2.0**-23
"""What float32 adds: sums and gains of samples below 1, each rounded to 2^-25."""


@pytest.fixture(autouse=True)
def show_with_music(show_folder: Path) -> None:
    """A guest, an intro, a bed, and a sound that the speech goes on over; one peak is limited."""
    rng = np.random.default_rng(1)
    time = np.arange(4 * 44100) / 44100
    loud = 0.04 * np.sin(2 * np.pi * 300 * time)
    loud[22050:22150] = 0.5 * rng.uniform(-1, 1, 100)
    soundfile.write("scripts/intro.wav", np.stack([loud, 0.5 * loud], axis=1), 44100)
    soundfile.write("scripts/bed.wav", 0.1 * np.sin(2 * np.pi * 110 * time), 44100)
    Path("voices/ada.toml").write_text(VOICE.replace("Tone", "Ada"))
    Path("scripts/show.toml").write_text(
        SHOW + '\n[music]\nintro = "intro.wav"\nbed = "bed.wav"\n'
        '[sounds]\nrain = { file = "intro.wav", over = true }\n'
    )
    ONE.write_text(
        SCRIPT.replace(
            "## A heading", "[music: bed]\n\n**Ada:** So it does.\n\n[sound: rain]\n\n## B"
        )
    )


def read_stems(folder: Path) -> dict[str, Any]:
    found = {}
    for path in sorted(folder.glob("*.flac")):
        assert soundfile.info(path).subtype == "PCM_24"
        found[path.stem], rate = soundfile.read(path, always_2d=True)
        assert rate == 44100
    return found


@pytest.mark.parametrize("channels", [1, 2])
def test_the_stems_are_equally_long_and_their_sum_is_the_master(
    channels: int, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    toml = Path("scripts/show.toml")
    toml.write_text(f"{toml.read_text()}\n[output]\nchannels = {channels}\n")
    masters = []

    def keep(*arguments: Any) -> Encoded:
        encoded = master_and_encode(*arguments)
        masters.append((load(encoded.master.sound).samples, encoded.master.limited_db))
        return encoded

    monkeypatch.setattr("paperledge_audio.render.master_and_encode", keep)
    ran = paperledge("render", ONE, "--stems", "stems")
    assert ran.code == 0, ran.err
    stems = read_stems(Path("stems/one-hand"))
    assert set(stems) == {"ernis", "ada", "music", "effects"}
    ((master, limited_db),) = masters
    assert limited_db > 1.0  # so the limiter's gain is in the sum
    assert {stem.shape for stem in stems.values()} == {master.shape}
    assert np.abs(sum(stems.values()) - master).max() <= len(stems) * STEP / 2 + FLOATS
    assert all(np.abs(stem).max() > 0.01 for stem in stems.values())


def test_the_same_input_gives_the_same_bytes_and_only_ours_is_replaced(paperledge: Call) -> None:
    call = ("render", ONE, "--stems", "stems")
    assert paperledge(*call).code == 0
    folder = Path("stems/one-hand")
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert paperledge(*call).code == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
    assert set(first) == {
        *("ernis.flac", "ada.flac", "music.flac", "effects.flac", "manifest.json"),
        *("chapters.txt", "sentences.txt", "session.rpp"),
    }
    (folder / "session.rpp").write_text("somebody's work")
    ran = paperledge(*call)
    assert ran.code == 1
    assert (folder / "session.rpp").read_text() == "somebody's work"
    assert "speaking" not in ran.err  # it is said before anybody speaks


@pytest.mark.parametrize("place", ["out", "out/one-hand", "out/one-hand/stems"])
def test_stems_have_a_place_of_their_own(place: str, paperledge: Call) -> None:
    ran = paperledge("render", ONE, "-o", "out", "--stems", place)
    assert ran.code == 2
    assert "--stems" in ran.err


def test_labels_are_start_end_and_text_between_tabs() -> None:
    chapters = [Chapter("One\ttwo\nthree", 0, 44100), Chapter("Four", 44100, 66150)]
    assert compose_labels(chapters, 44100, lambda one: one.title) == (
        "0.000000\t1.000000\tOne two three\n1.000000\t1.500000\tFour\n"
    )


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Plain", '"Plain"'),
        ('The "idea"', "'The \"idea\"'"),
        ('"It\'s"', '`"It\'s"`'),
        ('"It\'s" `so`', "`\"It's\" 'so'`"),
        ("two\nlines", '"two lines"'),
    ],
)
def test_a_session_is_nested_blocks_with_quoted_names(title: str, written: str) -> None:
    timeline = Timeline(44100, 88200, (), (), (Chapter(title, 0, 88200),), "ernis")
    text = compose_reaper(timeline, [(title, "a.flac"), ("Music", "music.flac")])
    lines = [line.strip() for line in text.splitlines()]
    depth = [0]
    for line in lines:
        depth.append(depth[-1] + line.startswith("<") - (line == ">"))
    assert min(depth[1:-1]) > 0
    assert depth[-1] == 0
    assert f"MARKER 1 0.000000 {written} 0" in lines
    assert lines.count("<TRACK") == 2
    assert re.findall(r"FILE \"(.*)\"", text) == ["a.flac", "music.flac"]
    assert lines.count("LENGTH 2.000000") == 2
