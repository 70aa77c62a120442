"""The whole flow through the command line, spoken by the tone engine."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest
import soundfile
from filelock import FileLock

from paperledge_audio import units
from paperledge_audio.deliver.folder.locking import LOCK

SUFFIXES = ("mp3", "vtt", "srt", "chapters.json", "transcript.json", "manifest.json", "item.xml")


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_a_render_leaves_the_contracts_files_and_prints_their_paths(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    ran = paperledge("render", "scripts/one-hand.md", "-o", "out")
    assert ran.code == 0, ran.err
    printed = ran.out.splitlines()
    for suffix in SUFFIXES:
        file = f"out/one-hand/one-hand.{suffix}"
        assert file in printed
        assert Path(file).stat().st_size > 0
    assert "LUFS" in printed[-1]
    assert "x real time" in printed[-1]


def test_the_json_document_describes_what_is_on_disk(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    ran = paperledge("render", "scripts/one-hand.md", "-o", "out", "--json")
    (release,) = json.loads(ran.out)["releases"]
    assert ran.err == ""
    for file in release["files"]:
        assert Path(file["path"]).stat().st_size == file["bytes"]
    mp3 = next(f["path"] for f in release["files"] if f["type"] == "audio/mpeg")
    with soundfile.SoundFile(mp3) as decoded:
        assert decoded.frames == units.frames(release["duration_s"], decoded.samplerate)
    assert release["loudness"]["integrated_lufs"] == pytest.approx(-16.0, abs=0.1)
    assert release["loudness"]["true_peak_dbtp"] <= -1.0


def test_the_same_script_gives_the_same_bytes_from_a_cold_and_a_warm_store(
    show_folder: Path, paperledge: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    paperledge("render", "scripts/one-hand.md", "-o", "cold")
    warm = paperledge("render", "scripts/one-hand.md", "-o", "warm")
    assert "0 takes made" in warm.out
    monkeypatch.setenv("PAPERLEDGE_CACHE", str(show_folder / "another"))
    paperledge("render", "scripts/one-hand.md", "-o", "again")
    assert snapshot(Path("cold")) == snapshot(Path("warm")) == snapshot(Path("again"))


def test_scripts_rendered_side_by_side_are_as_rendered_one_by_one(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    text = Path("scripts/one-hand.md").read_text()
    Path("scripts/two-hands.md").write_text(text.replace("One Hand", "Two Hands"))
    scripts = ("scripts/one-hand.md", "scripts/two-hands.md")
    paperledge("render", *scripts, "-o", "single")
    ran = paperledge("render", *scripts, "-o", "double", "--jobs", "2")
    assert ran.code == 0, ran.err
    assert snapshot(Path("single")) == snapshot(Path("double"))
    order = [line for line in ran.out.splitlines() if line.endswith(".mp3")]
    assert order == ["double/one-hand/one-hand.mp3", "double/two-hands/two-hands.mp3"]


def test_one_bad_script_does_not_stop_the_others(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    Path("scripts/bad.md").write_text("")
    ran = paperledge("render", "scripts/bad.md", "scripts/one-hand.md", "-o", "out", "--json")
    document = json.loads(ran.out)
    assert ran.code == 1
    assert [r["slug"] for r in document["releases"]] == ["one-hand"]
    assert [e["script"] for e in document["errors"]] == ["scripts/bad.md"]
    assert not Path("out/bad").exists()


def test_two_scripts_of_one_name_are_refused(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    ran = paperledge("render", "scripts/one-hand.md", "scripts/../scripts/one-hand.md")
    assert ran.code == 2
    assert ran.line == "two scripts are called 'one-hand'; render them into two folders"


def test_ctrl_c_is_one_line_and_leaves_the_previous_release_as_it_was(
    show_folder: Path, paperledge: Callable[..., Any], tmp_path: Path
) -> None:
    paperledge("render", "scripts/one-hand.md", "-o", "out")
    before = snapshot(Path("out"))
    words = islice(cycle(["one", "two", "three", "four", "five", "six", "seven"]), 600)
    more = "".join(
        f"\nSentence {word} of many: {'a' * (i % 150)}.\n" for i, word in enumerate(words)
    )
    long = Path("scripts/one-hand.md").read_text() + more
    Path("scripts/one-hand.md").write_text(long)
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from paperledge_audio.cli import main; main()",
            "render",
            "scripts/one-hand.md",
            "-o",
            "out",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    first = process.stderr.readline()  # "one-hand: speaking … segments": it is under way
    assert "speaking" in first
    os.kill(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert err.splitlines()[-1].startswith("stopped; ")
    assert "Traceback" not in err
    assert snapshot(Path("out")) == before, err


def test_ctrl_c_is_heard_while_another_program_writes_into_the_folder(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    paperledge("render", "scripts/one-hand.md", "-o", "out")
    before = snapshot(Path("out"))
    with FileLock(Path("out") / LOCK):
        process = subprocess.Popen(
            [
                *(sys.executable, "-c", "from paperledge_audio.cli import main; main()"),
                *("render", "scripts/one-hand.md", "-o", "out"),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert process.stderr is not None
        line = "one-hand: waiting: another program is writing into out\n"
        assert line in iter(process.stderr.readline, "")
        os.kill(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert line not in err  # it is said once
    assert err == "stopped; what is finished is kept, and nothing is left half done\n"
    (Path("out") / LOCK).unlink()
    assert snapshot(Path("out")) == before, err


def test_a_warm_render_takes_nothing_from_elsewhere(
    show_folder: Path, paperledge: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is fetched: a render works with every socket refused."""
    import socket

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a render opened a socket")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert paperledge("render", "scripts/one-hand.md").code == 0


