"""Music and sounds that changed are heard, old and new: which tone, which part, how loud."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from paperledge_audio.deliver.encode import mp3
from paperledge_audio.preview.page.pieces import HIGHEST_DBFS
from paperledge_audio.sound.clip import Clip
from paperledge_audio.sound.measuring.meter import measure_loudness
from paperledge_audio.units import gain
from tests.tone_show import SCRIPT, SHOW

Call = Callable[..., Any]
ONE = Path("scripts/one-hand.md")
TOML = Path("scripts/show.toml")
ADDRESS = "https://paperledge.example/7"
RATE = 44100


def write_tones(name: str, *tones: tuple[float, float], amplitude: float = 0.2) -> None:
    """A file of tones one after another, each of so many hertz for so many seconds."""
    parts = [np.sin(2 * np.pi * hz * np.arange(round(s * RATE)) / RATE) for hz, s in tones]
    soundfile.write(Path("scripts", name), amplitude * np.concatenate(parts), RATE)


def set_music(lines: str) -> None:
    TOML.write_text(f"{SHOW}\n[music]\n{lines}\n")


def commit(repository: Call) -> None:
    repository("add", "-A")
    repository("commit", "-qm", "Music")


def list_around(paperledge: Call) -> list[dict[str, Any]]:
    options = ("--since", "HEAD", "--json", "--summary", "s.md", "--address", ADDRESS)
    ran = paperledge("preview", ONE, *options)
    assert ran.code == 0, ran.err
    return list(json.loads(ran.out)["around"])


def hear(piece: dict[str, Any]) -> Clip:
    assert piece["problem"] == ""
    return mp3.decode(Path("preview", piece["clip"]).read_bytes())


def measure_hz(clip: Clip) -> float:
    """The strongest frequency."""
    spectrum = np.abs(np.fft.rfft(clip.samples[:, 0] * np.hanning(clip.frames)))
    return float(np.argmax(spectrum) * clip.rate / clip.frames)


def test_each_side_is_that_versions_tone_and_both_are_equally_loud(
    repository: Call, show_folder: Path, paperledge: Call
) -> None:
    set_music('intro = "intro.wav"')
    write_tones("intro.wav", (400, 22), (1000, 8))
    commit(repository)
    assert list_around(paperledge) == []
    write_tones("intro.wav", (700, 3), amplitude=0.02)
    (change,) = list_around(paperledge)
    assert change["text"] == "music changed: scripts/one-hand.md sounds different in the intro"
    before, after = hear(change["before"]), hear(change["after"])
    assert measure_hz(before) == pytest.approx(400, abs=1)
    assert measure_hz(after) == pytest.approx(700, abs=1)
    assert (before.frames, after.frames) == (20 * RATE, 3 * RATE)
    loudness = [measure_loudness(clip).integrated_lufs for clip in (before, after)]
    assert loudness[0] == pytest.approx(loudness[1], abs=0.2)
    again = list_around(paperledge)
    assert again == [change]  # a clip's name is a hash of its bytes
    summary = Path("s.md").read_text()
    for side in ("before", "after"):
        link = f"  - [{side}]({ADDRESS}/{change[side]['clip']}): `intro.wav`"
        assert link in summary.splitlines()


def test_of_an_outro_the_end_is_heard_without_its_silence(
    repository: Call, show_folder: Path, paperledge: Call
) -> None:
    set_music('outro = "outro.wav"')
    write_tones("outro.wav", (300, 5), (500, 19.5), (0, 9))
    commit(repository)
    write_tones("other.wav", (600, 1))
    set_music('outro = "other.wav"')
    (change,) = list_around(paperledge)
    before = hear(change["before"])
    assert before.frames == 20 * RATE
    assert measure_hz(before) == pytest.approx(500, abs=1)
    assert measure_hz(Clip(before.samples[:RATE], RATE)) == pytest.approx(500, abs=2)
    assert measure_hz(hear(change["after"])) == pytest.approx(600, abs=2)


def test_a_new_piece_and_a_removed_one_have_one_side(
    repository: Call, show_folder: Path, paperledge: Call
) -> None:
    write_tones("a.wav", (300, 2))
    write_tones("b.wav", (500, 2))
    set_music('intro = "a.wav"')
    commit(repository)
    set_music('outro = "b.wav"')
    intro, outro = list_around(paperledge)
    assert (intro["after"], outro["before"]) == (None, None)
    assert measure_hz(hear(intro["before"])) == pytest.approx(300, abs=1)
    assert measure_hz(hear(outro["after"])) == pytest.approx(500, abs=1)


def test_a_sound_has_its_level(repository: Call, show_folder: Path, paperledge: Call) -> None:
    ONE.write_text(SCRIPT.replace("- First", "[sound: bell]\n\n- First"))
    write_tones("bell.wav", (800, 2))
    sounds = '[sounds]\nbell = { file = "bell.wav", level_db = %s }'
    TOML.write_text(f"{SHOW}\n{sounds % '0.0'}\n")
    commit(repository)
    TOML.write_text(f"{SHOW}\n{sounds % '-6.0'}\n")
    (change,) = list_around(paperledge)
    loudness = [
        measure_loudness(hear(change[side])).integrated_lufs for side in ("before", "after")
    ]
    assert loudness[0] - loudness[1] == pytest.approx(6.0, abs=0.1)


def test_a_high_peak_lowers_both_sides(
    repository: Call, show_folder: Path, paperledge: Call
) -> None:
    """A faint tone with one click is raised by 20 dB, more than its click has room for."""
    set_music('intro = "intro.wav"')
    write_tones("intro.wav", (400, 4))
    commit(repository)
    samples = 0.005 * np.sin(2 * np.pi * 500 * np.arange(4 * RATE) / RATE)
    samples[2 * RATE : 2 * RATE + 20] = 0.9
    soundfile.write("scripts/intro.wav", samples, RATE)
    (change,) = list_around(paperledge)
    before, after = hear(change["before"]), hear(change["after"])
    assert after.peak < 1.0
    assert before.peak < gain(HIGHEST_DBFS - 20)
    assert after.peak > before.peak


@pytest.mark.parametrize(
    ("old", "problem"),
    [
        (lambda: Path("scripts/old.wav").write_bytes(b"one"), "is not a sound file"),
        (lambda: Path("scripts/old.wav").write_bytes(b""), "is empty"),
        (lambda: Path("scripts/old.wav").symlink_to("new.wav"), "isn't in the commit"),
        (lambda: Path(".gitignore").write_text("old.wav"), "isn't in the commit"),
    ],
    ids=["no sound", "empty", "a link", "not committed"],
)
def test_what_the_commit_can_not_play_is_said(
    repository: Call,
    show_folder: Path,
    paperledge: Call,
    old: Callable[[], object],
    problem: str,
) -> None:
    write_tones("new.wav", (500, 2))
    set_music('intro = "old.wav"')
    old()
    commit(repository)
    set_music('intro = "new.wav"')
    (change,) = list_around(paperledge)
    assert change["before"]["clip"] == ""
    assert problem in change["before"]["problem"]
    assert measure_hz(hear(change["after"])) == pytest.approx(500, abs=1)
    told = f"  - before: `old.wav`: {change['before']['problem']}\n"
    assert told in html.unescape(Path("s.md").read_text()).replace("\u200b", "")


@pytest.mark.parametrize("place", ["../../outside.wav", "/outside.wav", "../voices/../../a.wav"])
def test_no_file_outside_the_commit_is_played(
    repository: Call, show_folder: Path, paperledge: Call, place: str
) -> None:
    """Not even a file that is there, from where the commit's show.toml lies or lay."""
    write_tones("new.wav", (500, 2))
    write_tones("../../outside.wav", (300, 2))
    write_tones("../a.wav", (300, 2))
    write_tones("../../a.wav", (300, 2))
    named = str(show_folder.parent / "outside.wav") if place.startswith("/") else place
    set_music(f'intro = "{named}"')
    commit(repository)
    set_music('intro = "new.wav"')
    (change,) = list_around(paperledge)
    assert change["before"]["problem"] == "isn't in the commit"
    assert str(show_folder) not in json.dumps(change)


