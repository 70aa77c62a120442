"""What comes from outside is printed as text: no terminal and no host of CI obeys it."""

from __future__ import annotations

import ast
import json
import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.progress import TextColumn

import paperledge_audio.cli
from paperledge_audio.cli.support.printing import escape_line
from paperledge_audio.cli.support.progress import ProgressBars, ProgressEvent
from paperledge_audio.errors import PaperledgeError, escape_controls
from tests.tone_show import SCRIPT, SHOW, VOICE

Call = Callable[..., Any]

EVIL = (
    "\x1b]0;owned\x07\x1b[2J",
    "\x9b31m\x85",
    "\x7f\x08\x08",
    "\u202eevil\u2066\u200f",
    "\u2028::error::x\u2029",
    "\n::error file=x::y",
    "##[error]x",
    "##vso[task.setvariable]x",
)


def escaped(text: str) -> str:
    """As a TOML, JSON or YAML string has it."""
    return json.dumps(text)


def front(line: str) -> str:
    return SCRIPT.replace("authors:\n", f"{line}\nauthors:\n", 1)


def a_key(evil: str) -> list[str | Path]:
    Path("scripts/x.md").write_text(front(f"{escaped('k' + evil)}: 1"))
    return ["check", "scripts/x.md"]


def a_value(evil: str) -> list[str | Path]:
    Path("scripts/x.md").write_text(front(f"explicit: {escaped(evil)}"))
    return ["render", "scripts/x.md"]


def a_title(evil: str) -> list[str | Path]:
    Path("scripts/x.md").write_text(SCRIPT.replace("The Sound of One Hand", escaped(f"::{evil}")))
    return ["render", "scripts/x.md", "--json"]


def a_sentence(evil: str) -> list[str | Path]:
    Path("scripts/x.md").write_text(SCRIPT + f"\n**Note**: {evil.strip()}\n", newline="")
    return ["spoken", "scripts/x.md"]


def a_key_of_the_show(evil: str) -> list[str | Path]:
    Path("scripts/show.toml").write_text(f"{escaped(evil)} = 1\n{SHOW}")
    return ["render", "scripts/one-hand.md"]


def a_host(evil: str) -> list[str | Path]:
    Path("scripts/show.toml").write_text(SHOW.replace('"tone"', escaped(evil)))
    return ["voices", "list"]


def a_title_of_the_show(evil: str) -> list[str | Path]:
    Path("scripts/show.toml").write_text(SHOW.replace('"Toneledge"', escaped(evil), 1))
    return ["voices", "list"]


def a_voice(evil: str) -> list[str | Path]:
    Path("voices/tone.toml").write_text(VOICE.replace('"Tone"', escaped(f"[red]{evil}")))
    return ["voices", "show", "tone"]


def a_table(evil: str) -> list[str | Path]:
    a_voice(evil)
    return ["voices", "list"]


def a_profiles_name(evil: str) -> list[str | Path]:
    Path(f"voices/{evil.replace('/', '')}.toml").write_text("")
    return ["voices", "check"]


def a_scripts_name(evil: str) -> list[str | Path]:
    Path(f"scripts/::{evil}.md").write_text(SCRIPT)
    return ["check", f"scripts/::{evil}.md"]


def a_script_that_is_not_there(evil: str) -> list[str | Path]:
    return ["render", evil]


def a_foreign_file(evil: str) -> list[str | Path]:
    Path("out/one-hand").mkdir(parents=True)
    Path(f"out/one-hand/{evil}").write_text("mine")
    return ["render", "scripts/one-hand.md"]


def a_finished_folder(evil: str) -> list[str | Path]:
    Path(f"out/{evil}").mkdir(parents=True)
    Path("scripts/show.toml").write_text(
        'base_url = "https://x.example"\nwebsite = "https://x.example"\ndescription = "x"\n' + SHOW
    )
    return ["feed", "out"]


def a_manifest(evil: str) -> list[str | Path]:
    made = a_finished_folder("x")
    row = {"name": f"x{evil}", "bytes": 1, "sha256": "0" * 64, "type": "audio/mpeg"}
    Path("out/x/x.manifest.json").write_text(json.dumps({"format": evil, "files": [row]}))
    return made


def an_option(evil: str) -> list[str | Path]:
    return ["check", f"--{evil}"]


def a_choice(evil: str) -> list[str | Path]:
    return ["render", "scripts/one-hand.md", "--quality", evil]


def a_command(evil: str) -> list[str | Path]:
    return [f"x{evil}"]


def a_name_on_the_command_line(evil: str) -> list[str | Path]:
    return ["say", "hello", "-o", f"{evil}.wav"]


def an_ending(evil: str) -> list[str | Path]:
    return ["say", "hello", "-o", f"x.{evil}"]


def a_lexicon(evil: str) -> list[str | Path]:
    Path("x.pls").write_text(
        '<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" '
        f'alphabet="ipa" xml:lang="en"><lexeme><grapheme>a{evil}</grapheme>'
        "<alias>bee</alias></lexeme></lexicon>"
    )
    return ["lexicon", "import", "x.pls"]


