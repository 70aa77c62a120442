"""Every command: help with an example, and what it prints."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import soundfile

from paperledge_audio.cli import COMMANDS
from paperledge_audio.engines.kokoro import model as kokoro_weights
from paperledge_audio.voices.deliveries import DELIVERIES

Call = Callable[..., Any]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(paperledge: Call, name: str) -> None:
    ran = paperledge(name, "--help")
    assert ran.code == 0
    assert ran.out.startswith("Usage: ")
    assert f"paperledge {name}" in ran.out.partition("\n")[2]


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        (("rendr",), "'render'"),
        (("voices", "lst"), "'list'"),
        (("outbox", "lst"), "'list'"),
        (("check", "--strickt"), "'--strict'"),
    ],
)
def test_a_misspelt_word_suggests_the_right_one(
    paperledge: Call, misspelt: tuple[str, ...], meant: str
) -> None:
    ran = paperledge(*misspelt)
    assert ran.code == 2
    assert "Did you mean" in ran.err or "did you mean" in ran.err
    assert meant in ran.err


def test_help_names_every_command_and_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['paperledge', '--help']\n"
        "from paperledge_audio.cli import main\n"
        "try: main()\n"
        "finally: print(*sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert all(name in ran.stdout for name in COMMANDS)
    heavy = {"numpy", "scipy", "onnxruntime", "soundfile", "mutagen", "rich", "yaml", "PIL"}
    assert not heavy & set(ran.stderr.split())


def test_what_reads_releases_and_takes_imports_no_rule_of_speech() -> None:
    code = (
        "import sys, paperledge_audio.takes, paperledge_audio.deliver, paperledge_audio.verify\n"
        "print(*sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    names = set(ran.stdout.split())
    assert "paperledge_audio.spoken.model" in names
    assert not {"paperledge_audio.spoken.rules.table", "paperledge_audio.script.page"} & names


def test_check_says_how_long_and_what_is_amiss(show_folder: Path, paperledge: Call) -> None:
    ran = paperledge("check", "scripts/one-hand.md", "--strict")
    assert ran.code == 0, ran.err
    # 14 + 2 + 5 + 3 + 3 + 5 + 6 printed words in seven blocks, each short enough for one segment
    assert "one-hand.md: 38 words, 7 segments, about 0:" in ran.out
    script = Path("scripts/one-hand.md")
    script.write_text(script.read_text().replace("summary: A tone, explained.\n", ""))
    assert paperledge("check", "scripts/one-hand.md").code == 0
    strict = paperledge("check", "scripts/one-hand.md", "--strict", "--json")
    assert strict.code == 1
    (document,) = json.loads(strict.out)["scripts"]
    assert [f["what"] for f in document["findings"]] == ["summary is empty"]


def test_check_lists_every_line_that_cannot_be_spoken(show_folder: Path, paperledge: Call) -> None:
    with Path("scripts/one-hand.md").open("a") as file:
        file.write("\nThis has a \u2e2e in it.\n\nAnd this a \u2e2e too.\n")
    ran = paperledge("check", "scripts/one-hand.md")
    assert ran.code == 1
    assert [line.split(": ")[0] for line in ran.err.splitlines()] == [
        "scripts/one-hand.md:25",
        "scripts/one-hand.md:27",
    ]


def test_spoken_shows_what_is_printed_what_is_said_and_why(
    show_folder: Path, paperledge: Call
) -> None:
    with Path("scripts/one-hand.md").open("a") as file:
        file.write("\nIt grew by 30.85%.\n")
    ran = paperledge("spoken", "scripts/one-hand.md")
    assert "It grew by 30.85%." in ran.out
    assert "It grew by thirty point eight five percent." in ran.out
    spoken = paperledge("spoken", "scripts/one-hand.md", "--json")
    (document,) = json.loads(spoken.out)["scripts"]
    for segment in document["segments"]:
        assert "".join(span["text"] for span in segment["spans"]) == segment["text"]
        assert "".join(span["said"] for span in segment["spans"]) == segment["spoken"]


def test_spoken_shows_stress_and_delivery(show_folder: Path, paperledge: Call) -> None:
    script = show_folder / "scripts" / "one-hand.md"
    text = script.read_text().replace("to a tone,", "to a *tone*,")
    script.write_text(text + "\n[charm] Is it HUGE?\n")
    shown = paperledge("spoken", script)
    assert shown.code == 0, shown.err
    assert "\n    Hello, learning crew! Today we listen to a *tone*, and then" in shown.out
    last = shown.out.split("one-hand.md:25")[1]
    assert "speech, Ernis (tone), charm, pace 1.06, +0.8 semitones, range 1.3, +0.5 dB" in last
    assert "pauses 0.9, rising, then 0 s\n" in last
    assert "\n    Is it **huge**?\n" in last
    row = json.loads(paperledge("spoken", script, "--json").out)["scripts"][0]["segments"][-1]
    assert row["delivery"] == {"name": "charm", **asdict(DELIVERIES["charm"])}
    assert row["rises"] is True
    assert [span["said"] for span in row["spans"] if span["emphasis"] == 2] == ["huge"]


def test_check_and_render_say_once_what_an_engine_can_not_follow(
    show_folder: Path, paperledge: Call
) -> None:
    script = show_folder / "scripts" / "one-hand.md"
    script.write_text(script.read_text() + "\n[charm] Is it *huge*?\n\n[charm] It is.\n")
    note = "tone: tone can't follow the range of charm"
    checked = paperledge("check", script)
    assert checked.code == 0
    assert checked.out.count("can't follow") == 1
    assert f"one-hand.md:25: warning: {note}; it will be spoken without\n" in checked.out
    rendered = paperledge("render", script, "-o", "out")
    assert (rendered.out + rendered.err).count(note) == 1


def test_say_writes_sound(show_folder: Path, paperledge: Call) -> None:
    ran = paperledge("say", "hello learning crew", "-o", "hello.flac", "--voice", "tone", "--json")
    document = json.loads(ran.out)
    assert soundfile.info("hello.flac").duration == pytest.approx(document["duration_s"], abs=1e-3)
    assert document["spoken"] == ["hello learning crew."]


def test_voices_list_names_the_shows_own_first(show_folder: Path, paperledge: Call) -> None:
    names = [v["name"] for v in json.loads(paperledge("voices", "list", "--json").out)["voices"]]
    assert names[0] == "tone"
    assert {"ernis", "emma", "michael"} <= set(names)
    assert "tone *" in paperledge("voices", "list").out


def test_doctor_finds_everything_that_a_render_needs(show_folder: Path, paperledge: Call) -> None:
    document = json.loads(paperledge("doctor", "--json").out)
    assert all(f["ok"] for f in document["findings"] if f["needed"])
    assert paperledge("doctor").code == 0


@pytest.mark.parametrize("limit", ["inf", "nan", "1e999", "-1", "²", "9" * 5000])
def test_a_limit_that_is_no_size_is_refused(
    show_folder: Path, paperledge: Call, limit: str
) -> None:
    ran = paperledge("takes", "prune", "--limit", limit)
    assert ran.code == 2
    assert "--limit" in ran.err


def test_takes_are_counted_pruned_and_cleared(show_folder: Path, paperledge: Call) -> None:
    paperledge("render", "scripts/one-hand.md")
    info = json.loads(paperledge("takes", "info", "--json").out)
    assert info["takes"] == 7  # a block, a take
    assert json.loads(paperledge("takes", "prune", "--json").out)["removed"] == 0
    half = info["bytes"] / 2 / 1_000_000
    pruned = json.loads(paperledge("takes", "prune", "--limit", str(half), "--json").out)
    left = json.loads(paperledge("takes", "info", "--json").out)
    assert left["bytes"] <= info["bytes"] / 2
    assert left["takes"] + pruned["removed"] == info["takes"]
    assert "removed" in paperledge("takes", "clear").out
    assert json.loads(paperledge("takes", "info", "--json").out)["takes"] == 0


def test_check_proposes_an_entry_for_a_word_that_would_be_guessed(
    show_folder: Path, paperledge: Call
) -> None:
    script = Path("scripts/one-hand.md")
    script.write_text(script.read_text() + "\nThe zyxqual model is here, and so is the zyxqual.\n")
    (document,) = json.loads(paperledge("check", script, "--json").out)["scripts"]
    (finding,) = document["findings"]
    assert (finding["level"], finding["line"]) == ("warning", 25)
    assert finding["what"] == "how to say 'zyxqual' would be guessed"
    entry = finding["remedy"].partition(": ")[2]
    show = Path("scripts/show.toml")
    show.write_text(f"{show.read_text()}\n[pronounce]\n{entry}\n")
    assert paperledge("check", script, "--strict").code == 0


def test_a_lexicon_goes_out_and_comes_back(show_folder: Path, paperledge: Call) -> None:
    ran = paperledge("lexicon", "export", "-o", "all.pls", "--json")
    assert json.loads(ran.out)["entries"] > 400
    back = json.loads(paperledge("lexicon", "import", "all.pls", "--json").out)["pronounce"]
    assert back["Qwen"].startswith("/")
    assert back["LLM"] == "L L M"
    lines = paperledge("lexicon", "import", "all.pls").out.splitlines()
    assert len(lines) == len(back)
    assert tomllib.loads("\n".join(lines)) == back


def test_a_broken_lexicon_is_one_line(show_folder: Path, paperledge: Call) -> None:
    Path("bad.pls").write_text("<lexicon")
    ran = paperledge("lexicon", "import", "bad.pls")
    assert ran.code == 1
    assert ran.line.startswith("bad.pls: is not XML: ")


def test_doctor_tells_when_the_slower_graph_has_to_serve(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kokoro_weights, "load_weights", lambda: b"weights")
    monkeypatch.setattr(kokoro_weights, "has_fast_graph", lambda: False)
    monkeypatch.setattr(kokoro_weights, "make_fast_graph", lambda: False)
    assert "the shipped one is used" in paperledge("doctor").out
    monkeypatch.setattr(kokoro_weights, "has_fast_graph", lambda: True)
    monkeypatch.setattr(kokoro_weights, "find_fast_graph", lambda: (Path("graph"),))
    assert "the faster graph is ready" in paperledge("doctor").out
