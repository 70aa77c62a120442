"""[sound: NAME]: a sound of the show's in the finished episode."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from tests.tone_show import SCRIPT, SHOW

Call = Callable[..., Any]
ONE = Path("scripts/one-hand.md")
HZ = 5000.0
"""Higher than anything that the tone says."""


@pytest.fixture(autouse=True)
def chime(show_folder: Path) -> None:
    time = np.arange(round(1.5 * 44100)) / 44100
    soundfile.write("scripts/chime.wav", 0.3 * np.sin(2 * np.pi * HZ * time), 44100)
    Path("scripts/show.toml").write_text(
        SHOW + '\n[sounds]\nchime = "chime.wav"\nrain = { file = "chime.wav", over = true }\n'
    )


def write(directive: str) -> None:
    ONE.write_text(SCRIPT.replace("## A heading", f"{directive}\n\n## A heading"))


def find_chime(path: Path) -> tuple[float, float]:
    """When the sound begins and ends, in seconds, by its share of each 10 ms."""
    samples, rate = soundfile.read(path, always_2d=True)
    step = rate // 100
    blocks = samples[: len(samples) // step * step, 0].reshape(-1, step)
    spectrum = np.abs(np.fft.rfft(blocks * np.hanning(step)))
    there = np.flatnonzero(spectrum[:, round(HZ * step / rate)] > 0.05 * spectrum.max())
    return there[0] / 100, (there[-1] + 1) / 100


def test_it_is_heard_where_the_script_has_it(paperledge: Call) -> None:
    write("[sound: chime]")
    assert paperledge("render", ONE, "--format", "flac").code == 0
    start, end = find_chime(Path("out/one-hand/one-hand.flac"))
    manifest = json.loads(Path("out/one-hand/one-hand.manifest.json").read_text())
    cues = manifest["segments"]
    before = max(cue["end_s"] for cue in cues if cue["role"] == "speech")
    after = next(cue["start_s"] for cue in cues if cue["role"] == "heading")
    assert end - start == pytest.approx(1.5, abs=0.03)
    assert start - before == pytest.approx(after - end, abs=0.03)
    assert set(manifest["settings"]["music"]["pieces"]) == {"sound: chime", "sound: rain"}
    assert paperledge("verify", "out/one-hand/one-hand.flac").code == 0


def test_the_speech_goes_on_over_it_where_the_show_says_so(paperledge: Call) -> None:
    assert paperledge("render", ONE, "--format", "flac").code == 0
    without = soundfile.info("out/one-hand/one-hand.flac").frames
    write("[sound: rain]")
    assert paperledge("render", ONE, "--format", "flac").code == 0
    assert soundfile.info("out/one-hand/one-hand.flac").frames == without


@pytest.mark.parametrize(
    ("directive", "message"),
    [
        ("[sound: bell]", "the show has no sound 'bell'"),
        ("[sound: chimes]", "did you mean 'chime'?"),
        ("[sound:]", "names no sound"),
        ("[sound]", "names no sound"),
        ("Ding [sound: chime] dong.", "put it on a line of its own"),
        ("[music: sting]", "the show has no sting"),
    ],
)
def test_what_cannot_be_played_is_said_with_its_line(
    directive: str, message: str, paperledge: Call
) -> None:
    write(directive)
    for command in ("check", "render"):
        ran = paperledge(command, ONE)
        assert ran.code == 1
        (line,) = [line for line in ran.err.splitlines() + ran.out.splitlines() if message in line]
        assert line.startswith(f"{ONE}:14:")
    assert not Path("out").exists()


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('[sounds]\nChime = "chime.wav"', "sounds.Chime: is not a sound's name"),
        ('[sounds]\nchime = "none.wav"', "sounds.chime"),
        ('[sounds]\nchime = ""', "sounds.chime.file: is missing"),
        ("[sounds]\nchime = 1", "sounds.chime"),
        ("[sounds]\nchime = { level_db = 0 }", "sounds.chime.file"),
        ('[sounds]\nchime = { file = "chime.wav", loud = 1 }', "sounds.chime.loud"),
        ('[sounds]\nchime = { file = "chime.wav", level_db = 99 }', "sounds.chime.level_db"),
    ],
)
def test_a_sound_that_the_show_cannot_have_is_said_with_its_line(
    table: str, message: str, paperledge: Call
) -> None:
    Path("scripts/show.toml").write_text(f"{SHOW}\n{table}\n")
    ran = paperledge("render", ONE)
    assert ran.code == 1
    assert message in ran.err
    assert len(ran.err.splitlines()) == 1
    assert "scripts/show.toml:" in ran.err


def test_a_damaged_sound_is_found_before_anybody_speaks(paperledge: Call) -> None:
    Path("scripts/chime.wav").write_bytes(Path("scripts/chime.wav").read_bytes()[:-9000])
    write("[sound: chime]")
    ran = paperledge("render", ONE)
    assert ran.code == 1
    assert "chime.wav" in ran.err
    assert "speaking" not in ran.err
