"""A host, a co-host and a quotation, from the script to the finished files."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
import webvtt

from paperledge_audio import units
from paperledge_audio.deliver.schemas import find_violation
from paperledge_audio.engines.tone import Tone
from paperledge_audio.sound.clip import Clip
from paperledge_audio.sound.measuring.meter import measure_loudness
from tests.tone_show import SHOW, VOICE

Call = Callable[..., Any]

SCRIPT = """\
---
title: Two Tones
date: 2025-10-21
cast:
  Dr. Lee: low
---

Welcome to the show, dear crew, and to a guest who knows all there is to know about tones.

**Dr. Lee:** Thank you for having me; a tone is a very plain thing, and yet there is much to it.

> **Dr. Lee:** A tone that is quoted is a tone all the same, whoever may have played it first.

> Nobody knows who said this one, but it was said, and so it is read by the host of the show.

And that is what we had for today, so thank you all, and goodbye until the next tone.
"""
SOFT_DB = -8.0
"""Of the guest, before anything is matched."""


@pytest.fixture
def talk(show_folder: Path) -> Path:
    """A script with a guest, in a lower voice."""
    low = VOICE.replace('title = "Tone"', 'title = "Low Tone"').replace('draft = "tone"\n', "")
    (show_folder / "voices" / "low.toml").write_text("pace = 0.8\n" + low)
    script = show_folder / "scripts" / "talk.md"
    script.write_text(SCRIPT)
    return script.relative_to(show_folder)


def files_of(slug: str = "talk") -> dict[str, str]:
    suffixes = ("vtt", "srt", "txt", "transcript.json", "manifest.json")
    return {s: Path(f"out/{slug}/{slug}.{s}").read_text("utf-8") for s in suffixes}


def test_every_file_names_who_speaks_as_the_script_does(talk: Path, paperledge: Call) -> None:
    ran = paperledge("render", talk, "-o", "out")
    assert ran.code == 0, ran.err
    found = files_of()
    turns = ["Ernis", "Dr. Lee", "Ernis"]
    vtt = [caption.voice for caption in webvtt.from_string(found["vtt"]).captions]
    assert [n for i, n in enumerate(vtt) if i == 0 or vtt[i - 1] != n] == turns
    assert found["srt"].count("Dr. Lee: ") == 1
    assert found["srt"].count("Ernis: ") == 2
    paragraphs = found["txt"].split("\n\n")
    assert [text.partition(" ")[0] for text in paragraphs] == [
        *("Ernis:", "Dr.", "A", "Ernis:", "And")
    ]
    transcript = json.loads(found["transcript.json"])["segments"]
    assert [row["speaker"] for row in transcript] == [
        "Ernis",
        "Dr. Lee",
        "Dr. Lee",
        "Ernis",
        "Ernis",
    ]
    manifest = json.loads(found["manifest.json"])
    assert find_violation(".manifest.json", manifest) == ""
    assert [(row["voice"], row["speaker"]) for row in manifest["segments"]] == [
        ("tone", "Ernis"),
        ("low", "Dr. Lee"),
        ("low", "Dr. Lee"),
        ("tone", "Ernis"),
        ("tone", "Ernis"),
    ]
    assert {name: voice["licence"] for name, voice in manifest["voices"].items()} == {
        "tone": "Apache-2.0",
        "low": "Apache-2.0",
    }
    for text in (found["txt"], found["vtt"], *(row["body"] for row in transcript)):
        assert "**" not in text
    assert paperledge("verify", "out/talk/talk.mp3").code == 0


def test_in_the_finished_file_all_are_as_loud(
    talk: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The guest's takes come 8 dB softer; the file has them within 0.5 LU of the host's."""
    speak = Tone.speak

    def softer(self: Tone, segment: Any, voice: Any) -> Any:
        take = speak(self, segment, voice)
        gain = units.gain(SOFT_DB if voice.name == "low" else 0.0)
        return replace(take, sound=Clip(take.clip.samples * np.float32(gain), take.clip.rate))

    monkeypatch.setattr(Tone, "speak", softer)
    assert paperledge("render", talk, "-o", "out", "--format", "wav").code == 0
    samples, rate = soundfile.read("out/talk/talk.wav", dtype="float32", always_2d=True)
    heard: dict[str, list[Any]] = {}
    for row in json.loads(files_of()["transcript.json"])["segments"]:
        start, end = (units.frames(row[key], rate) for key in ("startTime", "endTime"))
        heard.setdefault(row["speaker"], []).append(samples[start:end])
    levels = {
        name: measure_loudness(Clip(np.concatenate(parts), rate)).integrated_lufs
        for name, parts in heard.items()
    }
    assert levels["Dr. Lee"] == pytest.approx(levels["Ernis"], abs=0.5)