def test_a_file_that_is_too_large_to_read_is_said_if_it_changed(
    repository: Call, show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_music('intro = "a.wav"\noutro = "b.wav"')
    write_tones("a.wav", (300, 2))
    write_tones("b.wav", (300, 2))
    commit(repository)
    write_tones("a.wav", (500, 2))
    monkeypatch.setattr("paperledge_audio.preview.history.git.LARGEST_BYTES", 100_000)
    (change,) = list_around(paperledge)
    assert change["where"] == "in the intro"
    assert change["before"]["problem"] == "what is read of a commit is larger than 0.1 MB"
    assert measure_hz(hear(change["after"])) == pytest.approx(500, abs=1)


def test_a_file_is_compared_as_git_would_store_it(
    repository: Call, show_folder: Path, paperledge: Call
) -> None:
    """As with Git LFS, whose filter leaves only a pointer in the commit."""
    repository("config", "filter.pointer.clean", "git hash-object --stdin")
    Path(".gitattributes").write_text("*.wav filter=pointer\n")
    set_music('intro = "intro.wav"')
    write_tones("intro.wav", (400, 1))
    commit(repository)
    assert list_around(paperledge) == []
    write_tones("intro.wav", (500, 1))
    (change,) = list_around(paperledge)
    assert "is not a sound file" in change["before"]["problem"]
    assert measure_hz(hear(change["after"])) == pytest.approx(500, abs=2)


def test_a_file_that_can_not_be_read_now_is_said_too(
    repository: Call, show_folder: Path, paperledge: Call
) -> None:
    set_music('intro = "intro.wav"')
    write_tones("intro.wav", (400, 1))
    commit(repository)
    Path("scripts/intro.wav").write_bytes(b"two")
    (change,) = list_around(paperledge)
    assert measure_hz(hear(change["before"])) == pytest.approx(400, abs=2)
    assert (change["after"]["clip"], "not a sound" in change["after"]["problem"]) == ("", True)
