"""What `check` says of scripts, and of the files around them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

Call = Callable[..., Any]
SCRIPT, SHOW = "scripts/one-hand.md", Path("scripts/show.toml")


@pytest.mark.parametrize(
    ("file", "added", "line"),
    [
        ("scripts/show.toml", "\nnonsense = 1\n", 11),
        ("scripts/show.toml", "\nnonsense\n", 11),
        ("voices/tone.toml", "\nnonsense = 1\n", 9),
    ],
)
def test_a_fault_stands_behind_the_file_that_has_it(
    show_folder: Path, paperledge: Call, file: str, added: str, line: int | None
) -> None:
    with Path(file).open("a") as end:
        end.write(added)
    shutil.copy(SCRIPT, "scripts/other.md")
    checked = paperledge("check", SCRIPT, "scripts/other.md")
    assert checked.code == 1
    (said,) = checked.err.splitlines()
    assert file in said.partition(": ")[0]
    assert SCRIPT not in said
    for script in json.loads(paperledge("check", SCRIPT, "--json").out)["scripts"]:
        (finding,) = script["findings"]
        assert finding["path"].endswith(file)
        assert finding["line"] == line
        assert file not in finding["what"]


def test_a_finding_of_a_script_has_its_path(show_folder: Path, paperledge: Call) -> None:
    with Path(SCRIPT).open("a") as end:
        end.write("\nThis has a \u2e2e in it.\n")
    (document,) = json.loads(paperledge("check", SCRIPT, "--json").out)["scripts"]
    assert [(f["path"], f["line"]) for f in document["findings"]] == [(SCRIPT, 25)]


def test_every_fault_of_a_show_and_of_a_script_is_a_finding_with_its_place(
    show_folder: Path, paperledge: Call
) -> None:
    SHOW.write_text(f"{SHOW.read_text()}\n[output]\nchannels = 0\nformt = 'mp3'\n")
    Path(SCRIPT).write_text(Path(SCRIPT).read_text().replace("title: The", "titel: The"))
    ran = paperledge("check", SCRIPT, "--json")
    assert ran.code == 1
    (document,) = json.loads(ran.out)["scripts"]
    assert [
        (Path(f["path"]).name, f["line"], f["column"], f["what"]) for f in document["findings"]
    ] == [
        ("show.toml", 12, 1, "output.channels: 0 is below 1"),
        ("show.toml", 13, 1, "output.formt: is not a known key"),
        ("one-hand.md", 2, 1, "titel: is not a known key"),
    ]


def test_two_scripts_with_one_guid_are_told_before_anybody_speaks(
    show_folder: Path, paperledge: Call
) -> None:
    Path(SCRIPT).write_text(Path(SCRIPT).read_text().replace("date:", "guid: buzz\ndate:"))
    shutil.copy(SCRIPT, "scripts/other.md")
    for command in ("check", "render"):
        ran = paperledge(command, "scripts")
        assert ran.code == 1
        assert f"has the guid of {SCRIPT}; correct or remove one of them" in ran.err
    assert not Path("out").exists()


def test_links_of_a_chapter_that_is_none_have_their_line(
    show_folder: Path, paperledge: Call
) -> None:
    chapters = "chapters:\n- title: A headin\n- title: A heading\n- title: None\ndate:"
    Path(SCRIPT).write_text(Path(SCRIPT).read_text().replace("date:", chapters))
    said = paperledge("check", SCRIPT).err.splitlines()
    assert [line.partition(";")[0] for line in said] == [
        f"{SCRIPT}:4: error: chapters: no chapter is called 'A headin'",
        f"{SCRIPT}:6: error: chapters: no chapter is called 'None'",
    ]


def test_an_outro_that_would_play_twice_is_told(show_folder: Path, paperledge: Call) -> None:
    toml, script = Path("scripts/show.toml"), Path("scripts/one-hand.md")
    toml.write_text(toml.read_text() + '\n[music]\noutro = "tone.wav"\n')
    soundfile.write("scripts/tone.wav", np.full(44100, 0.1), 44100)
    script.write_text(script.read_text().rstrip() + "\n\n[music: outro]\n")
    line = len(script.read_text().splitlines())
    said = f"one-hand.md:{line}: warning: the outro plays twice"
    assert said in paperledge("check", script).out
    script.write_text(script.read_text() + "\nGood night.\n")
    assert "plays twice" not in paperledge("check", script).out


def test_a_guid_that_another_scripts_entry_has_is_told(show_folder: Path, paperledge: Call) -> None:
    other = Path("scripts/two-hands.md")
    other.write_text(Path(SCRIPT).read_text().replace("\ndate:", "\nguid: seven\ndate:", 1))
    Path("scripts/guids.toml").write_text('[one-hand]\nguid = "seven"\ntitle = "One Hand"\n')
    ran = paperledge("check", SCRIPT, other)
    assert (ran.code, f"{other}:1: error: has the guid of {SCRIPT}" in ran.err) == (1, True)