def test_a_voices_pronunciation_speaks_only_its_own_sentences_anew(
    talk: Path, paperledge: Call
) -> None:
    assert paperledge("render", talk, "-o", "out").code == 0
    profile = Path("voices/low.toml")
    profile.write_text(profile.read_text() + '[pronounce]\n"show" = "never said by the guest"\n')
    ran = paperledge("render", talk, "-o", "out")
    assert "0 takes made, 5 reused" in ran.out
    profile.write_text(profile.read_text() + '"tone" = "sound"\n')
    ran = paperledge("render", talk, "-o", "out", "--json")
    (release,) = json.loads(ran.out)["releases"]
    assert [(take["line"], take["why"]) for take in release["takes"]["made"]] == [
        (10, "lexicon changed: 'tone'"),
        (12, "lexicon changed: 'tone'"),
    ]
    assert release["takes"]["reused"] == 3


NOTE = (
    "low speaks through tone in this draft, as its profile asks, "
    "and will sound different through kokoro"
)


def test_a_draft_says_who_speaks_and_who_will_sound_different(talk: Path, paperledge: Call) -> None:
    low = Path("voices/low.toml")
    low.write_text(low.read_text().replace('"tone"', '"kokoro"\ndraft = "tone"'))
    low.write_text(low.read_text() + '[kokoro]\npack = "am_adam"\n')
    ran = paperledge("render", talk, "-o", "out", "--quality", "draft")
    assert f"talk: {NOTE}" in ran.err.splitlines()
    assert "| low by tone, tone by tone |" in ran.out.splitlines()[-1]
    (release,) = json.loads(
        paperledge("render", talk, "-o", "out", "--quality", "draft", "--json").out
    )["releases"]
    assert release["notes"] == [NOTE]
    assert release["engines"] == {"low": "tone", "tone": "tone"}
    voices = json.loads(files_of()["manifest.json"])["voices"]
    assert {name: voice["note"] for name, voice in voices.items()} == {"low": NOTE, "tone": ""}
    ran = paperledge("say", "A line.", "-o", "a.wav", "--voice", "low", "--quality", "draft")
    assert ran.line == NOTE


def test_check_and_spoken_show_who_speaks(talk: Path, paperledge: Call) -> None:
    assert "of speech by Ernis (tone), Dr. Lee (low)\n" in paperledge("check", talk).out
    (checked,) = json.loads(paperledge("check", talk, "--json").out)["scripts"]
    assert checked["speakers"] == [
        {"name": "Ernis", "voice": "tone"},
        {"name": "Dr. Lee", "voice": "low"},
    ]
    assert "scripts/talk.md:10  speech, Dr. Lee (low), then" in paperledge("spoken", talk).out
    (shown,) = json.loads(paperledge("spoken", talk, "--json", "--voice", "low").out)["scripts"]
    told = shown["segments"]
    assert [(row["voice"], row["speaker"]) for row in told[:2]] == [
        ("low", "Ernis"),
        ("low", "Dr. Lee"),
    ]


@pytest.mark.parametrize("command", ["render", "spoken", "preview"])
def test_a_name_of_nobody_is_one_line(talk: Path, paperledge: Call, command: str) -> None:
    talk.write_text(SCRIPT.replace("**Dr. Lee:** Thank", "**Dr. Leo:** Thank"))
    ran = paperledge(command, talk)
    assert ran.code == 1
    assert ran.line == (
        "scripts/talk.md:10: no voice is called 'Dr. Leo'; did you mean 'Dr. Lee'? (cast in the "
        "header gives voices to more names); if nobody speaks here, put the colon after the bold, "
        "as in **Note**: this"
    )


def test_the_shows_cast_serves_every_script(talk: Path, paperledge: Call) -> None:
    Path("scripts/show.toml").write_text(
        SHOW.replace("\n[disclosure]", '\n[voices.cast]\n"Dr. Lee" = "low"\n\n[disclosure]')
    )
    talk.write_text(SCRIPT.replace("cast:\n  Dr. Lee: low\n", ""))
    assert "Dr. Lee (low)" in paperledge("check", talk).out


def test_an_imported_page_has_no_speakers(show_folder: Path, paperledge: Call) -> None:
    Path("page.txt").write_text(
        "Tuesday Oct 21, 2025\nMachine Learning - Names\n"
        "Hey crew, here is a page.\n**Emma:** is printed so.\n"
        "__Dr. Lee:__ too, and Emma: as well.\n"
    )
    assert paperledge("import", "page.txt", "-o", "imported").code == 0
    (file,) = Path("imported").glob("*.md")
    told = json.loads(paperledge("spoken", file, "--json").out)["scripts"][0]["segments"]
    assert {row["voice"] for row in told} == {told[0]["voice"]}
    printed = " ".join(row["text"] for row in told)
    assert "**Emma:** is printed so. __Dr. Lee:__ too, and Emma: as well." in printed
