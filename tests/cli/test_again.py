"""Other readings of a sentence are heard, one is chosen, and every render keeps to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import soundfile

from paperledge_audio.spoken.readings import SLOWER
from tests.tone_show import VOICE

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
    sentence, *listed, _ = ran.out.splitlines()
    assert sentence == f"{SCRIPT}:21: What comes after a tone?"
    names = [line.split("  ")[1] for line in listed]
    assert names == ["plain", "slower", "quicker", "after a sentence"]
    plain, slow = (soundfile.info(f"again/{number}.wav") for number in (1, 2))
    assert plain.duration * 1.03 < slow.duration < plain.duration / SLOWER + 0.01
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
    assert (found["line"], found["text"]) == (row["line"], "The tone is the message.")
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


def test_the_command_that_keeps_a_reading_names_the_release(
    show_folder: Path, paperledge: Call
) -> None:
    assert paperledge("render", SCRIPT, "-o", "made").code == 0
    ran = paperledge("again", SCRIPT, "0:01", "--release", "made")
    command = f"paperledge again {SCRIPT} 0:01 --release made --choose N"
    assert ran.out.splitlines()[-1] == f"To keep one: {command}"


def test_a_release_in_another_voice_is_heard_again_in_that_voice(
    show_folder: Path, paperledge: Call
) -> None:
    (show_folder / "voices" / "other.toml").write_text(VOICE)
    assert paperledge("render", SCRIPT, "--voice", "other").code == 0
    ran = paperledge("again", SCRIPT, "0:01")
    said = "at 0:01 'other' says it, and by the script 'tone' does"
    assert (ran.code, ran.line) == (2, f"{said}; add --voice other, or render it again")
    ran = paperledge("again", SCRIPT, "0:01", "--voice", "other")
    assert ran.code == 0, ran.err
    command = f"paperledge again {SCRIPT} 0:01 --voice other --choose N"
    assert ran.out.splitlines()[-1] == f"To keep one: {command}"


def test_a_time_after_the_end_and_one_whose_words_changed_are_refused(
    show_folder: Path, paperledge: Call
) -> None:
    assert paperledge("render", SCRIPT).code == 0
    ran = paperledge("again", SCRIPT, "9:00")
    assert (ran.code, ran.line.split(";")[0]) == (2, "9:00 is after the end")
    script = Path(SCRIPT)
    script.write_text(script.read_text().replace("Hello, learning crew!", "Good day to you!"))
    ran = paperledge("again", SCRIPT, "0:01")
    assert ran.code == 2
    assert "'Hello, learning crew! Today" in ran.line
    assert "said at 0:01, is not in the script any more; render it again" in ran.line


SAID = "Let us say this sentence twice, since it is heard so well by everyone."
LONG = (
    "This one goes on for more than a hundred and twenty-eight characters, which is more than the "
    "writer of YAML puts on one line by itself: so it is quoted."
)


def test_sentences_of_a_line_are_told_apart_by_their_words(
    show_folder: Path, paperledge: Call
) -> None:
    script = Path(SCRIPT)
    body = f"{SAID} {LONG} {SAID}"
    script.write_text(script.read_text().replace("## A heading", f"{body}\n\n## A heading"))
    ran = paperledge("again", SCRIPT, "14")
    assert (ran.code, ran.line.split(";")[0]) == (2, "2 sentences begin in line 14")
    ran = paperledge("again", SCRIPT, "14", "--words", "nowhere")
    what = "no sentences of line 14 have the words 'nowhere'"
    assert (ran.code, ran.line.split(";")[0]) == (2, what)
    ran = paperledge("again", SCRIPT, "14", "--words", "LET US", "--quality", "draft")
    assert ran.code == 0, ran.err
    command = f"paperledge again {SCRIPT} 14 --words 'LET US' --quality draft --choose N"
    assert ran.out.splitlines()[-1] == f"To keep one: {command}"


def test_the_reading_of_a_long_sentence_is_kept_and_changed(
    show_folder: Path, paperledge: Call
) -> None:
    script = Path(SCRIPT)
    script.write_text(script.read_text().replace("## A heading", f"{LONG}\n\n## A heading"))
    for line, number in (("14", "3"), ("16", "2")):
        ran = paperledge("again", SCRIPT, line, "--choose", number)
        assert ran.code == 0, ran.err
    assert script.read_text().count("This one goes on") == 2
    assert paperledge("check", SCRIPT).code == 0
    assert paperledge("render", SCRIPT).code == 0


def test_a_script_that_is_read_only_stays_as_it_is(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Path(SCRIPT).read_bytes()
    monkeypatch.setattr("paperledge_audio.files.writing.os.access", lambda *_: False)
    ran = paperledge("again", SCRIPT, "21", "--choose", "2")
    assert ran.code == 1
    assert ran.line.startswith(f"{SCRIPT}: can't be changed: ")
    assert ran.line.endswith("; make it writable, and its folder")
    assert Path(SCRIPT).read_bytes() == before


def test_an_entry_whose_sentence_is_gone_is_a_warning(show_folder: Path, paperledge: Call) -> None:
    assert paperledge("again", SCRIPT, "21", "--choose", "2").code == 0
    text = Path(SCRIPT).read_text()
    Path(SCRIPT).write_text(text.replace("1. What comes after a tone?", "1. What comes next?"))
    ran = paperledge("check", SCRIPT)
    assert "readings: no sentence is 'What comes after a tone?' any more" in ran.out


def test_what_is_no_reading_or_no_sentence_is_refused(show_folder: Path, paperledge: Call) -> None:
    for place, what in {
        "2": "no sentence begins in line 2; one begins in line 12",
        "15": "no sentence begins in line 15; one begins in line 16",
        "999": "no sentence begins in line 999; one begins in line 23",
        "soon": "'soon' is no line and no time; write 13, or 0:42",
        "9" * 20: f"'{'9' * 20}' is no line and no time; write 13, or 0:42",
    }.items():
        ran = paperledge("again", SCRIPT, place)
        assert (ran.code, ran.line) == (2, what)
    ran = paperledge("again", SCRIPT, "21", "--choose", "9")
    listed = "1 plain, 2 slower, 3 quicker, 4 after a sentence"
    assert (ran.code, ran.line) == (2, f"there is no reading 9; choose one of these: {listed}")
    ran = paperledge("again", SCRIPT, "0:05")
    assert (ran.code, ran.line) == (
        1,
        "out/one-hand: is not there; name a finished sound, or render it",
    )
    text = Path(SCRIPT).read_text()
    Path(SCRIPT).write_text(text.replace("date:", "readings: {x: sloower}\ndate:"))
    ran = paperledge("render", SCRIPT)
    assert ran.code == 1
    assert "no reading is called 'sloower'" in ran.err