def a_show_page(evil: str) -> list[str | Path]:
    Path("page.txt").write_text(f"Tuesday Oct 21, 2025\n\n{evil}Hello, learning crew! Hm.\n")
    return ["import", "page.txt", "-o", f"::{evil}"]


def a_reference(evil: str) -> list[str | Path]:
    return ["preview", "scripts/one-hand.md", "--since", f"x{evil}"]


def a_traceback(evil: str) -> list[str | Path]:
    return ["render", evil, "--debug"]


DOORS = [door for name, door in vars().items() if name.startswith(("a_", "an_"))]


def obeyed(text: str) -> list[str]:
    """The characters of a text that a terminal might obey, line feeds excepted."""
    return [
        char
        for char in text
        if char != "\n"
        and (
            unicodedata.category(char) in {"Cc", "Zl", "Zp"}
            or unicodedata.bidirectional(char) in {"LRE", "RLE", "LRO", "RLO", "PDF"}
            or unicodedata.bidirectional(char) in {"LRI", "RLI", "FSI", "PDI"}
            or char in "\u200e\u200f\u061c"
        )
    ]


def commands(text: str) -> list[str]:
    """The lines of a text that a host of CI might obey."""
    return [
        line
        for line in text.split("\n")
        if line.strip().startswith("::") or "##[" in line or "##vso[" in line
    ]


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_nothing_from_outside_is_obeyed(
    show_folder: Path, paperledge: Call, monkeypatch: pytest.MonkeyPatch, door: Call
) -> None:
    for number, evil in enumerate(EVIL):
        folder = show_folder / str(number)
        for name, text in (
            ("scripts/show.toml", SHOW),
            ("scripts/one-hand.md", SCRIPT),
            ("voices/tone.toml", VOICE),
        ):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        monkeypatch.chdir(folder)
        ran = paperledge(*door(evil))
        for said in (ran.out, ran.err):
            assert not obeyed(said), said
            assert not commands(said), said
        assert "unexpected error" not in ran.err


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("a\x1b[31mb", "a\\u001b[31mb"),
        ("caf\udcc2\udc9bx", "caf\\u009bx"),  # U+009B of a name, where the locale isn't UTF-8
        ("caf\udc9bx", "caf\\udc9bx"),
        ("caf\udce9", "caf\udce9"),
        ("caf\udcc3\udca9", "café"),
        ("  ::set-env::x", "  \\u003a:set-env::x"),
        ("a ::b", "a ::b"),
        ("x ##[group]", "x \\u0023#[group]"),
        ("### Heading [1]", "### Heading [1]"),
        ("Grüße, 日本, 👩‍🔬", "Grüße, 日本, 👩‍🔬"),
    ],
)
def test_a_line_is_shown_as_it_is_but_for_what_is_obeyed(line: str, printed: str) -> None:
    assert escape_line(line) == printed


def test_an_error_is_printable_wherever_it_ends_up() -> None:
    assert str(PaperledgeError("a\x1b[2J", path="\u202e")) == "\\u202e: a\\u001b[2J"
    assert escape_controls(escape_controls("\x07")) == escape_controls("\x07")


def test_what_the_lexicon_prints_is_read_back(show_folder: Path, paperledge: Call) -> None:
    ran = paperledge(*a_lexicon("&#x84;x \u202e ##[x]"))
    evil = "\u0084x \u202e ##[x]"
    assert tomllib.loads(ran.out) == {f"a{evil}": "bee"}, ran.err


def test_json_is_read_back_and_ascii(show_folder: Path, paperledge: Call) -> None:
    ran = paperledge(*a_title("\u202e日本 ##[x]"))
    assert ran.out.isascii()
    assert json.loads(ran.out)["releases"][0]["title"].endswith("日本 ##[x]")


def test_brackets_are_no_markup_to_the_bar() -> None:
    bars = ProgressBars()
    with bars as tell:
        tell(ProgressEvent("[red]x[/nothing]\x1b[2J", "start", takes=3, missing=3))
        tell(ProgressEvent("[red]x[/nothing]\x1b[2J", "waiting: [/] \x07"))
        (task,) = bars._progress.tasks
        texts = [one for one in bars._progress.columns if isinstance(one, TextColumn)]
        shown = [str(column.render(task)) for column in texts]
    assert shown == [
        "[red]x[/nothing]\\u001b[2J",
        "speaking 3 takes, waiting: [/] \\u0007",
    ]


PRINTERS = {"print", "echo", "secho", "echo_via_pager", "write"}


def prints(module: Path) -> bool:
    """Whether a module writes to a stream by itself."""
    called = (
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        if isinstance(node, ast.Call)
    )
    return any(name.rpartition(".")[2] in PRINTERS and name != "folder.write" for name in called)


def test_one_module_prints() -> None:
    folder = Path(paperledge_audio.cli.__file__).parent
    found = {m.relative_to(folder).as_posix() for m in folder.rglob("*.py") if prints(m)}
    assert found == {
        "support/ending.py",  # the terminal's cursor, when there is no time for anything else
        "support/printing.py",
    }
