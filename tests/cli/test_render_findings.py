"""What a render says of the script and of its sound, and what it finds before anybody speaks."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from PIL import Image

from paperledge_audio.deliver.pictures import lettering

SCRIPT = "scripts/one-hand.md"
TOML = Path("scripts/show.toml")
RATE = 44100
Call = Callable[..., Any]


def put_music(name: str, *parts: tuple[float, float], channels: int = 2) -> None:
    """A piece of music for the show: levels and seconds."""
    rng = np.random.default_rng(1)
    samples = [rng.uniform(-1, 1, (round(s * RATE), channels)) * level for level, s in parts]
    soundfile.write(f"scripts/{name}.wav", np.concatenate(samples), RATE)
    TOML.write_text(f'{TOML.read_text()}\n[music]\n{name} = "{name}.wav"\n')


def spoken(show: Path) -> bool:
    return any((show.parent / "cache").rglob("*.flac"))


def test_a_render_prints_the_warnings_of_check(show_folder: Path, paperledge: Call) -> None:
    file = Path(SCRIPT)
    text = file.read_text().replace("summary: A tone, explained.\n", "")
    file.write_text(text.replace("Today we", "Today Zyxqv and we"))
    checked = paperledge("check", SCRIPT).out.splitlines()[:-1]
    assert len(checked) == 2
    ran = paperledge("render", SCRIPT)
    assert ran.code == 0
    assert [line for line in ran.err.splitlines() if ": warning: " in line] == checked
    (release,) = json.loads(paperledge("render", SCRIPT, "--json").out)["releases"]
    assert [one["line"] for one in release["findings"]] == [1, 11]


def test_a_silence_that_nobody_asked_for_is_told(show_folder: Path, paperledge: Call) -> None:
    put_music("outro", (0.3, 4.0), (0.0, 5.0), (0.3, 2.0), (0.0, 9.0))
    ran = paperledge("render", SCRIPT)
    (line,) = (line for line in ran.err.splitlines() if ": warning: " in line)
    assert line.startswith(f"{SCRIPT}:23: warning: 5.0 s of silence at ")
    assert line.endswith(" after the last words; cut the music, or shorten the pause")
    manifest = json.loads(Path("out/one-hand/one-hand.manifest.json").read_text("utf-8"))
    assert manifest["settings"]["music"]["pieces"]["outro"]["trimmed_s"] == pytest.approx(8.5)
    assert paperledge("verify", "out/one-hand/one-hand.mp3").code == 0


def test_a_pause_that_the_script_asks_for_is_none(show_folder: Path, paperledge: Call) -> None:
    file = Path(SCRIPT)
    file.write_text(file.read_text().replace("- First", "[pause 5s]\n\n- First"))
    ran = paperledge("render", SCRIPT)
    assert (ran.code, "warning" in ran.err) == (0, False), ran.err


def test_music_in_5_1_is_found_before_anybody_speaks(show_folder: Path, paperledge: Call) -> None:
    put_music("outro", (0.3, 4.0), channels=6)
    ran = paperledge("render", SCRIPT)
    assert (ran.code, "outro.wav: has 6 channels; save it in stereo or mono" in ran.line) == (
        1, True
    )  # fmt: skip
    assert not spoken(show_folder)


def test_a_cover_that_is_cut_off_is_found_before_anybody_speaks(
    show_folder: Path, paperledge: Call
) -> None:
    file = Path("scripts/art.jpg")
    Image.effect_noise((1400, 1400), 50).save(file)
    file.write_bytes(file.read_bytes()[:-5000])
    TOML.write_text(f'artwork = "art.jpg"\n{TOML.read_text()}')
    ran = paperledge("render", SCRIPT)
    assert (ran.code, "art.jpg: is not a picture that can be read" in ran.line) == (1, True)
    assert not spoken(show_folder)


def test_a_font_that_is_missing_is_found_before_anybody_speaks(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(lettering, "find_package", lambda _name: tmp_path)
    lettering.load_font.cache_clear()
    ran = paperledge("render", SCRIPT)
    assert ran.code == 3
    assert ran.line == (
        "the font SourceSansPro-Regular.ttf can't be read; "
        "run: pip install --force-reinstall font-source-sans-pro"
    )
    assert not spoken(show_folder)
