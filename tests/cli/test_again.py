"""Other readings of a sentence are heard, one is chosen, and every render keeps to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import soundfile

from paperledge_audio.spoken.readings import PACE

SCRIPT = "scripts/one-hand.md"
Call = Callable[..., Any]


def rows() -> list[dict[str, Any]]:
    manifest = json.loads(Path("out/one-hand/one-hand.manifest.json").read_text())
    return list(manifest["segments"])


def takes() -> list[str]:
    return [row["take"] for row in rows()]


def test_readings_are_numbered_and_heard(show_folder: Path, paperledge: Call) -> None:
    ran = paperledge("again", SCRIPT, "21")
    assert ran.code == 0, ran.err
    names = [line.split("  ")[1] for line in ran.out.splitlines()[:-1]]
    assert names == ["plain", "slower", "after a sentence"]
    plain, slow = (soundfile.info(f"again/{number}.wav") for number in (1, 2))
    assert plain.duration * 1.03 < slow.duration < plain.duration / PACE + 0.01
    assert "out" not in {path.name for path in show_folder.iterdir()}


def test_a_chosen_reading_is_rendered_until_another_is(show_folder: Path, paperledge: Call) -> None:
    assert paperledge("render", SCRIPT).code == 0
    plain = takes()
    body = Path(SCRIPT).read_text().split("---\n")[2]
    assert paperledge("again", SCRIPT, "21", "--choose", "2").code == 0
    text = Path(SCRIPT).read_text()
    assert "readings:\n  What comes after a tone?: slower\n" in text
    assert text.split("---\n")[2] == body
    ran = paperledge("render", SCRIPT)
    assert "another reading: slower" in ran.err
    slow = takes()
    assert [one == two for one, two in zip(plain, slow, strict=True)].count(False) == 1
    Path(SCRIPT).write_text(text.replace("Hello, learning crew!", "Good day to you!"))
    assert "warning: readings" not in paperledge("check", SCRIPT).out
    Path(SCRIPT).write_text(text)
    assert paperledge("again", SCRIPT, "23", "--choose", "1").code == 0
    assert paperledge("render", SCRIPT).code == 0
    assert takes() == plain


def test_a_sentence_is_named_by_its_time(show_folder: Path, paperledge: Call) -> None:
    assert paperledge("render", SCRIPT).code == 0
    row = next(row for row in rows() if "message" in row["said"])
    time = f"0:{row['start_s'] + 0.2:.2f}"
    found = json.loads(paperledge("again", SCRIPT, time, "--json").out)
    assert found["sentence"] == "The tone is the message."


def test_what_sounds_right_is_accepted_as_it_was_rendered(
    show_folder: Path, paperledge: Call
) -> None:
    assert paperledge("again", SCRIPT, "21", "--choose", "2").code == 0
    slow = Path(SCRIPT).read_text()
    assert paperledge("render", SCRIPT).code == 0
    (row,) = (row for row in rows() if row["said"] == "What comes after a tone?")
    assert (row["reading"], row["chosen"]) == ("slower", True)
    assert not any(one["chosen"] for one in rows() if one != row)
    Path(SCRIPT).write_text(slow.replace("readings:\n  What comes after a tone?: slower\n", ""))
    time = f"0:{row['start_s'] + 0.2:.2f}"
    assert paperledge("again", SCRIPT, time, "--accept").code == 0
    assert Path(SCRIPT).read_text().split("---\n")[1].splitlines()[-2:] == [
        "readings:",
        "  What comes after a tone?: slower",
    ]


def test_by_its_line_the_reading_of_the_header_is_accepted(
    show_folder: Path, paperledge: Call
) -> None:
    assert paperledge("again", SCRIPT, "21", "--accept").code == 0
    assert "readings:\n  What comes after a tone?: plain\n" in Path(SCRIPT).read_text()
    assert paperledge("again", SCRIPT, "23", "--accept", "--choose", "1").code == 2


def test_an_entry_whose_sentence_is_gone_is_a_warning(show_folder: Path, paperledge: Call) -> None:
    assert paperledge("again", SCRIPT, "21", "--choose", "2").code == 0
    text = Path(SCRIPT).read_text()
    Path(SCRIPT).write_text(text.replace("1. What comes after a tone?", "1. What comes next?"))
    ran = paperledge("check", SCRIPT)
    assert "readings: no sentence is 'What comes after a tone?' any more" in ran.out


def test_what_is_no_reading_or_no_sentence_is_refused(show_folder: Path, paperledge: Call) -> None:
    for place in ("2", "soon", "9" * 20):
        ran = paperledge("again", SCRIPT, place)
        assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert paperledge("again", SCRIPT, "21", "--choose", "9").code == 2
    text = Path(SCRIPT).read_text()
    Path(SCRIPT).write_text(text.replace("date:", "readings: {x: sloower}\ndate:"))
    ran = paperledge("render", SCRIPT)
    assert ran.code == 1
    assert "no reading is called 'sloower'" in ran.err