def test_an_edit_says_what_was_spoken_anew_and_why(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    script = Path("scripts/one-hand.md")
    first = json.loads(paperledge("render", script, "--json").out)["releases"][0]["takes"]
    assert {take["why"] for take in first["made"]} == {"first render"}
    script.write_text(script.read_text().replace("First: it starts.", "First: it begins."))
    ran = paperledge("render", script)
    assert ran.err.splitlines()[-1] == (
        "scripts/one-hand.md:18: spoken again (new text): First: it begins."
    )
    assert "| 1 take made, 6 reused | took " in ran.out
    show = Path("scripts/show.toml")
    show.write_text(show.read_text() + '\n[pronounce]\nbegins = "be gins"\n')
    (take,) = json.loads(paperledge("render", script, "--json").out)["releases"][0]["takes"]["made"]
    assert (take["line"], take["text"]) == (18, "First: it begins.")
    assert (take["why"], take["entries"]) == ("lexicon changed: 'begins'", ["begins"])


def test_takes_that_are_spoken_again_for_one_reason_share_a_line(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    script, voice = Path("scripts/one-hand.md"), Path("voices/tone.toml")
    paperledge("render", script)
    voice.write_text(f"pace = 1.1\n{voice.read_text()}")
    told = [line for line in paperledge("render", script).err.splitlines() if "again" in line]
    assert len(told) == 1
    assert told[0].endswith(", and 6 more takes")


def test_a_damaged_take_is_made_again_and_told(
    show_folder: Path, paperledge: Callable[..., Any], tmp_path: Path
) -> None:
    paperledge("render", "scripts/one-hand.md", "-o", "whole")
    flac = next((tmp_path / "cache" / "takes").rglob("*.flac"))
    flac.write_bytes(flac.read_bytes()[:-1])
    ran = paperledge("render", "scripts/one-hand.md", "-o", "mended")
    assert "1 damaged take made again" in ran.err
    assert snapshot(Path("whole")) == snapshot(Path("mended"))


def test_plot_adds_a_picture_that_the_manifest_knows(
    show_folder: Path, paperledge: Callable[..., Any]
) -> None:
    ran = paperledge("render", "scripts/one-hand.md", "-o", "out", "--plot")
    assert ran.code == 0, ran.err
    picture = Path("out/one-hand/one-hand.plot.svg")
    assert str(picture) in ran.out.splitlines()
    assert "The Sound of One Hand" in picture.read_text("utf-8")
    assert paperledge("verify", "out/one-hand/one-hand.mp3").code == 0
    paperledge("render", "scripts/one-hand.md", "-o", "out")
    assert not picture.exists()  # a release is replaced as a whole
